"""Nobody publishes or withdraws what they had a hand in."""

from dataclasses import replace

import pytest

from register.errors import Conflict, NotAllowed, NotFound
from register.services import filing, people, publishing
from register.services.actor import SYSTEM
from register.services.filing import Filing
from register.standard.lifecycle import DraftState, Role, Status
from register.storage import publications
from tests.desk import NOTE, Desk, change_role, everything
from tests.services.deeds import SECTION

TOUCHES = ("started", "saved", "submitted", "amended")


def touched_by(desk: Desk, how: str, name: str) -> Filing:
    """A filing that waits, in which this person had a hand in one way and others in the rest."""
    others = {each: "officer@taxes" for each in TOUCHES}
    who = {**others, how: name}
    if how == "amended":
        reference = desk.publish("second-officer@taxes")
        draft = filing.amend(desk[who["amended"]], reference)
    else:
        draft = desk.start(who["started"])
    draft = filing.save_section(
        desk[who["saved"]],
        draft.reference,
        SECTION,
        draft.content,
        lock_version=draft.lock_version,
    )
    return filing.submit(
        desk[who["submitted"]],
        draft.reference,
        lock_version=draft.lock_version,
        change_note=NOTE if how == "amended" else None,
    )


@pytest.mark.parametrize("how", TOUCHES)
def test_who_had_any_hand_in_it_cannot_publish_it(desk: Desk, how: str) -> None:
    waiting = touched_by(
        desk, how, "approver@taxes" if how != "amended" else "second-approver@taxes"
    )
    by = desk["approver@taxes" if how != "amended" else "second-approver@taxes"]
    other = desk["second-approver@taxes" if how != "amended" else "approver@taxes"]
    before = everything()

    with pytest.raises(NotAllowed):
        publishing.publish(by, waiting.reference, lock_version=waiting.lock_version)
    assert everything() == before

    assert publishing.publish(other, waiting.reference, lock_version=waiting.lock_version)


@pytest.mark.parametrize("how", TOUCHES)
def test_an_author_who_is_promoted_still_cannot(desk: Desk, how: str) -> None:
    waiting = touched_by(desk, how, "second-officer@taxes")
    change_role("second-officer@taxes", Role.APPROVER)
    promoted = people.get_actor("second-officer@taxes")

    assert promoted.role is Role.APPROVER
    with pytest.raises(NotAllowed):
        publishing.publish(promoted, waiting.reference, lock_version=waiting.lock_version)


def test_an_author_who_moves_to_the_secretariat_still_cannot(desk: Desk) -> None:
    waiting = desk.submit("officer@schools")
    moved = replace(desk["officer@schools"], role=Role.SECRETARIAT, agency=None)

    with pytest.raises(NotAllowed):
        publishing.publish(moved, waiting.reference, lock_version=waiting.lock_version)
    assert publishing.publish(
        desk["secretariat"], waiting.reference, lock_version=waiting.lock_version
    )


def test_the_system_itself_publishes_nothing_that_waits(desk: Desk) -> None:
    waiting = desk.submit()

    for by in (SYSTEM, replace(SYSTEM, role=Role.APPROVER, agency="taxes")):
        with pytest.raises((NotAllowed, NotFound)):
            publishing.publish(by, waiting.reference, lock_version=waiting.lock_version)


def test_having_worked_on_an_earlier_version_is_no_hindrance(desk: Desk) -> None:
    officer, approver = desk["officer@taxes"], desk["approver@taxes"]
    reference = desk.publish("second-approver@taxes")
    draft = filing.amend(officer, reference)
    waiting = filing.submit(officer, reference, lock_version=draft.lock_version, change_note=NOTE)

    assert (
        publishing.publish(
            desk["second-approver@taxes"], reference, lock_version=waiting.lock_version
        )
        == 2
    )
    with pytest.raises(Conflict):
        publishing.publish(approver, reference, lock_version=waiting.lock_version)


def test_returning_a_filing_is_no_hand_in_it(desk: Desk) -> None:
    waiting = desk.submit()
    approver = desk["approver@taxes"]
    publishing.give_back(
        approver, waiting.reference, lock_version=waiting.lock_version, reason="The cost?"
    )
    returned = filing.get_filing(desk["officer@taxes"], waiting.reference)
    again = filing.submit(
        desk["officer@taxes"], waiting.reference, lock_version=returned.lock_version
    )

    assert publishing.publish(approver, again.reference, lock_version=again.lock_version) == 1


def test_a_withdrawal_takes_a_second_person_as_well_and_a_draft_outlives_it(desk: Desk) -> None:
    reference = desk.publish()
    draft = filing.amend(desk["approver@taxes"], reference)

    with pytest.raises(NotAllowed):
        publishing.withdraw(desk["approver@taxes"], reference, reason=NOTE)
    publishing.withdraw(desk["second-approver@taxes"], reference, reason=NOTE)

    left = filing.get_filing(desk["officer@taxes"], reference)
    assert (left.status, left.draft_state) == (Status.WITHDRAWN, DraftState.DRAFT)
    assert left.content == draft.content
    waiting = filing.submit(
        desk["officer@taxes"], reference, lock_version=left.lock_version, change_note=NOTE
    )
    with pytest.raises(NotAllowed):
        publishing.publish(desk["approver@taxes"], reference, lock_version=waiting.lock_version)
    publishing.publish(desk["second-approver@taxes"], reference, lock_version=waiting.lock_version)
    assert [each.status for each in publications.list_versions(reference)] == [
        Status.PUBLISHED,
        Status.WITHDRAWN,
        Status.PUBLISHED,
    ]
