"""Reminders of what falls due: one letter a person and day, each duty named once at each step.

A duty is named 60, 30 and 7 days before it is due, when it is overdue, and every 30 days after
that. What counts is the step that a duty has reached: if nobody reminded for some days, the next
letter makes up for it, once. Where a body has nobody to be reminded, the secretariat is told of
what is overdue there: one letter a day about all these bodies, and only if something in it is new.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from register import clock
from register.config import Settings
from register.errors import Conflict
from register.services.accounts import letters
from register.services.duties.agenda import map_names
from register.services.duties.obligations import list_duties, rules_of
from register.standard.lifecycle import Role
from register.standard.obligations import Duty, DutyKind, DutyState
from register.storage import accounts, agencies, transaction
from register.storage import letters as outbox
from register.storage.models import Account

DAYS_BEFORE = (7, 30, 60)
DAYS_BETWEEN = 30
KIND = "reminder"
UNATTENDED = "unattended"
ORDER = ("overdue", "7", "30", "60")
# No step lasts longer than this, so older letters cannot have named the present one.
LONGEST_STEP = timedelta(days=32)
WRITERS = (Role.OFFICER, Role.APPROVER)
OPEN = {DutyState.DUE, DutyState.OVERDUE}


@dataclass(frozen=True)
class Step:
    """How far a duty is: within how many days it is due, or for how many turns it is overdue."""

    name: str
    turn: int = 0


@dataclass(frozen=True)
class Told:
    """A duty at a step, and what a letter says of it. ``mark`` keeps it from being said twice."""

    duty: Duty
    step: Step
    details: Mapping[str, Any]

    @property
    def mark(self) -> str:
        """The duty, the day on which it is due, and the step."""
        day = self.duty.due_on.isoformat()
        return f"{self.duty.agency}:{self.duty.key}:{day}:{self.step.name}:{self.step.turn}"


def step_of(due_on: date, today: date) -> Step | None:
    """Give the step that a duty has reached; ``None`` if it is due in more than 60 days."""
    left = (due_on - today).days
    if left < 0:
        return Step("overdue", (-left - 1) // DAYS_BETWEEN)
    return next((Step(str(days)) for days in DAYS_BEFORE if left <= days), None)


def remind(settings: Settings) -> int:
    """Put today's letters into the outbox; give their number. Twice a day does no harm."""
    today = clock.today()
    outbox.forget_old(clock.now() - letters.KEPT_FOR)
    by_agency: dict[str, list[tuple[Duty, Step]]] = {}
    for duty in list_duties(rules_of(settings)):
        step = step_of(duty.due_on, today) if duty.state in OPEN else None
        if step is not None:
            by_agency.setdefault(duty.agency, []).append((duty, step))
    told = {slug: _told(found) for slug, found in sorted(by_agency.items())}
    readers = {slug: _writers_of(slug) for slug in told}
    sent = sum(_remind(person, slug, told[slug]) for slug in told for person in readers[slug])
    alone = {slug: _overdue(told[slug]) for slug in told if not readers[slug]}
    return sent + _tell_secretariat({slug: found for slug, found in alone.items() if found})


def _told(found: Sequence[tuple[Duty, Step]]) -> list[Told]:
    names = map_names([duty for duty, _step in found])
    return [Told(duty, step, _details(duty, names[duty.key])) for duty, step in found]


def _writers_of(slug: str) -> list[Account]:
    agency = agencies.get_agency(slug)
    return [each for role in WRITERS for each in accounts.list_active(role, agency)]


def _overdue(told: Sequence[Told]) -> list[Told]:
    return [each for each in told if each.duty.state is DutyState.OVERDUE]


def _remind(account: Account, slug: str, told: Sequence[Told]) -> bool:
    """Write to one person of what was not said to them at its present step; tell whether."""
    names = dict(agencies.get_agency(slug).names)
    return _write(
        account,
        KIND,
        told,
        lambda new: {"agency_texts": names, "steps": _by_step(new)},
    )


def _tell_secretariat(alone: Mapping[str, Sequence[Told]]) -> int:
    """Write of all bodies that nobody can be reminded at, if anything of that is new."""
    bodies = [_body_details(slug, told) for slug, told in alone.items()]
    told = [each for found in alone.values() for each in found]
    people = accounts.list_active(Role.SECRETARIAT)
    return sum(
        _write(person, UNATTENDED, told, lambda _new: {"bodies": bodies}) for person in people
    )


def _write(
    account: Account,
    kind: str,
    told: Sequence[Told],
    details_of: Callable[[Sequence[Told]], dict[str, Any]],
) -> bool:
    """Write one letter a day, if anything was not told at its present step; tell whether."""
    try:
        with transaction():
            since = clock.now() - LONGEST_STEP
            earlier = outbox.list_details(account.email, kind, since=since)
            known = {mark for details in earlier for mark in details["marks"]}
            new = [each for each in told if each.mark not in known]
            if not new:
                return False
            details = {**details_of(new), "marks": [each.mark for each in new]}
            key = f"{kind}:{clock.today().isoformat()}"
            return letters.put(account, kind=kind, key=key, details=details)
    except Conflict:
        # Somebody else reminds at the same time, and was faster with this person.
        return False


def _body_details(slug: str, told: Sequence[Told]) -> dict[str, Any]:
    return {
        "agency_texts": dict(agencies.get_agency(slug).names),
        "count": str(len(told)),
        "day": min(each.duty.due_on for each in told).isoformat(),
        "path": f"/review/agencies/{slug}",
    }


def _by_step(told: Sequence[Told]) -> list[dict[str, Any]]:
    """Give what is told, the most urgent first."""
    grouped = {name: [each for each in told if each.step.name == name] for name in ORDER}
    return [
        {
            "step": name,
            "duties": [each.details for each in sorted(group, key=lambda each: each.duty.due_on)],
        }
        for name, group in grouped.items()
        if group
    ]


def _details(duty: Duty, names: Mapping[str, str]) -> dict[str, Any]:
    """Give what a letter says of a duty; the name of what is not public is the agency's own."""
    is_confirmation = duty.kind is DutyKind.CONFIRMATION
    return {
        "kind": duty.kind.value,
        "day": duty.due_on.isoformat(),
        "reference": duty.reference,
        "period": duty.period,
        "name_texts": dict(names),
        "path": f"/filing/{duty.reference}/renew" if is_confirmation else "/filing/",
    }
