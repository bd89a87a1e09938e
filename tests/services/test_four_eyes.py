"""Nobody publishes or withdraws what they had a hand in."""

from dataclasses import replace

import pytest

from register.errors import Conflict, Invalid, NotAllowed, NotFound
from register.services.accounts import people
from register.services.actor import SYSTEM
from register.services.filings import discarding, filing, publishing, withdrawing
from register.services.filings.filing import Filing
from register.standard.lifecycle import Action, DraftState, Role, Status
from register.standard.publication import Publication
from register.storage import publications
from tests.desk import NOTE, Desk, change_role, everything
from tests.services.deeds import DEEDS, SECTION

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


def test_a_withdrawal_is_proposed_by_one_person_and_decided_by_another(desk: Desk) -> None:
    reference = desk.publish()
    approver, other = desk["approver@taxes"], desk["second-approver@taxes"]
    with pytest.raises(Invalid):
        withdrawing.propose(approver, reference, reason={"en": " ", "ur": "x" * 2001})

    waiting = withdrawing.propose(approver, reference, reason=NOTE)

    assert filing.get_filing(approver, reference).status is Status.PUBLISHED
    with pytest.raises(NotAllowed):
        publishing.publish(approver, reference, lock_version=waiting.lock_version)
    publishing.publish(other, reference, lock_version=waiting.lock_version)
    assert [(each.status, each.withdrawal_reason) for each in listed(reference)] == [
        (Status.WITHDRAWN, NOTE),
        (Status.PUBLISHED, None),
    ]


def test_who_writes_a_withdrawal_cannot_make_it_something_else(desk: Desk) -> None:
    reference, officer = desk.publish(), desk["officer@taxes"]
    waiting = withdrawing.propose(officer, reference, reason=NOTE)
    publishing.give_back(
        desk["approver@taxes"], reference, lock_version=waiting.lock_version, reason="Why?"
    )
    returned = filing.get_filing(officer, reference)
    before = everything()

    with pytest.raises(Conflict):
        DEEDS[Action.SAVE](officer, returned)
    with pytest.raises(Conflict):
        DEEDS[Action.SUBMIT](officer, returned)
    with pytest.raises(Conflict):
        withdrawing.propose(officer, reference, reason=NOTE, lock_version=1)
    assert everything() == before

    again = withdrawing.propose(officer, reference, reason={"en": "It was filed twice."})
    publishing.publish(desk["approver@taxes"], reference, lock_version=again.lock_version)
    assert listed(reference)[0].withdrawal_reason == {"en": "It was filed twice."}


def test_while_a_new_version_is_prepared_nothing_is_withdrawn_and_no_word_of_it_is_lost(
    desk: Desk,
) -> None:
    reference, officer = desk.publish(), desk["officer@taxes"]
    draft = filing.amend(officer, reference)

    def refuse() -> None:
        before = everything()
        with pytest.raises(Conflict, match="A new version is being prepared"):
            withdrawing.propose(officer, reference, reason=NOTE)
        assert everything() == before

    refuse()
    waiting = filing.submit(officer, reference, lock_version=draft.lock_version, change_note=NOTE)
    refuse()
    publishing.give_back(
        desk["approver@taxes"], reference, lock_version=waiting.lock_version, reason="Why?"
    )
    refuse()


def test_a_withdrawal_that_is_taken_back_leaves_all_as_it_was(desk: Desk) -> None:
    reference = desk.publish()
    waiting = withdrawing.propose(desk["officer@taxes"], reference, reason=NOTE)

    left = discarding.take_back(
        desk["second-officer@taxes"], reference, lock_version=waiting.lock_version
    )

    assert (left.status, left.draft_state) == (Status.PUBLISHED, DraftState.NONE)
    assert (left.purpose, left.change_note) == ("filing", {})


def listed(reference: str) -> list[Publication]:
    return publications.list_versions(reference)
