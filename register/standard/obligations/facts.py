"""What the rules need to know, and what they answer, as plain facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from register.standard.obligations.words import DutyKind, DutyState, StandingKind


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The numbers, all configurable. ``period_starts`` is month and day, such as ``07-01``."""

    disclose_within_days: int = 30
    existing_within_days: int = 180
    confirm_every_months: int = 12
    period_starts: str = "01-01"
    return_within_days: int = 30


@dataclass(frozen=True, kw_only=True)
class Stance:
    """One entry about an agency: from a day on it is in scope, exempt (perhaps until one) or gone.

    Where ``duty`` names one duty's key, the entry is about that duty alone: it is exempt, or owed
    again. What is noted last counts, from the day of noting on.
    """

    kind: StandingKind
    noted_on: date
    from_on: date
    until_on: date | None = None
    duty: str = ""
    ground: str = ""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What was said of a system on a day: that it must be disclosed or need not, and why then.

    ``in_use_since`` is a year, a month or a day, as text; empty where it is not in use. Of a
    system that is still planned it may be the day on which it is to enter use. Where
    ``is_day_withheld`` the public may not know it, so nothing that it reads is reckoned with it.
    """

    on: date
    must: bool
    tier: str = ""
    phase: str = ""
    in_use_since: str = ""
    is_day_withheld: bool = False


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version made public on a day; ``review_due`` is by when it promises to be confirmed."""

    on: date
    is_withdrawal: bool = False
    review_due: date | None = None
    phase: str = ""


@dataclass(frozen=True, kw_only=True)
class NilReturn:
    """A declaration that nothing is in use, public from one day and perhaps withdrawn on another.

    Where ``period`` is empty it is about the period in which it was published.
    """

    period: str
    on: date
    withdrawn_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class SystemFacts:
    """One system of an agency, published or only determined. ``reference`` may be empty.

    Statements and versions come in the order in which they were made. ``begun_on`` is set where
    the first day of use was withheld from the beginning: on that day somebody began to disclose
    the system, and before it there was nothing that could be withheld.
    """

    key: str
    reference: str = ""
    statements: Sequence[Statement] = ()
    versions: Sequence[Version] = ()
    begun_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AgencyFacts:
    """All that the rules need to know of an agency. Stances come in the order of noting."""

    agency: str
    stances: Sequence[Stance]
    systems: Sequence[SystemFacts] = ()
    nil_returns: Sequence[NilReturn] = ()


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One duty as it stands on a day. ``reference`` is empty where nothing is public yet.

    ``ground`` is that of the exemption, where it is exempt. ``is_again``: the system was disclosed
    before, and its record withdrawn while it was in use.
    """

    key: str
    kind: DutyKind
    agency: str
    state: DutyState
    due_on: date
    settled_on: date | None = None
    reference: str = ""
    period: str = ""
    ground: str = ""
    is_again: bool = False

    @property
    def is_due_day_public(self) -> bool:
        """Whether the public is told ``due_on``: of a system only once it is disclosed.

        Until then its first day of use, to which everybody could reckon back, may be withheld yet.
        """
        return self.kind is not DutyKind.SYSTEM or bool(self.reference)
