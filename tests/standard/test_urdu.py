"""The standard speaks Urdu: nothing is left out, and the letters are those of Urdu."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import register

ROOT = Path(register.__file__).parent
PLACEHOLDER = re.compile(r"\{[^}]*\}|%\([^)]*\)[sd]|`[^`]*`")


def catalog() -> Catalog:
    with (ROOT / "translations/ur/LC_MESSAGES/standard.po").open("rb") as file:
        return read_po(file, locale="ur")


def marked_texts() -> Iterator[str]:
    for _, _, message, _, _ in extract_from_dir(ROOT / "standard", [("**.py", "python")]):
        yield message if isinstance(message, str) else message[0]


@pytest.fixture(scope="module")
def urdu() -> dict[str, str]:
    return {str(m.id): str(m.string) for m in catalog() if m.id}


def test_every_text_of_the_standard_is_in_urdu_and_nothing_else_is(urdu: dict[str, str]) -> None:
    assert set(marked_texts()) == set(urdu)
    assert [english for english, text in urdu.items() if not text.strip()] == []


def test_no_translation_is_a_guess() -> None:
    messages = catalog()

    assert not messages.fuzzy
    assert [m.id for m in messages if m.id and m.fuzzy] == []
    assert messages.num_plurals == 2


def test_placeholders_and_digits_are_the_same_in_both_languages(urdu: dict[str, str]) -> None:
    for english, text in urdu.items():
        assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(text))
        assert sorted(re.findall(r"\d+", english)) == sorted(re.findall(r"\d+", text))


def test_urdu_uses_its_own_letters_and_marks(urdu: dict[str, str]) -> None:
    for text in urdu.values():
        own = PLACEHOLDER.sub("", text).replace("12,000", "").replace("40,000", "")
        assert not re.search("[يكه٠-٩,;?%]", own), text


def test_sentences_end_in_both_languages(urdu: dict[str, str]) -> None:
    for english, text in urdu.items():
        assert english.endswith(".") == text.endswith("۔"), english
        assert english.endswith("?") == text.endswith("؟"), english
