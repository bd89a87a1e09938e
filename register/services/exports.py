"""The register as data: everything that was made public, in a fixed order, in constant memory."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from register.schemas import Audience, present
from register.services.actor import Actor, check_role
from register.standard.lifecycle import Role
from register.storage import directory_history, events, past, publications


def export_records(
    base_url: str = "", before: datetime | None = None, *, with_withdrawn: bool = True
) -> Iterator[dict[str, Any]]:
    """Give what the public may read of the current version of every disclosure, by reference.

    With ``before`` it is the register as it was just before that moment: the versions that were the
    current ones, and the bodies as the directory had them.
    """
    found = past.iterate_counting(before, with_withdrawn=with_withdrawn)
    bodies = None if before is None else directory_history.load().all_before(before)
    for batch in found:
        read = publications.map_by_revision({each.revision_id for each in batch})
        publications.let_go()
        for each in batch:
            publication = replace(read[each.revision_id], is_current=True)
            if bodies is not None:
                publication = replace(publication, body=bodies[each.agency_id])
            yield present(publication, base_url=base_url)


def export_lines(base_url: str = "", before: datetime | None = None) -> Iterator[str]:
    """Give :func:`export_records` as NDJSON: one JSON object a line, two runs byte-identical."""
    for record in export_records(base_url, before):
        yield as_json(record) + "\n"


def export_for_audit(by: Actor, base_url: str = "") -> Iterator[str]:
    """Give everything as NDJSON, with what is not public; that it was taken is recorded."""
    check_role(by, Role.AUDITOR)
    events.add_event("everything_exported", by=by.account_id)
    return _whole_lines(base_url)


def as_json(value: Any) -> str:
    """Write JSON the one way in which the register writes it: compact, keys in their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _whole_lines(base_url: str) -> Iterator[str]:
    for publication in publications.iterate_published(with_withdrawn=True):
        yield as_json(present(publication, Audience.AUDITOR, base_url)) + "\n"
