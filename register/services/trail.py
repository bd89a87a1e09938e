"""The audit trail, as plain facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from register.storage import events


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that somebody did; ``actor`` is an address, or "the system"."""

    id: int
    at: datetime
    action: str
    actor: str
    reference: str | None
    details: dict[str, Any]


def list_trail(limit: int, before: int | None = None) -> list[Event]:
    """Give the latest events, newest first, older than event ``before`` if that is given."""
    return [
        Event(
            id=event.id,
            at=event.at,
            action=event.action,
            actor=event.actor.email if event.actor else "",
            reference=event.disclosure.reference if event.disclosure else None,
            details=event.details,
        )
        for event in events.list_events(limit, before=before)
    ]
