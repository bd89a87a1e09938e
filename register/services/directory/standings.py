"""What the secretariat decides about who owes what: exemptions, coming into scope, leaving.

Each decision rests on a provision and gives the public its reason. None reaches back: what is
overdue stays overdue, unless that very duty is exempted.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from register import clock
from register.errors import FieldErrors, Invalid, NotAllowed
from register.services.actor import Actor
from register.services.directory.describing import EARLIEST
from register.services.duties import foresight
from register.services.duties.duty_facts import stance_of
from register.services.duties.obligations import list_duties
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.standard.obligations import EXEMPTION_GROUNDS, DutyState, Rules, StandingKind
from register.standard.obligations.scope import Scope
from register.storage import agencies, events, standings, transaction
from register.storage.models import Agency, Standing

LONGEST_CITATION = 300
LONGEST_REASON = 2000
GROUNDS = frozenset(option.value for option in EXEMPTION_GROUNDS)
WRONG = _("Some answers are missing or need to be corrected.")
FULFILLED = frozenset({DutyState.FILED, DutyState.NIL})


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Why something is decided: the provision, the reason by language, the ground to exempt."""

    citation: str
    reason: Mapping[str, str] = field(default_factory=dict)
    ground: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One decision about an agency, as anybody may read it. ``duty`` is the key of a single one."""

    kind: StandingKind
    from_on: date
    until_on: date | None
    duty: str
    decision: Decision
    at: datetime


def list_entries(slug: str) -> list[Entry]:
    """Give what was decided about an agency, in the order of deciding."""
    return [_entry(each) for each in standings.list_standings(agencies.get_agency(slug))]


def map_entries() -> dict[str, list[Entry]]:
    """Give what was decided about every agency, by slug, in the order of deciding."""
    found: dict[str, list[Entry]] = {}
    for each in standings.list_standings():
        found.setdefault(each.agency.slug, []).append(_entry(each))
    return found


def exempt_agency(
    by: Actor,
    slug: str,
    decision: Decision,
    *,
    from_on: date | None,
    until_on: date | None = None,
) -> None:
    """Exempt an agency from what falls due from a day on, perhaps until one.

    Raise :exc:`Invalid` by field.
    """
    with transaction():
        agency = _held(by, slug)
        errors = {**_errors_of(decision, needs_ground=True), **_errors_of_day(from_on)}
        if from_on and until_on and until_on < from_on:
            errors["until_on"] = [_("The last day cannot be before the first.")]
        elif from_on and "from_on" not in errors:
            errors |= _errors_if(agency, from_on, StandingKind.LEFT)
            if _stands_so(agency, from_on, until_on):
                errors["from_on"] = [_("The body is exempt for just these days already.")]
        exempt = Standing(kind=StandingKind.EXEMPT, from_on=from_on, until_on=until_on, duty="")
        _note(by, agency, exempt, decision, errors)


def exempt_duties(
    by: Actor, slug: str, decision: Decision, *, duties: Collection[str], rules: Rules
) -> None:
    """Exempt an agency from single duties, from today on, also where they are overdue or were late.

    Each is noted for itself, all of them or none. Raise :exc:`Invalid` by field.
    """
    with transaction():
        agency = _held(by, slug)
        states = {each.key: each.state for each in list_duties(rules, agency=slug)}
        errors = _errors_of(decision, needs_ground=True)
        errors |= _errors_of_duties(duties, lambda key: _why_not_exempt(states.get(key)))
        _note_each(by, agency, StandingKind.EXEMPT, duties, decision, errors)


def owe_duties_again(by: Actor, slug: str, decision: Decision, *, duties: Collection[str]) -> None:
    """Let single duties that were exempted be owed again, from today on.

    Each is noted for itself, all of them or none. Raise :exc:`Invalid` by field.
    """
    with transaction():
        agency = _held(by, slug)
        exempt = list_exempt_duties(slug)
        errors = _errors_of(decision)
        errors |= _errors_of_duties(
            duties, lambda key: "" if key in exempt else _("This duty is not exempt by itself.")
        )
        _note_each(by, agency, StandingKind.IN_SCOPE, duties, decision, errors)


def list_exempt_duties(slug: str) -> frozenset[str]:
    """Give the keys of the duties of an agency that are exempt by themselves today."""
    latest = {each.duty: each.kind for each in list_entries(slug) if each.duty}
    return frozenset(key for key, kind in latest.items() if kind is StandingKind.EXEMPT)


def bring_into_scope(
    by: Actor,
    slug: str,
    decision: Decision,
    *,
    from_on: date | None,
    rules: Rules,
    is_past_confirmed: bool = False,
) -> None:
    """Let an agency be in scope from a day on: at first, or again.

    A day in the past is only for an agency that was never exempt and never left, since for it an
    earlier day takes no duty away. Raise :exc:`Invalid` by field; by ``past_confirmed`` if it is
    only that the day makes duties overdue at once, and was not confirmed.
    """
    with transaction():
        agency = _held(by, slug)
        errors = {**_errors_of(decision), **_errors_of_day(from_on, may_be_past=_is_new(agency))}
        if from_on and "from_on" not in errors:
            errors |= _errors_if(agency, from_on, StandingKind.IN_SCOPE)
        if from_on and not errors and not is_past_confirmed:
            foresight.check_meant(foresight.overdue_of_known(rules, slug, from_on))
        in_scope = Standing(kind=StandingKind.IN_SCOPE, from_on=from_on, duty="")
        _note(by, agency, in_scope, decision, errors)


def note_left(by: Actor, slug: str, decision: Decision, *, from_on: date | None) -> None:
    """Note that from a day on an agency owes nothing new: it was dissolved, or is out of scope.

    Raise :exc:`Invalid` by field.
    """
    with transaction():
        agency = _held(by, slug)
        errors = {**_errors_of(decision), **_errors_of_day(from_on)}
        if from_on and "from_on" not in errors:
            errors |= _errors_if(agency, from_on, StandingKind.LEFT)
        left = Standing(kind=StandingKind.LEFT, from_on=from_on, duty="")
        _note(by, agency, left, decision, errors)


EVENTS = {
    StandingKind.EXEMPT: "agency_exempted",
    StandingKind.IN_SCOPE: "agency_in_scope",
    StandingKind.LEFT: "agency_left",
}
DUTY_EVENTS = {
    StandingKind.EXEMPT: "duty_exempted",
    StandingKind.IN_SCOPE: "duty_owed_again",
}
ALREADY = {
    StandingKind.IN_SCOPE: _("The agency is in scope on this day already."),
    StandingKind.LEFT: _("The agency has left by this day."),
}


def _entry(standing: Standing) -> Entry:
    return Entry(
        kind=StandingKind(standing.kind),
        from_on=standing.from_on,
        until_on=standing.until_on,
        duty=standing.duty,
        decision=Decision(
            citation=standing.citation, reason=standing.reason, ground=standing.ground
        ),
        at=standing.at,
    )


def _held(by: Actor, slug: str) -> Agency:
    """Give the agency, which nobody else changes meanwhile."""
    if by.role is not Role.SECRETARIAT:
        raise NotAllowed(_("Your role may not do this."))
    return agencies.hold_agency(slug)


def _note(  # noqa: PLR0917 - a standing is made of just these facts
    by: Actor, agency: Agency, standing: Standing, decision: Decision, errors: FieldErrors
) -> None:
    if errors:
        raise Invalid(WRONG, errors)
    standing.agency_id, standing.by_id = agency.id, by.account_id
    standing.ground = decision.ground if standing.kind == StandingKind.EXEMPT else ""
    standing.citation = decision.citation.strip()
    standing.reason = {lang: text.strip() for lang, text in _said(decision)}
    standings.add_standing(standing)
    details = {"agency": agency.slug, "from": standing.from_on.isoformat()}
    if standing.until_on:
        details["until"] = standing.until_on.isoformat()
    if standing.duty:
        details["duty"] = standing.duty
    names = DUTY_EVENTS if standing.duty else EVENTS
    events.add_event(names[StandingKind(standing.kind)], by=by.account_id, details=details)


def _note_each(  # noqa: PLR0917 - as above
    by: Actor,
    agency: Agency,
    kind: StandingKind,
    duties: Collection[str],
    decision: Decision,
    errors: FieldErrors,
) -> None:
    if errors:
        raise Invalid(WRONG, errors)
    for key in dict.fromkeys(duties):
        one = Standing(kind=kind, from_on=clock.today(), duty=key)
        _note(by, agency, one, decision, {})


def _said(decision: Decision) -> Iterator[tuple[str, str]]:
    return ((lang, text) for lang, text in decision.reason.items() if text.strip())


def _errors_of(decision: Decision, *, needs_ground: bool = False) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if needs_ground and decision.ground not in GROUNDS:
        errors["ground"] = [_("Choose one of the answers that are offered.")]
    if not decision.citation.strip():
        errors["citation"] = [_("Name the provision on which this rests.")]
    elif len(decision.citation.strip()) > LONGEST_CITATION:
        errors["citation"] = [_("Use at most 300 characters.")]
    said = dict(_said(decision))
    if not said:
        errors["reason"] = [_("Give the reason in at least one language; the public reads it.")]
    elif any(len(text.strip()) > LONGEST_REASON for text in said.values()):
        errors["reason"] = [_("Use at most 2000 characters.")]
    return errors


def _errors_of_duties(
    duties: Collection[str], why_not: Callable[[str], str]
) -> dict[str, list[str]]:
    if not duties:
        return {"duty": [_("Choose at least one duty.")]}
    reasons = dict.fromkeys(reason for key in duties if (reason := why_not(key)))
    return {"duty": list(reasons)} if reasons else {}


def _why_not_exempt(state: DutyState | None) -> str:
    if state is None:
        return _("This agency has no such duty.")
    if state in FULFILLED:
        return _("This duty was fulfilled in time. There is nothing to exempt.")
    return _("This duty is exempt already.") if state is DutyState.EXEMPT else ""


def _errors_of_day(day: date | None, *, may_be_past: bool = False) -> dict[str, list[str]]:
    if day is None or day < EARLIEST:
        return {"from_on": [_("Enter the date as year, month and day: 2026-11-23.")]}
    if day < clock.today() and not may_be_past:
        return {"from_on": [_("This cannot reach back: choose today or a later day.")]}
    return {}


def _errors_if(agency: Agency, day: date, kind: StandingKind) -> dict[str, list[str]]:
    """Blame the day if the agency stands like this on it, as far as is noted."""
    scope = Scope(stance_of(each) for each in standings.list_standings(agency))
    return {"from_on": [ALREADY[kind]]} if scope.on(day) is kind else {}


def _stands_so(agency: Agency, from_on: date, until_on: date | None) -> bool:
    """Tell whether the latest decision on the whole agency exempts it for just these days."""
    listed = [each for each in standings.list_standings(agency) if not each.duty]
    latest = (listed[-1].kind, listed[-1].from_on, listed[-1].until_on) if listed else None
    return latest == (StandingKind.EXEMPT, from_on, until_on)


def _is_new(agency: Agency) -> bool:
    listed = (each for each in standings.list_standings(agency) if not each.duty)
    return all(each.kind == StandingKind.IN_SCOPE for each in listed)
