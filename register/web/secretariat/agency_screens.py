"""One public body put together for the secretariat: duties, standing, filings, people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import render_template, request, url_for

from register.services.accounts import staff
from register.services.actor import Actor
from register.services.directory import standings
from register.services.directory.standings import Entry
from register.services.duties import agenda, obligations, oversight
from register.services.duties.obligations import AgencyCoverage
from register.services.duties.oversight import Position
from register.services.filings import determinations
from register.standard.bodies import APPROVALS, LEVELS
from register.standard.obligations import (
    KIND_LABELS,
    STATE_LABELS,
    Duty,
    DutyKind,
    DutyState,
    StandingKind,
)
from register.web.languages import gettext as _
from register.web.languages import say, text_view
from register.web.paging import MOST_ROWS, page_of
from register.web.secretariat import account_screens, body_forms, standing_forms
from register.web.secretariat.secretariat_screens import position_views
from register.web.showing.duties import TONES, ground_label, kind_label
from register.web.showing.showing import date_view
from register.web.wiring import settings

Errors = Mapping[str, Sequence[str]]
OPEN = (DutyState.OVERDUE, DutyState.DUE, DutyState.LATE)
COUNTED = (DutyState.OVERDUE, DutyState.DUE, DutyState.LATE, DutyState.EXEMPT)


def agency_screen(by: Actor, slug: str, errors: Errors) -> str:
    """Show one public body: its duties and standing, its filings, its people, and forms."""
    covered = obligations.coverage(obligations.rules_of(settings()), agency=slug).agencies[0]
    here = "secretariat.agency"
    filings = oversight.list_of_agency(by, slug)
    names = _names_of_duties(by, slug, filings)
    entries = standings.list_entries(slug)
    body = covered.body
    urgent, denied = sorted(covered.duties, key=_urgency), agenda.map_denied(covered.duties)
    duties = page_of(urgent, MOST_ROWS, here, name="duties", place="duties", slug=slug)
    filed = page_of(filings, MOST_ROWS, here, name="filings", place="filings", slug=slug)
    is_described = "level" in request.form
    described = body_forms.typed(slug) if is_described else body_forms.described(body)
    return render_template(
        "secretariat/agency.html",
        slug=slug,
        name=text_view(body.names),
        level=body_forms.label(LEVELS, body.level),
        approval=body_forms.label(APPROVALS, body.approval),
        standing=standing_view(covered, entries),
        duties=[{**_duty(duty, names), "is_denied": duty.key in denied} for duty in duties.items],
        duty_pages=duties.links,
        entries=[_entry(each, covered.duties, names) for each in reversed(entries)],
        deeds=standing_forms.form_views(errors, _offered(slug, covered.duties, names)),
        filings=position_views(filed.items),
        filing_pages=filed.links,
        people=[account_screens.person_view(each) for each in staff.list_people(by, slug)],
        invited=[account_screens.person_view(each) for each in staff.list_invited(by, slug)],
        invitation=account_screens.invitation_form(by, {}),
        form=body_forms.view(described, errors),
        is_described=is_described,
        here=url_for(here, slug=slug),
        errors=account_screens.error_links(errors),
    )


def standing_view(covered: AgencyCoverage, entries: Sequence[Entry]) -> dict[str, Any]:
    """Say how a body stands today, and since or until when."""
    kind = covered.standing
    if kind is None:
        return {"label": _("Not in scope yet"), "tone": "grey", "when": None}
    label, tone = _standing_words()[kind]
    last = next((e for e in reversed(entries) if e.kind is kind and not e.duty), None)
    if last is None:
        return {"label": label, "tone": tone, "when": None}
    day = last.until_on or last.from_on
    words = _("until %(day)s") if last.until_on else _("since %(day)s")
    return {"label": label, "tone": tone, "when": words % {"day": _day(day.isoformat())}}


def _standing_words() -> dict[StandingKind, tuple[str, str]]:
    return {
        StandingKind.IN_SCOPE: (_("In scope"), "green"),
        StandingKind.EXEMPT: (_("Exempt"), "grey"),
        StandingKind.LEFT: (_("Left"), "grey"),
    }


def _entry(
    entry: Entry, duties: Iterable[Duty], names: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    decision = entry.decision
    is_again = entry.duty and entry.kind is StandingKind.IN_SCOPE
    return {
        "at": date_view(entry.at.date().isoformat()),
        "label": _("Owed again") if is_again else _standing_words()[entry.kind][0],
        "duty": _about(entry.duty, duties, names) if entry.duty else None,
        "from_on": date_view(entry.from_on.isoformat()),
        "until_on": date_view(entry.until_on.isoformat()) if entry.until_on else None,
        "ground": ground_label(decision.ground) if decision.ground else None,
        "citation": decision.citation,
        "reason": text_view(decision.reason),
    }


def _duty(duty: Duty, names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    return {
        "kind": kind_label(duty),
        "name": text_view(names.get(duty.key) or names.get(duty.reference)),
        "period": duty.period,
        "reference": duty.reference,
        "state": {"label": say(STATE_LABELS[duty.state]), "tone": TONES[duty.state]},
        "due_on": date_view(duty.due_on.isoformat()),
        "settled_on": date_view(duty.settled_on.isoformat()) if duty.settled_on else None,
        "ground": ground_label(duty.ground) if duty.ground else None,
    }


def _about(
    key: str, duties: Iterable[Duty], names: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """Say what a decision on a single duty is about, also where that duty is gone since."""
    duty = next((each for each in duties if each.key == key), None)
    kind, about = key.split(":")[:2]
    named = names.get(f"{kind}:{about}") or names.get(about)
    is_number = kind == DutyKind.SYSTEM and about.isdecimal()
    return {
        "kind": kind_label(duty) if duty else say(KIND_LABELS[DutyKind(kind)]),
        "about": text_view(named) or (_("A system without a name") if is_number else about),
    }


def _offered(
    slug: str, duties: Iterable[Duty], names: Mapping[str, Mapping[str, str]]
) -> dict[str, standing_forms.Offered]:
    """Give the duties that can be exempted, and those that can be owed again."""
    exempt = standings.list_exempt_duties(slug)
    urgent = sorted(duties, key=_urgency)
    taken_back = [each for each in urgent if each.state is DutyState.EXEMPT and each.key in exempt]
    return {
        standing_forms.EXEMPT_DUTY: _by_kind([e for e in urgent if e.state in OPEN], names),
        standing_forms.AGAIN: _by_kind(taken_back, names),
    }


def _by_kind(
    duties: Iterable[Duty], names: Mapping[str, Mapping[str, str]]
) -> standing_forms.Offered:
    """Give key and words of duties, those of each kind together."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for duty in duties:
        view = _duty(duty, names)
        name = (view["name"] or {}).get("text") or duty.reference or duty.period
        words = (name, view["state"]["label"], view["due_on"]["text"])
        groups.setdefault(view["kind"], []).append((duty.key, " · ".join(filter(None, words))))
    return list(groups.items())


def _names_of_duties(
    by: Actor, slug: str, filings: Iterable[Position]
) -> dict[str, Mapping[str, str]]:
    """Give the names of systems, by the key of a duty and by reference."""
    names: dict[str, Mapping[str, str]] = {
        each.reference: each.name for each in filings if each.name
    }
    for entry in determinations.list_determinations(by, slug):
        if entry.name:
            names.setdefault(f"{DutyKind.SYSTEM}:{entry.matter}", {"en": entry.name})
    return names


def _urgency(duty: Duty) -> tuple[int, Any, str]:
    order = [*COUNTED, DutyState.FILED, DutyState.NIL]
    return order.index(duty.state), duty.due_on, duty.key


def _day(text: str) -> str:
    return str(date_view(text)["text"])
