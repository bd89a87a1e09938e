"""What became of the whole register between two moments: one query, and nothing of answers."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased

from register.storage.database import db
from register.storage.models import Agency, Disclosure, Revision
from register.storage.past import was_public


class ChangedRow(NamedTuple):
    """A record with its version just before either moment; ``before`` is ``None`` if it had none.

    ``was`` and ``became`` are what those versions did: published, amended or withdrawn.
    """

    reference: str
    agency: str
    before: int | None
    after: int
    was: str | None
    became: str


def list_changed(start: datetime, end: datetime, agency: str = "") -> list[ChangedRow]:
    """Give the records of which a version became public here between two moments."""
    before = func.max(case((was_public(start), Revision.version)))
    after = func.max(Revision.version)
    spans = (
        select(
            Revision.disclosure_id,
            before.label("before"),
            func.max(Revision.version).label("after"),
        )
        .where(was_public(end))
        .group_by(Revision.disclosure_id)
        .having(after > func.coalesce(before, 0))
        .subquery()
    )
    old, new = aliased(Revision), aliased(Revision)
    query = (
        select(Disclosure.reference, Agency.slug, spans.c.before, spans.c.after)
        .add_columns(old.action, new.action)
        .join(spans, spans.c.disclosure_id == Disclosure.id)
        .join(Agency, Agency.id == Disclosure.agency_id)
        .join(new, and_(new.disclosure_id == Disclosure.id, new.version == spans.c.after))
        .outerjoin(old, and_(old.disclosure_id == Disclosure.id, old.version == spans.c.before))
        .order_by(Disclosure.reference)
    )
    if agency:
        query = query.where(Agency.slug == agency)
    return [ChangedRow(*row) for row in db.session.execute(query)]
