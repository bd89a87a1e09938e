"""The auditor's desk: the way to everything an auditor does, and everything as data."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template, stream_with_context, url_for

from register.services.audit import audit_notes
from register.services.audit.trail import list_trail
from register.services.exports.exports import export_for_audit
from register.standard.lifecycle import Role
from register.web.audit import audit_bundle
from register.web.audit.audit_exceptions import kinds_view
from register.web.audit.trail_words import event_view
from register.web.guard import actor, audience
from register.web.languages import gettext as _
from register.web.languages import ngettext
from register.web.parameters import check_names
from register.web.secretariat import secretariat_screens
from register.web.showing.showing import date_view
from register.web.wiring import settings

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
LATEST = 20  # events on the desk


@blueprint.get("/")
@audience(Role.AUDITOR)
def desk() -> str:
    """What needs looking at, the way to everything, and the latest events."""
    check_names(set())
    kinds = kinds_view()
    return render_template(
        "audit/desk.html",
        kinds=[kind for kind in kinds if kind["count"]],
        in_order=[kind["title"] for kind in kinds if not kind["count"]],
        examined=list(_examined()),
        desks=secretariat_screens.desks(actor()),
        events=[event_view(event) for event in list_trail(LATEST)],
        trail_href=url_for("audit_trail.page"),
        files=list(_files()),
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
    events = _("What was done, by whom and when; narrowed, and as a file")
    yield _row(_("Audit trail"), events, "audit_trail.page")
    count = audit_notes.count_notes(actor())
    notes = ngettext("%(num)s note, for auditors alone", "%(num)s notes, for auditors alone", count)
    yield _row(_("Notes of the auditors"), notes, "audit_notes.listed")


def _files() -> Iterator[dict[str, str]]:
    """Give what can be downloaded: JSON lines, and the bundle if one is kept."""
    everything = _(
        "Every disclosure in its current version with withheld answers, authors, approvers, source"
        " rows and the notes of auditors."
    )
    yield _row(_("Everything, with what is not public"), everything, "audit.export")
    versions = _("The same of every version that was ever public, the oldest first.")
    title = _("Everything in all versions, with what is not public")
    yield _row(title, versions, "audit_records.lines", versions="all")
    bundle = audit_bundle.find()
    if bundle is not None:
        signed = _(
            "The public log with every value and the notes of auditors, as of %(day)s, signed."
            " Whoever has it can check it without the register.",
            day=date_view(bundle.at.date().isoformat())["text"],
        )
        yield _row(_("Signed bundle for auditors"), signed, "audit_bundle.newest")
    events = _("Every event with all its details, the first one first.")
    yield _row(_("Audit trail"), events, "audit_trail.lines")
    notes = _("Every note in the order of writing.")
    yield _row(_("Notes of the auditors"), notes, "audit_notes.lines")
    public = _("Every disclosure in its current version, as anybody may download it.")
    yield _row(_("What the public sees"), public, "exports.ndjson")


def _row(text: str, hint: str, endpoint: str, **asked: Any) -> dict[str, str]:
    return {"text": text, "hint": hint, "href": url_for(endpoint, **asked)}


@blueprint.get("/export.ndjson")
@audience(Role.AUDITOR)
def export() -> Response:
    """Everything, with what the public may not see."""
    lines = export_for_audit(actor(), settings().base_url)
    response = Response(stream_with_context(lines), content_type="application/x-ndjson")
    response.headers["Content-Disposition"] = "attachment; filename=register-audit.ndjson"
    return response
