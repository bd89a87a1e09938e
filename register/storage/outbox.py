"""What the index still has to hear about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from register import clock
from register.storage.database import db, forget, transaction
from register.storage.models import Outbox


@dataclass(frozen=True)
class OutboxRow:
    """One notice: look at this reference again."""

    id: int
    reference: str


def add_notice(reference: str) -> None:
    """Tell the indexer, in the transaction that changed it, to look at a disclosure again."""
    with transaction() as session:
        session.add(Outbox(reference=reference, at=clock.now()))


def list_waiting(limit: int) -> list[OutboxRow]:
    """Give the oldest notices that nobody has settled."""
    forget()
    rows = db.session.execute(select(Outbox.id, Outbox.reference).order_by(Outbox.id).limit(limit))
    return [OutboxRow(id=number, reference=reference) for number, reference in rows]


def settle(ids: Sequence[int]) -> None:
    """Strike out notices that the index has taken in."""
    with transaction() as session:
        session.execute(delete(Outbox).where(Outbox.id.in_(list(ids))))


def count_waiting() -> int:
    """Tell how many notices nobody has settled."""
    forget()
    return db.session.scalar(select(func.count(Outbox.id))) or 0


def oldest_at() -> datetime | None:
    """Tell since when the oldest notice has been waiting, or ``None`` if none is."""
    return db.session.scalar(select(func.min(Outbox.at)))
