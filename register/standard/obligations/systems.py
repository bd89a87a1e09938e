"""The duty to disclose a system, and when it falls due.

What is stated last decides, as long as the duty is not overdue when it is stated: an overdue duty
keeps its day. Once a record was published, what counts is what had been stated by then; neither an
amendment nor a withdrawal changes how it was settled.

- In use since a day within the time in which the agency is in scope: so many days later; the day
  before, where the tier is high.
- In use by the day on which the agency comes into scope: some time after that day.
- In use since nobody said when, or perhaps not in use: so many days after that was first said.
- To enter use on a day to come: the day before it where the tier is high, and otherwise no duty
  until that day.
- Otherwise no day is set.

A record that is published without a day of use counts as filed on the day of its publication.

A record that is withdrawn while its system is in use leaves a duty to disclose the system again: so
many days after the withdrawal, on that very day where the tier is high. The same rules decide what
moves that day or lifts the duty. One that was fulfilled in time leaves nothing behind, or else
every withdrawal would count as a duty fulfilled.

A first day of use that is withheld from the public counts as unstated, or else everybody could
reckon back to it from the day on which the duty becomes overdue. What was overdue before anybody
could withhold it stays so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from register.standard.obligations.days import add_days, last_day_of
from register.standard.obligations.facts import Duty, Statement, SystemFacts
from register.standard.obligations.judging import Case, Reckoning
from register.standard.obligations.words import DutyKind, DutyState, StandingKind

HIGH = "high"
RUNNING = frozenset({"pilot", "in_use", ""})  # empty: nobody said, and in doubt it runs
NOT_YET_RUNNING = frozenset({"planned", "in_development"})
NEVER_RUN = "cancelled"


def system_duty(case: Case, system: SystemFacts) -> Duty | None:
    """Give the duty to disclose a system, or ``None`` where there is none."""
    settled_on = _settled_on(system, case.today)
    end = settled_on or case.today
    reckoning = _reckoned(case, system.statements, end)
    early = _overdue_when_begun(case, system, end)
    if early and (reckoning is None or reckoning.is_exempt or reckoning.due_on > early.due_on):
        reckoning = early
    if settled_on is not None and _counts_as_filed(system.statements, reckoning, settled_on):
        reckoning = Reckoning(due_on=settled_on)
    if reckoning is None:
        return None
    return case.duty(
        f"{DutyKind.SYSTEM}:{system.key}",
        DutyKind.SYSTEM,
        reckoning,
        settled_on,
        reference=system.reference if settled_on else "",
    )


def again_duties(case: Case, system: SystemFacts) -> Iterator[Duty]:
    """Give the duties to disclose a system again, each after a withdrawal, unless done in time."""
    for turn, (withdrawn_on, settled_on) in enumerate(_withdrawals(system, case.today), start=2):
        end = settled_on or case.today
        reckoning = _reckoned(case, system.statements, end, withdrawn_on)
        if reckoning is None:
            continue
        duty = case.duty(
            f"{DutyKind.SYSTEM}:{system.key}:{turn}",
            DutyKind.SYSTEM,
            reckoning,
            settled_on,
            reference=system.reference,
            is_again=True,
        )
        if duty.state is not DutyState.FILED:
            yield duty


def first_day_in_use(statement: Statement) -> date | None:
    """Give the day on which the system entered use, or is to, as stated; ``None`` if unstated.

    What is withheld from the public counts as unstated.
    """
    if statement.phase == NEVER_RUN or statement.is_day_withheld:
        return None
    day = last_day_of(statement.in_use_since)
    is_past = day is not None and day <= statement.on
    return None if is_past and statement.phase in NOT_YET_RUNNING else day


def _settled_on(system: SystemFacts, today: date) -> date | None:
    days = (version.on for version in system.versions if not version.is_withdrawal)
    return next((day for day in days if day <= today), None)


def _withdrawals(system: SystemFacts, today: date) -> Iterator[tuple[date, date | None]]:
    """Give when a record was withdrawn, and when it was published again after that."""
    withdrawn_on = None
    for version in system.versions:
        if version.on > today:
            break
        if version.is_withdrawal:
            withdrawn_on = withdrawn_on or version.on
        elif withdrawn_on is not None:
            yield withdrawn_on, version.on
            withdrawn_on = None
    if withdrawn_on is not None:
        yield withdrawn_on, None


def _overdue_when_begun(case: Case, system: SystemFacts, end: date) -> Reckoning | None:
    """Reckon what was overdue, for all to see, before it was begun with its day withheld.

    It has been overdue since then. Since when it really was depends on what is withheld.
    """
    if system.begun_on is None or system.begun_on > end:
        return None
    before = add_days(system.begun_on, -1)
    open_then = [replace(each, is_day_withheld=False) for each in system.statements]
    reckoning = _reckoned(case, open_then, before)
    is_overdue = reckoning is not None and reckoning.is_overdue(system.begun_on)
    return Reckoning(due_on=before) if is_overdue else None


def _reckoned(
    case: Case, statements: Sequence[Statement], end: date, withdrawn_on: date | None = None
) -> Reckoning | None:
    """Go through what became known, one thing after the other, until the duty is overdue by it."""
    said = [statement for statement in statements if statement.on <= end]
    for known in sorted(_before_each(case, said, end), key=lambda known: known.today):
        before = known.reckon(withdrawn_on)
        if before is not None and before.is_overdue(known.today):
            return before
    return _Known(case, said, end, end).reckon(withdrawn_on)


def _before_each(case: Case, said: Sequence[Statement], end: date) -> Iterator["_Known"]:
    """Give what was known just before each entry about the agency, and before each statement."""
    for day in case.noting_days:
        if day <= end:
            earlier = [statement for statement in said if statement.on < day]
            yield _Known(case, earlier, add_days(day, -1), day)
    for place, statement in enumerate(said):
        yield _Known(case, said[:place], statement.on, statement.on)


def _counts_as_filed(
    statements: Sequence[Statement], reckoning: Reckoning | None, day: date
) -> bool:
    """Tell whether a record published on a day had no day by which it was to be published."""
    if reckoning is not None and reckoning.is_overdue(day):
        return False
    known = [statement for statement in statements if statement.on <= day]
    if not known:
        return True
    return known[-1].must and (reckoning is None or first_day_in_use(known[-1]) is None)


@dataclass(frozen=True)
class _Known:
    """What had been said of a system, and by a day noted of its agency, looked at on another."""

    case: Case
    said: Sequence[Statement]
    noted_on: date
    today: date

    def reckon(self, withdrawn_on: date | None) -> Reckoning | None:
        """Give when the duty is due by the last statement, perhaps after a withdrawal."""
        if not self.said or not self.said[-1].must:
            return None
        last = self.said[-1]
        since = first_day_in_use(last)
        if withdrawn_on is not None:
            return self._again(withdrawn_on, since, last)
        if since is not None:
            return self._since(since, last)
        if last.phase in RUNNING:
            return self._owed(add_days(self._first, self.case.rules.disclose_within_days))
        return None

    @property
    def _first(self) -> date:
        """The day on which it was first said to be in use."""
        return next(each.on for each in self.said if each.must and each.phase in RUNNING)

    def _again(self, withdrawn_on: date, since: date | None, last: Statement) -> Reckoning | None:
        """Reckon from the withdrawal, or from when the system entered use again after it."""
        if last.phase not in RUNNING:
            return None
        days = 0 if last.tier == HIGH else self.case.rules.disclose_within_days
        return self._owed(add_days(max(withdrawn_on, since or self._first), days))

    def _since(self, since: date, last: Statement) -> Reckoning | None:
        scope = self.case.scope_known(self.noted_on)
        is_high = last.tier == HIGH
        if last.phase in NOT_YET_RUNNING and not is_high and self.today < since:
            return None
        is_subject = scope.on(since) in {StandingKind.IN_SCOPE, StandingKind.EXEMPT}
        if is_subject and not scope.is_entry(since):
            days = -1 if is_high else self.case.rules.disclose_within_days
            return self._owed(add_days(since, days))
        entry = scope.entry_between(since, self.today)
        if entry is None:
            return None
        return self._owed(add_days(entry, self.case.rules.existing_within_days))

    def _owed(self, day: date) -> Reckoning | None:
        return self.case.owed(day, self.noted_on, self.today)
