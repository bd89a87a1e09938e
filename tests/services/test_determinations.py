"""The ledger of determinations: what is asked, what follows from it, and who may read it."""

from datetime import timedelta
from typing import Any

import pytest

from register import clock
from register.errors import Conflict, Invalid, NotAllowed, NotFound
from register.services.filings import determinations, filing, publishing, starting
from register.standard.determination import determine
from register.storage.database import db
from tests.desk import NOTE, Desk, everything

YES: dict[str, Any] = {
    "name": "Sorting of claims",
    "infers": "yes",
    "used": "yes",
    "touches": "serves",
    "excluded": "no",
    "since": "2026-03",
}
NO: dict[str, Any] = {**YES, "infers": "no", "reason": {"en": "It is a table of fixed rules."}}


def checked(desk: Desk, by: str = "officer@taxes", **answers: Any) -> determinations.Entry:
    return determinations.check(desk[by], {**YES, **answers})


def test_another_agencys_check_does_not_exist(desk: Desk) -> None:
    theirs = checked(desk, "officer@health")
    before = everything()

    with pytest.raises(NotFound):
        determinations.get_check(desk["officer@taxes"], theirs.id)
    with pytest.raises(NotFound):
        determinations.check(desk["officer@taxes"], YES, follows=theirs.id)
    with pytest.raises(NotFound):
        starting.begin(desk["officer@taxes"], "AIR", {}, check=theirs.id)

    assert everything() == before


def test_what_is_sent_twice_is_one_check(desk: Desk) -> None:
    first = checked(desk)
    again = checked(desk)
    by_another = checked(desk, "second-officer@taxes")
    later = determinations.check(desk["officer@taxes"], YES, follows=first.id)
    with clock.at(clock.now() + timedelta(minutes=2)):
        another_system = checked(desk)

    assert again == first
    assert len({first.matter, by_another.matter, another_system.matter}) == 3
    assert (later.matter, later.id == first.id) == (first.matter, False)


@pytest.mark.parametrize("role", ["secretariat", "auditor", "administrator"])
def test_only_those_who_file_determine(desk: Desk, role: str) -> None:
    with pytest.raises(NotAllowed):
        determinations.check(desk[role], YES)


@pytest.mark.parametrize("role", ["officer@taxes", "approver@taxes", "administrator"])
def test_who_watches_over_nobody_reads_no_other_agencys_ledger(desk: Desk, role: str) -> None:
    for agency in ("health", None):
        with pytest.raises(NotAllowed):
            determinations.list_determinations(desk[role], agency)


def test_the_secretariat_and_auditors_read_all_of_it(desk: Desk) -> None:
    first, second = checked(desk), checked(desk, "officer@health")

    for role in ("secretariat", "auditor"):
        assert determinations.list_determinations(desk[role]) == [second, first]
        assert determinations.list_determinations(desk[role], "taxes") == [first]


def test_nothing_in_the_ledger_is_changed_or_deleted(desk: Desk) -> None:
    checked(desk)

    for statement in ("UPDATE determination SET must = false", "DELETE FROM determination"):
        with pytest.raises(Exception, match="append-only"), db.engine.begin() as connection:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("answers", "path"),
    [
        ({"name": None}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"infers": None}, "infers"),
        ({"infers": "perhaps"}, "infers"),
        ({"excluded": "yes", "reason": {"en": "A law."}}, "provision"),
        ({"infers": "no"}, "reason"),
        ({"since": None}, "since"),
        ({"since": "2026-02-30"}, "since"),
        ({"since": "2999"}, "since"),
        ({"used": "soon", "since": "2020-01-01"}, "since"),
        ({"used": "soon", "touches": "decides", "since": None}, "since"),
        ({"used": "soon", "touches": "decides", "infers": "unsure", "since": None}, "since"),
        ({"nonsense": "yes"}, "nonsense"),
    ],
)
def test_what_is_wrong_is_said_where_it_is_and_nothing_is_kept(
    desk: Desk, answers: dict[str, Any], path: str
) -> None:
    before = everything()
    said = {name: value for name, value in {**YES, **answers}.items() if value is not None}

    with pytest.raises(Invalid) as refused:
        determinations.check(desk["officer@taxes"], said)

    assert path in refused.value.errors
    assert everything() == before


@pytest.mark.parametrize(
    ("answers", "must", "key"),
    [
        ({}, True, "covered"),
        ({"used": "soon"}, True, "covered"),
        ({"infers": "unsure"}, True, "in_doubt"),
        ({"touches": "unsure", "excluded": "unsure"}, True, "in_doubt"),
        ({"infers": "no", "used": "unsure"}, False, "no_ai"),
        ({"used": "no"}, False, "no_use"),
        ({"touches": "neither"}, False, "no_effect"),
        ({"excluded": "yes"}, False, "excluded"),
    ],
)
def test_a_sure_no_settles_it_and_doubt_means_disclosure(
    answers: dict[str, str], must: bool, key: str
) -> None:
    decided = determine({**YES, **answers})

    assert (decided.must, decided.reason_key) == (must, key)


def test_what_decides_about_people_is_expected_to_be_high(desk: Desk) -> None:
    assert checked(desk, touches="decides").tier == "high"
    assert checked(desk).tier == "undetermined"
    assert determinations.check(desk["officer@taxes"], NO).tier == ""


def test_a_check_is_kept_either_way_with_an_event(desk: Desk) -> None:
    entry = determinations.check(desk["officer@taxes"], NO)

    kept = determinations.get_check(desk["approver@taxes"], entry.id)
    assert kept == entry
    assert (kept.must, kept.reason, kept.by) == (False, NO["reason"], "officer@taxes")
    assert kept.matter == kept.id
    assert any("determined" in row for row in everything()["audit_event"][-1])


def test_a_check_made_anew_is_about_the_same_matter_and_is_the_one_that_counts(desk: Desk) -> None:
    officer = desk["officer@taxes"]
    first = checked(desk)
    second = determinations.check(officer, NO, follows=first.id)
    third = determinations.check(officer, NO, follows=second.id)

    assert second.matter == third.matter == first.id
    assert determinations.list_checks(officer) == [third]
    with pytest.raises(Conflict):
        starting.begin(officer, "AIR", {}, check=first.id)


def test_a_filing_begins_once_from_its_check(desk: Desk) -> None:
    officer = desk["officer@taxes"]
    entry = checked(desk)
    begun = starting.begin(officer, "AIR", {"record_kind": "system"}, check=entry.id)

    again = determinations.check(officer, YES, follows=entry.id)
    for number in (entry.id, again.id):
        with pytest.raises(Conflict):
            starting.begin(officer, "AIR", {}, check=number)

    assert begun.matter == entry.matter
    assert {each.reference for each in determinations.list_checks(officer)} == {begun.reference}


def test_the_ledger_notes_what_is_submitted_and_published_and_only_what_is_new(desk: Desk) -> None:
    reference = desk.publish()
    amend(desk, reference, summary={"en": "Another summary.", "ur": "ایک اور خلاصہ۔"})
    amend(desk, reference, impact_tier="limited")

    listed = determinations.list_determinations(desk["auditor"])[::-1]

    assert [(e.kind, e.version, e.tier_before, e.tier) for e in listed] == [
        ("submitted", None, "", "high"),
        ("published", 1, "", "high"),
        ("submitted", None, "high", "limited"),
        ("published", 3, "high", "limited"),
    ]
    assert {entry.matter for entry in listed} == {listed[0].id}
    assert {entry.reference for entry in listed} == {reference}


def test_a_filing_that_follows_a_check_stays_in_its_matter(desk: Desk) -> None:
    entry = checked(desk, touches="decides")
    content = desk.start().content
    begun = starting.begin(desk["officer@taxes"], "AIR", content.answers, check=entry.id)
    filing.submit(desk["officer@taxes"], begun.reference, lock_version=begun.lock_version)

    latest = determinations.list_determinations(desk["auditor"], limit=1)[0]

    assert (latest.kind, latest.matter, latest.tier_before) == ("submitted", entry.id, "high")


def test_the_public_reads_of_tiers_that_were_published_and_of_no_draft(desk: Desk) -> None:
    reference = desk.publish()
    officer = desk["officer@taxes"]
    begun = filing.amend(officer, reference)
    saved = save(desk, begun, impact_tier="limited")
    filing.submit(officer, reference, lock_version=saved.lock_version, change_note=NOTE)

    listed = determinations.list_tiers(reference)

    assert [(each.version, each.tier_before, each.tier) for each in listed] == [(1, "", "high")]


def test_the_public_reads_no_reason_that_is_withheld(desk: Desk) -> None:
    content = desk.start().content
    entry = {
        "field": "impact_determination",
        "ground": "commercial_confidence",
        "citation": "Information Act, section 7",
        "public_reason": NOTE,
        "decided_by": "Director",
        "decided_on": clock.today().isoformat(),
        "review_on": (clock.today() + timedelta(days=300)).isoformat(),
    }
    begun = filing.start(
        desk["officer@taxes"],
        "taxes",
        "AIR",
        content.answers,
        basis=filing.Basis(content=filing.Content(withheld=(entry,))),
    )
    filing.submit(desk["officer@taxes"], begun.reference, lock_version=begun.lock_version)
    waiting = filing.get_filing(desk["officer@taxes"], begun.reference)
    publishing.publish(desk["approver@taxes"], begun.reference, lock_version=waiting.lock_version)

    assert "justification" in content.answers["impact_determination"]
    assert [each.reason for each in determinations.list_tiers(begun.reference)] == [{}]


def amend(desk: Desk, reference: str, **answers: Any) -> None:
    officer = desk["officer@taxes"]
    saved = save(desk, filing.amend(officer, reference), **answers)
    sent = filing.submit(officer, reference, lock_version=saved.lock_version, change_note=NOTE)
    publishing.publish(desk["approver@taxes"], reference, lock_version=sent.lock_version)


def save(desk: Desk, found: Any, **answers: Any) -> Any:
    from register.standard import CURRENT

    for section in CURRENT.sections:
        if {field.name for field in section.asked_fields} & set(answers):
            found = filing.save_section(
                desk["officer@taxes"],
                found.reference,
                section,
                found.content.with_answers(**answers),
                lock_version=found.lock_version,
            )
    return found
