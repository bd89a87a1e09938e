"""What auditors' notes repeat of what is erased goes too; the rest of every note stays."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from register.errors import Conflict, Invalid
from register.services.audit import audit_notes
from register.services.audit.audit_notes import Note
from register.services.erasure import erasing
from register.services.erasure.erasing import Order
from register.storage import ledger, transaction
from register.storage.database import db
from register.storage.models import AuditEvent
from tests.desk import Desk
from tests.services.erased import BASIS, CANARY, SAID, index, order, publish_twice, published

__all__ = ["index", "published"]
QUOTE = f"They wrote: {SAID['en']} Is that so?"
PART = f"{CANARY} is named there."


def written(desk: Desk, said: str, **about: Any) -> int:
    return audit_notes.write(desk["auditor"], said, **about).id


def note(desk: Desk, number: int) -> Note:
    return audit_notes.get_note(desk["auditor"], number)


def refusal(statement: str, **values: Any) -> str:
    with pytest.raises((Conflict, DBAPIError)) as refused, transaction() as session:
        session.execute(text(statement), values)
    return str(refused.value.__cause__)


def test_the_database_lets_a_text_go_only_by_an_erasure_and_only_go(
    desk: Desk, published: str
) -> None:
    number, kept = written(desk, QUOTE), written(desk, "Something else.")
    erasing.erase(order(published))
    seq = ledger.size() - 1

    for change in (
        "text = ''",
        "text = '', erased_by = 1",
        f"text = 'other', erased_by = {seq}",
        f"text = '', erased_by = {seq}, version = 7",
        f"text = '', erased_by = {seq}, corrects_id = 1",
    ):
        said = refusal(f"UPDATE audit_note SET {change} WHERE id = :id", id=kept)
        assert "audit_note is append-only" in said, change
    again = "UPDATE audit_note SET text = '', erased_by = :seq WHERE id = :id"
    assert "append-only" in refusal(again, seq=seq, id=number)
    assert note(desk, kept).text == "Something else."


def test_every_note_that_repeats_it_loses_its_text_whatever_it_is_about(
    desk: Desk, published: str
) -> None:
    other, same = desk.publish(), publish_twice(desk)
    about: list[dict[str, Any]] = [
        {"reference": published},
        {"reference": published, "version": 1},
        {"agency": "taxes"},
        {},
        {"reference": other},
    ]
    quoting = [written(desk, QUOTE, **each) for each in about]
    of_same, in_part = (
        written(desk, QUOTE, reference=same),
        written(desk, PART, reference=published),
    )
    plain = written(desk, "It is late.", reference=other)

    done = erasing.erase(order(published))

    assert done.notes.going == tuple(quoting)
    assert done.notes.staying == (in_part,)
    assert done.elsewhere == (same,)
    assert {note(desk, each).text for each in quoting} == {""}
    assert note(desk, of_same).text == QUOTE
    assert note(desk, plain).text == "It is late."
    erasing.erase(order(same))
    assert note(desk, of_same).text == ""


def test_a_note_that_says_it_in_part_goes_when_it_is_named_also_later(
    desk: Desk, published: str
) -> None:
    first = written(desk, PART, reference=published)
    second = written(desk, f"{PART} Again.", reference=published)
    for wrong in (0, 99):
        with pytest.raises(Invalid, match=str(wrong)):
            erasing.erase(order(published, notes=(wrong,)))

    erasing.erase(order(published, notes=(first,)))
    size = ledger.size()
    later = erasing.erase(order(published, notes=(second,)))

    assert (later.versions, later.notes.going) == ((), (second,))
    assert ledger.size() == size
    assert note(desk, first).erased == note(desk, second).erased
    with pytest.raises(Invalid):
        erasing.erase(order(published, notes=(second,)))
    (listed,) = erasing.list_orders()
    assert listed.notes == (first, second)
    with pytest.raises(Conflict):
        erasing.erase(listed)


def test_a_list_from_after_a_backup_names_notes_that_the_backup_has_not(
    desk: Desk, published: str
) -> None:
    number = written(desk, PART, reference=published)
    erasing.erase(order(published, versions=(1,)))
    (listed,) = erasing.list_orders()

    again = Order(
        reference=published, field="purpose", basis=BASIS, notes=(number, 99), at=listed.at
    )
    done = erasing.erase(again)

    assert done.versions == (2,)
    assert note(desk, number).text == ""


def test_an_export_of_notes_says_why_one_is_empty(desk: Desk, published: str) -> None:
    number = written(desk, QUOTE, reference=published)
    puts_right = audit_notes.correct(desk["auditor"], number, "It was so.").id

    erasing.erase(order(published))

    shown = note(desk, number).to_json()
    assert (shown["text"], shown["erased"]["basis"]) == (None, BASIS)
    assert shown["erased"]["entry"] == ledger.size() - 1
    assert (shown["author"], shown["reference"]) == ("auditor", published)
    assert note(desk, puts_right).text == "It was so."
    (told,) = db.session.query(AuditEvent).filter_by(action="erased")
    assert told.details["notes"] == [number]
