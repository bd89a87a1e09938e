"""The register as data: everything that was made public, in a fixed order, in constant memory."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from register.errors import NotAllowed
from register.schemas import Audience, present
from register.services.actor import Actor
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import events, publications


def export_records(
    audience: Audience = Audience.PUBLIC,
    base_url: str = "",
    before: datetime | None = None,
    *,
    with_withdrawn: bool = True,
) -> Iterator[dict[str, Any]]:
    """Give the current version of every disclosure by reference, or those of an earlier moment."""
    found = publications.iterate_published(with_withdrawn=with_withdrawn, before=before)
    for publication in found:
        yield present(publication, audience, base_url)


def export_lines(
    audience: Audience = Audience.PUBLIC, base_url: str = "", before: datetime | None = None
) -> Iterator[str]:
    """Give :func:`export_records` as NDJSON: one JSON object a line, two runs byte-identical."""
    for record in export_records(audience, base_url, before):
        yield as_json(record) + "\n"


def export_for_audit(by: Actor, base_url: str = "") -> Iterator[str]:
    """Give everything as NDJSON, with what is not public; that it was taken is recorded."""
    if by.role is not Role.AUDITOR:
        raise NotAllowed(_("Your role may not do this."))
    events.add_event("everything_exported", by=by.account_id)
    return export_lines(Audience.AUDITOR, base_url)


def as_json(value: Any) -> str:
    """Write JSON the one way in which the register writes it: compact, keys in their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
