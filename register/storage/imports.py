"""What was imported before: which file, into which agencies, and what each filing was made of.

Each import of a row leaves an audit event ``imported`` beside its filing, with a hash of the
content, so that the next import can tell a changed source from a filing that people changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from register import clock
from register.standard.lifecycle import DraftState
from register.storage.database import db, transaction
from register.storage.models import AuditEvent, Disclosure, Json, Revision, SourceRow

IMPORTED = "imported"
STARTED = "import_started"
LONGEST_KEY = 300  # characters of a source's key, and of its id


def agencies_of_file(file_hash: str) -> frozenset[str]:
    """Give the slugs of the agencies that this file was imported for, whole or in part."""
    query = select(AuditEvent.details).where(
        AuditEvent.action == STARTED, AuditEvent.details["sha256"].as_string() == file_hash
    )
    return frozenset(slug for details in db.session.scalars(query) for slug in details["agencies"])


def map_imported(source_format: str, keys: Iterable[str]) -> dict[tuple[int, str], Disclosure]:
    """Give the filings that came from these rows of another register, by agency's id and key."""
    query = (
        select(Disclosure)
        .where(Disclosure.source_format == source_format, Disclosure.source_key.in_(list(keys)))
        .options(joinedload(Disclosure.agency))
    )
    found = db.session.scalars(query)
    return {(each.agency_id, each.source_key or ""): each for each in found}


def map_last_imports(
    disclosures: Sequence[Disclosure], action: str = IMPORTED
) -> dict[int, Mapping[str, Any]]:
    """Give what the last import said of each of these filings, by the filing's id."""
    query = (
        select(AuditEvent.disclosure_id, AuditEvent.details)
        .where(
            AuditEvent.action == action,
            AuditEvent.disclosure_id.in_([each.id for each in disclosures]),
        )
        .order_by(AuditEvent.id)
    )
    return {number: details for number, details in db.session.execute(query) if number is not None}


def map_contents(disclosures: Sequence[Disclosure]) -> dict[int, Json]:
    """Give the latest content of each of these filings, draft or published, by the filing's id."""
    query = (
        select(Revision.disclosure_id, Revision.content)
        .join(Disclosure, Disclosure.id == Revision.disclosure_id)
        .where(
            Disclosure.id.in_([each.id for each in disclosures]),
            Revision.version == Disclosure.current_version,
        )
    )
    contents = {number: content for number, content in db.session.execute(query)}
    for each in disclosures:
        if each.draft_state != DraftState.NONE and each.draft_content is not None:
            contents[each.id] = each.draft_content
    return contents


def add_source_of_draft(disclosure: Disclosure, revision: Revision) -> None:
    """Keep the source row of an imported draft beside the first revision that publishes it."""
    details = map_last_imports([disclosure]).get(disclosure.id, {})
    if revision.version > 1 or "raw" not in details:
        return
    with transaction() as session:
        session.add(
            SourceRow(
                revision_id=revision.id,
                format=details["format"],
                source_id=(details["source_id"] or "")[:LONGEST_KEY] or None,
                file_name=details["file"],
                file_hash=details["sha256"],
                row=details["row"],
                raw=details["raw"],
                at=clock.now(),
            )
        )
