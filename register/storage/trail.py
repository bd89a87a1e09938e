"""The audit trail as auditors read it: narrowed, a page at a time by id, or all of it in a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select

from register.storage.database import db
from register.storage.models import Account, Agency, AuditEvent, Disclosure

Found = Row[int, datetime, str, str | None, str | None, str | None, dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which events are asked for; what is ``None`` or empty narrows nothing.

    Of an agency, given by id and slug, are the events about its filings and those that name it.
    """

    since: datetime | None = None
    before: datetime | None = None
    action: str = ""
    actor_id: int | None = None
    is_by_system: bool = False
    agency: tuple[int, str] | None = None
    disclosure_id: int | None = None


def list_latest(wanted: Wanted, limit: int, older_than: int | None = None) -> list[Found]:
    """Give the latest events, newest first, older than an event if its id is given."""
    query = _events(wanted)
    if older_than is not None:
        query = query.where(AuditEvent.id < older_than)
    return list(db.session.execute(query.order_by(AuditEvent.id.desc()).limit(limit)))


def iterate(wanted: Wanted, batch: int = 1000) -> Iterator[Found]:
    """Give the events in the order in which they were written, a batch in memory.

    Within one reading transaction it is one moment of the trail.
    """
    after = 0
    while True:
        query = _events(wanted).where(AuditEvent.id > after)
        rows = db.session.execute(query.order_by(AuditEvent.id).limit(batch)).all()
        yield from rows
        if len(rows) < batch:
            return
        after = rows[-1].id


def _events(wanted: Wanted) -> Select[int, datetime, str, str, str, str, dict[str, Any]]:
    query = (
        select(
            AuditEvent.id,
            AuditEvent.at,
            AuditEvent.action,
            Account.email,
            Disclosure.reference,
            Agency.slug,
            AuditEvent.details,
        )
        .outerjoin(Account, Account.id == AuditEvent.actor_id)
        .outerjoin(Disclosure, Disclosure.id == AuditEvent.disclosure_id)
        .outerjoin(Agency, Agency.id == AuditEvent.agency_id)
    )
    return query.where(*_conditions(wanted))


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.since is not None:
        yield AuditEvent.at >= wanted.since
    if wanted.before is not None:
        yield AuditEvent.at < wanted.before
    if wanted.action:
        yield AuditEvent.action == wanted.action
    if wanted.is_by_system:
        yield AuditEvent.actor_id.is_(None)
    if wanted.actor_id is not None:
        yield AuditEvent.actor_id == wanted.actor_id
    if wanted.disclosure_id is not None:
        yield AuditEvent.disclosure_id == wanted.disclosure_id
    if wanted.agency is not None:
        number, slug = wanted.agency
        is_named = AuditEvent.details["agency"].as_string() == slug
        yield or_(AuditEvent.agency_id == number, is_named)
