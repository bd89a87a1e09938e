"""Who is asked what, and what is mandatory, as the answers to version 1 decide it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.standard.field import ALWAYS, Field, Kind, When
from register.standard.v1 import V1


def mandatory(answers: dict[str, Any]) -> set[str]:
    return {field.name for field in V1.asked_fields if field.is_required(answers)}


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        ({}, 8),
        ({"record_kind": "nil_return"}, 8),
        ({"record_kind": "withheld_stub", "impact_tier": "high"}, 11),
        ({"record_kind": "grouped_cots", "impact_tier": "high"}, 17),
        ({"record_kind": "system", "impact_tier": "undetermined"}, 17),
        ({"record_kind": "system", "impact_tier": "limited"}, 17),
        ({"record_kind": "system", "impact_tier": "significant"}, 32),
        ({"record_kind": "system", "impact_tier": "high"}, 45),
    ],
)
def test_the_higher_the_tier_the_more_is_mandatory(answers: dict[str, Any], count: int) -> None:
    assert len(mandatory(answers)) == count


def test_a_nil_return_is_asked_nothing_about_a_system() -> None:
    asked = {f.name for f in V1.asked_fields if f.is_asked({"record_kind": "nil_return"})}

    first_two = {f.name for s in V1.sections[:2] for f in s.asked_fields}
    assert asked == first_two | {"next_review_due"}


def test_a_system_in_use_says_since_when_and_one_that_ended_says_why() -> None:
    running = mandatory({"record_kind": "system", "phase": "pilot"})
    ended = mandatory({"record_kind": "system", "phase": "retired"})

    assert "in_use_since" in running
    assert "ended_on" not in running
    assert "ended_on" in ended
    assert "in_use_since" not in ended


def test_the_way_to_challenge_is_asked_once_there_is_an_appeal() -> None:
    system = {"record_kind": "system"}
    field = V1.field("how_to_challenge")

    assert not field.is_asked({**system, "appeal_status": "none"})
    assert field.is_asked({**system, "appeal_status": "in_progress"})
    assert not field.is_required({**system, "appeal_status": "in_progress"})
    assert field.is_required({**system, "appeal_status": "established"})


def test_generative_systems_name_their_models_at_every_tier() -> None:
    answers = {"record_kind": "grouped_cots", "techniques": ["nlp", "generative_ai"]}

    assert "models" in mandatory(answers)
    assert "models" not in mandatory({**answers, "techniques": ["nlp"]})
    assert "models" in mandatory({"record_kind": "system", "impact_tier": "high"})


@pytest.mark.parametrize(
    ("presumed", "tier", "is_needed"),
    [
        ("yes", "limited", True),
        ("yes", "undetermined", True),
        ("yes", "high", False),
        ("no", "limited", False),
        ("unknown", "limited", False),
        ("yes", None, False),
    ],
)
def test_a_tier_below_the_presumed_one_needs_reasons(
    presumed: str, tier: str | None, is_needed: bool
) -> None:
    part = V1.field("impact_determination").part("justification")
    answers = {"impact_determination": {"presumed": presumed}}

    assert part.is_required({**answers, **({"impact_tier": tier} if tier else {})}) is is_needed


def test_an_answer_that_is_absent_meets_only_the_condition_always() -> None:
    assert ALWAYS.holds({})
    assert not When(field="phase", is_in=("pilot",)).holds({})
    assert not When(field="phase", is_not_in=("pilot",)).holds({})
    assert not When(field="techniques", is_not_in=("nlp",)).holds({"techniques": []})


def test_a_condition_on_a_list_holds_if_any_of_its_values_does() -> None:
    among = When(field="techniques", is_in=("nlp", "biometric"))
    without = When(field="techniques", is_not_in=("nlp", "biometric"))

    assert among.holds({"techniques": ["robotics", "nlp"]})
    assert not without.holds({"techniques": ["robotics", "nlp"]})
    assert without.holds({"techniques": ["robotics"]})


def test_answers_to_questions_that_no_longer_arise_are_dropped_one_after_the_other() -> None:
    answers = {
        "name": {"en": "Sorting of claims"},
        "record_kind": "nil_return",
        "personal_data": "personal",
        "sensitive_attributes": ["age"],
        "next_review_due": "2027-06-30",
        "version": {"number": 3},
        "invented": "x",
    }

    kept = V1.relevant(answers)

    assert list(kept) == ["record_kind", "name", "next_review_due"]
    assert V1.relevant({**answers, "record_kind": "system"})["sensitive_attributes"] == ["age"]


def choices(field: Field) -> st.SearchStrategy[Any]:
    values = [option.value for option in field.options]
    if field.kind is Kind.CHOICES:
        return st.lists(st.sampled_from(values), min_size=1, unique=True)
    return st.sampled_from(values)


any_answers = st.fixed_dictionaries(
    {},
    optional={
        field.name: choices(field) if field.options else st.just("something")
        for field in V1.asked_fields
    },
)


@given(any_answers)
def test_dropping_what_is_not_asked_leaves_only_what_is_asked(answers: dict[str, Any]) -> None:
    kept = V1.relevant(answers)

    assert V1.relevant(kept) == kept
    assert kept.items() <= answers.items()
    assert all(V1.field(name).is_asked(kept) for name in kept)
    assert all(name in kept or not V1.field(name).is_asked(kept) for name in answers)


@given(any_answers)
def test_whatever_is_mandatory_is_also_asked(answers: dict[str, Any]) -> None:
    for field in V1.asked_fields:
        assert field.is_asked(answers) or not field.is_required(answers)
