"""The ledger of determinations: only ever added to.

Entries about one system share a matter: the id of the first, which has no matter of its own since
nothing can be written into it afterwards.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from register import clock
from register.storage.database import db, transaction
from register.storage.models import Agency, Determination, Disclosure


def matter_of(entry: Determination) -> int:
    """Give the matter that an entry is about."""
    return entry.matter or entry.id


def add_determination(entry: Determination, at: datetime | None = None) -> Determination:
    """Add an entry, as of now or of another moment."""
    with transaction() as session:
        entry.at = at or clock.now()
        session.add(entry)
        session.flush()
        return entry


def find_determination(number: int) -> Determination | None:
    """Give the entry of this id, or ``None``."""
    return db.session.get(Determination, number)


def list_of_matter(matter: int) -> list[Determination]:
    """Give what was determined in a matter, the oldest first."""
    query = select(Determination).where(_is_about(matter)).order_by(Determination.id)
    return list(db.session.scalars(query))


def map_names(matters: Collection[int]) -> dict[int, str]:
    """Give the latest name under which each of these matters was spoken of."""
    number = func.coalesce(Determination.matter, Determination.id)
    query = (
        select(number, Determination.name)
        .where(number.in_(matters), Determination.name != "")
        .order_by(Determination.id)
    )
    return {matter: name for matter, name in db.session.execute(query)}


def map_latest_checks(matters: Collection[int]) -> dict[int, bool]:
    """Give what the latest check of each of these matters says: whether it must be disclosed."""
    number = func.coalesce(Determination.matter, Determination.id)
    query = (
        select(number, Determination.must)
        .where(number.in_(matters), Determination.kind == "check")
        .order_by(Determination.id)
    )
    return {matter: must for matter, must in db.session.execute(query)}


def list_of_filing(disclosure: Disclosure) -> list[Determination]:
    """Give what was determined about a filing, also before it was begun, the oldest first."""
    is_its_own = Determination.disclosure_id == disclosure.id
    if disclosure.matter is not None:
        is_its_own = or_(is_its_own, _is_about(disclosure.matter))
    query = select(Determination).where(is_its_own).order_by(Determination.id)
    return list(db.session.scalars(query))


def list_published(reference: str) -> list[Determination]:
    """Give what was noted when versions of this disclosure were published, the oldest first."""
    query = (
        select(Determination)
        .join(Disclosure, Disclosure.id == Determination.disclosure_id)
        .where(Disclosure.reference == reference, Determination.kind == "published")
        .order_by(Determination.id)
    )
    return list(db.session.scalars(query))


def list_determinations(
    agency: Agency | None = None,
    *,
    kinds: Collection[str] = (),
    must: bool | None = None,
    before: datetime | None = None,
    older_than: int | None = None,
    limit: int | None = None,
) -> list[Determination]:
    """Give the entries of one agency or of all, the newest first.

    ``kinds`` keeps those of some kinds, ``must`` those that say so; ``before`` leaves out what was
    noted at that moment or later, ``older_than`` that entry and later ones.
    """
    query = select(Determination).options(
        joinedload(Determination.agency).joinedload(Agency.parent),
        joinedload(Determination.disclosure),
        joinedload(Determination.by),
    )
    if agency is not None:
        query = query.where(Determination.agency_id == agency.id)
    if kinds:
        query = query.where(Determination.kind.in_(kinds))
    if must is not None:
        query = query.where(Determination.must.is_(must))
    if before is not None:
        query = query.where(Determination.at < before)
    if older_than is not None:
        query = query.where(Determination.id < older_than)
    return list(db.session.scalars(query.order_by(Determination.id.desc()).limit(limit)))


def map_begun(matters: Collection[int]) -> dict[int, str]:
    """Give the reference of the filing that was begun in each of these matters, if one was."""
    query = select(Disclosure.matter, Disclosure.reference).where(Disclosure.matter.in_(matters))
    found = db.session.execute(query.order_by(Disclosure.id.desc()))
    return {matter: reference for matter, reference in found if matter is not None}


def _is_about(matter: int) -> ColumnElement[bool]:
    is_first = and_(Determination.id == matter, Determination.matter.is_(None))
    return or_(Determination.matter == matter, is_first)
