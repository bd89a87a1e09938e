"""The standard as JSON Schema: it accepts what the standard accepts, and nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.standard.content import Content
from register.standard.field import Field, Kind
from register.standard.json_schema import json_schema
from register.standard.v1 import V1
from tests.standard.meets import meets

SCHEMA = json_schema(V1)
TEXT = {"en": "Text", "ur": "متن"}
SAMPLES: dict[Kind, Any] = {
    Kind.LINES: ["one", "two"],
    Kind.YES_NO: "unknown",
    Kind.DATE: "2026-11-23",
    Kind.PARTIAL_DATE: "2026-11",
    Kind.NUMBER: 12000,
    Kind.MONEY: {"amount": "1250000.00", "currency": "PKR"},
    Kind.URL: "https://agency.example/ai",
    Kind.EMAIL: "ai@agency.example",
    Kind.AGENCY: "ministry-of-health",
}


def sample(field: Field) -> Any:
    """Make up an answer in the shape that the kind is kept in."""
    if field.kind in {Kind.LINE, Kind.PROSE}:
        return TEXT if field.localized else "text"
    if field.options:
        first = field.options[0].value
        return [first] if field.kind is Kind.CHOICES else first
    if field.parts:
        group = {part.name: sample(part) for part in field.parts}
        return [group] if field.kind is Kind.GROUPS else group
    return SAMPLES[field.kind]


def complete() -> dict[str, Any]:
    """Answer every question of a retired system of high impact."""
    answers = {field.name: sample(field) for field in V1.asked_fields}
    return answers | {"phase": "retired", "personal_data": "personal"}


def without(answers: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: answer for name, answer in answers.items() if name not in names}


def is_valid(content: Content) -> bool:
    return meets(json.loads(json.dumps(content.to_json())), SCHEMA)


def test_the_schema_names_its_dialect_and_describes_every_question_asked() -> None:
    answers = SCHEMA["properties"]["answers"]["properties"]

    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(answers) == [field.name for field in V1.asked_fields]
    for field in V1.asked_fields:
        assert answers[field.name]["title"] == field.label
        assert answers[field.name]["description"] == field.help
        assert answers[field.name]["x-public"] is field.public
    assert {"const": "en", "title": "English"} in answers["languages"]["items"]["oneOf"]


def test_the_schema_accepts_a_complete_record() -> None:
    assert is_valid(Content(answers=complete()))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "not by language"},
        {"name": {"en": "x" * 101}},
        {"summary": {}},
        {"record_kind": "invented"},
        {"tags": []},
        {"tags": ["x" * 61]},
        {"languages": ["en", "en"]},
        {"development_started": "2026-13"},
        {"next_review_due": "2026-11"},
        {"scale": {}},
        {"scale": {"count": -1}},
        {"scale": {"count": True}},
        {"cost": {"amount": {"amount": 5, "currency": "PKR"}}},
        {"cost": {"period": "year"}},
        {"info_url": "javascript:alert(1)"},
        {"risks": [{"category": "privacy"}]},
        {"external_ids": []},
        {"invented": "x"},
        {"contact_point": {"fax": "1"}},
    ],
    ids=repr,
)
def test_the_schema_refuses_answers_of_another_shape(wrong: dict[str, Any]) -> None:
    assert not is_valid(Content(answers=complete() | wrong))


def test_the_schema_lets_a_mandatory_answer_be_withheld_or_not_stated_but_not_left_out() -> None:
    answers = without(complete(), "benefits")
    entry = {
        "field": "benefits",
        "ground": "national_security",
        "citation": "Act 1, section 2",
        "public_reason": {"en": "It would do harm."},
        "decided_by": "Director",
        "decided_on": "2026-01-01",
        "review_on": "2027-01-01",
    }

    assert not is_valid(Content(answers=answers))
    assert is_valid(Content(answers=answers, withheld=(entry,)))
    assert is_valid(Content(answers=answers, not_stated=("benefits",)))
    assert not is_valid(Content(answers=answers, withheld=(without(entry, "citation"),)))


def test_the_schema_does_not_let_the_name_be_withheld() -> None:
    entry = sample(V1.field("withheld"))[0] | {"field": "name"}

    assert not is_valid(Content(answers=without(complete(), "name"), withheld=(entry,)))
    assert not is_valid(Content(answers=complete(), withheld=(entry,)))


def test_the_schema_refuses_answers_to_questions_that_do_not_arise() -> None:
    nil = {"record_kind": "nil_return"}
    answers = V1.relevant(complete() | nil)

    assert is_valid(Content(answers=answers))
    assert not is_valid(Content(answers=answers | {"phase": "planned"}))


def test_the_schema_demands_reasons_for_a_tier_below_the_presumed_one() -> None:
    answers = complete() | {"impact_tier": "limited"}
    presumed: dict[str, Any] = {"presumed": "yes"}
    reasoned = presumed | {"justification": TEXT}

    assert not is_valid(Content(answers=answers | {"impact_determination": presumed}))
    assert is_valid(Content(answers=answers | {"impact_determination": reasoned}))


def test_the_schema_knows_how_a_translation_came_about() -> None:
    ways = {"name": {"ur": "machine_translation"}}

    assert is_valid(Content(answers=complete(), translations=ways))
    assert not is_valid(Content(answers=complete(), translations={"name": {"ur": "guess"}}))


DECISIVE = ("record_kind", "phase", "impact_tier", "techniques", "appeal_status", "personal_data")


def one_answer(field: Field) -> st.SearchStrategy[Any]:
    values = st.sampled_from([option.value for option in field.options])
    return values.map(lambda value: [value]) if field.kind is Kind.CHOICES else values


decisive_answers = st.fixed_dictionaries(
    {}, optional={name: one_answer(V1.field(name)) for name in DECISIVE}
)


@given(decisive_answers, st.sampled_from([field.name for field in V1.asked_fields]))
def test_the_schema_asks_for_exactly_what_the_standard_asks_for(
    decisive: dict[str, Any], left_out: str
) -> None:
    answers = V1.relevant(without(complete(), *DECISIVE) | decisive)
    stated = tuple(name for name in DECISIVE if name not in answers)
    answers = V1.relevant(without(answers, left_out))
    stated = tuple(name for name in stated if name != left_out)

    is_complete = not any(
        field.is_required(answers) and field.name not in answers and field.name not in stated
        for field in V1.asked_fields
    )
    assert is_valid(Content(answers=answers, not_stated=stated)) is is_complete
