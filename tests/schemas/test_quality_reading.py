"""How hard a text is to read, by a published formula, and how wrong our syllables are."""

import pytest

from register.schemas.quality.reading import (
    english_words,
    grade,
    sentence_length,
    syllables,
    urdu_words,
)
from tests.schemas.syllables import SYLLABLES


def test_syllables_are_right_for_ninety_seven_of_a_hundred_words() -> None:
    right = sum(syllables(word) == count for word, count in SYLLABLES.items())
    error = sum(syllables(word) - count for word, count in SYLLABLES.items()) / len(SYLLABLES)

    assert right / len(SYLLABLES) >= 0.97
    assert abs(11.8 * error) < 0.3, "the mean error on the grade"


def test_the_grade_is_that_of_the_formula() -> None:
    # 12 words, 2 sentences, 12 syllables.
    text = "The cat sat on the mat. The dog ran to the door."

    assert grade(text) == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It reads forms, e.g. claims. It sorts them.", 2),
        ("It costs 3.5 million a year! Is that much? No.", 3),
        ("- reads forms\n- sorts them\n", 2),
        ("No end at all", 1),
    ],
)
def test_a_sentence_ends_where_a_reader_stops(text: str, sentences: int) -> None:
    words = english_words(text)
    beats = sum(
        syllables(word.strip(".,!?-").lower())
        for word in text.replace("e.g.", "e g").split()
        if any(letter.isalpha() for letter in word)
    )

    assert grade(text) == pytest.approx(0.39 * words / sentences + 11.8 * beats / words - 15.59)


def test_bureaucratic_english_is_harder_than_plain_english() -> None:
    plain = "The tool reads each claim. It puts old claims first. A clerk then decides."
    hard = (
        "Utilisation of the computational prioritisation methodology facilitates the"
        " administrative reorganisation of outstanding applications by responsible functionaries."
    )

    assert grade(plain) < 6
    assert grade(hard) > 18


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("یہ نظام درخواستیں پڑھتا ہے۔ پھر اہلکار فیصلہ کرتا ہے۔", 5),
        ("یہ نظام درخواستیں پڑھتا ہے. پھر اہلکار فیصلہ کرتا ہے.", 5),
        ("کیا یہ درست ہے؟ جی ہاں!", 3),
        ("پہلی سطر\nدوسری سطر", 2),
        ("کوئی اختتام نہیں", 3),
    ],
)
def test_urdu_sentences_are_measured_in_words(text: str, length: float) -> None:
    assert sentence_length(text) == length


def test_an_urdu_word_keeps_its_marks_and_joiners() -> None:
    assert urdu_words("قانونِ شہادت اور بین\u200cالاقوامی") == 4
