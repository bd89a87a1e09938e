"""The duty of an agency to make a return for each period: a record, or a nil return.

A record settles it that is public on any day from the period's first on. Otherwise a nil return
does, as long as it stands: once withdrawn, even after the due day, it never counted, since else
one could be filed for the due day alone. It is also worth nothing once a record shows that a
system was in use in the period, or was itself public in the period.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from register.standard.obligations.days import Period, add_days, period_of, periods_between
from register.standard.obligations.facts import Duty, Statement, SystemFacts
from register.standard.obligations.judging import Case, Reckoning
from register.standard.obligations.systems import RUNNING, first_day_in_use
from register.standard.obligations.words import DutyKind, DutyState, StandingKind


def period_duties(case: Case) -> Iterator[Duty]:
    """Give the duty of each period in which the agency was in scope or exempt, the first first."""
    first = case.scope.first_day
    if first is None:
        return
    public = [days for system in case.facts.systems for days in _public_days(system, case.today)]
    for period in periods_between(first, case.today, case.rules):
        if case.scope.is_subject_within(period.first, min(period.last, case.today)):
            yield _duty(case, period, public)


def _duty(case: Case, period: Period, public: list[tuple[date, date]]) -> Duty:
    recorded_on = min(
        (max(first, period.first) for first, last in public if last >= period.first), default=None
    )
    nil_on = _nil_on(case, period)
    is_nil = nil_on is not None and (recorded_on is None or nil_on < recorded_on)
    if is_nil and recorded_on is not None and _is_contradicted(case, period, recorded_on):
        is_nil = False
    duty = case.duty(
        f"{DutyKind.PERIOD}:{period.name}",
        DutyKind.PERIOD,
        _reckoning(case, period),
        nil_on if is_nil else recorded_on,
        period=period.name,
    )
    is_in_time = duty.state is DutyState.FILED
    return replace(duty, state=DutyState.NIL) if is_nil and is_in_time else duty


def _reckoning(case: Case, period: Period) -> Reckoning:
    """An agency that leaves still owes the return for the period in which it left."""
    due = add_days(period.last, case.rules.return_within_days)
    is_exempt = case.scope.on(due) is StandingKind.EXEMPT
    ground = case.scope.ground_on(due) if is_exempt else ""
    return Reckoning(due_on=due, is_exempt=is_exempt, ground=ground)


def _public_days(system: SystemFacts, today: date) -> Iterator[tuple[date, date]]:
    """Give from when to when a record was public, as it stood at the end of each day."""
    since = None
    for version in system.versions:
        if version.on > today:
            break
        if not version.is_withdrawal:
            since = since or version.on
        elif since is not None:
            if since < version.on:
                yield since, add_days(version.on, -1)
            since = None
    if since is not None:
        yield since, today


def _nil_on(case: Case, period: Period) -> date | None:
    days = (
        each.on
        for each in case.facts.nil_returns
        if each.on <= case.today
        and (each.withdrawn_on is None or each.withdrawn_on > case.today)
        and (each.period or period_of(each.on, case.rules)) == period.name
    )
    return min(days, default=None)


def _is_contradicted(case: Case, period: Period, recorded_on: date) -> bool:
    if recorded_on <= period.last:
        return True
    return any(
        _was_in_use(statement, period.last)
        for system in case.facts.systems
        for statement in _said_in_public(system, period.first, case.today)
    )


def _said_in_public(system: SystemFacts, first: date, today: date) -> Iterator[Statement]:
    """Give what was said last of a system when its record became public, and what was since."""
    since = next((start for start, last in _public_days(system, today) if last >= first), None)
    if since is not None:
        yield from [each for each in system.statements if each.on <= since][-1:]
        yield from (each for each in system.statements if since < each.on <= today)


def _was_in_use(statement: Statement, day: date) -> bool:
    since = first_day_in_use(statement)
    is_running = statement.must and statement.phase in RUNNING
    return is_running and since is not None and since <= day
