"""Published records of which something is to be looked at: a query each, and nothing of answers."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from register.standard.lifecycle import Status
from register.storage.database import db
from register.storage.models import (
    Agency,
    Determination,
    Disclosure,
    ImportRun,
    Quality,
    Revision,
    SourceRow,
)

AT_ONCE = 500


class Place(NamedTuple):
    """A version of a record, whose it is, and when it was made public."""

    reference: str
    agency: str
    version: int
    at: datetime


class Lowered(NamedTuple):
    """A version that says a lower tier than the one before, with what either says of the reason.

    A reason is what an answer says by language; it is not shown, only compared.
    """

    place: Place
    tier: str
    tier_before: str
    reason: dict[str, str]
    reason_before: dict[str, str]


def list_not_stated(agency: str = "") -> list[tuple[Place, list[str]]]:
    """Give the records whose source left mandatory questions open, with these, by reference."""
    open_questions = Revision.content["not_stated"]
    query = _current(agency).add_columns(open_questions)
    query = query.where(open_questions.as_string() != "[]")
    return [(_place(row), list(row[4] or ())) for row in _all(query)]


def list_of_tier(tier: str, phases: Collection[str], agency: str = "") -> list[Place]:
    """Give the records of a tier whose system is in one of these phases, or in none that is said.

    ``""`` among the phases stands for the latter.
    """
    phase = Revision.content[("answers", "phase")].as_string()
    is_in = phase.in_([each for each in phases if each])
    query = _current(agency).where(
        Revision.content[("answers", "impact_tier")].as_string() == tier,
        or_(is_in, phase.is_(None)) if "" in phases else is_in,
    )
    return [_place(row) for row in _all(query)]


def list_never_amended(before: datetime, agency: str = "") -> list[Place]:
    """Give the records made public before a moment of which there is one version, without nils."""
    query = _current(agency).where(
        Disclosure.current_version == 1,
        Disclosure.first_published_at < before,
        Disclosure.period.is_(None),
    )
    return [_place(row) for row in _all(query)]


def list_unapproved(agency: str = "") -> list[tuple[Place, str]]:
    """Give the records whose version nobody approved, with the file that it came with, if any.

    Where a second person decided on a file, that is what approved its rows.
    """
    is_decided = exists().where(
        ImportRun.file_hash == SourceRow.file_hash,
        ImportRun.format == SourceRow.format,
        ImportRun.decided_by_id.is_not(None),
    )
    query = (
        _current(agency)
        .add_columns(SourceRow.file_name)
        .outerjoin(SourceRow, SourceRow.revision_id == Revision.id)
        .where(Revision.approver_id.is_(None), ~is_decided)
    )
    return [(_place(row), row[4] or "") for row in _all(query)]


def list_marked_below(score: int, agency: str = "") -> list[tuple[Place, int]]:
    """Give the records with fewer points for quality, and how many they have."""
    is_its_own = and_(
        Quality.disclosure_id == Disclosure.id, Quality.version == Disclosure.current_version
    )
    query = _current(agency).add_columns(Quality.score).join(Quality, is_its_own)
    return [(_place(row), row[4]) for row in _all(query.where(Quality.score < score))]


def list_tier_changes(pairs: Collection[tuple[str, str]], agency: str = "") -> list[Lowered]:
    """Give the versions that changed the tier from one to another of these pairs."""
    before = aliased(Revision)
    changes = [
        and_(Determination.tier_before == old, Determination.tier == new) for old, new in pairs
    ]
    query = (
        select(Disclosure.reference, Agency.slug, Revision.version, Revision.at)
        .add_columns(Determination.tier, Determination.tier_before)
        .add_columns(_reason(Revision.content), _reason(before.content))
        .join(Disclosure, Disclosure.id == Determination.disclosure_id)
        .join(Agency, Agency.id == Disclosure.agency_id)
        .join(Revision, _is_version(Revision, Determination.version))
        .outerjoin(before, _is_version(before, Determination.version - 1))
        .where(Determination.kind == "published", or_(*changes), *_of(agency))
    )
    return [Lowered(_place(row), row[4], row[5], row[6] or {}, row[7] or {}) for row in _all(query)]


def map_names(references: Collection[str]) -> dict[str, dict[str, str]]:
    """Give the names of these records as the public reads them, by reference and language."""
    listed = list(references)
    names: dict[str, dict[str, str]] = {}
    for start in range(0, len(listed), AT_ONCE):
        query = _current("", also_withdrawn=True).add_columns(Revision.content["answers"]["name"])
        wanted = Disclosure.reference.in_(listed[start : start + AT_ONCE])
        names |= {row[0]: row[4] or {} for row in db.session.execute(query.where(wanted))}
    return names


def _current(agency: str, *, also_withdrawn: bool = False) -> Select[Any]:
    statuses = [Status.PUBLISHED, Status.WITHDRAWN] if also_withdrawn else [Status.PUBLISHED]
    return (
        select(Disclosure.reference, Agency.slug)
        .add_columns(Revision.version, Revision.at)
        .join(Agency, Agency.id == Disclosure.agency_id)
        .join(Revision, _is_version(Revision, Disclosure.current_version))
        .where(Disclosure.status.in_(statuses), *_of(agency))
    )


def _is_version(revision: Any, version: Any) -> ColumnElement[bool]:
    return and_(revision.disclosure_id == Disclosure.id, revision.version == version)


def _of(agency: str) -> Iterator[ColumnElement[bool]]:
    if agency:
        yield Agency.slug == agency


def _reason(content: Any) -> Any:
    return content[("answers", "impact_determination", "justification")]


def _all(query: Select[Any]) -> Iterator[Any]:
    yield from db.session.execute(query.order_by(Disclosure.reference))


def _place(row: Any) -> Place:
    return Place(row[0], row[1], row[2], row[3])
