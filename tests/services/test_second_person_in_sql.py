"""The database itself insists on the second person, whatever comes past the services."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from register.errors import Conflict, NotAllowed, NotFound
from register.services.actor import SYSTEM
from register.services.filings import determinations, filing, publishing, renewing, starting
from register.services.filings.filing import Filing
from register.services.filings.renewing import Words
from register.standard.lifecycle import Role
from register.storage import accounts, forget, transaction
from register.storage.database import db
from register.storage.models import Revision
from tests.desk import NOTE, Desk, everything
from tests.services.past_services import handed_in_by_several, insert
from tests.services.test_determinations import YES


@pytest.fixture
def waiting(desk: Desk) -> Filing:
    return handed_in_by_several(desk)


@pytest.mark.parametrize(
    "name", ["officer@courts", "second-officer@courts", "second-approver@courts", ""]
)
def test_who_had_a_hand_in_it_or_nobody_is_refused(desk: Desk, waiting: Filing, name: str) -> None:
    before = everything()

    with pytest.raises(NotAllowed, match="Somebody else must"):
        insert(waiting.reference, desk[name] if name else None)

    assert everything() == before


def test_no_role_is_above_it(desk: Desk, waiting: Filing) -> None:
    before = everything()

    for role in Role:
        with transaction():
            accounts.get_account("officer@courts").role = role
        with pytest.raises(NotAllowed):
            insert(waiting.reference, desk["officer@courts"])
        forget()

    with transaction():
        accounts.get_account("officer@courts").role = Role.OFFICER
    assert everything() == before


def test_no_administrator_publishes_by_the_services_either(desk: Desk, waiting: Filing) -> None:
    endorsed = desk.endorse(waiting)

    for by in (SYSTEM, desk["administrator"], replace(SYSTEM, role=Role.SECRETARIAT)):
        with pytest.raises((NotAllowed, NotFound)):
            publishing.publish(by, endorsed.reference, lock_version=endorsed.lock_version)


def test_who_approved_for_the_agency_is_refused(desk: Desk, waiting: Filing) -> None:
    endorsed = desk.endorse(waiting)
    before = everything()

    with pytest.raises(NotAllowed):
        insert(endorsed.reference, desk["approver@courts"])
    assert everything() == before

    insert(endorsed.reference, desk["secretariat"])


def test_nobody_is_author_and_second_person_in_one(desk: Desk) -> None:
    reference = desk.publish()
    administrator = desk["administrator"]
    own = {"author_id": administrator.account_id}

    for action in ("published", "amended", "withdrawn"):
        with pytest.raises(NotAllowed):
            insert(reference, administrator, **own, action=action)


@pytest.mark.parametrize("version", [3, 4, 99])
def test_no_number_is_passed_over_to_get_rid_of_those_who_worked_on_it(
    desk: Desk, version: int
) -> None:
    reference = desk.publish()
    filing.amend(desk["officer@taxes"], reference)
    before = everything()

    with pytest.raises(Conflict):
        insert(reference, desk["officer@taxes"], version=version)

    assert everything() == before


def test_a_number_that_is_taken_is_not_given_again(desk: Desk) -> None:
    reference = desk.publish()

    with pytest.raises(Conflict):
        insert(reference, desk["second-approver@taxes"], version=1)


def amended(desk: Desk) -> str:
    return filing.amend(desk["second-officer@taxes"], desk.publish()).reference


def confirmed(desk: Desk) -> str:
    """Confirmed for another year."""
    by, words = desk["second-officer@taxes"], Words(opening={}, unchanged={}, confirmed={})
    return renewing.begin(by, desk.publish(), months=12, words=words).reference


def copied(desk: Desk) -> str:
    """Begun from another record."""
    by, source = desk["second-officer@taxes"], desk.publish()
    check = determinations.check(by, YES)
    answers = {"record_kind": "system", "name": {"en": "Another"}, "languages": ["en"]}
    return starting.begin(by, "AIR", answers, check=check.id, copy=source).reference


@pytest.mark.parametrize("begun", [amended, confirmed, copied])
def test_each_way_to_begin_a_version_counts(desk: Desk, begun: Callable[[Desk], str]) -> None:
    reference = begun(desk)

    with pytest.raises(NotAllowed):
        insert(reference, desk["second-officer@taxes"])


def test_what_the_services_forget_the_database_remembers_and_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = desk.submit("approver@taxes")
    monkeypatch.setattr(publishing, "_check_second_person", lambda *_given: None)
    before = everything()

    with pytest.raises(NotAllowed, match="Somebody else must"):
        publishing.publish(
            desk["approver@taxes"], waiting.reference, lock_version=waiting.lock_version
        )

    assert everything() == before


def test_a_return_wipes_nobody_s_hand_away_but_lets_the_approver_approve_again(
    desk: Desk, waiting: Filing
) -> None:
    endorsed = desk.endorse(waiting)
    publishing.give_back(
        desk["secretariat"], endorsed.reference, lock_version=endorsed.lock_version, reason="No."
    )
    returned = filing.get_filing(desk["officer@courts"], endorsed.reference)
    again = filing.submit(
        desk["officer@courts"], returned.reference, lock_version=returned.lock_version
    )

    endorsed = desk.endorse(again)

    with pytest.raises(NotAllowed):
        insert(endorsed.reference, desk["second-officer@courts"])
    publishing.publish(desk["secretariat"], endorsed.reference, lock_version=endorsed.lock_version)
    assert db.session.query(Revision).count() == 1


def test_the_public_note_stays_what_it_was(desk: Desk) -> None:
    reference = desk.publish("officer@courts")
    draft = filing.amend(desk["officer@courts"], reference)
    waiting = filing.submit(
        desk["officer@courts"], reference, lock_version=draft.lock_version, change_note=NOTE
    )

    endorsed = desk.endorse(waiting)
    version = publishing.publish(
        desk["second-secretariat"], reference, lock_version=endorsed.lock_version
    )

    assert version == 2
    assert [r.change_note for r in db.session.query(Revision).order_by(Revision.version)] == [
        None,
        NOTE,
    ]
