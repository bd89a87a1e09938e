"""The audit trail, as plain facts."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from register import clock
from register.errors import Invalid
from register.services.actor import Actor, check_role
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import accounts, agencies, disclosures, events, trail

SYSTEM = "system"  # no address: there is no @ in it
NO_ACTOR = _("Nobody has an account under this address.")
NO_AGENCY = _("There is no agency of this name in the directory.")
NO_DISCLOSURE = _("There is no disclosure of this reference.")


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that somebody did; ``actor`` is an address, or empty for the system itself.

    ``agency`` is the slug of the one whose filing it is about.
    """

    id: int
    at: datetime
    action: str
    actor: str
    reference: str | None
    agency: str | None
    details: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of the trail: from the first to the last day, both counted, and the rest.

    ``actor`` is an address or :data:`SYSTEM`, ``agency`` a slug. What is empty narrows nothing.
    """

    first: date | None = None
    last: date | None = None
    action: str = ""
    actor: str = ""
    agency: str = ""
    reference: str = ""


def list_trail(limit: int, before: int | None = None, asked: Asked | None = None) -> list[Event]:
    """Give the latest events, newest first, older than event ``before`` if that is given.

    Raise :exc:`Invalid` by name where what is asked for does not exist.
    """
    wanted = _wanted(asked or Asked())
    return [_event(row) for row in trail.list_latest(wanted, limit, before)]


def export_trail(by: Actor, asked: Asked) -> Iterator[Event]:
    """Give the events in the order in which they were written; that they were taken is recorded.

    Raise :exc:`Invalid` as :func:`list_trail` does, before anything is written.
    """
    check_role(by, Role.AUDITOR)
    wanted = _wanted(asked)
    told = {name: str(value) for name, value in asdict(asked).items() if value}
    events.add_event("trail_exported", by=by.account_id, details={"filters": told})
    return (_event(row) for row in trail.iterate(wanted))


def _wanted(asked: Asked) -> trail.Wanted:
    """Look up what is asked for by its name."""
    errors: dict[str, list[str]] = {}
    is_person = asked.actor not in {"", SYSTEM}
    actor = accounts.find_account(asked.actor) if is_person else None
    if is_person and actor is None:
        errors["actor"] = [NO_ACTOR]
    agency = agencies.find_agency(asked.agency) if asked.agency else None
    if asked.agency and agency is None:
        errors["agency"] = [NO_AGENCY]
    disclosure = disclosures.find_disclosure(asked.reference) if asked.reference else None
    if asked.reference and disclosure is None:
        errors["reference"] = [NO_DISCLOSURE]
    if errors:
        raise Invalid(_("The audit trail cannot be narrowed like this."), errors)
    return trail.Wanted(
        since=clock.start_of(asked.first) if asked.first else None,
        before=clock.end_of(asked.last) if asked.last else None,
        action=asked.action,
        is_by_system=asked.actor == SYSTEM,
        actor_id=actor.id if actor else None,
        agency=(agency.id, agency.slug) if agency else None,
        disclosure_id=disclosure.id if disclosure else None,
    )


def _event(row: trail.Found) -> Event:
    number, at, action, email, reference, slug, details = row
    return Event(
        id=number,
        at=at,
        action=action,
        actor=email or "",
        reference=reference,
        agency=slug,
        details=details,
    )
