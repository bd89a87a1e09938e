"""The auditors' bundle: the public log with every value that its reader may know, in one ZIP.

A bundle is of a checkpoint: the newest, or the last one that was signed before a moment. Whatever
it holds is as it was when that was signed, so that the same bundle can be made again at any time.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from register.errors import NotFound
from register.ledger import bundle_file, canonical
from register.ledger.bundle_file import Manifest
from register.ledger.bundle_zip import Content
from register.ledger.entries import write_moment
from register.schemas import Audience, present_body, present_duty
from register.schemas.committed import Committed
from register.services import past
from register.services.audit import audit_notes
from register.services.duties import obligations
from register.services.exports import register_export
from register.services.ledger.ledger_keys import list_namings
from register.services.ledger.ledger_proofs import content_of
from register.services.ledger.ledgering import opened, values_of_determined, values_of_version
from register.standard import STANDARDS
from register.standard.json_schema import json_schema
from register.standard.marking import _
from register.standard.obligations import Rules
from register.standard.printed import as_data
from register.storage import directory_history, forget, ledger, logged
from register.storage.ledger import Row, Signed

AT_ONCE = 200  # entries that are read with one statement

Seal = Callable[[str], str]
Progress = Callable[[int, int], object]


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """What is to be written: up to which checkpoint, for whom, and by which rules for duties."""

    signed: Signed
    rules: Rules
    base_url: str
    audience: Audience = Audience.PUBLIC


def find_checkpoint(before: datetime | None = None) -> Signed:
    """Give the newest checkpoint, or the last before a moment; raise :exc:`NotFound` if none is."""
    forget()
    signed = ledger.find_signed_before(before) if before else ledger.find_signed()
    if signed is None:
        raise NotFound(_("Nothing of the log was signed before then."))
    return signed


def write(
    out: BinaryIO, bundle: Bundle, seal: Seal, progress: Progress = lambda done, total: None
) -> Manifest:
    """Write a bundle, in constant memory; two of the same checkpoint are the same, byte for byte.

    ``seal`` signs a text with the keys of the log. Nothing is written to ``out`` before everything
    was read.
    """
    members: dict[str, Content] = {
        bundle_file.CHECKPOINT: bundle.signed.note.encode(),
        bundle_file.VKEYS: _vkeys(bundle.signed),
        bundle_file.DISCLOSURES: bundle_file.lines(_versions(bundle, progress)),
        bundle_file.DETERMINATIONS: bundle_file.lines(_determined(bundle, progress)),
        "agencies.json": canonical.encode(_bodies(bundle)),
        "obligations.ndjson": bundle_file.lines(_duties(bundle)),
        "register.ndjson": (line.encode() for line in register_export.lines(bundle.signed.at)),
        **bundle_file.log_members(bundle.signed.size, content_of),
        **_standards(),
        **_notes(bundle),
    }
    as_of = write_moment(bundle.signed.at)
    return bundle_file.write_bundle(out, members, as_of=as_of, seal=seal)


def _versions(bundle: Bundle, progress: Progress) -> Iterator[dict[str, Any]]:
    """Give what may be known of versions, in the order of entries."""
    for rows in _batches(bundle, progress, rounds=0):
        told = logged.map_versions({r.revision_id for r in rows if r.revision_id is not None})
        for row in rows:
            version = told.get(row.revision_id) if row.revision_id is not None else None
            fields = _open(bundle, row, values_of_version(version)) if version else {}
            if version and fields:
                named = {"reference": version.reference, "version": version.version}
                yield {"seq": row.seq, **named, "fields": fields}


def _determined(bundle: Bundle, progress: Progress) -> Iterator[dict[str, Any]]:
    """Give what may be known of determinations, in the order of entries."""
    for rows in _batches(bundle, progress, rounds=1):
        ids = {r.determination_id for r in rows if r.determination_id is not None}
        told = logged.map_determined(ids)
        for row in rows:
            found = told.get(row.determination_id) if row.determination_id is not None else None
            fields = _open(bundle, row, values_of_determined(found)) if found else {}
            if fields:
                yield {"seq": row.seq, "fields": fields}


def _batches(bundle: Bundle, progress: Progress, *, rounds: int) -> Iterator[Sequence[Row]]:
    """Give the entries some at a time; ``rounds`` tells how often all were read before."""
    size = bundle.signed.size
    for first in range(0, size, AT_ONCE):
        yield ledger.list_rows(first, min(AT_ONCE, size - first))
        progress(rounds * size + min(first + AT_ONCE, size), 2 * size)


def _open(bundle: Bundle, row: Row, values: Iterable[Committed]) -> dict[str, tuple[str, Any]]:
    return opened(row, values, with_private=bundle.audience is Audience.AUDITOR)


def _vkeys(signed: Signed) -> bytes:
    """Give every key that the log has named up to there, in the order of their coming."""
    named = [vkey for each in list_namings() if each.seq < signed.size for vkey in each.vkeys]
    return "".join(f"{vkey}\n" for vkey in dict.fromkeys(named)).encode()


def _bodies(bundle: Bundle) -> list[dict[str, Any]]:
    bodies = directory_history.load().all_before(bundle.signed.at).values()
    return [present_body(body) for body in sorted(bodies, key=lambda body: body.slug)]


def _duties(bundle: Bundle) -> Iterator[dict[str, Any]]:
    """Give the duties as they stood at the end of the last whole day: they change no more."""
    day = past.of_day(bundle.signed.at.date() - timedelta(days=1))
    for duty in obligations.list_duties(bundle.rules, as_of=day):
        yield present_duty(duty, bundle.base_url)


def _notes(bundle: Bundle) -> dict[str, Iterable[bytes]]:
    """Give what auditors had written down by then, for them alone."""
    if bundle.audience is not Audience.AUDITOR:
        return {}
    notes = audit_notes.iterate_notes(before=bundle.signed.at)
    return {"notes.ndjson": bundle_file.lines(note.to_json() for note in notes)}


def _standards() -> dict[str, bytes]:
    files = {}
    for name, standard in STANDARDS.items():
        files[f"standards/{name}.json"] = canonical.encode(as_data(standard))
        files[f"standards/{name}.schema.json"] = canonical.encode(json_schema(standard))
    return files
