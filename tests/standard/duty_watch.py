"""What is looked at in the life of an invented agency, and what must hold at the end of each day.

It is written here from the law and not from the code: each duty once and in one state, each period
of each day in scope, answers about an earlier day that never change, and above all that no sequence
of deeds makes an overdue duty vanish.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from register.standard import obligations
from register.standard.obligations import (
    AgencyFacts,
    Duty,
    DutyKind,
    DutyState,
    NilReturn,
    Rules,
    Stance,
    StandingKind,
    SystemFacts,
    period_of,
)
from register.standard.obligations.days import add_months

START = date(2024, 6, 3)
ENDURING = frozenset({DutyState.OVERDUE, DutyState.LATE})


@dataclass
class Watch:
    """What is known so far, what was answered on each day, and what was ever seen overdue."""

    rules: Rules
    counts: Counter[str]
    today: date = START
    stances: list[Stance] = field(default_factory=list)
    systems: list[SystemFacts] = field(default_factory=list)
    nils: list[NilReturn] = field(default_factory=list)
    answers: dict[date, tuple[Duty, ...]] = field(default_factory=dict)
    overdue: set[str] = field(default_factory=set)
    subject: set[str] = field(default_factory=set)

    @property
    def facts(self) -> AgencyFacts:
        return AgencyFacts(
            agency="taxes",
            stances=tuple(self.stances),
            systems=tuple(self.systems),
            nil_returns=tuple(self.nils),
        )

    def duties(self) -> tuple[Duty, ...]:
        return obligations.duties(self.facts, self.rules, self.today)

    # How time passes, and what is looked at.

    def wait_past_a_due_day(self) -> None:
        due = [d.due_on for d in self.duties() if d.state is DutyState.DUE]
        last = min(due, default=self.today)
        while self.today <= last and self.today < date(2040, 1, 1):
            self.close_day()
            self.today += timedelta(days=1)

    def close_day(self) -> None:
        if self.kind_on(self.today) in {StandingKind.IN_SCOPE, StandingKind.EXEMPT}:
            self.subject.add(period_of(self.today, self.rules))
        self.answers[self.today] = self.look()

    def look(self) -> tuple[Duty, ...]:
        found = self.duties()
        by_key = {duty.key: duty for duty in found}
        assert len(by_key) == len(found)
        for duty in found:
            self.check_state(duty)
        exempt = {each.duty: each.kind is StandingKind.EXEMPT for each in self.stances}
        for key in self.overdue:
            assert key in by_key, f"{key} vanished"
            state = by_key[key].state
            is_exempt = state is DutyState.EXEMPT and exempt.get(key, False)
            assert state in ENDURING or is_exempt, f"{key} was overdue and is {state}"
            self.counts[f"once overdue, then {state}"] += 1
        self.overdue |= {duty.key for duty in found if duty.state is DutyState.OVERDUE}
        self.check_cycles(found)
        self.check_withdrawals(by_key)
        periods = [duty.period for duty in found if duty.kind is DutyKind.PERIOD]
        assert self.subject <= set(periods)
        return found

    def check_state(self, duty: Duty) -> None:
        settled, due = duty.settled_on, duty.due_on
        is_in_time = settled is not None and settled <= due
        assert settled is None or settled <= self.today
        if is_in_time:
            assert duty.state in {DutyState.FILED, DutyState.NIL}
        elif settled is not None:
            assert duty.state in {DutyState.LATE, DutyState.EXEMPT}
        elif self.today > due:
            assert duty.state in {DutyState.OVERDUE, DutyState.EXEMPT}
        else:
            assert duty.state in {DutyState.DUE, DutyState.EXEMPT}
        assert duty.state is not DutyState.NIL or duty.kind is DutyKind.PERIOD
        self.counts[f"{duty.kind} {duty.state}"] += 1

    def check_cycles(self, found: tuple[Duty, ...]) -> None:
        """An exemption of one confirmation is for one: the next comes after it."""
        confirmations = [each for each in found if each.kind is DutyKind.CONFIRMATION]
        for each in confirmations:
            is_over = each.due_on <= self.today and each.settled_on is None
            next_due = add_months(each.due_on, self.rules.confirm_every_months)
            kinds = {self.kind_on(each.due_on), self.kind_on(next_due)}
            if each.state is DutyState.EXEMPT and is_over and kinds == {StandingKind.IN_SCOPE}:
                following = [d for d in confirmations if d.key.startswith(f"{version_of(each)}:")]
                is_followed = any(d.due_on > each.due_on for d in following)
                assert is_followed, f"{each.key} ends them all"
                self.counts["cycle after an exempt one"] += 1

    def check_withdrawals(self, by_key: dict[str, Duty]) -> None:
        """What is withdrawn while it is in use is to be disclosed again."""
        for each in self.systems:
            ends = [place for place, v in enumerate(each.versions) if v.is_withdrawal]
            if not ends or ends[-1] != len(each.versions) - 1:
                continue
            end = each.versions[-1].on
            last = [s for s in each.statements if s.on <= end][-1]
            is_same = last == each.statements[-1] and last.on < end
            since = last.in_use_since
            is_past = not since or since < end.isoformat()[: len(since)]
            is_in_use = last.must and last.phase in {"pilot", "in_use", ""}
            if not (is_same and is_past and is_in_use):
                continue
            days = 0 if last.tier == "high" else self.rules.disclose_within_days
            due = end + timedelta(days=days)
            if self.kind_on(due) is StandingKind.IN_SCOPE:
                again = by_key.get(f"system:{each.key}:{len(ends) + 1}")
                assert again is not None, f"{each.key} was withdrawn and is not owed"
                assert again.due_on == due
                self.counts["disclosure again"] += 1

    def kind_on(self, day: date) -> StandingKind | None:
        """How the agency stands on a day, entry by entry: the last that holds then."""
        kind = None
        for each in self.stances:
            begins = each.from_on if each.kind is StandingKind.IN_SCOPE else self.first(each)
            is_over = each.until_on is not None and each.until_on < day
            if not each.duty and begins <= day and not is_over:
                kind = each.kind
        return kind

    @staticmethod
    def first(stance: Stance) -> date:
        return max(stance.from_on, stance.noted_on)

    def check_the_past(self) -> None:
        """What is known now changes nothing in what was answered about each day then."""
        for on, answer in self.answers.items():
            if on.day % 3 == 0:
                assert obligations.duties(self.facts, self.rules, on) == answer


def version_of(confirmation: Duty) -> str:
    """The key of the first cycle of the version that is to be confirmed."""
    return ":".join(confirmation.key.split(":")[:3])
