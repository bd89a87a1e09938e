"""The audit trail: what somebody did, and when. It is only ever added to."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import joinedload

from register import clock
from register.storage.database import db, is_writing, transaction
from register.storage.models import AuditEvent, Disclosure


def add_event(
    action: str,
    *,
    by: int | None,
    disclosure: Disclosure | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Add an event in the past tense, such as ``"published"``; ``by`` is an account's id."""
    with transaction() as session:
        session.add(
            AuditEvent(
                at=clock.now(),
                action=action,
                actor_id=by,
                disclosure_id=disclosure.id if disclosure else None,
                agency_id=disclosure.agency_id if disclosure else None,
                details=details or {},
            )
        )


def has_event(action: str) -> bool:
    """Tell whether this ever happened."""
    return db.session.scalar(select(AuditEvent.id).where(AuditEvent.action == action)) is not None


class Mark(NamedTuple):
    """What is another after every deed, whoever did it.

    The last number alone is not enough: of two who write at once the later may come first.
    """

    database: str
    last: int | None
    events: int


def find_mark() -> Mark | None:
    """Give the mark of what is in the database; there is none for what is being written."""
    if is_writing():
        return None
    last, count = db.session.execute(
        select(func.max(AuditEvent.id), func.count(AuditEvent.id))
    ).one()
    return Mark(str(db.engine.url), last, count)


def list_of_actor(
    action: str, by: int | None, disclosure: Disclosure, since: datetime
) -> list[AuditEvent]:
    """Give what an account did to a filing since a moment, of one kind."""
    query = select(AuditEvent).where(
        AuditEvent.disclosure_id == disclosure.id,
        AuditEvent.action == action,
        AuditEvent.actor_id == by,
        AuditEvent.at >= since,
    )
    return list(db.session.scalars(query))


def list_last_saves(disclosure: Disclosure) -> list[AuditEvent]:
    """Give the last time that each section was saved since the filing was last published."""
    own, published = AuditEvent.disclosure_id == disclosure.id, _publication_of(disclosure)
    latest = (
        select(func.max(AuditEvent.id))
        .where(own, AuditEvent.action == "draft_saved", AuditEvent.id > published)
        .group_by(AuditEvent.details["section"].as_string())
    )
    query = select(AuditEvent).where(AuditEvent.id.in_(latest))
    return list(db.session.scalars(query.options(joinedload(AuditEvent.actor))))


def list_returns(disclosure: Disclosure) -> list[AuditEvent]:
    """Give when the version to come was given back, the last time first."""
    query = select(AuditEvent).where(
        AuditEvent.disclosure_id == disclosure.id,
        AuditEvent.action == "returned",
        AuditEvent.id > _publication_of(disclosure),
    )
    return list(db.session.scalars(query.order_by(AuditEvent.id.desc())))


def _publication_of(disclosure: Disclosure) -> ScalarSelect[int]:
    """Give the event of the last publication of a filing, or 0 before the first."""
    return (
        select(func.coalesce(func.max(AuditEvent.id), 0))
        .where(
            AuditEvent.disclosure_id == disclosure.id,
            AuditEvent.action.in_(("published", "amended", "withdrawn")),
        )
        .scalar_subquery()
    )
