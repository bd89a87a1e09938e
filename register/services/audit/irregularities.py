"""What an auditor should look at: records and bodies about which something is out of order.

Nothing is judged here a second time. Each kind asks whoever knows: the rules of the duties, the
withholdings, the ledger of determinations, the marks for quality, and the versions themselves.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from register import clock
from register.services.actor import Actor, check_role
from register.services.duties import obligations, overview
from register.services.duties.obligations import AgencyCoverage
from register.services.duties.overview import Trait
from register.services.filings import withholding
from register.standard import CURRENT
from register.standard.lifecycle import WAITING, Role
from register.standard.obligations import RUNNING, Duty, DutyState, Rules
from register.storage import briefs, disclosures, events, irregularities
from register.storage.irregularities import Place

YEAR = timedelta(days=365)
FEW_POINTS = 40  # of a hundred


class Kind(StrEnum):
    """The kinds, in the order in which they are shown."""

    OVERDUE = "overdue"
    NOT_STATED = "not_stated"
    NO_CITATION = "no_citation"
    PAST_REVIEW = "past_review"
    NO_REVIEW_DAY = "no_review_day"
    TIER_LOWERED = "tier_lowered"
    TIER_UNDETERMINED = "tier_undetermined"
    NOT_APPROVED = "not_approved"
    NEVER_AMENDED = "never_amended"
    FEW_POINTS = "few_points"
    NOBODY_DECIDES = "nobody_decides"
    NOBODY_FILES = "nobody_files"


@dataclass(frozen=True, kw_only=True)
class Found:
    """Something out of order, about an agency by its slug, and a record if there is one.

    ``fields`` are the questions that it is about; ``on`` is the day since or by which. The rest
    belongs to single kinds: the duty, the tiers, the points, the file of an import, the traits of
    a body, and whether a lower tier rests on the same words as the higher one.
    """

    agency: str
    reference: str = ""
    version: int | None = None
    fields: tuple[str, ...] = ()
    on: date | None = None
    duty: Duty | None = None
    tiers: tuple[str, str] | None = None
    points: int | None = None
    file: str = ""
    traits: frozenset[Trait] = field(default_factory=frozenset)
    is_repeated: bool = False


def list_found(by: Actor, kind: Kind, rules: Rules, agency: str = "") -> list[Found]:
    """Give all of one kind, of an agency or of all, by reference; duties by their days."""
    check_role(by, Role.AUDITOR)
    return list(_FINDERS[kind](_Scope(rules, agency)))


def count_found(by: Actor, rules: Rules, agency: str = "") -> dict[Kind, int]:
    """Tell how many there are of each kind. They are counted anew once anything was done."""
    check_role(by, Role.AUDITOR)
    return dict(_counted(_mark(), rules, agency))


def map_names(listed: Iterable[Found]) -> dict[str, dict[str, str]]:
    """Give the names of the published records among these, by reference and language."""
    return irregularities.map_names({each.reference for each in listed if each.reference})


@dataclass(frozen=True)
class _Scope:
    """What is looked through; what several kinds ask for is asked for once."""

    rules: Rules
    agency: str

    @cached_property
    def coverage(self) -> tuple[AgencyCoverage, ...]:
        """The bodies with their duties."""
        return obligations.coverage(self.rules, agency=self.agency or None).agencies

    @cached_property
    def withheld(self) -> list[withholding.Withholding]:
        """Every answer that is withheld."""
        return list(withholding.iterate_withheld(self.agency or None))


def _mark() -> Hashable:
    """Give what differs after every deed and on every day: nothing else changes what is found."""
    return events.find_mark(), clock.today()


@lru_cache(maxsize=32)
def _counted(_mark: Hashable, rules: Rules, agency: str) -> Mapping[Kind, int]:
    scope = _Scope(rules, agency)
    return {kind: sum(1 for _each in _FINDERS[kind](scope)) for kind in Kind}


def _overdue(scope: _Scope) -> Iterator[Found]:
    listed = (duty for each in scope.coverage for duty in each.duties)
    overdue = [duty for duty in listed if duty.state is DutyState.OVERDUE]
    for duty in sorted(overdue, key=lambda each: (_told_day(each) or date.max, each.key)):
        yield Found(agency=duty.agency, reference=duty.reference, on=_told_day(duty), duty=duty)


def _told_day(duty: Duty) -> date | None:
    """Give the day on which a duty was due, unless that gives away a day that is withheld."""
    return duty.due_on if duty.is_due_day_public else None


def _not_stated(scope: _Scope) -> Iterator[Found]:
    for place, names in irregularities.list_not_stated(scope.agency):
        yield _at(place, fields=tuple(names))


def _withheld(
    is_found: Callable[[withholding.Withholding], bool],
) -> Callable[[_Scope], Iterator[Found]]:
    def find(scope: _Scope) -> Iterator[Found]:
        for each in filter(is_found, scope.withheld):
            yield Found(
                agency=each.body.slug,
                reference=each.reference,
                version=each.version,
                fields=(each.field,),
                on=each.review_on,
            )

    return find


def _tier_lowered(scope: _Scope) -> Iterator[Found]:
    """Give the versions whose tier is lower than that before for no reason that is said anew."""
    tiers = [option.value for option in CURRENT.field("impact_tier").options]
    pairs = [(high, low) for at, high in enumerate(tiers) for low in tiers[at + 1 :]]
    for each in irregularities.list_tier_changes(pairs, scope.agency):
        is_repeated = each.reason == each.reason_before
        if is_repeated or not any(text.strip() for text in each.reason.values()):
            yield _at(
                each.place,
                fields=("impact_determination",),
                tiers=(each.tier_before, each.tier),
                is_repeated=is_repeated and bool(each.reason),
            )


def _tier_undetermined(scope: _Scope) -> Iterator[Found]:
    for place in irregularities.list_of_tier("undetermined", RUNNING, scope.agency):
        yield _at(place, fields=("impact_tier",))


def _not_approved(scope: _Scope) -> Iterator[Found]:
    for place, file in irregularities.list_unapproved(scope.agency):
        yield _at(place, file=file)


def _never_amended(scope: _Scope) -> Iterator[Found]:
    long_ago = clock.start_of(clock.today() - YEAR)
    for place in irregularities.list_never_amended(long_ago, scope.agency):
        yield _at(place)


def _few_points(scope: _Scope) -> Iterator[Found]:
    for place, points in irregularities.list_marked_below(FEW_POINTS, scope.agency):
        yield _at(place, points=points)


def _nobody_decides(scope: _Scope) -> Iterator[Found]:
    stuck = disclosures.list_undecidable()
    for brief in briefs.list_in_states(sorted(WAITING)):
        if brief.reference in stuck and scope.agency in {"", brief.body.slug}:
            since = brief.endorsed_at or brief.submitted_at or brief.saved_at
            yield Found(
                agency=brief.body.slug,
                reference=brief.reference,
                on=since.astimezone(UTC).date() if since else None,
            )


def _nobody_files(scope: _Scope) -> Iterator[Found]:
    for each in overview.list_unstaffed(scope.coverage):
        yield Found(agency=each.covered.body.slug, traits=each.traits)


def _at(place: Place, **more: Any) -> Found:
    on = place.at.astimezone(UTC).date()
    return Found(
        agency=place.agency, reference=place.reference, version=place.version, on=on, **more
    )


_FINDERS: Mapping[Kind, Callable[[_Scope], Iterator[Found]]] = {
    Kind.OVERDUE: _overdue,
    Kind.NOT_STATED: _not_stated,
    Kind.NO_CITATION: _withheld(lambda each: not each.citation.strip()),
    Kind.PAST_REVIEW: _withheld(lambda each: each.is_past),
    Kind.NO_REVIEW_DAY: _withheld(lambda each: each.review_on is None),
    Kind.TIER_LOWERED: _tier_lowered,
    Kind.TIER_UNDETERMINED: _tier_undetermined,
    Kind.NOT_APPROVED: _not_approved,
    Kind.NEVER_AMENDED: _never_amended,
    Kind.FEW_POINTS: _few_points,
    Kind.NOBODY_DECIDES: _nobody_decides,
    Kind.NOBODY_FILES: _nobody_files,
}
