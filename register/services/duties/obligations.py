"""The duties of all agencies as they stand, or as they stood on an earlier day.

An earlier day's answer rests on what the register knew at the end of that day, in UTC, and on the
directory as it was then; nothing that was entered later changes it, with one exception: a first day
of use that is withheld now is withheld also from who asks about an earlier day. The numbers of the
rules are those of now.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from register.config import Settings
from register.services.duties.duty_facts import Known, list_known
from register.services.duties.lasting import Lasting
from register.services.past import AsOf, as_of_now
from register.standard.obligations import (
    Duty,
    DutyKind,
    DutyState,
    Rules,
    StandingKind,
    duties,
    standing_on,
)
from register.standard.publication import Body
from register.storage import agencies, disclosures, events


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many duties are in each state. Each is in exactly one."""

    due: int = 0
    filed: int = 0
    late: int = 0
    overdue: int = 0
    nil: int = 0
    exempt: int = 0

    @property
    def total(self) -> int:
        """All duties: what the others are a part of."""
        return self.due + self.filed + self.late + self.overdue + self.nil + self.exempt


@dataclass(frozen=True, kw_only=True)
class AgencyCoverage:
    """An agency, how it stands towards the duty on that day, and how its duties stand.

    ``standing`` is ``None`` where the agency is not in scope yet.
    """

    body: Body
    standing: StandingKind | None
    duties: tuple[Duty, ...]
    counts: Counts


@dataclass(frozen=True, kw_only=True)
class GroupCoverage:
    """The agencies of one level or one sector: how many they are, and how their duties stand."""

    name: str
    agencies: int
    counts: Counts


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Who had to disclose what by a day, and who did. No agency of the directory is left out."""

    as_of: AsOf
    agencies: tuple[AgencyCoverage, ...]
    levels: tuple[GroupCoverage, ...]
    sectors: tuple[GroupCoverage, ...]
    total: Counts


_of_all_now: Lasting[tuple[AgencyCoverage, ...]] = Lasting()


def rules_of(settings: Settings) -> Rules:
    """Give the rules by the numbers that are set."""
    return Rules(
        disclose_within_days=settings.disclose_within_days,
        existing_within_days=settings.existing_within_days,
        confirm_every_months=settings.confirm_every_months,
        period_starts=settings.period_starts,
        return_within_days=settings.return_within_days,
    )


def list_duties(
    rules: Rules,
    *,
    as_of: AsOf | None = None,
    agency: str | None = None,
    may_be_old: bool = False,
) -> list[Duty]:
    """Give every duty as it stands now or stood on a day, by agency; see :func:`coverage`."""
    listed = _list_covered(rules, as_of or as_of_now(), agency, may_be_old=may_be_old)
    return [duty for each in listed for duty in each.duties]


def duties_of_record(rules: Rules, reference: str) -> list[Duty]:
    """Give the duties that a disclosure is about; those of a filing that is not public yet too.

    Raise :exc:`NotFound` if there is no disclosure of this reference.
    """
    disclosure = disclosures.get_disclosure(reference)
    names = {f"{DutyKind.SYSTEM}:{disclosure.matter}", f"{DutyKind.PERIOD}:{disclosure.period}"}
    listed = list_duties(rules, agency=disclosure.agency.slug)
    return [duty for duty in listed if duty.reference == reference or duty.key in names]


def coverage(
    rules: Rules,
    *,
    as_of: AsOf | None = None,
    agency: str | None = None,
    levels: Collection[str] = (),
    sectors: Collection[str] = (),
    may_be_old: bool = False,
) -> Coverage:
    """Count the duties by agency, level and sector, by state.

    ``levels`` and ``sectors`` keep the agencies that stand in one of these, where any is named.
    Where it takes seconds to reckon what all agencies owe, ``may_be_old`` lets that of a moment
    ago do. Raise :exc:`NotFound` if there is no such agency.
    """
    asked = as_of or as_of_now()
    listed = tuple(
        each
        for each in _list_covered(rules, asked, agency, may_be_old=may_be_old)
        if (not levels or each.body.level in levels)
        and (not sectors or each.body.sector in sectors)
    )
    return Coverage(
        as_of=asked,
        agencies=listed,
        levels=_grouped(listed, lambda body: body.level),
        sectors=_grouped(listed, lambda body: body.sector),
        total=_sum(each.counts for each in listed),
    )


def count(listed: Iterable[Duty]) -> Counts:
    """Count duties by their states."""
    found = Counter(duty.state for duty in listed)
    return Counts(**{state.value: found[state] for state in DutyState})


def _sum(listed: Iterable[Counts]) -> Counts:
    found: Counter[str] = Counter()
    for each in listed:
        found.update(vars(each))
    return Counts(**found)


def _list_covered(
    rules: Rules, asked: AsOf, agency: str | None, *, may_be_old: bool
) -> Sequence[AgencyCoverage]:
    """Give every agency, or one; what all of them owe now is kept until something is done."""
    if agency is not None:
        agencies.get_agency(agency)
    mark = events.find_mark() if agency is None and asked.before is None else None
    if mark is None:
        return _reckoned(rules, asked, agency)
    key = (mark.database, rules, asked.day)
    return _of_all_now.get(
        key, mark, lambda: _reckoned(rules, as_of_now(), None), may_be_old=may_be_old
    )


def _reckoned(rules: Rules, asked: AsOf, agency: str | None) -> tuple[AgencyCoverage, ...]:
    return tuple(_covered(known, rules, asked.day) for known in list_known(asked, agency))


def _covered(known: Known, rules: Rules, day: date) -> AgencyCoverage:
    listed = tuple(duties(known.facts, rules, day))
    return AgencyCoverage(
        body=known.body,
        standing=standing_on(known.facts, day),
        duties=listed,
        counts=count(listed),
    )


def _grouped(
    listed: Iterable[AgencyCoverage], name_of: Callable[[Body], str]
) -> tuple[GroupCoverage, ...]:
    groups: dict[str, list[AgencyCoverage]] = {}
    for each in listed:
        groups.setdefault(name_of(each.body), []).append(each)
    return tuple(
        GroupCoverage(
            name=name,
            agencies=len(members),
            counts=_sum(member.counts for member in members),
        )
        for name, members in sorted(groups.items())
    )
