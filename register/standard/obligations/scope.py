"""How an agency stands on each day, as far as it had been noted by some day.

What is noted last counts, from its first day on. An exemption or a leaving takes effect at the
earliest on the day on which it is noted, so that neither reaches back to a duty that was overdue.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from register.standard.obligations.days import add_days
from register.standard.obligations.facts import Rules, Stance
from register.standard.obligations.words import StandingKind


class Scope:
    """The days on which an agency is in scope, exempt, or neither."""

    def __init__(self, stances: Iterable[Stance]) -> None:
        """Lay the entries about the whole agency over each other, the last noted on top."""
        self._entries = [(_first(stance), stance) for stance in stances if not stance.duty]
        turns = {first for first, _stance in self._entries}
        turns |= {
            add_days(stance.until_on, 1)
            for first, stance in self._entries
            if stance.until_on and stance.until_on >= first
        }
        self._turns = sorted(turns)
        self._stances = [self._covering(day) for day in self._turns]

    def on(self, day: date) -> StandingKind | None:
        """Tell how the agency stands on a day; ``None`` where nothing is noted for it."""
        stance = self._stance(day)
        return stance.kind if stance else None

    def ground_on(self, day: date) -> str:
        """Give the ground of the exemption on a day, where there is one."""
        stance = self._stance(day)
        return stance.ground if stance else ""

    def is_subject_within(self, first: date, last: date) -> bool:
        """Tell whether the agency is in scope or exempt on any day from ``first`` to ``last``."""
        days = [first, *(turn for turn in self._turns if first < turn <= last)]
        return any(self.on(day) in {StandingKind.IN_SCOPE, StandingKind.EXEMPT} for day in days)

    @property
    def first_day(self) -> date | None:
        """The first day for which anything is noted."""
        return self._turns[0] if self._turns else None

    def is_entry(self, day: date) -> bool:
        """Tell whether the agency comes into scope on this very day."""
        before = self.on(add_days(day, -1)) if day > date.min else None
        return self.on(day) is StandingKind.IN_SCOPE and before is not StandingKind.IN_SCOPE

    def entry_between(self, first: date, last: date) -> date | None:
        """Give the first day, from ``first`` to ``last``, on which the agency comes into scope."""
        turns = (turn for turn in self._turns if first <= turn <= last)
        return next((turn for turn in turns if self.is_entry(turn)), None)

    def owed_on(self, day: date, rules: Rules, today: date) -> date | None:
        """Give when that is due which would be due on ``day``, or ``None`` if it is not owed.

        What is not owed because the agency is exempt or gone by then is owed some time after it
        has come back. Until then, and while it is only exempt, the day stays as it is.
        """
        due = day
        while self.on(due) is not StandingKind.IN_SCOPE:
            entry = self.entry_between(due, today)
            if entry is None:
                return due if self.on(due) is StandingKind.EXEMPT else None
            due = add_days(entry, rules.existing_within_days)
        return due

    def _stance(self, day: date) -> Stance | None:
        place = bisect_right(self._turns, day)
        return self._stances[place - 1] if place else None

    def _covering(self, day: date) -> Stance | None:
        for first, stance in reversed(self._entries):
            if first <= day and (stance.until_on is None or day <= stance.until_on):
                return stance
        return None


def _first(stance: Stance) -> date:
    if stance.kind is StandingKind.IN_SCOPE:
        return stance.from_on
    return max(stance.from_on, stance.noted_on)
