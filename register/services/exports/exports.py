"""The register as data: everything that was made public, in a fixed order, in constant memory."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from register.schemas import Audience, present
from register.services.actor import Actor, check_role
from register.services.audit import audit_notes
from register.services.exports.presentations import as_json, iterate_lines
from register.standard.lifecycle import Role
from register.storage import events, publications

__all__ = ["as_json", "export_array", "export_for_audit", "export_lines", "export_records"]


def export_records(
    base_url: str = "", before: datetime | None = None, *, with_withdrawn: bool = True
) -> Iterator[dict[str, Any]]:
    """Give what the public may read of the current version of every disclosure, by reference.

    With ``before`` it is the register as it was just before that moment: the versions that were the
    current ones, and the bodies as the directory had them.
    """
    for lines in iterate_lines(base_url, before, with_withdrawn=with_withdrawn):
        yield from map(json.loads, lines)


def export_lines(base_url: str = "", before: datetime | None = None) -> Iterator[bytes]:
    """Give :func:`export_records` as NDJSON, some lines at a time, two runs byte-identical."""
    for lines in iterate_lines(base_url, before):
        yield b"\n".join([*lines, b""])


def export_array(base_url: str = "", before: datetime | None = None) -> Iterator[bytes]:
    """Give :func:`export_records` as a JSON array, one record a line, some lines at a time."""
    joint = b"[\n"
    for lines in iterate_lines(base_url, before):
        yield joint
        yield b",\n".join(lines)
        joint = b",\n"
    yield b"[]\n" if joint == b"[\n" else b"\n]\n"


def export_for_audit(by: Actor, base_url: str = "") -> Iterator[str]:
    """Give everything as NDJSON, with what is not public and what auditors wrote about it.

    That it was taken is recorded.
    """
    check_role(by, Role.AUDITOR)
    events.add_event("everything_exported", by=by.account_id)
    return _whole_lines(base_url)


def _whole_lines(base_url: str) -> Iterator[str]:
    published = publications.iterate_published(with_withdrawn=True)
    records = (present(each, Audience.AUDITOR, base_url) for each in published)
    for record in audit_notes.with_notes(records):
        yield as_json(record) + "\n"
