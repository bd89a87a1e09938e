"""What the directory said of each public body at any moment of the past.

A body that came into the directory later than a moment that is asked about is as it was at first:
histories from other instances may tell of such a moment.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from register.standard.publication import Body
from register.storage.database import db
from register.storage.models import Agency, AgencyVersion

_INSTANT = timedelta(microseconds=1)


class PastBodies:
    """Bodies with all that the directory ever said of them."""

    def __init__(self, kept: dict[int, list[tuple[datetime, Body]]]) -> None:
        """Begin with what was kept of each body, by its id, in the order of keeping."""
        self._kept = kept

    def before(self, agency_id: int, moment: datetime) -> Body:
        """Give a body as it was just before a moment."""
        listed = self._kept[agency_id]
        return next((body for at, body in reversed(listed) if at < moment), listed[0][1])

    def at(self, agency_id: int, moment: datetime) -> Body:
        """Give a body as it was at a moment, with what was said of it at that very moment."""
        return self.before(agency_id, moment + _INSTANT)

    def all_before(self, moment: datetime) -> dict[int, Body]:
        """Give every body of these as it was just before a moment, by its id."""
        return {agency_id: self.before(agency_id, moment) for agency_id in self._kept}

    def known_before(self, moment: datetime) -> set[int]:
        """Give the ids of those that were in the directory by then."""
        return {agency_id for agency_id, listed in self._kept.items() if listed[0][0] < moment}


def load(agency_ids: Collection[int] | None = None) -> PastBodies:
    """Read what was ever said of some bodies, or of all."""
    parent = aliased(Agency)
    query = (
        select(AgencyVersion, Agency.slug, parent.slug)
        .join(Agency, Agency.id == AgencyVersion.agency_id)
        .outerjoin(parent, parent.id == AgencyVersion.parent_id)
        .order_by(AgencyVersion.id)
    )
    if agency_ids is not None:
        query = query.where(AgencyVersion.agency_id.in_(agency_ids))
    kept = defaultdict[int, list[tuple[datetime, Body]]](list)
    for version, slug, above in db.session.execute(query):
        kept[version.agency_id].append((version.at, _body(version, slug, above)))
    return PastBodies(dict(kept))


def count_versions(before: datetime | None = None) -> tuple[int, int]:
    """Count what was said of bodies, up to now or before a moment, and name the latest of it."""
    query = select(func.count(AgencyVersion.id), func.max(AgencyVersion.id))
    if before is not None:
        query = query.where(AgencyVersion.at < before)
    number, newest = db.session.execute(query).one()
    return number, newest or 0


def _body(version: AgencyVersion, slug: str, parent: str | None) -> Body:
    return Body(
        slug=slug,
        names=dict(version.names),
        abbreviation=version.abbreviation,
        level=version.level,
        sector=version.sector,
        parent=parent,
        approval=version.approval,
    )
