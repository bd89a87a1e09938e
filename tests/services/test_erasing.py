"""What a court orders to be erased is gone from everything; the ledger still proves the rest."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from register import clock, storage
from register.config import Settings
from register.errors import Conflict, Invalid, NotFound
from register.ledger import Entry, commit, merkle
from register.schemas import present
from register.search import Query, SearchIndex
from register.services import (
    erased_copies,
    erasing,
    filing,
    letters,
    publishing,
    templates,
)
from register.services.erasing import Order
from register.services.exports import export_lines
from register.services.ledgering import values_of_determined, values_of_version
from register.standard import CURRENT
from register.standard.json_schema import json_schema
from register.storage import accounts, beside, ledger, logged, publications, remains, transaction
from register.storage import erasing as storage_erasing
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
from tests.databases import on_sqlite
from tests.desk import NOTE, Desk
from tests.services.histories import exported, instance, taken_in
from tests.services.inventories import imported, omb
from tests.standard.meets import meets

CANARY = "Zanzibarquokka"
BASIS = "High Court of Somewhere, 3 March 2026, W.P. 17/2026"
SAID = {"en": f"It compares returns. {CANARY} was named here by mistake.", "ur": f"یہ {CANARY} ہے۔"}
HOUR = timedelta(hours=1)
OTHER = {"en": f"It still compares returns, as {CANARY} said.", "ur": f"اب بھی {CANARY}۔"}


def order(reference: str, field: str = "purpose", **more: Any) -> Order:
    return Order(reference=reference, field=field, basis=BASIS, **more)


@pytest.fixture(autouse=True)
def index(context: Flask) -> Iterator[SearchIndex]:
    """The search index, which lets go of its files in the end."""
    found: SearchIndex = context.extensions["register.search"]
    yield found
    found.close()


@pytest.fixture
def published(desk: Desk) -> str:
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
        row = {"sheet": "A", "row": 1, "name": OTHER, "reference": reference}
        given = {"account_id": account.id, "agency_id": disclosure.agency_id, "at": clock.now()}
        pending = {"token": "one", "file_hash": "1", "body": CANARY.encode(), "file_name": "a"}
        taken = {"token": "two", "file_hash": "2", "body": b"", "file_name": "b"}
        session.add(Upload(**given, **pending))
        session.add(Upload(**given, **taken, applied_at=clock.now(), outcome=[row]))
        session.add(
            ImportRun(
                account_id=account.id,
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
    add_kept(account.id, "/filing/other", [("text", OTHER["en"])], most=5, since=clock.now() - HOUR)
    details = {"reference": reference, "name_texts": OTHER, "agency_texts": {}, "path": "/"}
    letters.put(account, kind="published", key="published:1", details=details)


def erase_for_good(index: SearchIndex, *orders: Order) -> None:
    for each in orders:
        erasing.erase(each)
    index.forget()
    assert remains.wipe()


def leave_everything(desk: Desk, reference: str) -> str:
    """Import it too, and copy it; give the reference of what was imported."""
    imported(omb({"problem_solved": f"{CANARY} had to be forecast."}))
    leave_copies(desk, reference)
    return next(each for each, _last in publications.list_histories() if each != reference)


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


def test_nothing_in_the_instance_has_the_words_any_more_and_the_rest_is_proved(
    desk: Desk, published: str, index: SearchIndex, settings: Settings
) -> None:
    brought = leave_everything(desk, published)
    index.drain()
    before = ledger.list_rows(0, 10_000)
    root = merkle.root(len(before), StoredNodes())
    holders = {
        *("disclosure", "template", "upload", "revision", "audit_event", "kept_form"),
        *("mail_message", "import_run", "source_row", "index"),
    }
    assert holders <= {*holding(settings.instance)}

    for each in (published, brought):
        erasing.erase(order(each))
    left = holding(settings.instance)
    index.forget()
    assert remains.wipe()

    # What only the transaction changes is still in the index and in the log of the database.
    assert {*left} == ({"register.sqlite-wal", "index"} if on_sqlite() else {"index"})
    assert holding(settings.instance) == []
    check_ledger(before, root)


FORGETFUL: dict[tuple[Any, str], str] = {
    (erased_copies, "_erase_draft"): "disclosure",
    (erased_copies, "_erase_templates"): "template",
    (beside, "iterate_letters"): "mail_message",
    (beside, "iterate_kept_forms"): "kept_form",
    (beside, "iterate_uploads"): "upload",
    (erased_copies, "empty_files"): "import_run",
    (storage_erasing, "empty_source"): "source_row",
    (storage_erasing, "list_details"): "audit_event",
    (storage_erasing, "change_version"): "revision",
}


class Undone(Exception):
    """What was tried is rolled back."""


def test_forgetting_any_one_place_would_be_found(
    desk: Desk, published: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = leave_everything(desk, published)
    found = {}

    for (owner, name), table in FORGETFUL.items():
        with monkeypatch.context() as patched, suppress(Undone), transaction():
            patched.setattr(owner, name, lambda *_given, **_more: ())
            for each in (published, brought):
                erasing.erase(order(each))
            found[table] = tables_holding()
            raise Undone

    assert found == {table: [table] for table in FORGETFUL.values()}


def test_pages_json_and_exports_say_that_it_was_erased_and_the_search_finds_nothing(
    desk: Desk, published: str, context: Flask, index: SearchIndex
) -> None:
    index.drain()
    client = context.test_client()
    address = f"/disclosures/{published}"
    assert index.search(Query(text=CANARY)).total == 1
    seen = client.get(address)

    erase_for_good(index, order(published))

    assert index.search(Query(text=CANARY)).total == 0
    again = client.get(address, headers={"If-None-Match": seen.headers.get("ETag", "none")})
    assert again.status_code == 200
    for path in (address, f"{address}/v/1", f"/ur{address}"):
        page = client.get(path, follow_redirects=True).get_data(as_text=True)
        assert BASIS in page
        assert CANARY not in page
    assert "Erased by order of a court or a law." in again.get_data(as_text=True)
    shown = client.get(f"{address}.json").get_json()
    (marker,) = shown["erased"]
    assert (marker["field"], marker["basis"]) == ("purpose", BASIS)
    assert "purpose" not in shown["answers"]
    (line,) = (json.loads(each) for each in export_lines())
    assert line["erased"] == [marker]
    assert meets(publications.get_publication(published).content.to_json(), json_schema(CURRENT))


def test_another_register_takes_in_what_is_left_and_says_so_too(
    desk: Desk, published: str, context: Flask, other: tuple[Path, str]
) -> None:
    erasing.erase(order(published))
    erasing.erase(order(published, "change_note"))
    whole = exported()

    with instance(*other):
        report = taken_in(whole)
        again = exported()

    assert report.rejected == 0
    assert again == whole
    assert BASIS in whole


def test_only_the_versions_that_are_named_lose_it(desk: Desk, published: str) -> None:
    erasing.erase(order(published, versions=(1,)))

    first, second = (publications.get_publication(published, number) for number in (1, 2))
    assert "purpose" not in first.content.answers
    assert second.content.answers["purpose"] == OTHER
    assert second.content.erased == ()
    with pytest.raises(Conflict):
        erasing.erase(order(published, versions=(1,)))


def test_the_next_version_is_asked_anew(desk: Desk, published: str) -> None:
    erasing.erase(order(published))
    officer = desk["officer@taxes"]

    draft = filing.amend(officer, published)
    with pytest.raises(Invalid) as refused:
        filing.submit(officer, published, lock_version=draft.lock_version, change_note=NOTE)

    assert "purpose" in refused.value.errors
    assert draft.content.erased == ()


def test_what_is_withdrawn_afterwards_still_says_so(desk: Desk, published: str) -> None:
    erasing.erase(order(published))

    desk.withdraw(published)

    shown = present(publications.get_publication(published))
    assert [each["field"] for each in shown["erased"]] == ["purpose"]


def test_a_name_goes_from_the_determinations_too_and_the_reference_stands_for_it(
    desk: Desk, context: Flask, index: SearchIndex, settings: Settings
) -> None:
    reference = desk.publish(name=SAID)
    index.drain()
    before = ledger.list_rows(0, 10_000)
    root = merkle.root(len(before), StoredNodes())

    erase_for_good(index, order(reference, "name"))

    assert holding(settings.instance) == []
    check_ledger(before, root)
    page = context.test_client().get(f"/disclosures/{reference}", follow_redirects=True)
    assert reference in page.get_data(as_text=True)


def test_why_an_answer_is_withheld_goes_but_it_stays_withheld(
    desk: Desk, context: Flask, index: SearchIndex, settings: Settings
) -> None:
    reference = desk.publish()
    officer = desk["officer@taxes"]
    filing.amend(officer, reference)
    reason = {"field": "suppliers", "ground": "other", "citation": "s. 7", "public_reason": SAID}
    reason |= {"decided_by": "A. Head", "decided_on": "2026-03-01", "review_on": "2027-03-01"}
    kept = {k: v for k, v in reason.items() if k in {"field", "ground", "decided_on", "review_on"}}
    put_draft(reference)
    with transaction():
        disclosure = db.session.query(Disclosure).filter_by(reference=reference).one()
        disclosure.draft_content = {**(disclosure.draft_content or {}), "withheld": [reason]}
    lock = filing.get_filing(officer, reference).lock_version
    waiting = filing.submit(officer, reference, lock_version=lock, change_note=NOTE)
    publishing.publish(desk["approver@taxes"], reference, lock_version=waiting.lock_version)
    index.drain()

    erase_for_good(index, order(reference, "withheld.suppliers"))

    shown = present(publications.get_publication(reference))
    assert holding(settings.instance) == []
    assert shown["withheld"] == [kept]
    assert "suppliers" not in shown["answers"]
    assert shown["erased"][0]["field"] == "withheld.suppliers"
    page = context.test_client().get(f"/disclosures/{reference}", follow_redirects=True)
    assert BASIS in page.get_data(as_text=True)


def test_what_cannot_be_erased_is_refused_with_the_way_out(desk: Desk, published: str) -> None:
    wrong = {
        "agency": Invalid,
        "impact_tier": Invalid,
        "purposes": Invalid,
        "withheld.purposes": Invalid,
        "withheld.suppliers": Conflict,
    }

    for field, error in wrong.items():
        with pytest.raises(error):
            erasing.erase(order(published, field))
    with pytest.raises(NotFound):
        erasing.erase(order("AIR-2026-09999"))
    with pytest.raises(Invalid):
        erasing.erase(order(published, versions=(3,)))
    with pytest.raises(Invalid):
        erasing.erase(Order(reference=published, field="purpose", basis="  "))
    assert db.session.query(Erasure).count() == 0


def test_a_list_of_erasures_erases_again_what_an_older_backup_brought_back(
    desk: Desk, published: str
) -> None:
    erasing.erase(order(published))
    (listed,) = erasing.list_orders()

    with pytest.raises(Conflict):
        erasing.erase(listed)

    assert (listed.reference, listed.field, listed.basis) == (published, "purpose", BASIS)
    assert listed.versions == (1, 2)
