"""What an officer does, and what is refused: the life of a filing until it is handed in."""

from dataclasses import replace
from typing import Any

import pytest

from register.errors import Conflict, Invalid, NotAllowed, NotFound
from register.schemas import find_errors
from register.services.audit import trail
from register.services.filings import filing, publishing
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.lifecycle import DraftState, Role, Status
from tests.desk import NOTE, Desk, everything, sample_content

PURPOSE = CURRENT.section("purpose")
IDENTITY = CURRENT.section("identity")
SUPPLY = CURRENT.section("supply")
ENTRY = {
    "field": "cost",
    "ground": "commercial_confidence",
    "citation": "Information Act, section 7",
    "public_reason": {"en": "It would harm a supplier."},
    "decided_by": "officer@taxes",
    "decided_on": "2026-01-05",
    "review_on": "2027-01-05",
}


def save(desk: Desk, found: filing.Filing, written: Content, **given: Any) -> filing.Filing:
    given = {"by": "officer@taxes", "section": PURPOSE, "lock_version": found.lock_version, **given}
    by = desk[given.pop("by")]
    return filing.save_section(by, found.reference, given.pop("section"), written, **given)


def test_a_filing_begins_as_a_draft_of_its_own_agency(desk: Desk) -> None:
    begun = desk.start(agency="health")

    assert begun.reference.endswith("-00001")
    assert (begun.status, begun.draft_state) == (Status.UNPUBLISHED, DraftState.DRAFT)
    assert begun.content.answers["agency"] == begun.body.slug == "taxes"
    assert begun.author == "officer@taxes"
    assert begun.has_touched
    assert (begun.version, begun.published) == (0, None)


@pytest.mark.parametrize(
    "by",
    ["officer@health", "approver@health", "secretariat", "auditor", "administrator"],
)
def test_nobody_files_for_an_agency_that_is_not_theirs(desk: Desk, by: str) -> None:
    before = everything()

    with pytest.raises(NotAllowed):
        filing.start(desk[by], "taxes", "AIR", {})

    assert everything() == before


def test_what_is_typed_is_kept_whatever_it_is_worth(desk: Desk) -> None:
    begun = desk.start()
    typed = {"scale": {"count": "دو ہزار"}, "process": {"en": "x" * 9000}}

    saved = save(desk, begun, Content(answers=typed), section=CURRENT.section("decision"))

    kept = filing.get_filing(desk["second-officer@taxes"], begun.reference).content
    assert {name: kept.answers[name] for name in typed} == typed
    assert "decision_role" not in kept.answers
    assert {"scale.count", "process.en"} <= set(find_errors(CURRENT, saved.content))


def test_a_section_changes_only_its_own_answers(desk: Desk) -> None:
    begun = desk.start()
    written = Content(
        answers={"purpose": {"en": "New."}, "cost": {"period": "year"}, "agency": "health"},
        withheld=({**ENTRY, "field": "benefits"}, ENTRY),
        translations={"purpose": {"ur": "original"}, "name": {"ur": "original"}},
    )

    saved = save(desk, begun, written).content

    own = {field.name for field in PURPOSE.asked_fields}
    assert {k: v for k, v in saved.answers.items() if k in own} == {"purpose": {"en": "New."}}
    assert {k: v for k, v in saved.answers.items() if k not in own} == {
        k: v for k, v in begun.content.answers.items() if k not in own
    }
    assert [entry["field"] for entry in saved.withheld] == ["benefits"]
    assert saved.translations == {"purpose": {"ur": "original"}}


def test_the_agency_of_a_filing_cannot_be_changed_by_saving(desk: Desk) -> None:
    begun = desk.start()

    saved = save(desk, begun, Content(answers={"agency": "health"}), section=IDENTITY)

    assert saved.content.answers["agency"] == "taxes"
    assert saved.body.slug == "taxes"


def test_a_section_is_complete_when_said_so_and_not_any_more_when_saved_again(desk: Desk) -> None:
    begun = desk.start()

    first = save(desk, begun, begun.content, is_complete=True)
    second = save(desk, first, begun.content, section=SUPPLY, is_complete=True)
    third = save(desk, second, begun.content)

    assert first.complete == ("purpose",)
    assert second.complete == ("purpose", "supply")
    assert third.complete == ("supply",)


def test_saving_over_somebody_else_s_text_is_a_conflict_and_stores_nothing(desk: Desk) -> None:
    begun = desk.start()
    saved = save(desk, begun, Content(answers={"purpose": {"en": "First."}}))
    before = everything()

    for stale in (begun.lock_version, saved.lock_version + 1, 0, -1):
        with pytest.raises(Conflict):
            save(desk, begun, Content(answers={"purpose": {"en": "Late."}}), lock_version=stale)
        with pytest.raises(Conflict):
            filing.submit(desk["officer@taxes"], begun.reference, lock_version=stale)

    assert everything() == before


@pytest.mark.parametrize(
    "by", ["officer@health", "approver@health", "secretariat", "auditor", "administrator"]
)
def test_to_another_agency_a_filing_does_not_exist(desk: Desk, by: str) -> None:
    begun = desk.start()
    before = everything()

    for attempt in (
        lambda: filing.get_filing(desk[by], begun.reference),
        lambda: save(desk, begun, begun.content, by=by),
        lambda: filing.submit(desk[by], begun.reference, lock_version=begun.lock_version),
        lambda: filing.amend(desk[by], begun.reference),
    ):
        with pytest.raises(NotFound):
            attempt()

    assert begun.reference not in [each.reference for each in filing.list_filings(desk[by])]
    assert everything() == before


def test_a_filing_that_is_not_complete_is_not_handed_in(desk: Desk) -> None:
    officer = desk["officer@taxes"]
    begun = filing.start(officer, "taxes", "AIR", {"name": {"en": "Half a name"}})

    with pytest.raises(Invalid) as refused:
        filing.submit(officer, begun.reference, lock_version=begun.lock_version)

    assert "summary" in refused.value.errors
    assert "name" not in refused.value.errors
    assert filing.get_filing(officer, begun.reference).draft_state is DraftState.DRAFT


def test_handing_in_keeps_the_answers_and_closes_the_draft(desk: Desk) -> None:
    waiting = desk.submit()

    assert waiting.draft_state is DraftState.SUBMITTED
    assert waiting.content.answers == {**sample_content().answers, "agency": "taxes"}
    with pytest.raises(Conflict):
        save(desk, waiting, waiting.content)
    with pytest.raises(Conflict):
        filing.submit(desk["officer@taxes"], waiting.reference, lock_version=waiting.lock_version)


def test_an_amendment_begins_with_what_is_published_and_must_say_what_changed(desk: Desk) -> None:
    officer = desk["officer@taxes"]
    reference = desk.publish()

    draft = filing.amend(officer, reference)
    with pytest.raises(Invalid) as silent:
        filing.submit(officer, reference, lock_version=draft.lock_version)
    with pytest.raises(Invalid) as blank:
        filing.submit(
            officer, reference, lock_version=draft.lock_version, change_note={"en": " \n"}
        )
    with pytest.raises(Invalid) as long:
        filing.submit(
            officer, reference, lock_version=draft.lock_version, change_note={"ur": "x" * 2001}
        )
    waiting = filing.submit(
        officer, reference, lock_version=draft.lock_version, change_note={**NOTE, "fr": " "}
    )

    assert draft.content == draft.published
    for refused in (silent, blank, long):
        assert list(refused.value.errors) == ["change_note"]
    assert waiting.change_note == NOTE
    assert (waiting.status, waiting.version) == (Status.PUBLISHED, 1)


def test_an_amendment_cannot_be_begun_twice_nor_before_publication(desk: Desk) -> None:
    begun = desk.start()
    with pytest.raises(Conflict):
        filing.amend(desk["officer@taxes"], begun.reference)

    reference = desk.publish()
    filing.amend(desk["officer@taxes"], reference)
    with pytest.raises(Conflict):
        filing.amend(desk["second-officer@taxes"], reference)


def test_what_is_published_stays_while_the_draft_changes(desk: Desk) -> None:
    reference = desk.publish()
    draft = filing.amend(desk["officer@taxes"], reference)

    changed = save(desk, draft, Content(answers={"purpose": {"en": "Something else."}}))

    assert changed.published == draft.published
    assert changed.content.answers["purpose"] == {"en": "Something else."}


def test_a_returned_filing_tells_why_and_is_handed_in_again(desk: Desk) -> None:
    waiting = desk.submit()
    approver, officer = desk["approver@taxes"], desk["officer@taxes"]

    publishing.give_back(
        approver, waiting.reference, lock_version=waiting.lock_version, reason=" The cost? "
    )
    returned = filing.get_filing(officer, waiting.reference)
    again = filing.submit(officer, waiting.reference, lock_version=returned.lock_version)

    assert returned.draft_state is DraftState.RETURNED
    assert returned.return_reason == "The cost?"
    assert (again.draft_state, again.return_reason) == (DraftState.SUBMITTED, "")


def test_an_agency_sees_its_filings_newest_first(desk: Desk) -> None:
    references = [desk.start().reference for _number in range(3)]
    desk.start("officer@health")

    listed = [each.reference for each in filing.list_filings(desk["approver@taxes"])]

    assert listed == references[::-1]


def test_an_approver_may_write_as_well_but_a_mere_role_may_not(desk: Desk) -> None:
    begun = desk.start("approver@taxes")

    assert begun.author == "approver@taxes"
    for role in (Role.SECRETARIAT, Role.AUDITOR, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            filing.start(replace(desk["officer@taxes"], role=role), "taxes", "AIR", {})


def test_every_deed_leaves_an_event_with_who_did_it(desk: Desk) -> None:
    begun = desk.start()
    saved = save(desk, begun, begun.content, by="second-officer@taxes")
    officer = desk["officer@taxes"]
    waiting = filing.submit(officer, begun.reference, lock_version=saved.lock_version)
    approver = desk["approver@taxes"]
    publishing.publish(approver, waiting.reference, lock_version=waiting.lock_version)
    filing.amend(officer, begun.reference)

    told = [(each.action, each.actor) for each in trail.list_trail(5)]

    assert told[::-1] == [
        ("draft_started", "officer@taxes"),
        ("draft_saved", "second-officer@taxes"),
        ("submitted", "officer@taxes"),
        ("published", "approver@taxes"),
        ("amendment_started", "officer@taxes"),
    ]
    assert all(each.reference == begun.reference for each in trail.list_trail(5))
