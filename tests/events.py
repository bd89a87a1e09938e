"""What the audit trail holds, for tests to look at."""

from sqlalchemy import select

from register.storage.database import db
from register.storage.models import AuditEvent, Disclosure


def list_events(limit: int, disclosure: Disclosure | None = None) -> list[AuditEvent]:
    """Give the latest events, newest first, of one filing or of all."""
    query = select(AuditEvent)
    if disclosure is not None:
        query = query.where(AuditEvent.disclosure_id == disclosure.id)
    return list(db.session.scalars(query.order_by(AuditEvent.id.desc()).limit(limit)))
