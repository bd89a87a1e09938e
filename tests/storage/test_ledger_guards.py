"""The ledger only grows, and an erasure takes just what it names: the database sees to it."""

import json
import sqlite3
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from register import clock
from register.config import Settings
from register.ledger import Event
from register.services.ledger.ledgering import NewEntry, append
from register.storage import ledger, transaction
from register.storage.database import db
from register.storage.models import AuditEvent, LedgerEntry, Revision, SourceRow
from tests.databases import on_sqlite
from tests.desk import Desk, everything

CHANGES = {
    "ledger_entry": ("data = 'x'", "salts = NULL", "seq = seq + 100", "revision_id = NULL"),
    "ledger_node": ("position = position + 100", "hash = hash || hash", "level = 9"),
    "ledger_checkpoint": ("note = 'x'", "size = 1"),
    "erasure": ("name = 'answers.name'", "target_seq = 0"),
}
NUMBERS = ("ledger_entry", "ledger_node", "ledger_checkpoint")


def attempt(statement: str, **values: Any) -> str:
    """Run a statement as the application itself could; give what the database says to it."""
    try:
        with transaction() as session:
            session.execute(text(statement), values)
    except DBAPIError as error:
        return str(error.orig)
    except Exception as error:
        return str(error.__cause__ or error)
    return "done"


@pytest.fixture
def published(context: Flask, desk: Desk) -> int:
    """A ledger with something in each of its tables; gives the number of a version's entry."""
    reference = desk.publish()
    ledger.add_signed(2, "a note")
    row = ledger.find_row_of(reference, 1)
    assert row is not None
    erase(row.seq, "answers.tags")
    return row.seq


def erase(seq: int, *names: str) -> None:
    """Log an erasure, and note it where the guards look."""
    told = {
        "event": Event.ERASE,
        "at": clock.now(),
        "basis": "A court's order.",
        "targets": tuple((seq, name) for name in names),
    }
    with transaction() as session:
        number = append([NewEntry(told=told)])
        for name in names:
            session.execute(
                text("INSERT INTO erasure (entry_seq, target_seq, name) VALUES (:e, :t, :n)"),
                {"e": number, "t": seq, "n": name},
            )


def test_nothing_of_the_ledger_is_changed_replaced_or_deleted(published: int) -> None:
    before = everything()
    assert all(before[table] for table in CHANGES)

    for table, listed in CHANGES.items():
        changes = [f"UPDATE {table} SET {change}" for change in listed]
        changes += [f"DELETE FROM {table}"]
        if on_sqlite():
            changes += [f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"]
        else:
            changes += [f"TRUNCATE {table} CASCADE"]
        said = [attempt(change) for change in changes]

        assert all("is append-only" in each for each in said), said
    assert everything() == before


def test_a_connection_that_asks_for_nothing_replaces_nothing_either(
    published: int, settings: Settings
) -> None:
    if not on_sqlite():
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    before = everything()
    bare = sqlite3.connect(make_url(settings.database_url).database or "")

    for table in CHANGES:
        with bare, pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"):
            bare.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    bare.close()

    assert everything() == before


@pytest.mark.parametrize("table", NUMBERS)
def test_what_is_added_follows_the_last(published: int, table: str) -> None:
    size = ledger.size()
    values = {
        "ledger_entry": "(:number, '{}', NULL, NULL, NULL)",
        "ledger_node": "(0, :number, :hash)",
        "ledger_checkpoint": "(:number, 'a note', :at)",
    }[table]
    # A checkpoint may pass over entries, but not go back to some or speak of some to come.
    wrong = (-3, -2, 1, 5) if table == "ledger_checkpoint" else (-3, -1, 1, 5)
    right = -1 if table == "ledger_checkpoint" else 0

    said = {
        step: attempt(
            f"INSERT INTO {table} VALUES {values}",
            number=size + step,
            hash=b"x" * 32,
            at=clock.now().replace(tzinfo=None),
        )
        for step in (*wrong, right)
    }

    assert said.pop(right) == "done"
    assert all("is append-only" in each for each in said.values()), said


def test_nothing_is_told_twice(published: int) -> None:
    said = [
        attempt(
            f"INSERT INTO ledger_entry (seq, data, {column})"
            f" SELECT :seq, '{{}}', {column} FROM ledger_entry WHERE {column} IS NOT NULL LIMIT 1",
            seq=ledger.size(),
        )
        for column in ("revision_id", "determination_id")
    ]

    assert all("ledger_entry is append-only" in each for each in said), said


def test_an_erasure_that_was_not_logged_is_refused(published: int) -> None:
    last = ledger.size() - 1
    insert = "INSERT INTO erasure (entry_seq, target_seq, name) VALUES "

    said = [
        attempt(insert + f"({last}, {published}, 'answers.name')"),
        attempt(insert + f"({published}, {published}, 'answers.name')"),
        attempt(insert + f"({last}, {published + 1}, 'answers.tags')"),
        attempt(insert + f"(77, {published}, 'answers.purpose')"),
    ]

    assert all("an erasure must be logged first" in each for each in said), said


def test_an_erasure_takes_the_salts_that_it_names_and_no_other(published: int) -> None:
    erase(published, "answers.cost", "answers.risks")
    salts = salts_of(published)
    kept = {k: v for k, v in salts.items() if k not in {"answers.cost", "answers.risks"}}
    other = {**kept, "answers.name": "00" * 16}
    less = {k: v for k, v in kept.items() if k != "answers.name"}

    refused = [put_salts(published, each) for each in (less, other, {**salts, "new": "00"}, None)]
    done = put_salts(published, kept)
    back = put_salts(published, salts)

    assert all("ledger_entry is append-only" in each for each in [*refused, back]), refused
    assert done == "done"
    assert salts_of(published) == kept


def test_an_erasure_takes_the_answers_that_it_names_and_nothing_besides(published: int) -> None:
    before = content()
    answers = {k: v for k, v in before["answers"].items() if k != "cost"}
    less = {**before, "answers": answers}
    marker = {"field": "cost", "basis": "A court's order."}
    tempting = [
        {**less, "answers": {**answers, "name": {"en": "Another"}}},
        {**less, "answers": {k: v for k, v in answers.items() if k != "risks"}},
        {**less, "answers": {**answers, "appeal_status": "none"}},
        {**less, "not_stated": ["risks"]},
        {**less, "withheld": [{"field": "risks"}]},
        {**less, "translations": {"name": {"en": "machine_translation"}}},
        {**less, "answers": {**answers, "cost": {"amount": "1.00", "currency": "PKR"}}},
        {**less, "answers": {**answers, "appeal_status": None}},
        {**less, "more": "Anything"},
        {k: v for k, v in less.items() if k != "not_stated"},
        {**less, "erased": [{**marker, "at": "2026-01-01T00:00:00Z"}]},
        {**less, "erased": [{"field": "risks"}]},
    ]

    too_early = put_content(less)
    erase(published, "answers.cost")
    refused = [put_content(each) for each in tempting]
    others = [
        attempt(f"UPDATE revision SET {change}")
        for change in ('change_note = \'{"en": "Another"}\'', "version = 7", "author_id = NULL")
    ]
    at = json.loads(ledger.list_rows(ledger.size() - 1, 1)[0].data)["at"]
    marked = {**less, "erased": [{**marker, "at": at}]}
    done = put_content(marked)
    back = [put_content(each) for each in (before, less, {**marked, "erased": []})]

    assert all("revision is append-only" in each for each in [too_early, *refused, *others, *back])
    assert done == "done"
    assert content() == marked


def test_a_note_or_a_determination_is_erased_as_an_answer_is(published: int) -> None:
    number = db.session.scalars(
        text("SELECT seq FROM ledger_entry WHERE determination_id IS NOT NULL LIMIT 1")
    ).one()
    changes = {
        "UPDATE revision SET change_note = NULL": (published, "change_note"),
        "UPDATE determination SET name = '' WHERE id = (SELECT determination_id"
        f" FROM ledger_entry WHERE seq = {number})": (number, "name"),
    }

    for change, (seq, name) in changes.items():
        before = attempt(change)
        erase(seq, name)
        after = attempt(change)

        assert "is append-only" in before
        assert after == "done"
    assert "is append-only" in attempt("UPDATE determination SET tier = 'low'")


def test_the_trail_and_the_row_of_the_source_lose_values_and_gain_none(published: int) -> None:
    number = db.session.scalars(
        text(f"SELECT revision_id FROM ledger_entry WHERE seq = {published}")
    ).one()
    told = {"reason": "Not so.", "comments": {"cost": "Too much."}, "section": "cost"}
    add_told(number, told)
    changes = {
        "audit_event": "UPDATE audit_event SET details = :value WHERE action = 'returned'",
        "source_row": "UPDATE source_row SET raw = :value",
    }
    wrong = ({**told, "reason": "Other."}, {"section": "cost"}, {**told, "more": None})

    for table, change in changes.items():
        refused = [attempt(change, value=json.dumps(each)) for each in wrong]
        gone = attempt(change, value=json.dumps({**told, "reason": None, "comments": None}))

        assert all(f"{table} is append-only" in each for each in refused), refused
        assert gone == "done"
    kept = attempt(changes["audit_event"], value=json.dumps(dict.fromkeys(told)))
    assert "audit_event is append-only" in kept


def test_without_an_erasure_the_trail_and_the_row_of_the_source_lose_nothing(
    context: Flask, desk: Desk
) -> None:
    desk.publish()
    told = {"reason": "Not so."}
    add_told(db.session.scalars(text("SELECT id FROM revision")).one(), told)
    gone = json.dumps({"reason": None})

    said = [
        attempt("UPDATE audit_event SET details = :value WHERE action = 'returned'", value=gone),
        attempt("UPDATE source_row SET raw = :value", value=gone),
    ]

    assert all("is append-only" in each for each in said), said


def add_told(revision_id: int, told: dict[str, Any]) -> None:
    """Tell something in the trail of a filing, and in the row that it came from."""
    with transaction() as session:
        revision = session.get_one(Revision, revision_id)
        filing, at = revision.disclosure_id, clock.now()
        session.add(AuditEvent(at=at, action="returned", disclosure_id=filing, details=told))
        given = {"format": "x", "file_name": "x.csv", "file_hash": "0", "row": 1, "at": at}
        session.add(SourceRow(revision_id=revision_id, raw=told, **given))


def salts_of(seq: int) -> dict[str, str]:
    return db.session.query(LedgerEntry.salts).filter_by(seq=seq).scalar() or {}


def put_salts(seq: int, salts: dict[str, str] | None) -> str:
    written = None if salts is None else json.dumps(salts)
    return attempt("UPDATE ledger_entry SET salts = :s WHERE seq = :q", s=written, q=seq)


def content() -> dict[str, Any]:
    found: dict[str, Any] = db.session.query(Revision.content).scalar()
    return found


def put_content(value: dict[str, Any]) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return attempt("UPDATE revision SET content = :c", c=written)
