"""What was imported before: which file, into which agencies, and what each filing was made of.

Each import of a row leaves an audit event ``imported`` beside its filing, with a hash of the
content, so that the next import can tell a changed source from a filing that people changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from register import clock
from register.standard.lifecycle import DraftState, Status
from register.storage import counters
from register.storage.database import db, transaction
from register.storage.models import (
    Agency,
    AuditEvent,
    Disclosure,
    Json,
    Revision,
    SourceRow,
)

IMPORTED = "imported"
STARTED = "import_started"
FINISHED = "import_finished"
LONGEST_KEY = 300  # characters of a source's key, and of its id
_PUBLICATIONS = ("published", "amended", "withdrawn")
_TURN = "import"


def take_turn() -> None:
    """Let other imports wait until this transaction ends, so that none looks while one writes."""
    counters.hold(_TURN)


def list_runs(source_format: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Give what is noted of the beginnings and ends of imports, the latest first: action, details.

    ``agency_rows`` lists the rows that each agency had, ``columns`` the headings; what was noted
    before these were kept is without them.
    """
    query = (
        select(AuditEvent.action, AuditEvent.details)
        .where(
            AuditEvent.action.in_([STARTED, FINISHED]),
            AuditEvent.details["format"].as_string() == source_format,
        )
        .order_by(AuditEvent.id.desc())
    )
    return [(action, details) for action, details in db.session.execute(query)]


def agencies_of_file(file_hash: str, rows_hash: str) -> frozenset[str]:
    """Give the slugs of the agencies that a file was imported for, whole or in part.

    It is the same file if its bytes are, or if its rows say the same whatever their order.
    """
    query = select(AuditEvent.details).where(
        AuditEvent.action == STARTED,
        or_(
            AuditEvent.details["sha256"].as_string() == file_hash,
            AuditEvent.details["rows_sha256"].as_string() == rows_hash,
        ),
    )
    return frozenset(slug for details in db.session.scalars(query) for slug in details["agencies"])


def iterate_keys(source_format: str, slug: str) -> Iterator[tuple[str, str]]:
    """Give reference and key of an agency's filings from this format that were not withdrawn."""
    query = (
        select(Disclosure.reference, Disclosure.source_key)
        .join(Agency, Agency.id == Disclosure.agency_id)
        .where(
            Agency.slug == slug,
            Disclosure.source_format == source_format,
            Disclosure.status != Status.WITHDRAWN,
            Disclosure.draft_state != DraftState.DISCARDED,
        )
        .order_by(Disclosure.id)
    )
    return ((reference, key or "") for reference, key in db.session.execute(query))


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
    """Keep the source row of an imported draft beside the revision that publishes it."""
    details = _source_since_publication(disclosure)
    if "raw" not in details:
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
                raw=details["raw"] or {},  # which is nothing where it was erased
                at=clock.now(),
            )
        )


def _source_since_publication(disclosure: Disclosure) -> Mapping[str, Any]:
    """Give what was imported into the draft that is being published, if it came from a file.

    A draft of something published that was discarded is gone with its source.
    """
    actions = (
        IMPORTED,
        *_PUBLICATIONS,
        *(["draft_discarded"] if disclosure.current_version > 1 else []),
    )
    query = (
        select(AuditEvent.action, AuditEvent.details)
        .where(AuditEvent.disclosure_id == disclosure.id, AuditEvent.action.in_(actions))
        .order_by(AuditEvent.id.desc())
        .limit(2)
    )
    # The latest event is the publication itself.
    before = db.session.execute(query).all()[1:]
    action, details = before[0] if before else ("", {})
    return details if action == IMPORTED else {}
