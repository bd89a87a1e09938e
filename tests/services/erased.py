"""A word that must not be found again, left wherever a filing's words are copied to."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from register import clock, storage
from register.ledger import Entry, commit, merkle
from register.search import SearchIndex
from register.services.accounts import letters
from register.services.audit import audit_notes
from register.services.erasure import erasing
from register.services.erasure.erasing import Order
from register.services.exports import presentations
from register.services.filings import filing, publishing, templates
from register.services.ledger.ledgering import values_of_determined, values_of_version
from register.storage import accounts, ledger, logged, past, remains, transaction
from register.storage.base import Base
from register.storage.database import db
from register.storage.kept import add_kept
from register.storage.ledger import StoredNodes
from register.storage.models import (
    AuditEvent,
    Disclosure,
    Erasure,
    ImportRun,
    Upload,
)
from tests.desk import NOTE, Desk
from tests.services.inventories import imported, omb

CANARY = "Zanzibarquokka"
BASIS = "High Court of Somewhere, 3 March 2026, W.P. 17/2026"
SAID = {"en": f"It compares returns. {CANARY} was named here by mistake.", "ur": f"یہ {CANARY} ہے۔"}
HOUR = timedelta(hours=1)
OTHER = {"en": f"It still compares returns, as {CANARY} said.", "ur": f"اب بھی {CANARY}۔"}


@pytest.fixture(autouse=True)
def index(context: Flask) -> Iterator[SearchIndex]:
    """The search index, which lets go of its files in the end."""
    found: SearchIndex = context.extensions["register.search"]
    yield found
    found.close()


@pytest.fixture
def published(desk: Desk) -> str:
    """A disclosure in two versions that both have the words."""
    return publish_twice(desk)


def order(reference: str, field: str = "purpose", **more: Any) -> Order:
    return Order(reference=reference, field=field, basis=BASIS, **more)


def publish_twice(desk: Desk) -> str:
    """A disclosure in two versions with the canary in both; everything else was copied from it."""
    reference = desk.publish(purpose=SAID)
    officer, approver = desk["officer@taxes"], desk["approver@taxes"]
    filing.amend(officer, reference)
    put_draft(reference, purpose=OTHER)
    lock = filing.get_filing(officer, reference).lock_version
    waiting = filing.submit(officer, reference, lock_version=lock, change_note=NOTE)
    publishing.publish(approver, reference, lock_version=waiting.lock_version)
    return reference


def put_draft(reference: str, **answers: Any) -> None:
    with transaction():
        disclosure = db.session.query(Disclosure).filter_by(reference=reference).one()
        content = dict(disclosure.draft_content or {})
        disclosure.draft_content = {**content, "answers": {**content["answers"], **answers}}


def leave_copies(desk: Desk, reference: str) -> None:
    """Let the canary lie wherever a filing's words are copied to."""
    officer = desk["officer@taxes"]
    templates.keep_template(officer, reference, {"en": "Our usual one"})
    filing.amend(officer, reference)
    account = accounts.get_account("officer@taxes")
    with transaction() as session:
        disclosure = session.query(Disclosure).filter_by(reference=reference).one()
        disclosure.draft_comments = {"purpose": "Too long.", "name": f"Say more than {OTHER['en']}"}
        disclosure.draft_return_reason = OTHER["en"]
        session.add(
            AuditEvent(
                at=clock.now(),
                action="returned",
                disclosure_id=disclosure.id,
                details={"reason": f"Not so: {SAID['en']}", "comments": {"purpose": CANARY}},
            )
        )
        session.flush()
    leave_files(account.id, disclosure)
    audit_notes.write(desk["auditor"], f"They wrote: {SAID['en']}", reference=reference)
    add_kept(account.id, "/filing/other", [("text", OTHER["en"])], most=5, since=clock.now() - HOUR)
    details = {"reference": reference, "name_texts": OTHER, "agency_texts": {}, "path": "/"}
    letters.put(account, kind="published", key="published:1", details=details)


def erase_for_good(index: SearchIndex, *orders: Order) -> None:
    for each in orders:
        erasing.erase(each)
    index.forget()
    assert remains.wipe()


def leave_files(account_id: int, disclosure: Disclosure) -> None:
    """Let it lie in files that somebody sent."""
    with transaction() as session:
        row = {"sheet": "A", "row": 1, "name": OTHER, "reference": disclosure.reference}
        given = {"account_id": account_id, "agency_id": disclosure.agency_id, "at": clock.now()}
        pending = {"token": "one", "file_hash": "1", "body": CANARY.encode(), "file_name": "a"}
        taken = {"token": "two", "file_hash": "2", "body": b"", "file_name": "b"}
        session.add(Upload(**given, **pending))
        session.add(Upload(**given, **taken, applied_at=clock.now(), outcome=[row]))
        session.add(
            ImportRun(
                account_id=account_id,
                format="omb-2025",
                file_name="again.csv",
                file_hash="3",
                size=3,
                body=json.dumps(OTHER, ensure_ascii=False).encode(),
                preview={"sheets": [SAID]},
                trial={"rows": [OTHER]},
                state="checked",
                at=clock.now(),
            )
        )


def leave_everything(desk: Desk, reference: str) -> str:
    """Import it too, and copy it; give the reference of what was imported."""
    imported(omb({"problem_solved": f"{CANARY} had to be forecast."}))
    leave_copies(desk, reference)
    presentations.keep_all()
    return next(each for each, _last in past.list_histories() if each != reference)


def tables_holding() -> list[str]:
    return [
        table.name
        for table in Base.metadata.sorted_tables
        if any(CANARY in repr(tuple(row)) for row in db.session.execute(table.select()))
    ]


def holding(folder: Path) -> list[str]:
    """Name the tables and the files in which the canary can be found, by its bytes."""
    tables = tables_holding()
    storage.forget()
    files = [path for path in folder.rglob("*") if path.is_file()]
    needle = CANARY.lower().encode()
    found = [path for path in files if needle in path.read_bytes().lower()]
    return [*tables, *(path.relative_to(folder).parts[0] for path in found)]


def check_ledger(before: list[ledger.Row], root: bytes) -> None:
    """See that entries are as they were, and that what is not erased is as they tell."""
    rows = ledger.list_rows(0, 10_000)
    assert [row.data for row in rows[: len(before)]] == [row.data for row in before]
    leaves = [merkle.leaf_hash(row.data) for row in rows]
    size, nodes = len(rows), StoredNodes()
    for seq, leaf in enumerate(leaves):
        proof = merkle.inclusion_proof(seq, size, nodes)
        merkle.verify_inclusion(proof, leaf, index=seq, size=size, root=merkle.root(size, nodes))
    assert merkle.root(len(before), nodes) == root
    gone = {(row.target_seq, row.name) for row in db.session.query(Erasure)}
    for row in rows:
        entry, salts = Entry.parse(row.data), row.salts or {}
        told = {name: value for name, value in values(row).items() if (row.seq, name) not in gone}
        assert {*salts} == {*told} == {n for n in entry.fields if (row.seq, n) not in gone}
        for name, value in told.items():
            assert commit(bytes.fromhex(salts[name]), name, value) == entry.fields[name]


def values(row: ledger.Row) -> dict[str, Any]:
    if row.revision_id is not None:
        version = logged.map_versions([row.revision_id])[row.revision_id]
        return {each.name: each.value for each in values_of_version(version)}
    if row.determination_id is None:
        return {}
    determined = logged.map_determined([row.determination_id])[row.determination_id]
    return {each.name: each.value for each in values_of_determined(determined)}
