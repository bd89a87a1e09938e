"""What the rules of the duties need of the whole register: one query each, whatever its size.

Of what was published only the answers that a duty can depend on are taken out of the database.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from register.storage.database import db
from register.storage.models import Agency, Determination, Disclosure, Revision
from register.storage.past import was_public


class PublishedRow(NamedTuple):
    """A version that was made public, with the answers on which a duty can depend."""

    agency_id: int
    disclosure_id: int
    reference: str
    matter: int | None
    period: str | None
    is_withdrawal: bool
    at: datetime
    record_kind: str
    phase: str
    tier: str
    in_use_since: str
    review_due: str


class WithheldRow(NamedTuple):
    """A version of a disclosure that withholds an answer in this or another version, or a draft.

    ``at`` is ``None`` where nothing of the disclosure is public.
    """

    disclosure_id: int
    matter: int | None
    begun_at: datetime
    version: int | None
    at: datetime | None
    is_withheld: bool


class StatedRow(NamedTuple):
    """An entry of the ledger of determinations."""

    id: int
    matter: int | None
    agency_id: int
    disclosure_id: int | None
    must: bool
    tier: str
    phase: str
    in_use_since: str
    version: int | None
    at: datetime


def list_agencies(before: datetime, slug: str | None = None) -> list[Agency]:
    """Give every agency that was in the directory by then, or the one of this slug, by slug."""
    query = select(Agency).where(Agency.created_at < before)
    if slug is not None:
        query = query.where(Agency.slug == slug)
    return list(db.session.scalars(query.order_by(Agency.slug)))


def list_published(before: datetime, agency_id: int | None = None) -> list[PublishedRow]:
    """Give every version made public before a moment, those of one disclosure in order."""
    query = (
        select(
            Disclosure.agency_id,
            Disclosure.id,
            Disclosure.reference,
            Disclosure.matter,
            Disclosure.period,
            Revision.action == "withdrawn",
            Revision.at,
            *map(_answer, ("record_kind", "phase", "impact_tier", "in_use_since")),
            _answer("next_review_due"),
        )
        .join(Disclosure, Disclosure.id == Revision.disclosure_id)
        .where(was_public(before), *_only(Disclosure.agency_id, agency_id))
        .order_by(Revision.disclosure_id, Revision.version)
    )
    return [PublishedRow(*row[:7], *_texts(row[7:])) for row in db.session.execute(query)]


def list_withholders(name: str, agency_id: int | None = None) -> list[WithheldRow]:
    """Give all versions of each disclosure that withholds an answer, or ever did, or is about to.

    Those of one disclosure come in order. No day narrows this: what is withheld now is withheld
    also from who asks for an earlier day.
    """
    published = _withholds(Revision.content["withheld"], name)
    withholders = (
        select(Disclosure.id)
        .outerjoin(Revision, Revision.disclosure_id == Disclosure.id)
        .where(
            or_(published, _withholds(Disclosure.draft_content["withheld"], name)),
            *_only(Disclosure.agency_id, agency_id),
        )
    )
    query = (
        select(
            Disclosure.id,
            Disclosure.matter,
            Disclosure.created_at,
            Revision.version,
            Revision.at,
            published,
        )
        .outerjoin(Revision, Revision.disclosure_id == Disclosure.id)
        .where(Disclosure.id.in_(withholders))
        .order_by(Disclosure.id, Revision.version)
    )
    return [WithheldRow(*row[:5], bool(row[5])) for row in db.session.execute(query)]


def list_stated(before: datetime, agency_id: int | None = None) -> list[StatedRow]:
    """Give every entry of the ledger made before a moment, in the order of entering.

    What was noted of a version that came here only later is left out.
    """
    came_later = select(Revision.id).where(
        Revision.disclosure_id == Determination.disclosure_id,
        Revision.version == Determination.version,
        Revision.known_at >= before,
    )
    query = (
        select(
            Determination.id,
            Determination.matter,
            Determination.agency_id,
            Determination.disclosure_id,
            Determination.must,
            Determination.tier,
            Determination.phase,
            Determination.in_use_since,
            Determination.version,
            Determination.at,
        )
        .where(
            Determination.at < before,
            ~came_later.exists(),
            *_only(Determination.agency_id, agency_id),
        )
        .order_by(Determination.id)
    )
    return [StatedRow._make(row) for row in db.session.execute(query)]


def _only(column: InstrumentedAttribute[int], number: int | None) -> list[ColumnElement[bool]]:
    return [] if number is None else [column == number]


def _withholds(entries: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = entries.as_string().contains(f'"{name}"', autoescape=True)
    return found


def _answer(name: str) -> ColumnElement[str]:
    answer: ColumnElement[str] = Revision.content[("answers", name)].as_string()
    return answer


def _texts(values: Iterable[str | None]) -> Iterable[str]:
    return (value or "" for value in values)
