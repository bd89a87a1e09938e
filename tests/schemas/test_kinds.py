"""Every kind of answer takes what is right and refuses what is wrong."""

from typing import Any

import pytest

from register.errors import Message
from register.schemas import find_errors
from register.schemas.kinds import TABLE
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.field import ALWAYS, Field, Kind, Option, Section, Standard

OPTIONS = tuple(Option(value=value, label=value) for value in ("none", "red", "green"))
PARTS = (
    Field(name="value", kind=Kind.LINE, label="Value", public=True, required=(ALWAYS,)),
    Field(name="key", kind=Kind.LINE, label="Key", public=True, localized=True, max_length=5),
)
GOOD: dict[Kind, list[Any]] = {
    Kind.LINE: ["x", " a \u200c b ", "x" * 20, "\N{PILE OF POO}" * 20],
    Kind.PROSE: ["x", "two\nlines", "متن"],
    Kind.LINES: [["x"], ["x", "x"], ["x" * 20] * 100],
    Kind.CHOICE: ["red", "none"],
    Kind.CHOICES: [["red"], ["green", "red"], ["none"]],
    Kind.YES_NO: ["yes", "no", "unknown"],
    Kind.DATE: ["2026-11-23", "2024-02-29", "0001-01-01", "9999-12-31"],
    Kind.PARTIAL_DATE: ["2026", "2026-11", "2026-11-23"],
    Kind.NUMBER: [0, 5, 10**12],
    Kind.MONEY: [
        {"amount": "0", "currency": "PKR"},
        {"amount": "1250000.5", "currency": "EUR"},
        {"amount": "9" * 15 + ".99", "currency": "XXX"},
    ],
    Kind.URL: [
        "https://agency.example",
        "http://a.b.example:8080/x?y=1#z",
        "https://منظم.example/",
    ],
    Kind.EMAIL: ["a@agency.example", "a.b+c@x.agency.example"],
    Kind.AGENCY: ["taxes", "ministry-of-health-2"],
    Kind.GROUP: [{"value": "x"}, {"value": "x", "key": {"en": "y", "key": "z"}}],
    Kind.GROUPS: [[{"value": "x"}], [{"value": "x"}] * 100],
}
NEITHER = [None, [], {}, 5, 1.5, True, float("nan"), float("inf"), [None], [[]], {"": ""}]
BAD: dict[Kind, list[Any]] = {
    Kind.LINE: ["", "  ", "\n", "x" * 21, "a\0b", "\ud800"],
    Kind.PROSE: ["", "\n\n", "x" * 21, {"en": "x"}],
    Kind.LINES: ["x", ["x", ""], ["x" * 21], ["x"] * 101, [5]],
    Kind.CHOICE: ["", "blue", "RED", "red ", ["red"]],
    Kind.CHOICES: ["red", ["blue"], ["red", "red"], ["none", "red"], ["red", 5], [""]],
    Kind.YES_NO: ["", "YES", "yes\n", "true", "not known"],
    Kind.DATE: ["", "2026", "2026-11", "2026-02-30", "2026-1-1", "23-11-2026", "۲۰۲۶-۱۱-۲۳"],
    Kind.PARTIAL_DATE: ["", "26", "2026-13", "2026-00", "2026-11-31", "۲۰۲۶", "2026-W01", "0000"],
    Kind.NUMBER: ["", "5", -1, 10**12 + 1, 10**400, 5.0, "five"],
    Kind.MONEY: [
        "5 PKR",
        {"amount": "5"},
        {"currency": "PKR"},
        {"amount": 5, "currency": "PKR"},
        {"amount": "۵", "currency": "PKR"},
        {"amount": "-5", "currency": "PKR"},
        {"amount": "5.000", "currency": "PKR"},
        {"amount": "1e3", "currency": "PKR"},
        {"amount": "5", "currency": "pkr"},
        {"amount": "5", "currency": "PKR", "more": "x"},
    ],
    Kind.URL: [
        "",
        "agency.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "//agency.example",
        "ftp://agency.example",
        "https://agency",
        "https://agency.example/a b",
        "https://agency.example/\n",
        "https:// agency.example",
        "https://agency.example/" + "x" * 2000,
        "https://" + "a." * 5000,
    ],
    Kind.EMAIL: [
        "",
        "a",
        "@agency.example",
        "a@",
        "a@b@c.example",
        "a@agency.example\n",
        "a b@c.de",
    ],
    Kind.AGENCY: ["", "Taxes", "-taxes", "ta xes", "../taxes", "taxes\n"],
    Kind.GROUP: ["x", {"key": {"en": "y"}}, {"value": "x", "other": "y"}, [{"value": "x"}]],
    Kind.GROUPS: [{"value": "x"}, [{}], [{"value": "x"}, "x"], [{"value": "x"}] * 101],
}


def standard_of(kind: Kind, **attributes: Any) -> Standard:
    """A standard with one question beside the one about withholding."""
    asked = Field(
        name="it",
        kind=kind,
        label="It",
        public=True,
        options=OPTIONS if kind in {Kind.CHOICE, Kind.CHOICES} else (),
        parts=PARTS if kind in {Kind.GROUP, Kind.GROUPS} else (),
        max_length=20 if kind in {Kind.LINE, Kind.PROSE, Kind.LINES} else None,
        **attributes,
    )
    section = Section(name="one", title="", intro="", fields=(asked, CURRENT.field("withheld")))
    return Standard(id="test", title="", sections=(section,))


def errors(kind: Kind, answer: Any, *, is_imported: bool = False, **attributes: Any) -> Any:
    content = Content(answers={"it": answer})
    return find_errors(standard_of(kind, **attributes), content, is_imported=is_imported)


def test_every_kind_is_tried() -> None:
    assert set(TABLE) == set(Kind) == set(GOOD) == set(BAD)


@pytest.mark.parametrize(("kind", "answer"), [(k, a) for k in Kind for a in GOOD[k]])
def test_what_is_right_is_taken(kind: Kind, answer: Any) -> None:
    assert errors(kind, answer) == {}


@pytest.mark.parametrize("kind", Kind)
def test_what_is_wrong_is_refused_at_its_path(kind: Kind) -> None:
    good = {repr(answer) for answer in GOOD[kind]}
    for answer in [each for each in BAD[kind] + NEITHER if repr(each) not in good]:
        found = errors(kind, answer)

        assert found or answer is None, f"{answer!r} was taken"
        assert all(path.split(".")[0] == "it" for path in found)


def test_an_error_says_where_in_the_answer_it_is() -> None:
    wrong = {"value": "", "key": {"en": "too long", "E N": "x"}}

    found = errors(Kind.GROUPS, [{"value": "x"}, wrong])

    assert set(found) == {"it.1.value", "it.1.key.en", "it.1.key.E N"}
    assert found["it.1.value"] == ["Answer this question."]
    assert found["it.1.key.E N"] == ["This is not a language code."]


def test_a_message_about_length_tells_the_lengths() -> None:
    (message,) = errors(Kind.LINE, "x" * 25)["it"]

    assert isinstance(message, Message)
    assert message.english == "Use at most 20 characters; this has 25."


def test_a_text_by_language_needs_a_language_and_a_text() -> None:
    for wrong in ("x", [], {"en": ""}, {"en": 5}, {"en": None}, {"English": "x"}, {"": "x"}):
        assert errors(Kind.LINE, wrong, localized=True), wrong

    assert errors(Kind.LINE, {"en": "x", "pa-Guru": "y"}, localized=True) == {}


def test_an_import_may_be_long_and_may_combine_none_with_others() -> None:
    assert errors(Kind.LINE, "x" * 5000, is_imported=True) == {}
    assert errors(Kind.LINES, ["x" * 5000], is_imported=True) == {}
    assert errors(Kind.CHOICES, ["none", "red"], is_imported=True) == {}
    assert errors(Kind.CHOICES, ["none", "blue"], is_imported=True) != {}


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("sensitive_attributes", ["age", "none"]),
        ("consultation", {"kinds": ["none", "public_comment"]}),
        ("impact_determination", {"trigger_codes": ["none", "eu_education"]}),
    ],
)
def test_none_stands_alone_wherever_the_standard_offers_it(path: str, values: Any) -> None:
    content = Content(answers={"record_kind": "system", "personal_data": "personal", path: values})

    def told(*, is_imported: bool) -> list[str]:
        found = find_errors(CURRENT, content, is_imported=is_imported)
        return [t for p, texts in found.items() if p.startswith(path) for t in texts]

    assert "Choose “none” alone, or the other answers without it." in told(is_imported=False)
    assert "Choose “none” alone, or the other answers without it." not in told(is_imported=True)
