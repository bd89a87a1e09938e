"""How agencies stand towards the duty to disclose: only ever added to."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from register import clock
from register.storage.database import db, transaction
from register.storage.models import Agency, Standing


def add_standing(standing: Standing) -> Standing:
    """Note how an agency stands from a day on, or one duty of it where ``duty`` names it."""
    with transaction() as session:
        standing.reason = standing.reason or {}
        standing.at = clock.now()
        session.add(standing)
        session.flush()
        return standing


def list_standings(agency: Agency | None = None, before: datetime | None = None) -> list[Standing]:
    """Give what is noted of one agency or of all, in the order in which it was noted.

    ``before`` leaves out what was noted at that moment or later.
    """
    query = select(Standing).options(joinedload(Standing.agency), joinedload(Standing.by))
    if agency is not None:
        query = query.where(Standing.agency_id == agency.id)
    if before is not None:
        query = query.where(Standing.at < before)
    return list(db.session.scalars(query.order_by(Standing.id)))
