"""The directory of public bodies."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from register import clock
from register.errors import NotFound
from register.standard.marking import _
from register.standard.publication import Body
from register.storage import counters
from register.storage.database import db, transaction
from register.storage.models import Agency, AgencyVersion, Standing
from register.storage.standings import add_standing

_DIRECTORY = "directory"  # the counter of changes to the directory
#: How many changes there were to the directory.
CHANGES = counters.reading(_DIRECTORY)


def get_agency(slug: str) -> Agency:
    """Give the agency of this slug; raise :exc:`NotFound` if there is none."""
    found = find_agency(slug)
    if found is None:
        raise NotFound(_("There is no agency of this name in the directory."))
    return found


def find_agency(slug: str) -> Agency | None:
    """Give the agency of this slug, or ``None``."""
    return db.session.scalar(select(Agency).where(Agency.slug == slug))


def hold_agency(slug: str) -> Agency:
    """Give the agency, and let others who hold it wait until this transaction ends."""
    with transaction() as session:
        query = select(Agency).where(Agency.slug == slug).with_for_update(key_share=True)
        session.execute(query)
        return get_agency(slug)


def list_agencies() -> list[Agency]:
    """Give every agency, by slug."""
    return list(db.session.scalars(select(Agency).order_by(Agency.slug)))


def put_agency(
    slug: str, values: Mapping[str, Any], *, in_scope_from: date | None = None
) -> Agency:
    """Create the agency of this slug, or change what ``values`` name of it.

    Nothing else changes one, so that what the directory said before is kept. A new agency is in
    scope of the duty to disclose from a day on, or from today; for one that is known the day
    changes nothing. Whoever calls this tells of it in the trail.
    """
    with transaction() as session:
        agency = find_agency(slug)
        if agency is None:
            agency = Agency(slug=slug, created_at=clock.now(), **values)
            session.add(agency)
            session.flush()
            since = in_scope_from or clock.today()
            add_standing(Standing(agency_id=agency.id, kind="in_scope", from_on=since))
            _note_version(agency, agency.created_at)
            return agency
        changed = {name: value for name, value in values.items() if getattr(agency, name) != value}
        for name, value in changed.items():
            setattr(agency, name, value)
        if changed:
            _note_version(agency, clock.now())
        return agency


def _note_version(agency: Agency, at: datetime) -> None:
    """Keep what the directory says of an agency from a moment on, and count the change."""
    with transaction() as session:
        session.flush()
        session.add(
            AgencyVersion(
                agency_id=agency.id,
                names=dict(agency.names),
                abbreviation=agency.abbreviation,
                level=agency.level,
                sector=agency.sector,
                parent_id=agency.parent_id,
                approval=agency.approval,
                at=at,
            )
        )
        counters.grow(_DIRECTORY)


def body_of(agency: Agency) -> Body:
    """Give the agency as plain facts."""
    return Body(
        slug=agency.slug,
        names=dict(agency.names),
        abbreviation=agency.abbreviation,
        level=agency.level,
        sector=agency.sector,
        parent=agency.parent.slug if agency.parent else None,
        approval=agency.approval,
    )
