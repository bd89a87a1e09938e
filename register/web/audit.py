"""The auditor's desk: the trail of what was done, and everything as data."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for

from register import clock
from register.services.exports import export_for_audit
from register.services.trail import list_trail
from register.standard.lifecycle import Role
from register.web import secretariat_screens
from register.web.guard import actor, audience
from register.web.trail_words import event_words
from register.web.wiring import settings

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
PAGE = 50
LONGEST_DETAIL = 300


@blueprint.get("/")
@audience(Role.AUDITOR)
def desk() -> str:
    """The latest events, and what can be downloaded."""
    before = request.args.get("before", "")
    trail = list_trail(
        PAGE, before=int(before) if before.isdecimal() and len(before) < 12 else None
    )
    older = url_for("audit.desk", before=trail[-1].id) if len(trail) == PAGE else None
    return render_template(
        "audit/desk.html",
        events=[
            {
                "at": clock.stamp(event.at),
                "action": event_words(event.action),
                "actor": event.actor,
                "reference": event.reference,
                "details": " · ".join(_told(event.details)),
            }
            for event in trail
        ],
        older_href=older,
        desks=secretariat_screens.desks(actor()),
        export_href=url_for("audit.export"),
        public_export_href=url_for("exports.ndjson"),
    )


@blueprint.get("/export.ndjson")
@audience(Role.AUDITOR)
def export() -> Response:
    """Everything, with what the public may not see."""
    lines = export_for_audit(actor(), settings().base_url)
    response = Response(stream_with_context(lines), content_type="application/x-ndjson")
    response.headers["Content-Disposition"] = "attachment; filename=register-audit.ndjson"
    return response


def _told(details: Mapping[str, Any]) -> Iterator[str]:
    """Spell what an event tells, in short; the export has all of it."""
    for name, value in details.items():
        if isinstance(value, Mapping) and value.keys() != {"old", "new"}:
            yield from _told(value) if name != "raw" else ()
        elif value not in (None, []):
            yield f"{name}: {_value(value)}"


def _value(told: Any) -> str:
    """Spell a value so that it turns nothing around it, and one that changed as it was and is."""
    if isinstance(told, Mapping):
        return f"{_value(told['old'])} → {_value(told['new'])}"
    text = str(told)
    short = text if len(text) <= LONGEST_DETAIL else f"{text[:LONGEST_DETAIL]}…"
    return f"\u2068{short}\u2069" if text else "–"
