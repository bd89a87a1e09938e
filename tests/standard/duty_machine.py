"""An agency through years of deeds, fair and foul, checked at the end of every one of its days.

What must hold is written here from the law and not from the code: each duty once and in one state,
each period of each day in scope, answers about an earlier day that never change, and above all that
no sequence of deeds makes an overdue duty vanish. Deeds that would be rare by chance are steered
towards the duties that are overdue, and the counts show how often each was tried.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

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
    Statement,
    SystemFacts,
    Version,
    period_of,
)
from tests.standard.duty_steps import Step, life

START = date(2024, 6, 3)
PHASES = ("in_use", "in_use", "in_use", "pilot", "planned", "in_development", "suspended", "")
TIERS = ("high", "limited", "significant", "")
MOST_SYSTEMS = 5
ENDURING = frozenset({DutyState.OVERDUE, DutyState.LATE})
RULES = (
    Rules(),
    Rules(period_starts="07-01", return_within_days=0),
    Rules(disclose_within_days=90, existing_within_days=5, confirm_every_months=3),
)


@dataclass
class Town:
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

    def take(self, step: Step) -> None:
        for _day in range(step.days):
            self.close_day()
            self.today += timedelta(days=1)
        if step.deed == "wait":
            self.wait_past_a_due_day()
        before = self.look()
        getattr(self, f"do_{step.deed}", lambda *_given: None)(step, before)
        self.look()

    def wait_past_a_due_day(self) -> None:
        due = [d.due_on for d in self.duties() if d.state is DutyState.DUE]
        last = min(due, default=self.today)
        while self.today <= last and self.today < date(2040, 1, 1):
            self.close_day()
            self.today += timedelta(days=1)

    def close_day(self) -> None:
        if self.kind_today() in {StandingKind.IN_SCOPE, StandingKind.EXEMPT}:
            self.subject.add(period_of(self.today, self.rules))
        self.answers[self.today] = self.look()

    def look(self) -> tuple[Duty, ...]:
        found = self.duties()
        by_key = {duty.key: duty for duty in found}
        assert len(by_key) == len(found)
        for duty in found:
            self.check_state(duty)
        for key in self.overdue:
            assert key in by_key, f"{key} vanished"
            state = by_key[key].state
            is_exempt = state is DutyState.EXEMPT and key in {each.duty for each in self.stances}
            assert state in ENDURING or is_exempt, f"{key} was overdue and is {state}"
            self.counts[f"once overdue, then {state}"] += 1
        self.overdue |= {duty.key for duty in found if duty.state is DutyState.OVERDUE}
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

    def kind_today(self) -> StandingKind | None:
        """How the agency stands, entry by entry: the last that holds today."""
        kind = None
        for each in self.stances:
            begins = each.from_on if each.kind is StandingKind.IN_SCOPE else self.first(each)
            is_over = each.until_on is not None and each.until_on < self.today
            if not each.duty and begins <= self.today and not is_over:
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

    # What is done.

    def do_determine(self, step: Step, _seen: tuple[Duty, ...]) -> None:
        if len(self.systems) < MOST_SYSTEMS:
            number = len(self.systems) + 1
            said = (self.statement(step),)
            self.systems.append(
                SystemFacts(key=f"{number}", reference=f"AIR-{number}", statements=said)
            )

    def do_restate(self, step: Step, seen: tuple[Duty, ...]) -> None:
        self.change(step, seen, statements=[self.statement(step)])

    def do_deny(self, step: Step, seen: tuple[Duty, ...]) -> None:
        self.change(step, seen, statements=[replace(self.statement(step), must=False)])

    def do_publish(self, step: Step, seen: tuple[Duty, ...]) -> None:
        said = self.statement(step)
        review = self.today + timedelta(days=step.shift) if step.turn % 2 else None
        phase = "retired" if step.turn % 7 == 0 else said.phase
        version = Version(on=self.today, review_due=review, phase=phase)
        self.change(step, seen, statements=[replace(said, phase=phase)], versions=[version])

    def do_withdraw(self, step: Step, seen: tuple[Duty, ...]) -> None:
        """Withdraw what is public, preferably what was disclosed or confirmed too late."""
        public = [
            place
            for place, each in enumerate(self.systems)
            if each.versions and not each.versions[-1].is_withdrawal
        ]
        guilty = self.overdue | {each.key for each in seen if each.state is DutyState.OVERDUE}
        late = [place for place in public if f"system:{self.systems[place].key}" in guilty]
        places = late or public
        if places:
            place = places[step.turn % len(places)]
            self.counts[f"withdraw {'once overdue' if late else 'other'}"] += 1
            self.add_to(place, versions=[Version(on=self.today, is_withdrawal=True)])

    def do_exempt_agency(self, step: Step, _seen: tuple[Duty, ...]) -> None:
        until = self.today + timedelta(days=step.turn % 60) if step.turn % 5 else None
        self.note(StandingKind.EXEMPT, step, until_on=until)

    def do_leave(self, step: Step, _seen: tuple[Duty, ...]) -> None:
        self.note(StandingKind.LEFT, step)

    def do_come_back(self, step: Step, _seen: tuple[Duty, ...]) -> None:
        self.note(StandingKind.IN_SCOPE, step)

    def do_exempt_duty(self, step: Step, seen: tuple[Duty, ...]) -> None:
        if seen:
            duty = self.chosen(step, seen)
            self.counts[f"exempted one that was {duty.state}"] += 1
            self.note(StandingKind.EXEMPT, step, duty=duty.key)

    def do_nil(self, step: Step, seen: tuple[Duty, ...]) -> None:
        owed = [each.period for each in seen if each.kind is DutyKind.PERIOD]
        if owed:
            self.nils.append(
                NilReturn(period=owed[-1 - step.turn % min(2, len(owed))], on=self.today)
            )

    def do_withdraw_nil(self, step: Step, _seen: tuple[Duty, ...]) -> None:
        standing = [place for place, each in enumerate(self.nils) if each.withdrawn_on is None]
        if standing:
            place = standing[step.turn % len(standing)]
            self.nils[place] = replace(self.nils[place], withdrawn_on=self.today)
            self.counts["nil return withdrawn"] += 1

    def note(self, kind: StandingKind, step: Step, **more: Any) -> None:
        """Note something, also with a day that reaches far back: the rules must not let it."""
        from_on = self.today + timedelta(days=step.shift if step.turn % 4 == 0 else 0)
        stance = Stance(kind=kind, noted_on=self.today, from_on=from_on, **more)
        self.stances.append(stance)
        if self.overdue and not stance.duty:
            self.counts[f"{kind} while something is overdue"] += 1

    def statement(self, step: Step) -> Statement:
        since = (self.today + timedelta(days=step.shift)).isoformat()
        return Statement(
            on=self.today,
            must=True,
            tier=TIERS[step.turn % 4],
            phase=PHASES[step.turn % len(PHASES)],
            in_use_since=since[: (10, 10, 10, 7, 4, 0)[step.turn % 6]],
        )

    def change(self, step: Step, seen: tuple[Duty, ...], **added: list[Any]) -> None:
        """Add facts to a system, preferably one of which something is overdue."""
        if not self.systems:
            return
        overdue = {each.key for each in seen if each.state is DutyState.OVERDUE}
        overdue |= {each.reference for each in seen if each.state is DutyState.OVERDUE}
        wanted = [
            place
            for place, each in enumerate(self.systems)
            if overdue & {f"system:{each.key}", each.reference}
        ]
        places = wanted if wanted and step.turn % 3 else list(range(len(self.systems)))
        place = places[step.turn % len(places)]
        self.counts[f"{step.deed} {'overdue' if place in wanted else 'other'}"] += 1
        self.add_to(place, **added)

    def add_to(self, place: int, **added: list[Any]) -> None:
        before = self.systems[place]
        more = {name: (*getattr(before, name), *facts) for name, facts in added.items()}
        self.systems[place] = replace(before, **more)

    def chosen(self, step: Step, seen: tuple[Duty, ...]) -> Duty:
        overdue = [each for each in seen if each.state is DutyState.OVERDUE]
        among = overdue if overdue and step.turn % 4 else list(seen)
        return among[step.turn % len(among)]


def run(*, examples: int) -> Counter[str]:
    """Let agencies live and give how often each thing was met; fail where a rule is broken."""
    counts: Counter[str] = Counter()

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**64 - 1), st.sampled_from(RULES))
    def live(seed: int, rules: Rules) -> None:
        town = Town(rules=rules, counts=counts)
        town.stances.append(
            Stance(kind=StandingKind.IN_SCOPE, noted_on=START, from_on=START - timedelta(days=90))
        )
        for step in life(seed):
            town.take(step)
        town.close_day()
        town.check_the_past()

    live()
    return counts
