"""Reminders of what falls due: one letter a person and day, each duty named once at each step.

A duty is named 60, 30 and 7 days before it is due, when it is overdue, and every 30 days after
that. What counts is the step that a duty has reached: if nobody reminded for some days, the next
letter makes up for it, once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from register import clock
from register.config import Settings
from register.errors import Conflict
from register.services import letters
from register.services.agenda import map_names
from register.services.obligations import list_duties, rules_of
from register.standard.lifecycle import Role
from register.standard.obligations import Duty, DutyKind, DutyState
from register.storage import accounts, agencies, transaction
from register.storage import letters as outbox
from register.storage.models import Account

DAYS_BEFORE = (7, 30, 60)
DAYS_BETWEEN = 30
KIND = "reminder"
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
    return sum(_remind_agency(slug, _told(found)) for slug, found in sorted(by_agency.items()))


def _told(found: Sequence[tuple[Duty, Step]]) -> list[Told]:
    names = map_names([duty for duty, _step in found])
    return [Told(duty, step, _details(duty, names[duty.key])) for duty, step in found]


def _remind_agency(slug: str, told: Sequence[Told]) -> int:
    agency = agencies.get_agency(slug)
    names = dict(agency.names)
    people = [each for role in WRITERS for each in accounts.list_active(role, agency)]
    return sum(_remind_person(account, names, told) for account in people)


def _remind_person(account: Account, names: Mapping[str, str], told: Sequence[Told]) -> bool:
    """Write to one person of what was not said to them at its present step; tell whether."""
    try:
        with transaction():
            since = clock.now() - LONGEST_STEP
            earlier = outbox.list_details(account.email, KIND, since=since)
            known = {mark for details in earlier for mark in details["marks"]}
            new = [each for each in told if each.mark not in known]
            if not new:
                return False
            details = {
                "agency_texts": names,
                "marks": [each.mark for each in new],
                "steps": _by_step(new),
            }
            key = f"{KIND}:{clock.today().isoformat()}"
            return letters.put(account, kind=KIND, key=key, details=details)
    except Conflict:
        # Somebody else reminds at the same time, and was faster with this person.
        return False


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
