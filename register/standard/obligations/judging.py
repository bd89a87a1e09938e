"""In which state a duty is, given when it is due, when it was settled, and what exempts it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from register.standard.obligations.facts import AgencyFacts, Duty, Rules, Stance
from register.standard.obligations.scope import Scope
from register.standard.obligations.words import DutyKind, DutyState, StandingKind


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """When a duty is due; ``is_exempt`` where the agency is exempt by then, on a ``ground``."""

    due_on: date
    is_exempt: bool = False
    ground: str = ""

    def is_overdue(self, day: date) -> bool:
        """Tell whether the duty, still unsettled, is overdue on a day."""
        return not self.is_exempt and day > self.due_on


@dataclass(frozen=True)
class Case:
    """An agency on a day, with what had been noted of it by the end of that day."""

    facts: AgencyFacts
    rules: Rules
    today: date

    @cached_property
    def scope(self) -> Scope:
        """How the agency stands, as known today."""
        return self.scope_known(self.today)

    @cached_property
    def noting_days(self) -> tuple[date, ...]:
        """The days on which something was noted of the whole agency, in order."""
        return tuple(sorted({each.noted_on for each in self.facts.stances if not each.duty}))

    def scope_known(self, day: date) -> Scope:
        """Give how the agency stands, as known at the end of a day."""
        count = sum(noted <= day for noted in self.noting_days)
        if count not in self._scopes:
            noted = [each for each in self.facts.stances if each.noted_on <= day]
            self._scopes[count] = Scope(noted)
        return self._scopes[count]

    def owed(self, day: date, known_on: date, today: date) -> Reckoning | None:
        """Reckon what would be due on ``day``, by what was known on one day, seen on another."""
        scope = self.scope_known(known_on)
        due = scope.owed_on(day, self.rules, today)
        if due is None:
            return None
        if scope.on(due) is StandingKind.EXEMPT:
            return Reckoning(due_on=due, is_exempt=True, ground=scope.ground_on(due))
        return Reckoning(due_on=due)

    def duty(
        self,
        key: str,
        kind: DutyKind,
        reckoning: Reckoning,
        settled_on: date | None,
        **more: Any,
    ) -> Duty:
        """Give the duty in its state. What was settled in time is filed, whatever exempts it."""
        exemption = self._exemptions.get(key)
        state, ground = DutyState.DUE, ""
        if settled_on is not None and settled_on <= reckoning.due_on:
            state = DutyState.FILED
        elif reckoning.is_exempt:
            state, ground = DutyState.EXEMPT, reckoning.ground
        elif exemption is not None:
            state, ground = DutyState.EXEMPT, exemption.ground
        elif settled_on is not None:
            state = DutyState.LATE
        elif reckoning.is_overdue(self.today):
            state = DutyState.OVERDUE
        return Duty(
            key=key,
            kind=kind,
            agency=self.facts.agency,
            state=state,
            due_on=reckoning.due_on,
            settled_on=settled_on,
            ground=ground,
            **more,
        )

    def was_exempted(self, key: str, day: date) -> bool:
        """Tell whether by the end of a day a duty had ever been exempted by itself."""
        return any(
            each.duty == key and each.kind is StandingKind.EXEMPT and each.noted_on <= day
            for each in self.facts.stances
        )

    @cached_property
    def _exemptions(self) -> Mapping[str, Stance]:
        """The exemptions of single duties, by key, unless they were taken back since.

        What is noted counts from the day of noting.
        """
        noted = [each for each in self.facts.stances if each.noted_on <= self.today]
        latest = {each.duty: each for each in noted if each.duty}
        return {key: each for key, each in latest.items() if each.kind is StandingKind.EXEMPT}

    @cached_property
    def _scopes(self) -> dict[int, Scope]:
        return {}
