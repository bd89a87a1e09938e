"""The versions that were made public, and their facts for presenting."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from register import clock
from register.errors import NotFound
from register.standard.content import Content
from register.standard.lifecycle import Status
from register.standard.marking import _
from register.standard.publication import LoggedAs, Publication
from register.storage import directory_history
from register.storage.agencies import body_of
from register.storage.database import db
from register.storage.models import (
    Agency,
    Disclosure,
    LedgerEntry,
    LedgerNode,
    Revision,
    SourceRow,
)

#: Joins to an entry of the ledger the hash of it.
IS_LEAF = and_(LedgerNode.level == 0, LedgerNode.position == LedgerEntry.seq)
Joined = Select[Disclosure, Revision, int, bytes]


def get_publication(reference: str, version: int | None = None) -> Publication:
    """Give a published version, or the current one; raise :exc:`NotFound` if there is none.

    A filing that was never published does not exist for the public. The current one has its body as
    the directory has it now, one that is asked for by its number as it was then.
    """
    found = find_publication(reference, version)
    if found is None:
        raise NotFound(_("There is no published disclosure of this reference and version."))
    return found


def find_publication(reference: str, version: int | None = None) -> Publication | None:
    """Give a published version, or the current one, or ``None``; see :func:`get_publication`."""
    query = select_versions().where(Disclosure.reference == reference)
    wanted = Disclosure.current_version if version is None else version
    row = db.session.execute(query.where(Revision.version == wanted)).first()
    if row is None:
        return None
    return facts_of(*row) if version is None else _frozen([row])[0]


def map_current(references: Sequence[str]) -> dict[str, Publication]:
    """Give the current version of each of these references that was ever published."""
    query = select_versions().where(
        Disclosure.reference.in_(references), Revision.version == Disclosure.current_version
    )
    return {row[0].reference: facts_of(*row) for row in db.session.execute(query)}


def map_by_revision(revision_ids: Collection[int]) -> dict[int, Publication]:
    """Give versions by the ids of their revisions, with their bodies as they are now."""
    query = select_versions().where(Revision.id.in_(revision_ids))
    return {row[1].id: facts_of(*row) for row in db.session.execute(query)}


def let_go() -> None:
    """Forget what was read of versions, so that many can be read one after the other."""
    db.session.expunge_all()


def list_versions(reference: str) -> list[Publication]:
    """Give every version of one filing, the newest first, each with its body as it was then."""
    query = select_versions().where(Disclosure.reference == reference)
    return _frozen(db.session.execute(query.order_by(Revision.version.desc())).all())


def map_versions(references: Sequence[str]) -> dict[str, list[Publication]]:
    """Give every version of each of these references that was ever published, the oldest first."""
    query = select_versions().where(Disclosure.reference.in_(references))
    found: dict[str, list[Publication]] = {}
    for row in db.session.execute(query.order_by(Revision.version)):
        found.setdefault(row[0].reference, []).append(facts_of(*row))
    return found


def iterate_versions(
    references: Sequence[str], batch: int = 50
) -> Iterator[tuple[str, list[Publication]]]:
    """Give each reference with all its versions, the oldest first, in constant memory."""
    for start in range(0, len(references), batch):
        page = references[start : start + batch]
        found = map_versions(page)
        db.session.expunge_all()
        yield from ((reference, found[reference]) for reference in page)


def list_latest(limit: int) -> list[Publication]:
    """Give the versions made public most recently, newest first."""
    query = select_versions().where(Disclosure.status != Status.UNPUBLISHED)
    query = query.order_by(Revision.at.desc(), Revision.id.desc()).limit(limit)
    return [facts_of(*row) for row in db.session.execute(query)]


def list_of_agency(slug: str) -> list[Publication]:
    """Give the current versions of one agency's published filings, by reference."""
    query = select_versions().where(
        Agency.slug == slug,
        Disclosure.status == Status.PUBLISHED,
        Revision.version == Disclosure.current_version,
    )
    return [facts_of(*row) for row in db.session.execute(query.order_by(Disclosure.reference))]


def list_public_between(slug: str, start: datetime, end: datetime) -> list[Publication]:
    """Give what an agency had in the register at any moment from ``start`` until before ``end``.

    Each in its current version: a withdrawn one counts until it was withdrawn.
    """
    was_public = or_(Disclosure.status == Status.PUBLISHED, Disclosure.published_at >= start)
    query = select_versions().where(
        Agency.slug == slug,
        Disclosure.first_published_at < end,
        was_public,
        Revision.version == Disclosure.current_version,
    )
    return [facts_of(*row) for row in db.session.execute(query.order_by(Disclosure.reference))]


def iterate_published(
    batch: int = 200, *, with_withdrawn: bool = False, after: str = ""
) -> Iterator[Publication]:
    """Give the current version of every published filing, by reference, in constant memory.

    Rows are fetched by key in batches, within one reading transaction: one moment of the register.
    """
    statuses = [Status.PUBLISHED, Status.WITHDRAWN] if with_withdrawn else [Status.PUBLISHED]
    query = select_versions().where(
        Disclosure.status.in_(statuses), Revision.version == Disclosure.current_version
    )
    while True:
        page = query.where(Disclosure.reference > after).order_by(Disclosure.reference).limit(batch)
        facts = [facts_of(*row) for row in db.session.execute(page)]
        db.session.expunge_all()
        yield from facts
        if len(facts) < batch:
            return
        after = facts[-1].reference


def count_published_by_agency(*, with_nil_returns: bool = True) -> dict[str, int]:
    """Tell how many published filings each agency has, by slug."""
    query = (
        select(Agency.slug, func.count(Disclosure.id))
        .join(Disclosure, Disclosure.agency_id == Agency.id)
        .where(Disclosure.status == Status.PUBLISHED)
        .group_by(Agency.slug)
    )
    if not with_nil_returns:
        query = query.where(Disclosure.period.is_(None))
    return {slug: count for slug, count in db.session.execute(query)}


def map_latest_by_agency() -> dict[str, datetime]:
    """Tell when each agency last published or withdrew something, by slug."""
    query = (
        select(Agency.slug, func.max(Disclosure.published_at))
        .join(Disclosure, Disclosure.agency_id == Agency.id)
        .where(Disclosure.published_at.is_not(None))
        .group_by(Agency.slug)
    )
    return {slug: moment for slug, moment in db.session.execute(query) if moment is not None}


def select_versions() -> Joined:
    """Select versions with all that :func:`facts_of` needs of them."""
    return (
        select(Disclosure, Revision, LedgerEntry.seq, LedgerNode.hash)
        .join(Revision, Revision.disclosure_id == Disclosure.id)
        .join(Agency, Agency.id == Disclosure.agency_id)
        .outerjoin(LedgerEntry, LedgerEntry.revision_id == Revision.id)
        .outerjoin(LedgerNode, IS_LEAF)
        .options(
            joinedload(Disclosure.agency).joinedload(Agency.parent),
            joinedload(Revision.author),
            joinedload(Revision.approver),
            joinedload(Revision.source_row),
        )
    )


def facts_of(
    disclosure: Disclosure, revision: Revision, index: int | None, leaf_hash: bytes | None
) -> Publication:
    """Give a version as plain facts, with its body as it is now."""
    is_current = revision.version == disclosure.current_version
    is_withdrawal = revision.action == "withdrawn"
    return Publication(
        reference=disclosure.reference,
        body=body_of(disclosure.agency),
        version=revision.version,
        standard=revision.standard,
        status=Status.WITHDRAWN if is_withdrawal else Status.PUBLISHED,
        content=Content.from_json(revision.content),
        first_published_at=disclosure.first_published_at or revision.at,
        published_at=revision.at,
        change_note=revision.change_note,
        withdrawal_reason=revision.change_note if is_withdrawal else None,
        provenance=_provenance(revision.source_row),
        audit={
            "author": revision.author.email if revision.author else None,
            "approver": revision.approver.email if revision.approver else None,
            "raw": revision.source_row.raw if revision.source_row else None,
        },
        is_current=is_current,
        period=disclosure.period,
        logged_as=logged_as(index, leaf_hash),
    )


def _frozen(rows: Sequence[Row[Disclosure, Revision, int, bytes]]) -> list[Publication]:
    """Give versions with their bodies as they were when each was made public."""
    past = directory_history.load({row[0].agency_id for row in rows})
    return [replace(facts_of(*row), body=past.at(row[0].agency_id, row[1].at)) for row in rows]


def logged_as(index: int | None, leaf_hash: bytes | None) -> LoggedAs | None:
    """Give where the log tells of a version, if it does."""
    return None if index is None or leaf_hash is None else LoggedAs(index, leaf_hash)


def _provenance(source: SourceRow | None) -> dict[str, object] | None:
    if source is None:
        return None
    return {
        "source": source.format,
        "source_id": source.source_id,
        "retrieved": clock.stamp(source.at),
        "file": source.file_name,
        "file_sha256": source.file_hash,
        "row": source.row,
    }
