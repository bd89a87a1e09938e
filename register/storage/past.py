"""What was public at a moment of the past.

A moment is named by the first one that does not belong to it any more.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from register.errors import NotFound
from register.standard.marking import _
from register.standard.publication import Publication
from register.storage import directory_history
from register.storage.database import db
from register.storage.models import Disclosure, Erasure, Revision
from register.storage.publications import facts_of, select_versions


@dataclass(frozen=True)
class Changes:
    """How many versions were ever made public, and the newest of them; the last erasure in any."""

    number: int
    newest: int
    latest: datetime | None
    erasure: int = 0


def was_public(before: datetime, revision: type[Revision] = Revision) -> ColumnElement[bool]:
    """Say in SQL that a version was public here just before a moment."""
    was_here = or_(revision.known_at.is_(None), revision.known_at < before)
    return and_(revision.at < before, was_here)


def latest_version(before: datetime) -> ColumnElement[int]:
    """Say in SQL which version of a disclosure counted just before a moment."""
    other = aliased(Revision)
    query = select(func.max(other.version))
    query = query.where(other.disclosure_id == Disclosure.id, was_public(before, other))
    return query.correlate(Disclosure).scalar_subquery()


def get_as_of(reference: str, before: datetime) -> Publication:
    """Give the version that counted just before a moment; raise :exc:`NotFound` if none was public.

    It is the current one of that moment, and its body is as it was then.
    """
    query = select_versions().where(Disclosure.reference == reference, was_public(before))
    row = db.session.execute(query.order_by(Revision.version.desc()).limit(1)).first()
    if row is None:
        raise NotFound(_("Nothing of this reference was public at that time."))
    past = directory_history.load({row[0].agency_id})
    body = past.before(row[0].agency_id, before)
    return replace(facts_of(*row), body=body, is_current=True)


def list_histories(before: datetime | None = None) -> list[tuple[str, int]]:
    """Give the reference and the latest version of all that was ever public, by reference.

    ``before`` leaves out what was made public at that moment or later. The order is that of the
    characters' codes, whatever the database holds for the alphabet.
    """
    query = (
        select(Disclosure.reference, func.max(Revision.version))
        .join(Revision, Revision.disclosure_id == Disclosure.id)
        .group_by(Disclosure.reference)
    )
    if before is not None:
        query = query.where(was_public(before))
    return sorted((reference, version) for reference, version in db.session.execute(query))


def list_public_at(before: datetime) -> list[str]:
    """Give the references of what was public just before a moment, by their characters' codes."""
    query = (
        select(Disclosure.reference)
        .join(Revision, Revision.disclosure_id == Disclosure.id)
        .where(Revision.version == latest_version(before), Revision.action != "withdrawn")
    )
    return sorted(db.session.scalars(query))


def list_standards(before: datetime | None = None) -> list[str]:
    """Name the standards under which something was made public, before a moment if one is given."""
    query = select(Revision.standard).distinct()
    if before is not None:
        query = query.where(was_public(before))
    return sorted(db.session.scalars(query))


def list_publishers(before: datetime) -> set[int]:
    """Give the ids of the agencies of which something was public just before a moment."""
    query = select(Disclosure.agency_id).distinct()
    query = query.join(Revision, Revision.disclosure_id == Disclosure.id)
    return set(db.session.scalars(query.where(was_public(before))))


def count_changes(before: datetime | None = None) -> Changes:
    """Count the versions that were made public, up to now or before a moment."""
    query = select(func.count(Revision.id), func.max(Revision.id), func.max(Revision.at))
    if before is not None:
        query = query.where(was_public(before))
    number, newest, latest = db.session.execute(query).one()
    erasure = db.session.scalar(select(func.max(Erasure.id)))
    return Changes(number, newest or 0, latest, erasure or 0)
