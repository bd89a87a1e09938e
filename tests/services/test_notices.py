"""Who is written to when a filing moves on, and who is not."""

from typing import Any

import pytest

from register.services.accounts import people
from register.services.filings import filing, publishing
from register.storage import forget, transaction
from register.storage.accounts import get_account
from register.storage.database import db
from register.storage.models import Agency, MailMessage
from tests.desk import NOTE, Desk


def told() -> list[tuple[str, str]]:
    """Kind and recipient of every letter, in order."""
    forget()
    return [(each.kind, each.recipient) for each in _letters()]


def _letters() -> list[MailMessage]:
    return list(db.session.query(MailMessage).order_by(MailMessage.id))


def clear() -> None:
    with transaction() as session:
        session.query(MailMessage).delete()


def set_approval(agency: str, approval: str) -> None:
    with transaction() as session:
        session.query(Agency).filter_by(slug=agency).one().approval = approval


def test_what_is_handed_in_is_told_to_the_approvers_of_the_agency_alone(desk: Desk) -> None:
    desk.submit()

    assert told() == [("submitted", "approver@taxes"), ("submitted", "second-approver@taxes")]


def test_an_approver_who_worked_on_it_cannot_decide_and_is_not_asked_to(desk: Desk) -> None:
    desk.submit("approver@taxes")

    assert told() == [("submitted", "second-approver@taxes")]


def test_where_the_secretariat_publishes_it_is_told_at_once(desk: Desk) -> None:
    desk.submit("officer@schools")

    assert told() == [("submitted", "secretariat"), ("submitted", "second-secretariat")]


def test_where_both_decide_the_secretariat_hears_after_the_agency(desk: Desk) -> None:
    set_approval("taxes", "both")
    waiting = desk.submit()
    first = told()
    clear()
    publishing.endorse(desk["approver@taxes"], waiting.reference, lock_version=waiting.lock_version)

    assert {kind for kind, _to in first} == {"submitted"}
    assert "secretariat" not in {to for _kind, to in first}
    assert told() == [("endorsed", "secretariat"), ("endorsed", "second-secretariat")]


def test_what_comes_back_is_told_to_all_who_worked_on_it(desk: Desk) -> None:
    begun = desk.start()
    waiting = filing.submit(
        desk["second-officer@taxes"], begun.reference, lock_version=begun.lock_version
    )
    clear()

    publishing.give_back(
        desk["approver@taxes"],
        waiting.reference,
        lock_version=waiting.lock_version,
        reason="The cost is a secret figure.",
    )

    assert told() == [("returned", "officer@taxes"), ("returned", "second-officer@taxes")]
    assert "secret figure" not in str(_letters()[0].details)


def test_what_is_published_is_told_to_those_who_worked_on_it(desk: Desk) -> None:
    reference = desk.publish()

    letters = [each for each in _letters() if each.kind == "published"]
    assert [each.recipient for each in letters] == ["officer@taxes"]
    assert letters[0].details["path"] == f"/disclosures/{reference}"


def test_each_time_that_it_is_handed_in_is_told(desk: Desk) -> None:
    waiting = desk.submit()
    publishing.give_back(
        desk["approver@taxes"],
        waiting.reference,
        lock_version=waiting.lock_version,
        reason="The cost?",
    )
    returned = filing.get_filing(desk["officer@taxes"], waiting.reference)
    filing.submit(desk["officer@taxes"], waiting.reference, lock_version=returned.lock_version)

    assert [kind for kind, to in told() if to == "approver@taxes"] == ["submitted", "submitted"]


def test_a_disabled_account_and_one_that_left_the_agency_get_no_letters(desk: Desk) -> None:
    people.disable_account("approver@taxes")
    begun = desk.start("second-officer@taxes")
    waiting = filing.submit(desk["officer@taxes"], begun.reference, lock_version=begun.lock_version)
    with transaction():
        get_account("second-officer@taxes").agency_id = get_account("officer@health").agency_id
    publishing.publish(
        desk["second-approver@taxes"], waiting.reference, lock_version=waiting.lock_version
    )

    assert told() == [("submitted", "second-approver@taxes"), ("published", "officer@taxes")]


def test_a_letter_is_put_into_the_outbox_with_its_cause_or_not_at_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = desk.start()
    before = told()

    def stop(*_any: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(filing, "filing_of", stop)
    with pytest.raises(KeyboardInterrupt):
        filing.submit(
            desk["officer@taxes"],
            begun.reference,
            lock_version=begun.lock_version,
            change_note=NOTE,
        )

    assert told() == before == []
