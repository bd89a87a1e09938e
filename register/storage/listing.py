"""What is published under some references, read in one go and without what only auditors see.

Pages of results show twenty records at a time, and others follow at once: so the columns are read
as they are, not as objects of the session.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from register import clock
from register.standard.content import Content
from register.standard.lifecycle import Status
from register.standard.publication import Body, Publication
from register.storage import counters
from register.storage.agencies import CHANGES
from register.storage.database import db
from register.storage.driver import ask
from register.storage.models import (
    Agency,
    Disclosure,
    Erasure,
    LedgerCheckpoint,
    LedgerEntry,
    LedgerNode,
    Outbox,
    Revision,
    SourceRow,
)
from register.storage.publications import IS_LEAF, logged_as

_parent = aliased(Agency)
_BODY = (
    Agency.slug,
    Agency.names,
    Agency.abbreviation,
    Agency.level,
    Agency.sector,
    _parent.slug.label("parent"),
    Agency.approval,
)
_IS_PUBLISHED = (
    Disclosure.status == Status.PUBLISHED,
    Revision.version == Disclosure.current_version,
)
_PUBLISHED = (
    select(
        Disclosure.reference,
        Disclosure.first_published_at,
        Disclosure.period,
        Revision.version,
        Revision.standard,
        Revision.content,
        Revision.change_note,
        Revision.at,
        SourceRow.format.label("source_format"),
        SourceRow.source_id,
        SourceRow.file_name,
        SourceRow.file_hash,
        SourceRow.row.label("source_row"),
        SourceRow.at.label("retrieved"),
        LedgerEntry.seq,
        LedgerNode.hash,
        *_BODY,
    )
    .join(Revision, Revision.disclosure_id == Disclosure.id)
    .join(Agency, Agency.id == Disclosure.agency_id)
    .outerjoin(_parent, _parent.id == Agency.parent_id)
    .outerjoin(SourceRow, SourceRow.revision_id == Revision.id)
    .outerjoin(LedgerEntry, LedgerEntry.revision_id == Revision.id)
    .outerjoin(LedgerNode, IS_LEAF)
    .where(*_IS_PUBLISHED)
)
_OF_THESE = _PUBLISHED.where(Disclosure.reference.in_(bindparam("references", expanding=True)))
_AFTER = (
    _PUBLISHED.where(Disclosure.reference > bindparam("after"))
    .order_by(Disclosure.reference)
    .limit(bindparam("batch"))
)


_FROM = (
    _PUBLISHED.order_by(Disclosure.reference).offset(bindparam("skipped")).limit(bindparam("most"))
)


class Place(NamedTuple):
    """Where something published is found: its reference, the period of a nil return, and when."""

    reference: str
    period: str | None
    published_at: datetime


class State(NamedTuple):
    """Numbers of which one differs after every change to what a page shows; ``None`` for no row."""

    newest_version: int | None
    newest_notice: int | None
    notices: int
    newest_erasure: int | None
    signed: int | None
    directory: int | None
    life: int | None


_STATE = select(
    select(func.max(Revision.id)).scalar_subquery(),
    select(func.max(Outbox.id)).scalar_subquery(),
    select(func.count(Outbox.id)).scalar_subquery(),
    select(func.max(Erasure.id)).scalar_subquery(),
    select(func.max(LedgerCheckpoint.size)).scalar_subquery(),
    CHANGES.scalar_subquery(),
    counters.LIFE.scalar_subquery(),
)


def list_published(references: Sequence[str]) -> list[Publication]:
    """Give what is published now of these references, in this order; the rest is left out."""
    if not references:
        return []
    rows = db.session.execute(_OF_THESE, {"references": list(references)})
    found = {row.reference: _facts(row) for row in rows}
    return [found[reference] for reference in references if reference in found]


def iterate_published(batch: int = 200) -> Iterator[Publication]:
    """Give everything published, by reference, a batch in memory."""
    after = ""
    while True:
        page = list_published_after(after, batch)
        yield from page
        if len(page) < batch:
            return
        after = page[-1].reference


def list_published_after(reference: str, limit: int) -> list[Publication]:
    """Give what is published after a reference, by reference."""
    rows = db.session.execute(_AFTER, {"after": reference, "batch": limit})
    return [_facts(row) for row in rows]


def list_published_from(skipped: int, most: int) -> list[Publication]:
    """Give what is published, by reference, without the first so many."""
    rows = db.session.execute(_FROM, {"skipped": skipped, "most": most})
    return [_facts(row) for row in rows]


def list_places(slug: str) -> list[Place]:
    """Tell what an agency has published now, by reference."""
    query = (
        select(Disclosure.reference, Disclosure.period, Revision.at)
        .join(Agency, Agency.id == Disclosure.agency_id)
        .join(Revision, Revision.disclosure_id == Disclosure.id)
        .where(Agency.slug == slug, *_IS_PUBLISHED)
        .order_by(Disclosure.reference)
    )
    return [Place._make(row) for row in db.session.execute(query)]


def find_state() -> State:
    """Give numbers that differ after every change to what is public, signed, or in the directory.

    It is enough together with the state of the index, read before: of two who publish at once the
    later number may come first, and then what waits for the index tells of the other.
    """
    return State(*ask(_STATE))


def list_names() -> list[tuple[str, dict[str, str]]]:
    """Give the slug and the names of every agency."""
    return [(slug, names) for slug, names in db.session.execute(select(Agency.slug, Agency.names))]


def _facts(row: Any) -> Publication:
    return Publication(
        reference=row.reference,
        body=Body(
            slug=row.slug,
            names=row.names,
            abbreviation=row.abbreviation,
            level=row.level,
            sector=row.sector,
            parent=row.parent,
            approval=row.approval,
        ),
        version=row.version,
        standard=row.standard,
        status=Status.PUBLISHED,
        content=Content.from_json(row.content),
        first_published_at=row.first_published_at or row.at,
        published_at=row.at,
        change_note=row.change_note,
        withdrawal_reason=None,
        provenance=_provenance(row),
        audit={},
        is_current=True,
        period=row.period,
        logged_as=logged_as(row.seq, row.hash),
    )


def _provenance(row: Any) -> dict[str, object] | None:
    if row.retrieved is None:
        return None
    return {
        "source": row.source_format,
        "source_id": row.source_id,
        "retrieved": clock.stamp(row.retrieved),
        "file": row.file_name,
        "file_sha256": row.file_hash,
        "row": row.source_row,
    }
