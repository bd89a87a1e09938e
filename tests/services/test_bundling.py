"""A bundle holds what its reader may know, stays the same, and is fetched whole or in pieces."""

import base64
import hashlib
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from register import clock
from register.config import Settings
from register.errors import NotFound
from register.ledger import verify_bundle
from register.schemas import Audience
from register.services.audit import audit_notes
from register.services.duties import obligations
from register.services.ledger import bundling
from register.services.ledger.bundle_files import BundleFolder
from register.services.ledger.bundling import Bundle
from register.services.ledger.ledger_keys import find_naming
from register.storage.database import db
from register.storage.models import Revision
from tests.desk import Desk
from tests.ledger.bundles import files_of, repacked, they_refuse, we_refuse
from tests.services.tampering import signer, tamper

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
SECRET = "canary-that-is-not-public"


def bundled(
    folder: Path, before: datetime | None = None, audience: Audience = Audience.PUBLIC
) -> bytes:
    out = io.BytesIO()
    wanted = Bundle(
        signed=bundling.find_checkpoint(before),
        rules=obligations.rules_of(Settings()),
        base_url="https://register.example",
        audience=audience,
    )
    bundling.write(out, wanted, signer(folder).seal)
    return out.getvalue()


def problems(path: Path, bundle: bytes) -> list[str]:
    path.write_bytes(bundle)
    naming = find_naming()
    assert naming is not None
    return [str(problem) for problem in verify_bundle(path, naming.vkeys).problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The signer's folder, which has opened the log."""
    with clock.at(START):
        signer(tmp_path / "signer").sign()
    return tmp_path / "signer"


def live(desk: Desk, folder: Path) -> str:
    """Publish twice, withdraw once, and sign; give the reference of what stays."""
    with clock.at(START + timedelta(hours=1)):
        kept = desk.publish(filed_by={"name": SECRET, "email": "filer@taxes.example"})
        desk.withdraw(desk.publish())
        signer(folder).sign()
    return kept


def test_the_public_bundle_holds_nothing_that_is_not_public(desk: Desk, folder: Path) -> None:
    live(desk, folder)

    assert SECRET.encode() not in bundled(folder)
    assert SECRET.encode() in bundled(folder, audience=Audience.AUDITOR)


def test_no_note_of_an_auditor_is_in_the_public_bundle_and_all_until_then_in_the_auditors(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    with clock.at(START + timedelta(minutes=10)):
        reference = desk.publish()
        wrong = audit_notes.write(desk["auditor"], f"Is this {SECRET}?", reference=reference)
        audit_notes.correct(desk["auditor"], wrong.id, "It is not.")
    live(desk, folder)
    with clock.at(START + timedelta(hours=2)):
        audit_notes.write(desk["auditor"], "Too late.")
    for audience in Audience:
        (tmp_path / audience.value).write_bytes(bundled(folder, audience=audience))

    public = files_of(tmp_path / Audience.PUBLIC.value)
    whole = files_of(tmp_path / Audience.AUDITOR.value)

    assert {*whole} - {*public} == {"notes.ndjson"}
    assert not any(SECRET.encode() in data for data in public.values())
    told = [json.loads(line) for line in whole["notes.ndjson"].splitlines()]
    assert [each["text"] for each in told] == [f"Is this {SECRET}?", "It is not."]
    assert (told[0]["reference"], told[1]["corrects"]) == (reference, wrong.id)


@pytest.mark.parametrize(
    "change",
    [
        lambda files: files.update({"notes.ndjson": b""}),
        lambda files: files.pop("notes.ndjson"),
        lambda files: files.update({"notes.ndjson": files["notes.ndjson"].replace(b"so", b"no")}),
    ],
)
def test_a_note_that_was_changed_or_left_out_does_not_pass(
    desk: Desk, folder: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], object]
) -> None:
    with clock.at(START + timedelta(minutes=10)):
        audit_notes.write(desk["auditor"], "It is so.")
    live(desk, folder)
    path, naming = tmp_path / "b.zip", find_naming()
    path.write_bytes(bundled(folder, audience=Audience.AUDITOR))
    assert naming is not None
    (vkey,) = naming.vkeys
    before = we_refuse(path, vkey), they_refuse(path, vkey)

    repacked(path, change)

    assert before == (False, False)
    assert (we_refuse(path, vkey), they_refuse(path, vkey)) == (True, True)


def test_a_bundle_for_either_reader_is_found_sound(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    live(desk, folder)

    for audience in Audience:
        assert problems(tmp_path / "b.zip", bundled(folder, audience=audience)) == []


def test_a_value_that_was_changed_past_the_register_does_not_pass(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    kept = live(desk, folder)
    content = dict(db.session.scalars(select(Revision.content).where(Revision.id == 1)).one())
    content["answers"] = {**content["answers"], "phase": "retired"}
    tamper("UPDATE revision SET content = :content WHERE id = 1", content=json.dumps(content))

    (said,) = problems(tmp_path / "b.zip", bundled(folder))

    assert kept in said
    assert "answers.phase" in said


def test_the_bundle_of_a_moment_is_the_same_whenever_it_is_made(desk: Desk, folder: Path) -> None:
    live(desk, folder)
    first = [bundled(folder, audience=each) for each in Audience]
    with clock.at(START + timedelta(days=40)):
        desk.publish()
        audit_notes.write(desk["auditor"], "It was late.")
        signer(folder).sign()
        latest = [bundled(folder, audience=each) for each in Audience]
        again = [bundled(folder, START + timedelta(hours=2), each) for each in Audience]

    assert again == first
    assert not {*latest} & {*first}


def test_before_anything_was_signed_there_is_no_bundle(desk: Desk, folder: Path) -> None:
    live(desk, folder)

    with pytest.raises(NotFound):
        bundled(folder, START)


def test_a_bundle_is_fetched_in_pieces_and_under_a_name_that_stays(
    app: Flask, desk: Desk, folder: Path, settings: Settings
) -> None:
    live(desk, folder)
    client = app.test_client()

    def get(address: str, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.get(address, headers=named, buffered=True)

    assert get("/api/v1/bundle.zip").status_code == 404
    bundle = bundled(folder)
    at = bundling.find_checkpoint().at
    kept = BundleFolder(settings.bundle_folder).keep(at, lambda out: out.write(bundle))

    whole = get("/api/v1/bundle.zip")
    address = whole.headers["Content-Location"]
    head = get(address, Range="bytes=0-99")
    tail = get(address, Range="bytes=100-", If_Range=whole.headers["ETag"])
    known = get(address, If_None_Match=whole.headers["ETag"])

    digest = base64.b64encode(hashlib.sha256(bundle).digest()).decode()
    assert whole.data == bundle
    assert whole.headers["Content-Digest"] == f"sha-256=:{digest}:"
    assert (head.status_code, tail.status_code, known.status_code) == (206, 206, 304)
    assert head.data + tail.data == bundle
    assert address == f"/api/v1/bundles/{kept.path.name}"
    assert get("/api/v1/bundle.zip?as_of=2026-05-03").status_code == 404
    assert get("/api/v1/bundle.zip?as_of=2026-05-04").data == bundle


@pytest.mark.parametrize(
    "name", ["..%2Fregister.sqlite", "register.sqlite", "register-20260504T100000Z.sha256", "x"]
)
def test_nothing_but_bundles_is_fetched_so(app: Flask, desk: Desk, name: str) -> None:
    assert app.test_client().get(f"/api/v1/bundles/{name}").status_code == 404
