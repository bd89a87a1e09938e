"""The public log, read and checked as an outsider does: over HTTP, and by nothing else."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from register.config import Settings
from register.ledger import Checkpoint, Entry, Verifier, commit, merkle, notes, proofs, tiles
from register.services.filings import filing, publishing
from register.services.ledger.ledger_signing import LedgerSigner, Origin
from register.services.ledger.signer_folder import SignerFolder
from register.standard.content import Content
from tests.desk import Desk, make_desk
from tests.schemas.withheld import ENTRY

SECRET = "Xyzzyplugh"


class Log:
    """A register whose log is signed when it is told to be."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._signer = LedgerSigner(
            SignerFolder(settings.instance / "signer"), Origin("x.example/log")
        )
        with app.app_context():
            self.desk: Desk = make_desk()

    def do(self, deed: Callable[[], Any]) -> Any:
        with self._app.app_context():
            return deed()

    def sign(self) -> None:
        self.do(self._signer.sign)


@pytest.fixture
def log(app: Flask, settings: Settings) -> Log:
    return Log(app, settings)


def signed(client: FlaskClient) -> Checkpoint:
    """The newest checkpoint, checked with the keys that the register names."""
    answer = client.get("/log/checkpoint")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=5"
    return Checkpoint.parse(notes.open_note(answer.text, verifiers(client)))


def verifiers(client: FlaskClient) -> list[Verifier]:
    return [Verifier.from_vkey(line) for line in client.get("/log/vkeys").text.splitlines()]


def entries(client: FlaskClient, size: int) -> list[bytes]:
    found = []
    for tile in tiles.required_tiles(size):
        if tile.level == tiles.ENTRIES:
            found += tiles.read_entry_bundle(client.get(f"/log/{tiles.tile_path(*tile)}").data)
    return found


def unbase64(texts: list[str]) -> list[bytes]:
    return [base64.b64decode(text) for text in texts]


def test_an_outsider_derives_the_whole_log_from_its_tiles(log: Log, client: FlaskClient) -> None:
    log.sign()
    for _number in range(3):
        log.do(log.desk.publish)
    log.sign()
    earlier = signed(client)
    log.do(log.desk.publish)
    log.sign()

    checkpoint = signed(client)
    asked: list[str] = []

    def read(tile: tiles.Tile) -> bytes:
        asked.append(tiles.tile_path(*tile))
        answer = client.get(f"/log/{asked[-1]}")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        return answer.data

    nodes = tiles.TileNodes(checkpoint.size, read)
    leaves = [merkle.leaf_hash(data) for data in entries(client, checkpoint.size)]
    assert len(leaves) == checkpoint.size == 13
    assert [nodes.get_node(0, place) for place in range(13)] == leaves
    assert merkle.root(checkpoint.size, nodes) == checkpoint.root
    for index, leaf in enumerate(leaves):
        found = client.get(f"/log/inclusion?index={index}&size=13").get_json()
        assert found["leaf_hash"] == base64.b64encode(leaf).decode()
        merkle.verify_inclusion(
            unbase64(found["hashes"]), leaf, index=index, size=13, root=checkpoint.root
        )
    found = client.get(f"/log/consistency?first={earlier.size}&second=13").get_json()
    merkle.verify_consistency(
        unbase64(found["hashes"]),
        first=earlier.size,
        second=13,
        first_root=earlier.root,
        second_root=checkpoint.root,
    )


def test_nothing_is_given_that_is_not_signed(log: Log, client: FlaskClient) -> None:
    reference = log.do(log.desk.publish)
    at_first = [client.get(f"/log/{name}").status_code for name in ("checkpoint", "tile/0/000.p/1")]
    log.sign()
    second = log.do(log.desk.publish)

    wrong = (
        *(
            "tile/0/000.p/5",
            "tile/0/000",
            "tile/entries/000.p/5",
            "tile/0/001.p/1",
            "tile/1/000.p/1",
        ),
        *("tile/0/0", "tile/x/000.p/1", "tile/0/000.p/0", "tile/0/000.p/256", "tile/64/000.p/1"),
        *("tile/0/../0/000.p/1", "tile/entries/000.p/%0a1", "tile/"),
    )
    statuses = {name: client.get(f"/log/{name}").status_code for name in wrong}
    soon = client.get(f"/disclosures/{second}/v/1/proof")

    assert at_first == [404, 404]
    assert statuses == dict.fromkeys(wrong, 404)
    assert client.get("/log/tile/0/000.p/4").status_code == 200
    assert client.get("/log/tile/entries/000.p/4").status_code == 200
    assert client.get(f"/disclosures/{reference}/v/1/proof").status_code == 200
    assert soon.status_code == 404
    assert "not signed yet. Try again in a minute." in soon.text
    assert client.get(f"/disclosures/{second}/v/2/proof").status_code == 404
    assert client.get("/disclosures/AIR-2026-99999/v/1/proof.json").status_code == 404


WRONG = (
    *("inclusion", "inclusion?index=0", "inclusion?size=1", "inclusion?index=4&size=4"),
    *("inclusion?index=0&size=0", "inclusion?index=0&size=5", "inclusion?index=-1&size=4"),
    *("inclusion?index=٣&size=4", "inclusion?index=0&size=9999999999999999999"),
    *("consistency?first=3&second=2", "consistency?first=1&second=5", "consistency?first=1"),
    *("inclusion?index=0&size=4&more=1", "checkpoint?size=1"),
)


def test_bounds_that_there_are_not_are_refused_by_name(log: Log, client: FlaskClient) -> None:
    log.do(log.desk.publish)
    log.sign()

    answers = {query: client.get(f"/log/{query}") for query in WRONG}

    for query, answer in answers.items():
        assert (answer.status_code, answer.content_type) == (400, "application/problem+json"), query
        assert len(answer.get_json()["errors"]) == 1, query


def test_the_proof_of_a_version_is_checked_without_the_register(
    log: Log, client: FlaskClient
) -> None:
    reference = log.do(lambda: withheld_somewhere(log.desk))
    log.sign()

    answer = client.get(f"/ur/disclosures/{reference}/v/1/proof")
    told = client.get(f"/disclosures/{reference}/v/1/proof.json").get_json()
    record = client.get(f"/disclosures/{reference}/v/1.json").get_json()

    proof = proofs.parse(answer.text)
    data = entries(client, signed(client).size)[proof.index]
    assert proof.check(data, verifiers(client), "x.example/log").size == signed(client).size
    assert f"filename={reference}-v1.tlog-proof" in answer.headers["Content-Disposition"]
    leaf = base64.b64encode(merkle.leaf_hash(data)).decode()
    assert record["ledger"] == {"index": proof.index, "leaf_hash": leaf}
    assert (told["index"], told["leaf_hash"], told["entry"]) == (
        proof.index,
        leaf,
        json.loads(data),
    )
    fields = Entry.parse(data).fields
    for name, opened in told["fields"].items():
        assert commit(bytes.fromhex(opened["salt"]), name, opened["value"]) == fields[name]
    answers = {f"answers.{name}": answer for name, answer in record["answers"].items()}
    assert {k: v["value"] for k, v in told["fields"].items() if k.startswith("answers")} == answers
    closed = set(fields) - set(told["fields"])
    assert {"answers.benefits", "answers.filed_by", "author", "approver"} <= closed
    assert "withheld.benefits/private" in closed
    assert SECRET not in json.dumps(told)
    assert "@taxes" not in json.dumps(told)


def withheld_somewhere(desk: Desk) -> str:
    """Publish a record with an answer beneath a withholding, and with one that is not public."""
    officer, approver = desk["officer@taxes"], desk["approver@taxes"]
    begun = desk.start(
        benefits={"en": SECRET}, filed_by={"name": SECRET, "email": "a@taxes.example"}
    )
    kept = Content(begun.content.answers, withheld=({**ENTRY, "review_on": "2030-01-05"},))
    section = filing.CURRENT.section("purpose")
    saved = filing.save_section(
        officer, begun.reference, section, kept, lock_version=begun.lock_version
    )
    waiting = filing.submit(officer, begun.reference, lock_version=saved.lock_version)
    publishing.publish(approver, waiting.reference, lock_version=waiting.lock_version)
    return begun.reference


def test_pages_say_where_a_version_stands_and_what_was_signed_last(
    log: Log, client: FlaskClient
) -> None:
    reference = log.do(log.desk.publish)
    before, searched = client.get(f"/disclosures/{reference}"), client.get("/search")
    log.sign()
    root = base64.b64encode(signed(client).root).decode()[:12]

    page = client.get(f"/disclosures/{reference}")
    in_urdu = client.get(f"/ur/disclosures/{reference}/v/1")
    explained, in_urdu_too = client.get("/log"), client.get("/ur/log")
    told = client.get("/log.json").get_json()
    missing = client.get("/no-such-page")

    assert "This version is entry 1 of the public log." in page.text
    assert f"/disclosures/{reference}/v/1/proof" in page.text
    assert f"/ur/disclosures/{reference}/v/1/proof" in in_urdu.text
    for each in (page, in_urdu, explained, in_urdu_too, missing):
        assert root in each.text
    assert root not in before.text
    assert page.headers["ETag"] != before.headers["ETag"]
    known = {"If-None-Match": searched.headers["ETag"]}
    assert client.get("/search", headers=known).status_code == 200
    assert told["size"] == told["entries"] == 4
    assert told["checkpoint"] in explained.text.replace("&#43;", "+")
    assert told["vkeys"][0]["vkeys"] == client.get("/log/vkeys").text.split()
    assert told["vkeys"][0]["vkeys"][0] in explained.text.replace("&#43;", "+")
