"""Nil returns: an agency declares for a period that it used no AI."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from register import clock
from register.errors import Invalid, Message, NotAllowed
from register.services.actor import Actor
from register.services.duties.obligations import list_duties
from register.services.filings import filing
from register.services.filings.filing_facts import Filing
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.standard.obligations import DutyState, Rules, StandingKind, days
from register.standard.obligations.days import periods_between
from register.standard.publication import Publication
from register.storage import agencies, disclosures, publications, standings, transaction
from register.storage.models import Agency

WRITERS = frozenset({Role.OFFICER, Role.APPROVER})
RECENT = 10
OPEN = frozenset({DutyState.DUE, DutyState.OVERDUE})


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period of an agency; ``systems`` is what it had in the register in it, by reference.

    ``nil_return`` is the reference of the nil return it has already, perhaps a draft, or empty.
    """

    name: str
    starts_on: date
    ends_on: date
    systems: tuple[Publication, ...]
    nil_return: str


def list_periods(by: Actor, rules: Rules) -> list[Period]:
    """Give the recent periods of the actor's agency, and all whose return is still to be made.

    They begin when the agency came in scope; this one comes first.
    """
    agency = agencies.get_agency(_own_agency(by))
    begun = disclosures.map_nil_returns(agency)
    every = list(periods_between(_in_scope_from(agency), clock.today(), rules))
    duties = list_duties(rules, agency=agency.slug)
    still = {duty.period for duty in duties if duty.state in OPEN}
    listed = [each for each in every[:-RECENT] if each.name in still] + every[-RECENT:]
    return [
        Period(
            name=each.name,
            starts_on=each.first,
            ends_on=each.last,
            systems=_systems(agency, each),
            nil_return=begun.get(each.name, ""),
        )
        for each in reversed(listed)
    ]


def declare(
    by: Actor,
    reference_prefix: str,
    rules: Rules,
    period: str,
    *,
    texts: Mapping[str, Mapping[str, str]],
    is_confirmed: bool = False,
) -> Filing:
    """Begin a nil return for a period, with its name and summary in ``texts``.

    Raise :exc:`Invalid` if the agency has none such or has one already, and unless it
    ``is_confirmed`` if the register holds systems of the agency in that period.
    """
    with transaction():
        # Of two who begin at once, one waits and then finds that it was begun.
        agencies.hold_agency(_own_agency(by))
        listed = {each.name: each for each in list_periods(by, rules)}
        chosen = _checked(listed.get(period), is_confirmed=is_confirmed)
        answers = {
            **texts,
            "record_kind": "nil_return",
            "languages": list(texts["name"]),
            "next_review_due": days.add_months(clock.today(), 12).isoformat(),
        }
        basis = filing.Basis(
            period=period,
            details={"period": period, "despite": [each.reference for each in chosen.systems]},
        )
        return filing.start(by, str(by.agency), reference_prefix, answers, basis=basis)


def _own_agency(by: Actor) -> str:
    if by.role not in WRITERS or by.agency is None:
        raise NotAllowed(_("You file for your own agency only."))
    return by.agency


def _checked(period: Period | None, *, is_confirmed: bool) -> Period:
    sentence = _("Some answers are missing or need to be corrected.")
    if period is None:
        raise Invalid(sentence, {"period": [_("Choose one of these periods.")]})
    if period.nil_return:
        begun = _("For this period there is a nil return already: %(reference)s.")
        raise Invalid(sentence, {"period": [Message(begun, reference=period.nil_return)]})
    if period.systems and not is_confirmed:
        sentences = [_("Confirm that none of these systems was used, or choose another period.")]
        raise Invalid(sentence, {"confirmed": sentences})
    return period


def _systems(agency: Agency, period: days.Period) -> tuple[Publication, ...]:
    start, end = _midnight(period.first), _midnight(days.add_days(period.last, 1))
    found = publications.list_public_between(agency.slug, start, end)
    return tuple(each for each in found if each.period is None)


def _in_scope_from(agency: Agency) -> date:
    entries = [
        each.from_on
        for each in standings.list_standings(agency)
        if each.kind == StandingKind.IN_SCOPE and not each.duty
    ]
    return min(entries, default=agency.created_at.date())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
