"""The public bodies at a glance, for the secretariat: who is behind, and who has nobody to file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register.errors import NotAllowed
from register.services.actor import Actor
from register.services.duties.obligations import AgencyCoverage, coverage
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.standard.obligations import DutyState, Rules, StandingKind
from register.storage import accounts

APPROVED_WITHIN = frozenset({"agency", "both"})  # Body.approval where an approver is needed


class Trait(StrEnum):
    """What a body may be looked for by."""

    OVERDUE = "overdue"
    EXEMPT = "exempt"
    LEFT = "left"
    NO_OFFICER = "no_officer"
    NO_APPROVER = "no_approver"


@dataclass(frozen=True, kw_only=True)
class Overview:
    """A body with its duties, and what is to be noticed about it.

    Nobody is missing in a body that has left and has nothing to do any more.
    """

    covered: AgencyCoverage
    traits: frozenset[Trait]


def list_overviews(by: Actor, rules: Rules) -> list[Overview]:
    """Give every body of the directory, the one with the most that is overdue first."""
    _check_secretariat(by)
    staffed = accounts.list_staffed()
    found = [
        Overview(covered=each, traits=frozenset(_traits(each, staffed)))
        for each in coverage(rules).agencies
    ]
    return sorted(found, key=_urgency)


def count_overdue(by: Actor, rules: Rules) -> int:
    """Tell how many bodies have something that is overdue."""
    _check_secretariat(by)
    return sum(each.counts.overdue > 0 for each in coverage(rules, may_be_old=True).agencies)


def list_unstaffed(listed: Iterable[AgencyCoverage]) -> list[Overview]:
    """Give those of these bodies in which somebody is missing who could file or approve."""
    staffed = accounts.list_staffed()
    found = (Overview(covered=each, traits=frozenset(_traits(each, staffed))) for each in listed)
    return [each for each in found if each.traits & {Trait.NO_OFFICER, Trait.NO_APPROVER}]


def _traits(covered: AgencyCoverage, staffed: frozenset[tuple[str, str]]) -> list[Trait]:
    body, counts = covered.body, covered.counts
    is_over = covered.standing is StandingKind.LEFT and not counts.overdue and not counts.due
    has_approver = (body.slug, Role.APPROVER) in staffed or body.approval not in APPROVED_WITHIN
    holding = {
        Trait.OVERDUE: counts.overdue > 0,
        Trait.EXEMPT: covered.standing is StandingKind.EXEMPT,
        Trait.LEFT: covered.standing is StandingKind.LEFT,
        Trait.NO_OFFICER: not is_over and (body.slug, Role.OFFICER) not in staffed,
        Trait.NO_APPROVER: not is_over and not has_approver,
    }
    return [trait for trait, holds in holding.items() if holds]


def _urgency(overview: Overview) -> tuple[int, date, str]:
    covered = overview.covered
    days = [each.due_on for each in covered.duties if each.state is DutyState.OVERDUE]
    return -len(days), min(days, default=date.max), covered.body.slug


def _check_secretariat(by: Actor) -> None:
    if by.role is not Role.SECRETARIAT:
        raise NotAllowed(_("Your role may not do this."))
