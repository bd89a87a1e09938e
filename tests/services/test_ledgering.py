"""Everything made public and everything determined is told to the ledger, once and in order."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from register import clock
from register.errors import RegisterError
from register.ledger import Entry, commit, merkle
from register.services.filings import filing, publishing
from register.services.ledger import ledgering
from register.services.ledger.ledgering import values_of_determined, values_of_version
from register.storage import ledger, logged
from register.storage.database import db
from register.storage.ledger import Row, StoredNodes
from register.storage.models import Determination, LedgerNode, Revision
from tests.desk import NOTE, Desk
from tests.services.histories import exported, instance, taken_in
from tests.services.inventories import imported, many


def entries() -> list[Entry]:
    return [Entry.parse(row.data) for row in ledger.list_rows(0, 10_000)]


def check_all() -> list[Row]:
    """See that numbers, tree, commitments and what they tell of belong together; give the rows."""
    rows = ledger.list_rows(0, 10_000)
    assert [row.seq for row in rows] == list(range(len(rows)))
    leaves = [merkle.leaf_hash(row.data) for row in rows]
    nodes = {
        (level, position): found
        for level, position, found in merkle.added_nodes(0, leaves, StoredNodes())
    }
    kept = {(node.level, node.position): node.hash for node in db.session.query(LedgerNode)}
    assert kept == nodes
    for row in rows:
        told = values(row)
        assert row.salts is not None
        assert set(row.salts) == set(told)
        found = {n: commit(bytes.fromhex(row.salts[n]), n, value) for n, value in told.items()}
        assert Entry.parse(row.data).fields == found
    assert logged.list_unlogged() == []
    return rows


def values(row: Row) -> dict[str, Any]:
    if row.revision_id is not None:
        version = logged.map_versions([row.revision_id])[row.revision_id]
        return {each.name: each.value for each in values_of_version(version)}
    number = row.determination_id or 0
    determined = logged.map_determined([number])[number]
    return {each.name: each.value for each in values_of_determined(determined)}


def test_a_filing_that_nobody_published_is_not_named(desk: Desk) -> None:
    waiting = desk.submit()

    (determined,) = entries()

    assert determined.event == "determine"
    assert determined.record is determined.version is determined.standard is None
    (row,) = check_all()
    assert waiting.reference not in row.data.decode()
    with pytest.raises(RegisterError):
        publishing.publish(desk["officer@taxes"], waiting.reference, lock_version=1)
    assert len(entries()) == 1


def test_publishing_amending_and_withdrawing_each_tell_of_their_version(desk: Desk) -> None:
    reference = desk.publish()
    officer, approver = desk["officer@taxes"], desk["approver@taxes"]
    draft = filing.amend(officer, reference)
    waiting = filing.submit(officer, reference, lock_version=draft.lock_version, change_note=NOTE)
    publishing.publish(approver, reference, lock_version=waiting.lock_version)
    desk.withdraw(reference)

    told = [each for each in entries() if each.record]

    assert [(each.event, each.version) for each in told] == [
        ("publish", 1),
        ("determine", 1),
        ("amend", 2),
        ("withdraw", 3),
    ]
    assert {(each.record, each.agency, each.standard) for each in told} == {
        (reference, "taxes", "v1")
    }
    moments = {each.version: each.at for each in told}
    assert moments == {row.version: row.at for row in db.session.query(Revision)}
    assert "change_note" in told[2].fields
    assert "change_note" not in told[0].fields
    check_all()


def test_an_inventory_and_a_register_of_another_are_told_of_row_by_row(
    desk: Desk, other: tuple[Path, str]
) -> None:
    imported(many(7))
    desk.publish()
    text = exported()

    own = check_all()
    with instance(*other):
        taken_in(text)
        theirs = check_all()

    revisions = [row for row in own if row.revision_id]
    assert len(revisions) == 8
    assert len([row for row in theirs if row.revision_id]) == 8
    moments = [{each.at for each in map(Entry.parse, (r.data for r in rs))} for rs in (own, theirs)]
    assert moments[1] <= moments[0]


def test_when_a_clock_is_put_back_the_ledger_does_not_go_back(desk: Desk) -> None:
    desk.publish()
    with clock.at(clock.now() - timedelta(days=3)):
        desk.publish()

    listed = entries()

    written = [each.logged_at for each in listed]
    assert written == sorted(written)
    assert listed[-1].at < listed[0].at - timedelta(days=2)


def test_publishers_at_once_leave_no_gap(app: Flask, desk: Desk) -> None:
    waiting = [desk.submit(f"officer@{slug}") for slug in ("taxes", "health") for _ in range(4)]
    together = threading.Barrier(len(waiting))

    def publish(filed: filing.Filing) -> int:
        with app.app_context():
            together.wait()
            by = desk[f"approver@{filed.body.slug}"]
            return publishing.publish(by, filed.reference, lock_version=filed.lock_version)

    with ThreadPoolExecutor(len(waiting)) as pool:
        assert list(pool.map(publish, waiting)) == [1] * len(waiting)

    assert len(check_all()) == 3 * len(waiting)


def test_what_was_written_before_there_was_a_ledger_is_told_of_in_its_order(
    context: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledgering, "BATCH", 2)
    with without_a_ledger(context):
        imported(many(5))
        desk.withdraw(desk.publish())
    moments = [*db.session.query(Revision.at), *db.session.query(Determination.at)]
    steps: list[tuple[int, int]] = []

    with pytest.raises(KeyboardInterrupt):
        ledgering.catch_up(interrupted_at(4))
    desk.publish()
    told = ledgering.catch_up(lambda done, total: steps.append((done, total)))

    assert told == len(moments) - 4 == steps[-1][0] == steps[-1][1]
    assert ledgering.catch_up() == 0
    rows = check_all()
    listed = [Entry.parse(row.data) for row in rows]
    first = [each.at for each in listed[:4]]
    later = [each.at for each in listed[7:]]
    assert [*first, *later] == sorted(moment for (moment,) in moments)


def test_two_who_catch_up_at_once_tell_of_nothing_twice(
    context: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledgering, "BATCH", 2)
    with without_a_ledger(context):
        imported(many(5))
    by_another: list[int] = []

    told = ledgering.catch_up(lambda *_step: by_another.append(ledgering.catch_up()))

    assert told + sum(by_another) == len(check_all())
    assert told == 2


def interrupted_at(number: int) -> ledgering.Progress:
    def progress(done: int, _total: int) -> None:
        if done >= number:
            raise KeyboardInterrupt

    return progress


@contextmanager
def without_a_ledger(app: Flask) -> Iterator[None]:
    """Let it be the time before there was one."""
    kept = app.extensions["register.last_deed"]
    app.extensions["register.last_deed"] = logged.take_unlogged
    try:
        yield
    finally:
        app.extensions["register.last_deed"] = kept
