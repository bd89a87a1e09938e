"""Each kind of answer is read in the shape in which it is kept, in the digits of any script."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from register.forms.fields import KINDS, AnswersForm
from register.forms.typing_in import (
    ascii_digits,
    clean_line,
    clean_number,
    clean_text,
    joined_date,
    split_date,
)
from register.standard import CURRENT
from register.standard.field import Field, Kind

DATE = ("it-day", "it-month", "it-year")
ANYTHING = st.text(st.characters() | st.sampled_from("\ud800\0\r\n\t\u2028۰۹٬، '_"))


def read(kind: Kind, *pairs: tuple[str, str], kept: Any = None, **attributes: Any) -> Any:
    question = Field(name="it", kind=kind, label="It", public=True, **attributes)
    typed = MultiDict(pairs)
    form = AnswersForm([question], ("en", "ur"), typed, {} if kept is None else {"it": kept})
    return form.answers.get("it")


def read_date(day: str, month: str, year: str, kind: Kind = Kind.PARTIAL_DATE) -> Any:
    return read(kind, *zip(DATE, (day, month, year), strict=True))


def test_every_kind_has_a_field() -> None:
    assert set(KINDS) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_nothing_typed_is_no_answer(kind: Kind) -> None:
    for localized in (False, True):
        parts = (Field(name="part", kind=Kind.LINE, label="", public=True),)
        for pairs in (
            (),
            [(f"it{end}", " \r\n") for end in ("", "-en", "-day", "-amount", "-part")],
        ):
            assert read(kind, *pairs, localized=localized, parts=parts) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1200", 1200),
        ("۱۲۰۰", 1200),
        ("١٢٠٠", 1200),
        (" 12,000 ", 12000),
        ("۱۲٬۰۰۰", 12000),
        ("۱۲،۰۰۰", 12000),
        ("12 000", 12000),
        ("0", 0),
        ("007", 7),
        ("12.5", "12.5"),
        ("۱۲٫۵", "12.5"),
        ("-5", "-5"),
        ("about ten", "about ten"),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, "9" * 19),
    ],
)
def test_a_number_is_read_in_any_digits_and_kept_as_typed_if_it_is_none(
    typed: str, number: Any
) -> None:
    assert read(Kind.NUMBER, ("it", typed)) == number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("23", "11", "2026"), "2026-11-23"),
        (("۲۳", "۱۱", "۲۰۲۶"), "2026-11-23"),
        (("5", "1", "2026"), "2026-01-05"),
        (("٥", "١", "٢٠٢٦"), "2026-01-05"),
        (("", "11", "2026"), "2026-11"),
        (("", "", "۲۰۲۶"), "2026"),
        (("31", "", "2026"), "2026--31"),
        (("31", "2", ""), "-02-31"),
        (("x", "y-z", "2026"), "2026-y/z-x"),
    ],
)
def test_a_date_is_read_from_its_parts_and_shown_again_as_it_was_typed(
    typed: tuple[str, str, str], kept: str
) -> None:
    assert read_date(*typed) == kept

    shown = split_date(kept)
    assert read_date(*shown) == kept


@pytest.mark.parametrize(
    ("amount", "currency", "kept"),
    [
        ("1250000.00", "PKR", {"amount": "1250000.00", "currency": "PKR"}),
        ("۱۲٬۵۰٬۰۰۰٫۵۰", "pkr", {"amount": "1250000.50", "currency": "PKR"}),
        ("much", "", {"amount": "much", "currency": ""}),
        ("", "PKR", None),
    ],
)
def test_money_is_an_amount_with_a_currency(amount: str, currency: str, kept: Any) -> None:
    assert read(Kind.MONEY, ("it-amount", amount), ("it-currency", currency)) == kept


def test_lines_and_choices_are_lists_in_the_order_given() -> None:
    assert read(Kind.LINES, ("it", "two  words\r\n\r\n  one\rthree\n")) == [
        "two words",
        "one",
        "three",
    ]
    assert read(Kind.CHOICES, ("it", "b"), ("it", "a"), ("it", "b"), ("it", "")) == ["b", "a"]


def test_of_an_input_that_is_posted_twice_the_first_counts() -> None:
    assert read(Kind.CHOICE, ("it", "a"), ("it", "b")) == "a"
    assert read(Kind.LINE, ("it-en", "a"), ("it-en", "b"), localized=True) == {"en": "a"}


def test_an_address_is_read_without_white_space() -> None:
    assert read(Kind.URL, ("it", " https://a.example/ \n b")) == "https://a.example/b"
    assert read(Kind.EMAIL, ("it", " a@b.example\t")) == "a@b.example"


def test_a_text_that_is_emptied_goes_and_one_that_is_not_asked_for_stays() -> None:
    kept = {"en": "a", "ur": "ب", "fr": "c"}

    assert read(Kind.LINE, ("it-en", "x"), ("it-ur", ""), kept=kept, localized=True) == {
        "en": "x",
        "fr": "c",
    }


@given(ANYTHING)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    for clean in (clean_text, clean_line, ascii_digits, clean_number):
        once = clean(text)
        assert clean(once) == once
    line = clean_line(text)
    assert line == line.strip()
    assert "\n" not in line
    clean_text(text).encode("utf-8")


@given(ANYTHING, ANYTHING, ANYTHING)
def test_any_three_texts_make_something_like_a_date_that_stays_the_same(
    day: str, month: str, year: str
) -> None:
    once = joined_date(day, month, year)

    assert joined_date(*split_date(once)) == once


@pytest.mark.parametrize("kind", Kind)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "it",
                    "it-en",
                    "it-ur",
                    *DATE,
                    "it-amount",
                    "it-currency",
                    "it-0-part",
                    "it-part",
                    "it-7-part",
                ]
            ),
            ANYTHING,
        ),
        max_size=8,
    )
)
def test_anything_typed_is_read(kind: Kind, pairs: list[tuple[str, str]]) -> None:
    parts = (Field(name="part", kind=Kind.DATE, label="", public=True),)

    for localized in (False, True):
        answer = read(kind, *pairs, localized=localized, parts=parts)
        assert answer is None or answer or answer == 0


def test_the_same_tick_boxes_are_no_change_in_whatever_order_they_were_kept() -> None:
    question = CURRENT.field("policy_domains")
    kept = {"policy_domains": ["transport", "health"]}

    same = AnswersForm(
        [question],
        ("en",),
        MultiDict([("policy_domains", "health"), ("policy_domains", "transport")]),
        kept,
    )
    fewer = AnswersForm([question], ("en",), MultiDict([("policy_domains", "health")]), kept)

    assert same.answers == kept
    assert fewer.answers == {"policy_domains": ["health"]}


def test_the_language_chosen_to_be_first_comes_first() -> None:
    question = CURRENT.field("languages")
    posted = MultiDict([("languages", "ur"), ("languages", "en"), ("languages", "ur")])

    form = AnswersForm([question], ("en",), posted, {"languages": ["en", "ur"]})

    assert form.answers == {"languages": ["ur", "en"]}
