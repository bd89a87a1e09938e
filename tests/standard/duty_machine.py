"""An agency through years of deeds, fair and foul, checked at the end of every one of its days.

Deeds that would be rare by chance are steered towards the duties that are overdue, and the counts
show how often each was tried.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from register.standard.obligations import (
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
)
from tests.standard.duty_steps import Step, life
from tests.standard.duty_watch import START, Watch

PHASES = ("in_use", "in_use", "in_use", "pilot", "planned", "in_development", "suspended", "")
TIERS = ("high", "limited", "significant", "")
MOST_SYSTEMS = 5
RULES = (
    Rules(),
    Rules(period_starts="07-01", return_within_days=0),
    Rules(disclose_within_days=90, existing_within_days=5, confirm_every_months=3),
)


class Town(Watch):
    """What an agency does."""

    def take(self, step: Step) -> None:
        for _day in range(step.days):
            self.close_day()
            self.today += timedelta(days=1)
        if step.deed == "wait":
            self.wait_past_a_due_day()
        before = self.look()
        getattr(self, f"do_{step.deed}", lambda *_given: None)(step, before)
        self.look()

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

    def do_withhold(self, step: Step, _seen: tuple[Duty, ...]) -> None:
        """Begin a disclosure that withholds the first day of use, preferably of what is overdue.

        What was first said today nobody could see overdue at the end of a day.
        """
        open_ones = [
            place
            for place, each in enumerate(self.systems)
            if not each.versions and not each.begun_on and each.statements[0].on < self.today
        ]
        guilty = [p for p in open_ones if f"system:{self.systems[p].key}" in self.overdue]
        places = guilty or open_ones
        if places:
            place = places[step.turn % len(places)]
            self.counts[f"withhold {'overdue' if guilty else 'other'}"] += 1
            begun = replace(self.systems[place], begun_on=self.today)
            self.systems[place] = replace(
                begun, statements=tuple(replace(s, is_day_withheld=True) for s in begun.statements)
            )
            # What is withheld now is withheld from answers about earlier days, too.
            self.answers.clear()

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

    def do_owe_again(self, step: Step, _seen: tuple[Duty, ...]) -> None:
        """Take the exemption of a single duty back, preferably of one that was overdue."""
        latest = {each.duty: each.kind for each in self.stances if each.duty}
        exempt = [key for key, kind in latest.items() if kind is StandingKind.EXEMPT]
        keys = [key for key in exempt if key in self.overdue] or exempt
        if keys:
            key = keys[step.turn % len(keys)]
            self.counts[f"owed again {'once overdue' if key in self.overdue else 'other'}"] += 1
            self.note(StandingKind.IN_SCOPE, step, duty=key)

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
        if before.begun_on:
            said = added.get("statements", [])
            added["statements"] = [replace(each, is_day_withheld=True) for each in said]
        more = {name: (*getattr(before, name), *facts) for name, facts in added.items()}
        self.systems[place] = replace(before, **more)

    def chosen(self, step: Step, seen: tuple[Duty, ...]) -> Duty:
        overdue = [each for each in seen if each.state is DutyState.OVERDUE]
        if step.turn % 3 == 0:
            overdue = [e for e in overdue if e.kind is DutyKind.CONFIRMATION] or overdue
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
