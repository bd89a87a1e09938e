"""Duties in a reader's words: of one public body, and of one record.

What is not public has no name here: the rules know a system by a number alone.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for

from register.services.directory import standings
from register.services.directory.standings import Entry
from register.services.duties import obligations
from register.services.duties.agenda import is_open
from register.standard.obligations import (
    EXEMPTION_GROUNDS,
    KIND_LABELS,
    STATE_LABELS,
    Duty,
    DutyKind,
    DutyState,
    Rules,
    StandingKind,
)
from register.storage import listing
from register.web.answering import presented
from register.web.languages import gettext as _
from register.web.languages import say, text_view
from register.web.paging import MOST_ROWS, page_of
from register.web.showing.showing import Record, date_view
from register.web.wiring import settings

TONES = {
    DutyState.DUE: "blue",
    DutyState.FILED: "green",
    DutyState.LATE: "yellow",
    DutyState.OVERDUE: "red",
    DutyState.NIL: "green",
    DutyState.EXEMPT: "grey",
}
FIRST = (DutyState.OVERDUE, DutyState.DUE, DutyState.LATE, DutyState.EXEMPT)
PAGE = "duties"
GROUND_LABELS = {option.value: option.label for option in EXEMPTION_GROUNDS}


def rules() -> Rules:
    """Give the rules by the numbers that are set."""
    return obligations.rules_of(settings())


def of_agency(slug: str) -> dict[str, Any]:
    """Give what a body has to file, the overdue first, and what was decided about it."""
    found = obligations.coverage(rules(), agency=slug).agencies[0]
    urgent = sorted(found.duties, key=_urgency)
    rows = page_of(urgent, MOST_ROWS, "public.agency", name=PAGE, place="duties-heading", slug=slug)
    named = dict.fromkeys(duty.reference for duty in rows.items if duty.reference)
    names = {
        each.reference: Record.of(presented(each)).name(each.reference)
        for each in listing.list_published(list(named))
    }
    by_key = {duty.key: duty for duty in found.duties}
    return {
        "standing": standing_tag(found.standing),
        "duties": [duty_view(duty, names) for duty in rows.items],
        "pagination": rows.links,
        "decisions": [
            decision_view(entry, by_key.get(entry.duty))
            for entry in standings.list_entries(slug)
            if is_told(entry)
        ],
    }


def of_record(reference: str) -> list[dict[str, Any]]:
    """Give what a reader of a record should know of its duties, in sentences."""
    listed = obligations.duties_of_record(rules(), reference)
    sentences = (_sentence(duty) for duty in listed if duty.reference == reference)
    return [sentence for sentence in sentences if sentence]


def duty_view(duty: Duty, names: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row of a table of duties; ``names`` are those of the records that are public."""
    return {
        "what": names.get(duty.reference) or what(duty),
        "href": record_href(duty),
        "kind": kind_label(duty),
        "state": {"label": say(STATE_LABELS[duty.state]), "tone": TONES[duty.state]},
        "due": date_view(duty.due_on.isoformat()) if duty.is_due_day_public else None,
        "settled": date_view(duty.settled_on.isoformat()) if duty.settled_on else None,
        "ground": ground_label(duty.ground),
    }


def denied_note() -> str:
    """Say to an agency what became of a duty that it denied too late."""
    return _(
        "By the latest check this need not be disclosed. But it was overdue by then, and only the"
        " secretariat can exempt what is overdue, with its reason: write to it."
    )


def kind_label(duty: Duty) -> str:
    """Say what has to be done."""
    return _("Disclosure after a withdrawal") if duty.is_again else say(KIND_LABELS[duty.kind])


def what(duty: Duty) -> str:
    """Say what a duty is about, as far as it is public."""
    if duty.kind is DutyKind.PERIOD:
        return _("Return for %(period)s", period=duty.period)
    return duty.reference or _("A system that is not disclosed yet")


def record_href(duty: Duty) -> str | None:
    """Give the address of the record that a duty is about, if it is public."""
    return url_for("public.disclosure", reference=duty.reference) if duty.reference else None


def is_told(entry: Entry) -> bool:
    """Tell whether an entry is a decision with a reason, and not how every body begins."""
    return entry.kind is not StandingKind.IN_SCOPE or bool(entry.decision.reason)


def decision_view(entry: Entry, duty: Duty | None) -> dict[str, Any]:
    """Give a decision about a body, or about the one duty that it names."""
    decision = entry.decision
    alone = what(duty) if duty else _("A single duty")
    return {
        "tag": standing_tag(entry.kind) or {"label": _again(entry), "tone": "green"},
        "duty": alone if entry.duty else None,
        "record_href": record_href(duty) if duty else None,
        "since": date_view(entry.from_on.isoformat()),
        "until": date_view(entry.until_on.isoformat()) if entry.until_on else None,
        "ground": ground_label(decision.ground),
        "citation": decision.citation,
        "reason": text_view(decision.reason),
    }


def _again(entry: Entry) -> str:
    return _("Owed again") if entry.duty else _("Under the duty again")


def standing_tag(standing: StandingKind | None) -> dict[str, str] | None:
    """Give a word for how a body stands, unless it is under the duty as any other."""
    tags = {
        StandingKind.EXEMPT: {"label": _("Exempt"), "tone": "grey"},
        StandingKind.LEFT: {"label": _("Has left"), "tone": "grey"},
        None: {"label": _("Not under the duty yet"), "tone": "grey"},
    }
    return tags.get(standing)


def ground_label(value: str) -> str:
    """Name a ground of exemption in the reader's words."""
    label = GROUND_LABELS.get(value)
    return say(label) if label else value


def _urgency(duty: Duty) -> tuple[int, int]:
    if duty.state in FIRST:
        return FIRST.index(duty.state), _told_day(duty).toordinal()
    return len(FIRST), -_told_day(duty).toordinal()


def _told_day(duty: Duty) -> date:
    """Give a day by which duties can be put in order without giving away one that is not public."""
    return duty.due_on if duty.is_due_day_public else date.max


def _sentence(duty: Duty) -> dict[str, Any] | None:
    due = date_view(duty.due_on.isoformat())["text"]
    if duty.kind is DutyKind.CONFIRMATION and duty.state is DutyState.OVERDUE:
        words = _("This record should have been confirmed by %(date)s.", date=due)
        return {"text": words, "is_overdue": True}
    if duty.kind is DutyKind.CONFIRMATION and is_open(duty):
        return {"text": _("This record is to be confirmed by %(date)s.", date=due)}
    if duty.is_again and duty.state is DutyState.OVERDUE:
        words = _(
            "This record was withdrawn while its system was in use. The system should have been"
            " disclosed again by %(date)s.",
            date=due,
        )
        return {"text": words, "is_overdue": True}
    if duty.is_again and is_open(duty):
        words = _(
            "This record was withdrawn while its system was in use. The system is to be disclosed"
            " again by %(date)s.",
            date=due,
        )
        return {"text": words}
    if duty.kind is DutyKind.SYSTEM and duty.state is DutyState.LATE and duty.settled_on:
        done = date_view(duty.settled_on.isoformat())["text"]
        words = _(
            "This system was disclosed late: on %(done)s; it was due by %(date)s.",
            done=done,
            date=due,
        )
        return {"text": words}
    return None
