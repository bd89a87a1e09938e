"""The bundle for auditors is made where the ledger is signed, and reaches nobody but auditors."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from register.cli.bundling import keep_daily
from register.config import Settings
from register.services.ledger.bundle_files import auditors_folder, public_folder
from register.web.wiring import settings
from tests.journeys.conftest import Town
from tests.journeys.people import Person
from tests.journeys.scene import Scene
from tests.journeys.test_routes_and_roles import PEOPLE
from tests.ledger.bundles import files_of
from tests.services.tampering import signer

ADDRESS = "/audit/bundle.zip"


def keep(town: Town) -> Settings:
    """Do what the process that signs does; give the settings."""
    with town.app.app_context():
        keys = signer(settings().instance / "signer")
        keys.sign()
        keep_daily(settings(), keys)
        return settings()


def taken(town: Town) -> list[dict[str, Any]]:
    address = "/audit/trail.ndjson?action=auditors_bundle_taken"
    return [json.loads(line) for line in town.auditor.client.get(address).text.splitlines()]


@pytest.mark.parametrize("role", ["nobody", *PEOPLE])
def test_nobody_else_gets_it_and_nobody_by_another_address(scene: Scene, role: str) -> None:
    town, kept = scene.town, keep(scene.town)
    public_folder(kept).empty()
    (path,) = kept.auditors_bundle_folder.glob("*.zip")
    person = town.person(PEOPLE[role]) if role in PEOPLE else Person(town.app)
    beside = f"../{path.parent.name}/{path.name}"
    before = taken(town)

    elsewhere = {
        address: person.client.get(address).status_code
        for address in (
            "/api/v1/bundle.zip",
            f"/api/v1/bundles/{path.name}",
            f"/api/v1/bundles/{beside}",
            f"/api/v1/bundles/{quote(beside, safe='')}",
            f"/api/v1/bundles/{quote(str(path), safe='')}",
            f"/{path.parent.name}/{path.name}",
            f"/static/{beside}",
        )
    }
    refused = role == "auditor" or person.client.get(ADDRESS).status_code

    assert elsewhere == dict.fromkeys(elsewhere, 404)
    assert refused == {"nobody": 303, "auditor": True}.get(role, 403)
    assert taken(town) == before
    assert {each.stat().st_mode & 0o077 for each in (path, path.parent)} == {0}


def test_an_auditor_takes_it_whole_or_in_pieces_and_that_is_recorded(
    scene: Scene, tmp_path: Path
) -> None:
    town, client = scene.town, scene.town.auditor.client
    keep(town)
    before = len(taken(town))

    def get(address: str = ADDRESS, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.get(address, headers=named, buffered=True)

    head, whole = client.head(ADDRESS, buffered=True), get()
    known, piece = get(If_None_Match=whole.headers["ETag"]), get(Range="bytes=0-9")

    answers = (head, whole, piece, known, get(f"{ADDRESS}?as_of=2026-01-01"))
    assert [each.status_code for each in answers] == [200, 200, 206, 304, 400]
    assert {each.headers["Cache-Control"] for each in answers} == {"no-store"}
    assert "filename=register-for-auditors-20" in whole.headers["Content-Disposition"]
    assert piece.data == whole.data[:10]
    (tmp_path / "b.zip").write_bytes(whole.data)
    notes = files_of(tmp_path / "b.zip")["notes.ndjson"]
    assert "a note of an auditor" in scene.marks.found_in(notes)
    told = taken(town)[before:]
    assert [each["actor"] for each in told] == ["auditor@register.example"] * 2
    assert told[0]["details"]["sha256"] == whole.headers["ETag"].strip('"')


@pytest.mark.parametrize("language", ["", "/ur"])
def test_the_desk_leads_to_it_once_there_is_one(scene: Scene, language: str) -> None:
    town, address = scene.town, f"{language}{ADDRESS}"
    auditors_folder(keep(town)).empty()

    def links() -> set[str]:
        return {link["href"] for link in town.auditor.get(f"{language}/audit/").root.all("a")}

    missing, none = town.auditor.get(address), links()
    keep(town)
    some = links()

    assert missing.status == 404
    assert language or "There is no bundle for auditors yet." in missing.text
    assert address in some - none
