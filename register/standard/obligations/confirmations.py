"""The duty to confirm a published record every year, or by the day that it states itself.

Each version begins a cycle, unless it withdraws the record or says that the system is retired or
was given up; the next version, whichever it is, ends it. A cycle that is exempted by itself is
followed by another one on the day on which it falls due, or else one exemption would do away with
all confirmations to come. A cycle that ended in time leaves nothing behind. One that ended late, or
that was exempt, stays a duty of its own for good: what was overdue never vanishes.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count

from register.standard.obligations.days import add_months
from register.standard.obligations.facts import Duty, SystemFacts, Version
from register.standard.obligations.judging import Case
from register.standard.obligations.words import DutyKind, DutyState

ENDED = frozenset({"retired", "cancelled"})


def confirmation_duties(case: Case, system: SystemFacts) -> Iterator[Duty]:
    """Give the duty of the present cycle, and those of past cycles that did not end in time."""
    versions = [version for version in system.versions if version.on <= case.today]
    for number, version in enumerate(versions, start=1):
        if version.is_withdrawal or version.phase in ENDED:
            continue
        settled_on = versions[number].on if number < len(versions) else None
        key = f"{DutyKind.CONFIRMATION}:{system.reference}:{number}"
        for duty in _cycles(case, key, _due_on(case, version), settled_on):
            if duty.state is not DutyState.FILED:
                yield replace(duty, reference=system.reference)


def _cycles(case: Case, key: str, due_on: date, settled_on: date | None) -> Iterator[Duty]:
    """Give the cycles of a version: the first, and one after each that was exempted by itself."""
    end = settled_on or case.today
    for turn in count(1):
        name = key if turn == 1 else f"{key}:{turn}"
        reckoning = case.owed(due_on, end, end)
        if reckoning is None:
            return
        yield case.duty(name, DutyKind.CONFIRMATION, reckoning, settled_on)
        is_over = reckoning.due_on <= end and not reckoning.is_exempt
        if not is_over or not case.was_exempted(name, end):
            return
        due_on = add_months(reckoning.due_on, case.rules.confirm_every_months)


def _due_on(case: Case, version: Version) -> date:
    latest = add_months(version.on, case.rules.confirm_every_months)
    return min(latest, version.review_due) if version.review_due else latest
