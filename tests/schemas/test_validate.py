"""The validator judges everything that can be said, as the standard has it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.errors import Message
from register.schemas import find_errors, validate
from register.schemas.missing import required_but_absent
from register.standard import CURRENT
from register.standard.content import Content
from tests.answers import all_answers
from tests.desk import sample_content
from tests.schemas.withheld import ENTRY, without

MANDATORY = [field for field in CURRENT.asked_fields if field.required]
TIERS = ("undetermined", "limited", "significant", "high")


@settings(deadline=None, max_examples=12)
@given(all_answers(("en", "ur")), st.sampled_from(TIERS))
def test_good_answers_to_every_question_are_good(answers: dict[str, Any], tier: str) -> None:
    fixed = {"languages": ["en"], "impact_tier": tier, "record_kind": "system"}
    content = Content(answers={**answers, **fixed})

    assert find_errors(CURRENT, content) == {}
    kept = validate(CURRENT, content)
    assert kept.answers.items() <= content.answers.items()
    assert validate(CURRENT, kept) == kept


def asked_of(tier: str) -> Iterator[Any]:
    answers = CURRENT.relevant({**sample_content().answers, "impact_tier": tier})
    return (field for field in MANDATORY if field.is_required(answers))


@pytest.mark.parametrize("tier", TIERS)
def test_what_is_mandatory_depends_on_the_tier(tier: str) -> None:
    bare = Content(answers={"record_kind": "system", "impact_tier": tier, "languages": ["en"]})
    wanted = {f.name for f in MANDATORY if f.is_required(bare.answers)} - set(bare.answers)

    assert set(find_errors(CURRENT, bare)) == wanted
    assert wanted


def test_a_higher_tier_demands_more() -> None:
    counts = [len(list(asked_of(tier))) for tier in TIERS]

    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


@pytest.mark.parametrize("name", [field.name for field in asked_of("high")])
def test_a_mandatory_answer_is_given_or_withheld(name: str) -> None:
    complete = sample_content().with_answers(impact_tier="high")
    base = find_errors(CURRENT, complete)
    entry = {**ENTRY, "field": name}
    field = CURRENT.field(name)
    bare = without(complete, name)

    missing = find_errors(CURRENT, bare)
    withheld = find_errors(CURRENT, replace(bare, withheld=(entry,)))

    if name not in {"impact_tier", "record_kind"}:
        assert name in missing
    if field.is_withholdable:
        assert name not in withheld
        assert set(withheld) <= set(base)
    else:
        assert f"withheld.{name}" in withheld


@pytest.mark.parametrize("part", sorted(ENTRY))
def test_a_withheld_answer_needs_every_fact_about_the_decision(part: str) -> None:
    bare = without(sample_content(), "benefits")
    entry = {name: fact for name, fact in ENTRY.items() if name != part}

    found = find_errors(CURRENT, replace(bare, withheld=(entry,)))

    expected = "withheld.0" if part == "field" else f"withheld.benefits.{part}"
    assert expected in found
    assert ("benefits" in found) is (part == "field")


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("ground", "because"),
        ("citation", ""),
        ("citation", "x" * 301),
        ("public_reason", "not by language"),
        ("public_reason", {"ur": "صرف اردو"}),
        ("decided_on", "2026"),
        ("review_on", "next year"),
        ("more", "x"),
    ],
)
def test_a_withholding_is_judged_like_any_answer(part: str, wrong: Any) -> None:
    entry = {**ENTRY, part: wrong}

    found = find_errors(CURRENT, replace(sample_content(), withheld=(entry,)))

    assert [path for path in found if path.startswith(f"withheld.benefits.{part}")]


def test_an_answer_cannot_be_withheld_twice() -> None:
    found = find_errors(CURRENT, replace(sample_content(), withheld=(ENTRY, ENTRY)))

    assert list(found) == ["withheld.benefits"]


def test_what_an_import_does_not_state_is_no_excuse_for_an_officer() -> None:
    bare = replace(without(sample_content(), "benefits", "purpose"), not_stated=("benefits",))

    assert set(find_errors(CURRENT, bare)) == {"benefits", "purpose"}
    assert set(find_errors(CURRENT, bare, is_imported=True)) == {"purpose"}
    assert find_errors(CURRENT, replace(bare, not_stated=("nonsense",)), is_imported=True)[
        "nonsense"
    ]


def test_an_import_may_leave_out_required_parts_of_an_answer() -> None:
    answers = {
        "record_kind": "system",
        "phase": "retired",
        "languages": ["en"],
        "ended_on": {"date": "2024"},
        "risks": [{"mitigation": {"fr": "Un homme vérifie."}}],
        "name": {"fr": "Tri du courrier"},
    }
    bare = Content(answers=answers)
    imported = replace(bare, not_stated=required_but_absent(CURRENT, bare))

    assert find_errors(CURRENT, imported, is_imported=True) == {}
    strict = find_errors(CURRENT, bare)
    assert {"ended_on.reason", "risks.0.description", "name.en"} <= set(strict)


def test_a_mandatory_text_must_be_there_in_the_language_that_counts() -> None:
    content = sample_content().with_answers(languages=["ur", "en"])
    names = [
        field.name
        for field in CURRENT.asked_fields
        if field.localized and field.is_required(content.answers)
    ]
    english = content.with_answers(**{name: {"en": "Only English."} for name in names})

    found = find_errors(CURRENT, english)

    assert {f"{name}.ur" for name in names} <= set(found)
    (message,) = found["summary.ur"]
    assert isinstance(message, Message)
    assert message.values == {"language": "ur"}


def test_a_translation_says_how_it_was_made() -> None:
    for wrong in ({"ur": "guessed"}, {"Urdu": "original"}, {"ur": None}, {"ur": []}, ["ur"], None):
        content = replace(sample_content(), translations={"name": wrong})
        assert list(find_errors(CURRENT, content)) == ["translations.name"], wrong

    right = replace(sample_content(), translations={"name": {"ur": "machine_translation"}})
    assert find_errors(CURRENT, right) == {}


def test_what_is_said_of_questions_that_no_longer_arise_is_neither_judged_nor_kept() -> None:
    nil = {**sample_content().answers, "record_kind": "nil_return", "scale": {"count": "many"}}
    content = Content(
        answers=nil,
        withheld=({"field": "cost", "ground": "because"},),
        translations={"purpose": {"ur": "guessed"}},
    )

    kept = validate(CURRENT, content)

    assert "scale" not in kept.answers
    assert (kept.withheld, kept.translations) == ((), {})


def test_a_question_that_the_standard_does_not_have_is_refused() -> None:
    found = find_errors(CURRENT, sample_content().with_answers(status="published", withheld=[]))

    assert found == {
        "status": ["The standard has no such question."],
        "withheld": ["The standard has no such question."],
    }


def test_errors_come_in_the_order_of_the_standard() -> None:
    found = find_errors(CURRENT, Content(answers={"record_kind": "system", "impact_tier": "high"}))

    names = [path.split(".")[0] for path in found]
    order = [field.name for field in CURRENT]
    assert names == sorted(names, key=order.index)


def test_an_empty_answer_is_no_answer() -> None:
    for field in MANDATORY:
        for empty in ("", [], {}, None, [{}], {"en": ""}):
            content = sample_content().with_answers(**{field.name: empty})
            if field.is_required(CURRENT.relevant(content.answers)):
                assert find_errors(CURRENT, content), (field.name, empty)
