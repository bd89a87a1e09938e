"""Changes are what the public log tells of records, and nothing that it keeps to itself."""

import pytest

from register import clock
from register.ledger import Event, Signer
from register.services.erasure import erasing
from register.services.ledger import changes, ledgering
from register.services.ledger.changes import list_changes
from register.services.ledger.ledgering import NewEntry
from tests.desk import Desk
from tests.services.erased import index, order, published

VKEY = Signer.generate("register.example/log").vkey
__all__ = ["index", "published"]


def test_an_erasure_is_a_change_of_the_record_and_a_draft_is_none(
    desk: Desk, published: str
) -> None:
    desk.submit("officer@health")
    erasing.erase(order(published))

    found = list_changes(-1, 100)

    said = [(each.entry["event"], each.entry.get("version")) for each in found]
    assert said == [("publish", 1), ("determine", 1), ("amend", 2), ("erase", None)]
    assert {each.entry["record"] for each in found} == {published}


def test_entries_about_the_log_are_none_and_the_first_change_of_all_is_given(desk: Desk) -> None:
    rotate()
    reference = desk.publish()
    rotate()
    last = desk.publish()

    found = list_changes(-1, 100)

    assert [each.entry["record"] for each in found] == [reference, reference, last, last]
    assert list_changes(found[0].seq - 1, 1) == found[:1]
    assert list_changes(found[0].seq, 100) == found[1:]
    assert list_changes(found[-1].seq, 100) == []


def test_however_many_entries_are_read_at_once_none_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _each in range(3):
        rotate()
        rotate()
        desk.publish()
    whole = list_changes(-1, 100)

    for batch in range(1, 8):
        monkeypatch.setattr(changes, "BATCH", batch)
        assert list_changes(-1, 100) == whole
        assert [list_changes(each.seq - 1, 1) for each in whole] == [[each] for each in whole]


def rotate() -> None:
    """Let the log tell of itself."""
    told = {"event": Event.KEY_ROTATE, "at": clock.now(), "vkeys": (VKEY,)}
    ledgering.append([NewEntry(told=told)])
