"""What would be overdue at once if a body were under the duty from a day on that is past.

No decision takes such a day back, so whoever sets one is asked first: 2006 for 2026 is a slip.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from register import clock
from register.errors import Invalid, Message
from register.services.duties.duty_facts import list_known
from register.services.past import as_of_now
from register.standard.marking import _
from register.standard.obligations import (
    AgencyFacts,
    Duty,
    DutyState,
    Rules,
    Stance,
    StandingKind,
    duties,
)

QUESTION = _(
    "Returns and other duties that are overdue at once with this day: %(count)s. The oldest was due"
    " on %(day)s. This cannot be taken back. Look at the day again, and confirm it if it is right."
)


def overdue_of_new(rules: Rules, since: date) -> list[Duty]:
    """Give what is overdue at once of a body that comes into the directory today."""
    return _overdue(AgencyFacts(agency="", stances=[_in_scope(since)]), rules)


def overdue_of_known(rules: Rules, slug: str, since: date) -> list[Duty]:
    """Give what comes to be overdue at once of a body that is in scope from this day on, too."""
    facts = list_known(as_of_now(), slug)[0].facts
    before = {duty.key for duty in _overdue(facts, rules)}
    after = _overdue(replace(facts, stances=[*facts.stances, _in_scope(since)]), rules)
    return [duty for duty in after if duty.key not in before]


def check_meant(overdue: Sequence[Duty]) -> None:
    """Raise :exc:`Invalid` by ``past_confirmed`` if anything is overdue at once."""
    if overdue:
        asked = question(overdue)
        raise Invalid(asked, {"past_confirmed": [asked]})


def question(overdue: Sequence[Duty]) -> Message:
    """Say how much is overdue at once, and since when."""
    oldest = min(duty.due_on for duty in overdue)
    return Message(QUESTION, count=len(overdue), day=oldest.isoformat())


def _in_scope(since: date) -> Stance:
    return Stance(kind=StandingKind.IN_SCOPE, noted_on=clock.today(), from_on=since)


def _overdue(facts: AgencyFacts, rules: Rules) -> list[Duty]:
    listed = duties(facts, rules, clock.today())
    return [duty for duty in listed if duty.state is DutyState.OVERDUE]
