"""What the ledger tells of: versions made public, and determinations, as they are kept.

Whatever is written of either is noticed here, so that no deed can forget the ledger.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, and_, case, event, exists, func, literal, or_, select
from sqlalchemy import union_all as union
from sqlalchemy.orm import Session, aliased

from register.standard.lifecycle import Status
from register.storage.base import Json, Texts
from register.storage.database import ReadingSession, db
from register.storage.models import (
    Account,
    Agency,
    Determination,
    Disclosure,
    LedgerEntry,
    Revision,
)
from register.storage.plainly import as_json, as_moment, unread, written

_UNLOGGED = "unlogged"
_AT_ONCE = 500  # rows that are read with one statement
_author, _approver = aliased(Account), aliased(Account)


@dataclass(frozen=True)
class Subject:
    """What an entry tells of: a version that was made public, or a determination, by its id."""

    id: int
    is_revision: bool


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version that was made public; ``action`` is published, amended or withdrawn.

    ``written`` holds its content and its note as the database has them, character by character.
    """

    id: int
    reference: str
    version: int
    action: str
    standard: str
    agency: str
    content: Json
    change_note: Texts | None
    period: str | None
    author: str | None
    approver: str | None
    at: datetime
    written: tuple[str, str | None]


@dataclass(frozen=True, kw_only=True)
class Determined:
    """A determination; ``reference`` is that of its filing, if one was begun.

    ``standard`` and ``content`` are those of the version in which its facts became public.
    """

    id: int
    reference: str | None
    version: int | None
    standard: str | None
    content: Json | None
    agency: str
    kind: str
    matter: int | None
    name: str
    answers: Json
    must: bool
    tier: str
    tier_before: str
    phase: str
    in_use_since: str
    reason: Texts
    by: str | None
    at: datetime


@event.listens_for(ReadingSession, "after_flush")
def _notice(session: Session, _context: object) -> None:
    new = [each for each in session.new if isinstance(each, Revision | Determination)]
    if new:
        session.info.setdefault(_UNLOGGED, []).extend(new)


@event.listens_for(ReadingSession, "after_soft_rollback")
def _forget(session: Session, _transaction: object) -> None:
    session.info.pop(_UNLOGGED, None)


def take_unlogged() -> list[Subject]:
    """Give what this transaction has written, once; a version before what was noted of it."""
    db.session.flush()
    written = db.session().info.pop(_UNLOGGED, [])
    found = [Subject(each.id, isinstance(each, Revision)) for each in written]
    return sorted(found, key=lambda each: (not each.is_revision, each.id))


def list_unlogged() -> list[Subject]:
    """Give what has no entry, in the order in which it was written."""
    revisions = select(literal(0).label("place"), Revision.id, Revision.at)
    determinations = select(literal(1), Determination.id, Determination.at)
    parts = (
        revisions.where(~exists().where(LedgerEntry.revision_id == Revision.id)),
        determinations.where(~exists().where(LedgerEntry.determination_id == Determination.id)),
    )
    found = union(*parts).subquery()
    query = select(found.c.id, found.c.place).order_by(found.c.at, found.c.place, found.c.id)
    return [Subject(number, place == 0) for number, place in db.session.execute(query)]


def without_entry(subjects: Sequence[Subject]) -> list[Subject]:
    """Give those of a few that have no entry."""
    query = select(LedgerEntry.revision_id, LedgerEntry.determination_id).where(
        or_(
            LedgerEntry.revision_id.in_([each.id for each in subjects if each.is_revision]),
            LedgerEntry.determination_id.in_([e.id for e in subjects if not e.is_revision]),
        )
    )
    told = {
        Subject(revision or determination or 0, revision is not None)
        for revision, determination in db.session.execute(query)
    }
    return [each for each in subjects if each not in told]


def list_misshown() -> list[tuple[str, int, int]]:
    """Give reference, version shown and last version where the register shows another state."""
    last = (
        select(Revision.disclosure_id, func.max(Revision.version).label("version"))
        .group_by(Revision.disclosure_id)
        .subquery()
    )
    is_withdrawn = Revision.action == "withdrawn"
    state = case((is_withdrawn, Status.WITHDRAWN.value), else_=Status.PUBLISHED.value)
    query = (
        select(Disclosure.reference, Disclosure.current_version, Revision.version)
        .join(last, last.c.disclosure_id == Disclosure.id)
        .join(
            Revision,
            and_(Revision.disclosure_id == Disclosure.id, Revision.version == last.c.version),
        )
        .where(or_(Disclosure.current_version != Revision.version, Disclosure.status != state))
        .order_by(Disclosure.reference)
    )
    return [(reference, shown, version) for reference, shown, version in db.session.execute(query)]


def map_versions(ids: Collection[int]) -> dict[int, Version]:
    """Give the versions of these ids, as they are kept."""
    query = (
        select(
            Revision.id,
            Disclosure.reference,
            Revision.version,
            Revision.action,
            Revision.standard,
            Agency.slug.label("agency"),
            written(Revision.content).label("content"),
            written(Revision.change_note).label("change_note"),
            Disclosure.period,
            _author.email.label("author"),
            _approver.email.label("approver"),
            unread(Revision.at).label("at"),
        )
        .join(Disclosure, Disclosure.id == Revision.disclosure_id)
        .join(Agency, Agency.id == Disclosure.agency_id)
        .outerjoin(_author, _author.id == Revision.author_id)
        .outerjoin(_approver, _approver.id == Revision.approver_id)
    )
    found = {}
    for some in _in_pieces(ids):
        for row in db.session.execute(query.where(Revision.id.in_(some))).mappings():
            texts = row["content"], row["change_note"]
            found[row["id"]] = Version(**_read(row, "content", "change_note"), written=texts)
    return found


def map_determined(ids: Collection[int]) -> dict[int, Determined]:
    """Give the determinations of these ids, as they are kept."""
    is_its_version = and_(
        Revision.disclosure_id == Determination.disclosure_id,
        Revision.version == Determination.version,
    )
    query = (
        select(
            Determination.id,
            Disclosure.reference,
            Determination.version,
            Revision.standard,
            written(Revision.content).label("content"),
            Agency.slug.label("agency"),
            Determination.kind,
            Determination.matter,
            Determination.name,
            written(Determination.answers).label("answers"),
            Determination.must,
            Determination.tier,
            Determination.tier_before,
            Determination.phase,
            Determination.in_use_since,
            written(Determination.reason).label("reason"),
            _author.email.label("by"),
            unread(Determination.at).label("at"),
        )
        .join(Agency, Agency.id == Determination.agency_id)
        .outerjoin(Disclosure, Disclosure.id == Determination.disclosure_id)
        .outerjoin(Revision, is_its_version)
        .outerjoin(_author, _author.id == Determination.by_id)
    )
    return {
        row["id"]: Determined(**_read(row, "content", "answers", "reason"))
        for some in _in_pieces(ids)
        for row in db.session.execute(query.where(Determination.id.in_(some))).mappings()
    }


def _read(row: RowMapping, *names: str) -> dict[str, Any]:
    read = {name: as_json(row[name]) for name in names}
    return {**row, **read, "at": as_moment(row["at"])}


def _in_pieces(ids: Collection[int]) -> Iterator[list[int]]:
    listed = sorted(ids)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]
