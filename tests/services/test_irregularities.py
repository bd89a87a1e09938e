"""What an auditor should look at is found where it is, and nowhere else."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from register import clock
from register.errors import NotAllowed
from register.services.accounts import people
from register.services.audit import irregularities
from register.services.audit.irregularities import YEAR, Found, Kind
from register.services.duties import obligations
from register.services.duties.overview import Trait
from register.standard.content import Content
from register.standard.obligations import DutyState
from register.storage import disclosures, forget, transaction
from register.storage import quality as marks
from register.storage.models import ImportRun
from register.storage.quality import Kept
from tests.desk import Desk, append_version
from tests.services.duty_desk import RULES, checked, nil_return, on, published_by_rows
from tests.services.inventories import imported, many

WITHHELD = {
    "field": "benefits",
    "ground": "commercial_confidence",
    "citation": "Information Act, section 7",
    "public_reason": {"en": "It would harm a supplier."},
    "review_on": "2030-01-05",
}
SYSTEM = {"record_kind": "system", "phase": "in_use", "name": {"en": "Scoring"}}


def found(desk: Desk, kind: Kind, agency: str = "") -> list[Found]:
    forget()
    return irregularities.list_found(desk["auditor"], kind, RULES, agency)


def told(desk: Desk, kind: Kind, agency: str = "") -> list[str]:
    return [each.reference for each in found(desk, kind, agency)]


def a_record(whose: str = "health", at: str = "2026-01-05", **answers: Any) -> str:
    return published_by_rows(whose, at, **{**SYSTEM, **answers})


def withholding(**changed: Any) -> Content:
    entry = {name: value for name, value in {**WITHHELD, **changed}.items() if value is not None}
    return Content(answers=SYSTEM, withheld=(entry,))


@pytest.mark.parametrize("role", ["officer@taxes", "approver@taxes", "secretariat"])
def test_only_auditors_are_told(desk: Desk, role: str) -> None:
    for kind in Kind:
        with pytest.raises(NotAllowed):
            irregularities.list_found(desk[role], kind, RULES)
    with pytest.raises(NotAllowed):
        irregularities.count_found(desk[role], RULES)


def test_a_record_that_two_people_made_as_they_should_is_no_exception(desk: Desk) -> None:
    desk.publish()

    counts = irregularities.count_found(desk["auditor"], RULES, "taxes")

    assert counts == dict.fromkeys(Kind, 0)


def test_what_a_source_does_not_state_is_told_by_question(desk: Desk) -> None:
    imported(many(2))
    desk.publish()

    first, second = found(desk, Kind.NOT_STATED)

    assert (first.agency, first.version) == ("department-of-weather", 1)
    assert {"summary", "contact_point"} <= set(first.fields)
    assert first.fields == second.fields
    assert found(desk, Kind.NOT_STATED, "taxes") == []


def test_an_import_is_approved_by_who_decided_on_its_file_and_by_nobody_else(desk: Desk) -> None:
    file_hash, decider = imported(many(1)).sha256, desk["secretariat"].account_id
    desk.publish()
    (before,) = found(desk, Kind.NOT_APPROVED)

    bring(desk, file_hash, None)
    bring(desk, "0" * 64, decider)
    still = found(desk, Kind.NOT_APPROVED)
    bring(desk, file_hash, decider)

    assert still == [before]
    assert before.file == "inventory.csv"
    assert found(desk, Kind.NOT_APPROVED) == []


def bring(desk: Desk, file_hash: str, decided_by: int | None) -> None:
    with transaction() as session:
        session.add(
            ImportRun(
                account_id=desk["administrator"].account_id,
                format="omb-2025",
                file_name="a.csv",
                file_hash=file_hash,
                size=0,
                body=b"",
                preview={},
                state="done",
                at=clock.now(),
                decided_by_id=decided_by,
            )
        )


def test_what_is_withheld_needs_a_law_and_a_day_that_has_not_gone_by(desk: Desk) -> None:
    references = [a_record() for _each in range(4)]
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    append_version(references[0], withholding())
    append_version(references[1], withholding(citation=" "))
    append_version(references[2], withholding(review_on=yesterday))
    append_version(references[3], withholding(review_on=None))

    assert told(desk, Kind.NO_CITATION) == [references[1]]
    assert told(desk, Kind.NO_REVIEW_DAY) == [references[3]]
    (past,) = found(desk, Kind.PAST_REVIEW)
    assert (past.reference, past.fields, past.version) == (references[2], ("benefits",), 2)
    assert past.on == clock.today() - timedelta(days=1)
    assert found(desk, Kind.PAST_REVIEW, "taxes") == []


def tier(value: str, reason: str | None, *, is_withheld: bool = False) -> Content:
    answers: Mapping[str, Any] = {**SYSTEM, "impact_tier": value}
    if reason is not None:
        answers = {**answers, "impact_determination": {"justification": {"en": reason}}}
    content = Content(answers=answers)
    entry = {**WITHHELD, "field": "impact_determination"}
    return replace(content, withheld=(entry,)) if is_withheld else content


def test_a_tier_is_lowered_with_a_reason_of_its_own_or_it_is_an_exception(desk: Desk) -> None:
    reference = a_record()
    for content in (
        tier("high", "It decides."),
        tier("limited", "It decides."),
        tier("high", "It decides."),
        tier("significant", "It only advises."),
        tier("limited", None),
        tier("high", "It decides."),
        tier("undetermined", "We look again.", is_withheld=True),
    ):
        append_version(reference, content)

    listed = found(desk, Kind.TIER_LOWERED)

    assert [(each.version, each.tiers, each.is_repeated) for each in listed] == [
        (3, ("high", "limited"), True),
        (6, ("significant", "limited"), False),
    ]


def test_a_running_system_has_a_tier(desk: Desk) -> None:
    running = a_record(impact_tier="undetermined")
    unsaid = a_record(impact_tier="undetermined", phase=None)
    a_record(impact_tier="undetermined", phase="planned")
    a_record(impact_tier="limited")

    assert told(desk, Kind.TIER_UNDETERMINED) == [running, unsaid]


def test_what_was_never_amended_in_more_than_a_year_is_told(desk: Desk) -> None:
    first, last = clock.today() - YEAR - timedelta(days=1), clock.today() - YEAR
    old, other = a_record(at=first.isoformat()), a_record(at=first.isoformat())
    a_record(at=last.isoformat())
    with on(first.isoformat()):
        nil_return(desk, str(first.year - 1))
    append_version(other, Content(answers=SYSTEM))

    assert told(desk, Kind.NEVER_AMENDED) == [old]


def test_few_points_are_told_with_how_many(desk: Desk) -> None:
    for score, version in ((39, 1), (40, 1), (12, 2)):
        number = disclosures.get_disclosure(a_record()).id
        marks.put_marks({number: (version, Kept(rules="q1", score=score, findings=[]))})

    assert [each.points for each in found(desk, Kind.FEW_POINTS)] == [39]


def test_what_is_overdue_is_what_the_rules_of_the_duties_say(desk: Desk) -> None:
    checked(desk, since="2026-01-01")
    later = (clock.today() + timedelta(days=400)).isoformat()

    with on(later):
        listed = found(desk, Kind.OVERDUE)
        overdue = [
            each for each in obligations.list_duties(RULES) if each.state is DutyState.OVERDUE
        ]
        of_taxes = found(desk, Kind.OVERDUE, "taxes")

    keys = {(each.agency, each.duty.key) for each in listed if each.duty}
    assert keys == {(each.agency, each.key) for each in overdue}
    told = [each.due_on for each in overdue if each.is_due_day_public]
    assert [each.on for each in listed] == [*sorted(told), None]
    assert {each.agency for each in of_taxes} == {"taxes"}


def test_a_filing_that_nobody_can_decide_and_a_body_without_people_are_told(
    desk: Desk, context: Flask
) -> None:
    waiting = desk.submit()
    desk.submit("officer@health")
    for name in ("approver@taxes", "second-approver@taxes"):
        people.disable_account(name)
    for name in ("officer@schools", "second-officer@schools"):
        people.disable_account(name)

    (stuck,) = found(desk, Kind.NOBODY_DECIDES)
    alone = {each.agency: each.traits for each in found(desk, Kind.NOBODY_FILES)}

    assert (stuck.reference, stuck.agency, stuck.on) == (waiting.reference, "taxes", clock.today())
    assert alone == {
        "taxes": frozenset({Trait.NO_APPROVER}),
        "schools": frozenset({Trait.NO_OFFICER}),
    }
    assert found(desk, Kind.NOBODY_DECIDES, "schools") == []


def test_the_counts_are_those_of_the_lists_also_after_the_next_deed(desk: Desk) -> None:
    counts = irregularities.count_found(desk["auditor"], RULES)
    assert counts == {kind: len(found(desk, kind)) for kind in Kind}
    assert counts[Kind.NOT_STATED] == 0

    imported(many(3))

    again = irregularities.count_found(desk["auditor"], RULES)
    assert again[Kind.NOT_STATED] == 3
    assert again == {kind: len(found(desk, kind)) for kind in Kind}
    tomorrow = (clock.today() + timedelta(days=800)).isoformat()
    with on(tomorrow):
        assert irregularities.count_found(desk["auditor"], RULES) != again


def test_names_are_those_that_the_public_reads(desk: Desk) -> None:
    reference = a_record(name={"en": "Scoring", "ur": "درجہ"})
    draft = desk.start()

    names = irregularities.map_names(
        [Found(agency="taxes", reference=each) for each in (reference, draft.reference, "")]
    )

    assert names == {reference: {"en": "Scoring", "ur": "درجہ"}}
