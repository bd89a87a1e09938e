"""The auditor's desk: the way to everything an auditor does, and everything as data."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, stream_with_context, url_for

from register.services.exports import export_for_audit
from register.services.trail import list_trail
from register.standard.lifecycle import Role
from register.web import secretariat_screens
from register.web.guard import actor, audience
from register.web.languages import gettext as _
from register.web.parameters import check_names
from register.web.trail_words import event_view
from register.web.wiring import settings

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
LATEST = 20  # events on the desk


@blueprint.get("/")
@audience(Role.AUDITOR)
def desk() -> str:
    """The latest events, and what can be downloaded."""
    check_names(set())
    return render_template(
        "audit/desk.html",
        events=[event_view(event) for event in list_trail(LATEST)],
        trail_href=url_for("audit_trail.page"),
        examined=list(_examined()),
        desks=secretariat_screens.desks(actor()),
        export_href=url_for("audit.export"),
        public_export_href=url_for("exports.ndjson"),
    )


def _examined() -> Iterator[dict[str, str]]:
    """Give what an auditor looks through, with what each is for."""
    exceptions = _("What is out of order by the rules of the register, and why")
    yield _row(_("Exceptions"), exceptions, "audit_exceptions.overview")
    records = _("Every record whole, in all its versions; every look is recorded")
    yield _row(_("All records"), records, "audit_records.listed")
    changes = _("What was added, amended and withdrawn between two days")
    yield _row(_("What changed in the register"), changes, "audit_changes.page")
    sample = _("Records that nobody chose, by a seed that was published before")
    yield _row(_("Random sample"), sample, "audit_sample.page")


def _row(text: str, hint: str, endpoint: str) -> dict[str, str]:
    return {"text": text, "hint": hint, "href": url_for(endpoint)}


@blueprint.get("/export.ndjson")
@audience(Role.AUDITOR)
def export() -> Response:
    """Everything, with what the public may not see."""
    lines = export_for_audit(actor(), settings().base_url)
    response = Response(stream_with_context(lines), content_type="application/x-ndjson")
    response.headers["Content-Disposition"] = "attachment; filename=register-audit.ndjson"
    return response
