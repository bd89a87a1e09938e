"""What a court orders to be erased is gone from everything; the ledger still proves the rest."""

from contextlib import suppress
from typing import Any

import pytest
from flask import Flask

from register.config import Settings
from register.errors import Conflict, Invalid, NotFound
from register.ledger import merkle
from register.schemas import present
from register.search import SearchIndex
from register.services.erasure import erased_copies, erasing
from register.services.erasure.erasing import Order
from register.services.exports import presentations
from register.services.filings import filing, publishing
from register.storage import audit_notes, beside, ledger, publications, remains, transaction
from register.storage import erasing as storage_erasing
from register.storage.database import db
from register.storage.ledger import StoredNodes
from register.storage.models import (
    Disclosure,
    Erasure,
)
from tests.databases import on_sqlite
from tests.desk import NOTE, Desk
from tests.services.erased import (
    BASIS,
    SAID,
    check_ledger,
    erase_for_good,
    holding,
    index,
    leave_everything,
    order,
    published,
    put_draft,
    tables_holding,
)

__all__ = ["index", "published"]


def test_nothing_in_the_instance_has_the_words_any_more_and_the_rest_is_proved(
    desk: Desk, published: str, index: SearchIndex, settings: Settings
) -> None:
    brought = leave_everything(desk, published)
    index.drain()
    before = ledger.list_rows(0, 10_000)
    root = merkle.root(len(before), StoredNodes())
    holders = {
        *("disclosure", "template", "upload", "revision", "audit_event", "kept_form"),
        *("mail_message", "import_run", "source_row", "presentation", "index", "audit_note"),
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
    (presentations, "forget"): "presentation",
    (audit_notes, "erase_texts"): "audit_note",
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
