"""Filings and what they withhold in brief, for those who watch over all: one query each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import defer, joinedload

from register.standard.lifecycle import Status
from register.standard.publication import Body
from register.storage.agencies import body_of
from register.storage.base import Json, Texts
from register.storage.database import db
from register.storage.models import Agency, Disclosure, Revision

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Brief:
    """Where a filing stands and since when; of what it says, only its names."""

    reference: str
    body: Body
    status: str
    draft_state: str
    version: int
    drafted_name: Texts | None
    published_name: Texts | None
    saved_at: datetime | None
    submitted_at: datetime | None
    endorsed_at: datetime | None
    returned_at: datetime | None
    published_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Withholder:
    """A published record with the entries of what it withholds."""

    reference: str
    version: int
    standard: str
    body: Body
    name: Texts | None
    entries: Sequence[Json]


def list_in_states(states: Sequence[str]) -> list[Brief]:
    """Give the filings whose draft is in one of these states, the oldest first."""
    query = _briefs().where(Disclosure.draft_state.in_(states)).order_by(Disclosure.id)
    return [_brief(*row) for row in db.session.execute(query)]


def list_of_agency(slug: str) -> list[Brief]:
    """Give every filing of an agency, the newest first."""
    query = _briefs().where(Agency.slug == slug).order_by(Disclosure.id.desc())
    return [_brief(*row) for row in db.session.execute(query)]


def iterate_withholders(agency: str | None = None) -> Iterator[Withholder]:
    """Give the published records that withhold anything, of all agencies or one, in batches."""
    query = (
        select(Disclosure.reference, Revision.version, Revision.standard, Agency)
        .add_columns(Revision.content["withheld"], Revision.content["answers"]["name"])
        .join(Agency, Agency.id == Disclosure.agency_id)
        .join(Revision, _is_current())
        .where(
            Disclosure.status == Status.PUBLISHED,
            Revision.content["withheld"].as_string() != "[]",
        )
        .options(joinedload(Agency.parent))
        .order_by(Disclosure.reference)
        .execution_options(yield_per=BATCH)
    )
    if agency is not None:
        query = query.where(Agency.slug == agency)
    for reference, version, standard, body, entries, name in db.session.execute(query):
        yield Withholder(
            reference=reference,
            version=version,
            standard=standard,
            body=body_of(body),
            name=name,
            entries=entries or (),
        )


def _briefs() -> Select[Any]:
    return (
        select(Disclosure, Agency)
        .add_columns(
            Disclosure.draft_content["answers"]["name"], Revision.content["answers"]["name"]
        )
        .join(Agency, Agency.id == Disclosure.agency_id)
        .outerjoin(Revision, _is_current())
        .options(joinedload(Agency.parent), defer(Disclosure.draft_content))
    )


def _is_current() -> Any:
    return and_(
        Revision.disclosure_id == Disclosure.id, Revision.version == Disclosure.current_version
    )


def _brief(found: Disclosure, agency: Agency, drafted: Any, published: Any) -> Brief:
    return Brief(
        reference=found.reference,
        body=body_of(agency),
        status=found.status,
        draft_state=found.draft_state,
        version=found.current_version,
        drafted_name=drafted,
        published_name=published,
        saved_at=found.draft_saved_at,
        submitted_at=found.draft_submitted_at,
        endorsed_at=found.draft_endorsed_at,
        returned_at=found.draft_returned_at,
        published_at=found.published_at,
    )
