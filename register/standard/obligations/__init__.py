"""Who must file what by when: pure rules over dates.

The unit is the duty. Every duty has a day on which it falls due and perhaps one on which it was
settled, and is in exactly one state on every day:

- ``system``: a system that must be disclosed, within :attr:`Rules.disclose_within_days` of entering
  use; the day before it enters use where its tier is high; and within
  :attr:`Rules.existing_within_days` of the day from which its agency is in scope where it was in
  use by then. Once more after each withdrawal of its record while it is in use.
- ``confirmation``: a published record, which is confirmed every :attr:`Rules.confirm_every_months`
  or by the day it states itself, whichever is earlier.
- ``period``: an agency and a period: it has a record, or it declares that it uses no AI.

What was once overdue stays so until it is settled (then it is late) or exempt by a decision that
is itself counted in public. Everything here is a function of facts and a day: what the register
knew at the end of that day. Facts of later days are left out of account.

A duty's key never changes: ``system:`` and the system's key (with ``:2`` after its record was
withdrawn for the first time, and so on), ``period:`` and the period, and
``confirmation:`` with the reference and the number of the version that is to be confirmed. Where a
cycle was exempted by itself, ``:2`` and so on follow for those that come after it.
"""

from datetime import date

from register.standard.obligations.confirmations import confirmation_duties
from register.standard.obligations.days import period_of
from register.standard.obligations.facts import (
    AgencyFacts,
    Duty,
    NilReturn,
    Rules,
    Stance,
    Statement,
    SystemFacts,
    Version,
)
from register.standard.obligations.judging import Case
from register.standard.obligations.returns import period_duties
from register.standard.obligations.systems import RUNNING, again_duties, system_duty
from register.standard.obligations.words import (
    EXEMPTION_GROUNDS,
    KIND_LABELS,
    STATE_LABELS,
    DutyKind,
    DutyState,
    StandingKind,
)

__all__ = [
    "EXEMPTION_GROUNDS",
    "KIND_LABELS",
    "RUNNING",
    "STATE_LABELS",
    "AgencyFacts",
    "Duty",
    "DutyKind",
    "DutyState",
    "NilReturn",
    "Rules",
    "Stance",
    "StandingKind",
    "Statement",
    "SystemFacts",
    "Version",
    "duties",
    "period_of",
    "standing_on",
]


def duties(facts: AgencyFacts, rules: Rules, today: date) -> tuple[Duty, ...]:
    """Give every duty of an agency as it stands on ``today``: systems, confirmations, periods."""
    case = Case(facts, rules, today)
    systems = (system_duty(case, system) for system in facts.systems)
    return (
        *(duty for duty in systems if duty is not None),
        *(duty for system in facts.systems for duty in again_duties(case, system)),
        *(duty for system in facts.systems for duty in confirmation_duties(case, system)),
        *period_duties(case),
    )


def standing_on(facts: AgencyFacts, today: date) -> StandingKind | None:
    """Tell how an agency stands on ``today``; ``None`` where it is not in scope yet."""
    return Case(facts, Rules(), today).scope.on(today)
