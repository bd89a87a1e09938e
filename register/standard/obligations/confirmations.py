"""The duty to confirm a published record every year, or by the day that it states itself.

Each version begins a cycle, unless it withdraws the record or says that the system is retired or
was given up; the next version, whichever it is, ends it. So a record has one cycle at a time, which
is a duty that is due, overdue or exempt. A cycle that ended in time leaves nothing behind. One that
ended late, or that was exempt, stays a duty of its own for good: what was overdue never vanishes.
"""

from collections.abc import Iterator
from datetime import date

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
        known_on = settled_on or case.today
        reckoning = case.owed(_due_on(case, version), known_on, known_on)
        if reckoning is None:
            continue
        duty = case.duty(
            f"{DutyKind.CONFIRMATION}:{system.reference}:{number}",
            DutyKind.CONFIRMATION,
            reckoning,
            settled_on,
            reference=system.reference,
        )
        if duty.state is not DutyState.FILED:
            yield duty


def _due_on(case: Case, version: Version) -> date:
    latest = add_months(version.on, case.rules.confirm_every_months)
    return min(latest, version.review_due) if version.review_due else latest
