"""The public log: a page that explains it, and what tools read to check it, in C2SP's formats."""

import re
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from register import clock
from register.errors import Message
from register.ledger.notes import encode_base64
from register.services.ledger import ledger_proofs
from register.services.ledger.ledger_keys import Naming, list_namings
from register.services.ledger.ledger_proofs import Proof
from register.standard.marking import _
from register.storage import ledger as kept
from register.storage.ledger import Signed
from register.web.answering import as_response
from register.web.guard import EVERYBODY, audience
from register.web.languages import number_text
from register.web.parameters import check_names, no_such_value
from register.web.showing.showing import date_view, moment_text
from register.web.wiring import settings

blueprint = Blueprint("ledger", __name__)
TEXT = "text/plain; charset=utf-8"
FOR_EVER = "public, max-age=31536000, immutable"
A_MOMENT = "public, max-age=5"


@blueprint.get("/log")
@audience(EVERYBODY)
def page() -> str:
    """What the log is, how it stands, and how anybody can check it."""
    check_names(set())
    signed, namings = kept.find_signed(), list_namings()
    return render_template(
        "public/log.html",
        size=number_text(kept.size()),
        signed=_signed_view(signed) if signed else None,
        origin=namings[-1].origin if namings else None,
        keys=_keys_view(namings),
        links={
            "checkpoint": url_for("ledger.checkpoint"),
            "vkeys": url_for("ledger.vkeys"),
            "json": url_for("ledger.page_json"),
        },
        address=settings().base_url + "/log",
    )


@blueprint.get("/log.json")
@audience(EVERYBODY)
def page_json() -> Response:
    """The same, as data."""
    check_names(set())
    signed, namings = kept.find_signed(), list_namings()
    checkpoint = ledger_proofs.checkpoint_of(signed) if signed else None
    return as_response(
        {
            "origin": namings[-1].origin if namings else None,
            "entries": kept.size(),
            "size": checkpoint.size if checkpoint else 0,
            "root": encode_base64(checkpoint.root) if checkpoint else None,
            "signed_at": clock.stamp(signed.at) if signed else None,
            "checkpoint": signed.note if signed else None,
            "vkeys": [
                {"from_entry": each.seq, "at": clock.stamp(each.at), "vkeys": list(each.vkeys)}
                for each in namings
            ],
            "monitoring_prefix": settings().base_url + "/log",
        }
    )


@blueprint.get("/log/checkpoint")
@audience(EVERYBODY)
def checkpoint() -> Response:
    """The newest checkpoint: how many entries there are and with which root, signed."""
    check_names(set())
    response = Response(ledger_proofs.get_signed().note, content_type=TEXT)
    response.headers["Cache-Control"] = A_MOMENT
    return response


@blueprint.get("/log/vkeys")
@audience(EVERYBODY)
def vkeys() -> Response:
    """The keys that sign now, one a line."""
    check_names(set())
    namings = list_namings()
    lines = [f"{vkey}\n" for vkey in (namings[-1].vkeys if namings else ())]
    return Response("".join(lines), content_type=TEXT)


@blueprint.get("/log/tile/<path:name>")
@audience(EVERYBODY)
def tile(name: str) -> Response:
    """A piece of the tree or of its entries, which never changes."""
    check_names(set())
    content = ledger_proofs.read_tile(f"tile/{name}")
    response = Response(content, content_type="application/octet-stream")
    response.headers["Cache-Control"] = FOR_EVER
    return response


@blueprint.get("/log/inclusion")
@audience(EVERYBODY)
def inclusion() -> Response:
    """The way from an entry to the root of the first entries, as many as are asked for."""
    check_names({"index", "size"})
    size = _number("size", 1, ledger_proofs.get_signed().size)
    index = _number("index", 0, size - 1)
    return as_response(
        {
            "index": index,
            "size": size,
            "leaf_hash": encode_base64(ledger_proofs.leaf_hash_of(index)),
            "hashes": [*map(encode_base64, ledger_proofs.inclusion(index, size))],
            "root": encode_base64(ledger_proofs.root_of(size)),
        }
    )


@blueprint.get("/log/consistency")
@audience(EVERYBODY)
def consistency() -> Response:
    """That a longer log begins with a shorter one."""
    check_names({"first", "second"})
    second = _number("second", 0, ledger_proofs.get_signed().size)
    first = _number("first", 0, second)
    return as_response(
        {
            "first": first,
            "second": second,
            "hashes": [*map(encode_base64, ledger_proofs.consistency(first, second))],
            "first_root": encode_base64(ledger_proofs.root_of(first)),
            "second_root": encode_base64(ledger_proofs.root_of(second)),
        }
    )


@blueprint.get("/disclosures/<reference>/v/<int:version>/proof")
@audience(EVERYBODY)
def proof(reference: str, version: int) -> Response:
    """The proof that a version is in the log, as a file to keep."""
    check_names(set())
    found = ledger_proofs.get_proof(reference, version)
    response = Response(found.text, content_type=TEXT)
    called = f"{reference}-v{version}.tlog-proof"
    response.headers["Content-Disposition"] = f"attachment; filename={called}"
    return response


@blueprint.get("/disclosures/<reference>/v/<int:version>/proof.json")
@audience(EVERYBODY)
def proof_json(reference: str, version: int) -> Response:
    """The same as data, with the entry and with what opens its commitments to public answers."""
    check_names(set())
    return as_response(_proof_data(ledger_proofs.get_proof(reference, version)))


def place_view(index: int, reference: str, version: int) -> dict[str, Any]:
    """Give what the page of a version says of its place in the log."""
    where: dict[str, Any] = {"reference": reference, "version": version}
    return {
        "index": number_text(index),
        "proof_href": url_for("ledger.proof", **where),
        "json_href": url_for("ledger.proof_json", **where),
        "href": url_for("ledger.page"),
    }


def _proof_data(found: Proof) -> dict[str, Any]:
    return {
        "index": found.row.seq,
        "leaf_hash": encode_base64(found.leaf_hash),
        "entry": ledger_proofs.entry_of(found.row),
        "fields": ledger_proofs.open_fields(found.row),
        "size": found.checkpoint.size,
        "root": encode_base64(found.checkpoint.root),
        "hashes": [*map(encode_base64, found.hashes)],
        "checkpoint": found.signed.note,
    }


def _signed_view(signed: Signed) -> dict[str, Any]:
    return {
        "size": number_text(signed.size),
        "root": encode_base64(ledger_proofs.checkpoint_of(signed).root),
        "note": signed.note,
        "at": moment_text(signed.at),
    }


def _keys_view(namings: list[Naming]) -> list[dict[str, Any]]:
    """Give every key with the day since which it signs, and whether it does so now."""
    now = namings[-1].vkeys if namings else ()
    first: dict[str, Naming] = {}
    for naming in namings:
        for vkey in naming.vkeys:
            first.setdefault(vkey, naming)
    return [
        {"vkey": vkey, "since": date_view(clock.stamp(each.at)[:10]), "signs": vkey in now}
        for vkey, each in reversed(first.items())
    ]


def _number(name: str, least: int, most: int) -> int:
    text = request.args.get(name, "")
    if not re.fullmatch("[0-9]{1,15}", text) or not least <= int(text) <= most:
        words = Message(_("Use a number from %(least)s to %(most)s."), least=least, most=most)
        raise no_such_value(name, [words])
    return int(text)
