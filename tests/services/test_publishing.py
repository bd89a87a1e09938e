"""What the second person does: decides on what waits, as it was seen, and for good."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from register import clock
from register.errors import Conflict, Invalid, NotFound
from register.services.filings import filing, publishing
from register.standard.lifecycle import Action, DraftState
from register.storage import disclosures, outbox, publications, transaction
from register.storage.database import db
from register.storage.models import Revision
from tests.desk import NOTE, Desk, everything, sample_content
from tests.services.deeds import DEEDS, SECTION


def test_a_decision_about_another_version_than_the_one_seen_is_a_conflict(desk: Desk) -> None:
    waiting = desk.submit()
    approver = desk["approver@taxes"]
    before = everything()

    for stale in (waiting.lock_version - 1, waiting.lock_version + 1):
        with pytest.raises(Conflict):
            publishing.publish(approver, waiting.reference, lock_version=stale)
        with pytest.raises(Conflict):
            publishing.give_back(approver, waiting.reference, lock_version=stale, reason="No.")

    assert everything() == before


@pytest.mark.parametrize("by", ["approver@health", "officer@taxes", "secretariat", "auditor"])
def test_to_those_who_do_not_decide_on_it_it_does_not_exist(desk: Desk, by: str) -> None:
    reference = desk.publish()
    waiting = desk.submit()

    for attempt in (
        lambda: publishing.get_for_decision(desk[by], waiting.reference),
        lambda: DEEDS[Action.PUBLISH](desk[by], waiting),
        lambda: DEEDS[Action.GIVE_BACK](desk[by], waiting),
        lambda: desk.withdraw(reference, by=by),
        lambda: publishing.get_for_decision(desk[by], "AIR-2026-99999"),
    ):
        with pytest.raises(NotFound, match="There is no disclosure of this reference"):
            attempt()


def test_each_sees_what_waits_for_their_own_decision_the_longest_waiting_first(desk: Desk) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    with clock.at(start + timedelta(hours=1)):
        late = desk.submit().reference
    with clock.at(start):
        early = desk.submit().reference
    school = desk.submit("officer@schools").reference
    desk.start()

    def listed(name: str) -> list[str]:
        return [each.reference for each in publishing.list_waiting(desk[name])]

    assert listed("approver@taxes") == [early, late]
    assert listed("secretariat") == [school]
    for name in ("approver@health", "approver@schools", "officer@taxes", "auditor"):
        assert listed(name) == []


def test_a_return_and_a_withdrawal_need_a_reason(desk: Desk) -> None:
    waiting, reference = desk.submit(), desk.publish()
    before = everything()

    with pytest.raises(Invalid) as returned:
        publishing.give_back(
            desk["approver@taxes"], waiting.reference, lock_version=waiting.lock_version, reason=" "
        )
    with pytest.raises(Invalid) as withdrawn:
        desk.withdraw(reference, reason={"en": " ", "ur": ""})

    assert list(returned.value.errors) == list(withdrawn.value.errors) == ["reason"]
    assert everything() == before


def test_what_is_published_becomes_a_version_for_good(desk: Desk) -> None:
    first = datetime(2026, 3, 1, 9, tzinfo=UTC)
    with clock.at(first):
        reference = desk.publish()
    with clock.at(first + timedelta(days=30)):
        officer = desk["officer@taxes"]
        draft = filing.amend(officer, reference)
        written = draft.content.with_answers(purpose={"en": "Something else."})
        draft = filing.save_section(
            officer, reference, SECTION, written, lock_version=draft.lock_version
        )
        waiting = filing.submit(
            officer, reference, lock_version=draft.lock_version, change_note=NOTE
        )
        publishing.publish(desk["approver@taxes"], reference, lock_version=waiting.lock_version)

    new, old = publications.list_versions(reference)

    assert (new.version, old.version, new.is_current, old.is_current) == (2, 1, True, False)
    assert old.content.answers["purpose"] == sample_content().answers["purpose"]
    assert new.content.answers["purpose"] == {"en": "Something else."}
    assert (new.published_at, old.published_at) == (first + timedelta(days=30), first)
    assert new.first_published_at == old.first_published_at == first
    assert (new.change_note, old.change_note) == (NOTE, None)
    assert new.audit["author"] == "officer@taxes"
    assert new.audit["approver"] == "approver@taxes"
    left = filing.get_filing(desk["officer@taxes"], reference)
    assert (left.draft_state, left.change_note, left.author) == (DraftState.NONE, {}, "")


def test_the_index_hears_of_each_version_and_of_nothing_else(desk: Desk) -> None:
    waiting = desk.submit()
    assert outbox.list_waiting(10) == []

    publishing.publish(desk["approver@taxes"], waiting.reference, lock_version=waiting.lock_version)
    desk.withdraw(waiting.reference)

    assert [row.reference for row in outbox.list_waiting(10)] == [waiting.reference] * 2


def test_a_revision_is_never_written_twice_under_one_number(desk: Desk) -> None:
    reference = desk.publish()

    def again() -> None:
        with transaction() as session:
            found = disclosures.get_disclosure(reference)
            one = db.session.scalars(select(Revision)).one()
            session.add(
                Revision(
                    disclosure_id=found.id,
                    version=1,
                    action="published",
                    standard="v1",
                    content=one.content,
                    approver_id=one.approver_id,
                    at=clock.now(),
                )
            )

    with pytest.raises(Conflict):
        again()
