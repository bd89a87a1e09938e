"""The audit trail for auditors: narrowed by the address, a page at a time, or as a file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from register import clock
from register.errors import Invalid
from register.services.audit import trail
from register.services.audit.trail import Asked, Event
from register.services.exports.exports import as_json
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.web.audit.audit_files import csv_file, json_lines
from register.web.audit.trail_words import EVENTS, event_view, event_words
from register.web.guard import actor, audience
from register.web.languages import say
from register.web.parameters import (
    WrongParameter,
    blaming_parameters,
    check_names,
    days_asked,
    id_asked,
    no_such_value,
)
from register.web.secretariat.account_screens import agency_options, error_links

blueprint = Blueprint("audit_trail", __name__, url_prefix="/audit")
PAGE = 50
FILTERS = ("from", "to", "action", "actor", "agency", "reference")
HEAD = ("id", "at", "action", "event", "actor", "agency", "reference", "details")
Errors = Mapping[str, Sequence[str]]


@blueprint.get("/trail")
@audience(Role.AUDITOR)
def page() -> tuple[str, int]:
    """What was done, the latest first, as far as the address asks for it."""
    check_names({*FILTERS, "before"})
    before = id_asked("before")
    try:
        return _screen(trail.list_trail(PAGE, before, _asked()), before, {}), 200
    except WrongParameter:
        raise
    except Invalid as error:
        return _screen([], before, error.errors), 400


@blueprint.get("/trail.csv")
@audience(Role.AUDITOR)
def table() -> Response:
    """The same as a table, from the first event to the last; that it was taken is recorded."""
    return csv_file("trail", HEAD, map(_row, _exported()))


@blueprint.get("/trail.ndjson")
@audience(Role.AUDITOR)
def lines() -> Response:
    """The same as JSON lines."""
    return json_lines("trail", map(_data, _exported()))


def _exported() -> Iterator[Event]:
    check_names(set(FILTERS))
    with blaming_parameters():
        return trail.export_trail(actor(), _asked())


def _asked() -> Asked:
    """Read what the address asks for; raise :exc:`Invalid` by parameter."""
    action = request.args.get("action", "")
    if action and action not in EVENTS:
        raise no_such_value("action")
    first, last = days_asked("from", "to")
    return Asked(
        first=first,
        last=last,
        action=action,
        actor=request.args.get("actor", "").strip(),
        agency=request.args.get("agency", ""),
        reference=request.args.get("reference", "").strip().upper(),
    )


def _screen(events: Sequence[Event], before: int | None, errors: Errors) -> str:
    asked: dict[str, Any] = {name: request.args.get(name) or None for name in FILTERS}
    is_full = len(events) == PAGE
    return render_template(
        "audit/trail.html",
        events=[event_view(each) for each in events],
        older_href=url_for(".page", **asked, before=events[-1].id) if is_full else None,
        newest_href=url_for(".page", **asked) if before is not None else None,
        asked={name: value or "" for name, value in asked.items()},
        today=clock.today().isoformat(),
        system=trail.SYSTEM,
        actions=_actions(asked["action"]),
        agencies=agency_options(asked["agency"] or ""),
        is_narrowed=any(asked.values()),
        errors=error_links(errors),
        field_errors={name: [say(text) for text in texts] for name, texts in errors.items()},
        formats=[
            {"label": "CSV", "href": url_for(".table", **asked), "type": "text/csv"},
            {
                "label": "NDJSON",
                "href": url_for(".lines", **asked),
                "type": "application/x-ndjson",
            },
        ],
    )


def _actions(chosen: str | None) -> list[dict[str, Any]]:
    named = sorted((event_words(name), name) for name in EVENTS)
    return [
        {"value": name, "label": words, "checked": name == chosen}
        for words, name in [(say(_("All")), ""), *named]
    ]


def _row(event: Event) -> Sequence[str | int | None]:
    return (
        event.id,
        clock.stamp(event.at),
        event.action,
        event_words(event.action),
        event.actor or trail.SYSTEM,
        event.agency,
        event.reference,
        as_json(event.details),
    )


def _data(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": clock.stamp(event.at),
        "action": event.action,
        "actor": event.actor or trail.SYSTEM,
        "agency": event.agency,
        "reference": event.reference,
        "details": event.details,
    }
