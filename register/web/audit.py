"""The auditor's desk: the trail of what was done, and everything as data."""

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for

from register import clock
from register.services.exports import export_for_audit
from register.services.trail import list_trail
from register.standard.lifecycle import Role
from register.web import secretariat_screens
from register.web.guard import actor, audience
from register.web.languages import gettext as _
from register.web.wiring import settings

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
PAGE = 50


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
                "action": _action(event.action),
                "actor": event.actor,
                "reference": event.reference,
                "details": " · ".join(f"{k}: {v}" for k, v in event.details.items() if k != "raw"),
            }
            for event in trail
        ],
        older_href=older,
        desks=secretariat_screens.desks(actor()),
        export_href=url_for("audit.export"),
        public_export_href=url_for("api.export_ndjson"),
    )


@blueprint.get("/export.ndjson")
@audience(Role.AUDITOR)
def export() -> Response:
    """Everything, with what the public may not see."""
    lines = export_for_audit(actor(), settings().base_url)
    response = Response(stream_with_context(lines), content_type="application/x-ndjson")
    response.headers["Content-Disposition"] = "attachment; filename=register-audit.ndjson"
    return response


def _action(name: str) -> str:
    """Name an event in the reader's words; one without words keeps its own name."""
    return {
        "account_added": _("Account added"),
        "account_disabled": _("Account disabled"),
        "account_enabled": _("Account enabled again"),
        "agency_added": _("Public body added"),
        "agency_changed": _("Public body changed in the directory"),
        "agency_exempted": _("Public body exempted"),
        "agency_in_scope": _("Public body brought into scope"),
        "agency_left": _("Public body left"),
        "amended": _("Amended"),
        "amendment_started": _("New version begun"),
        "confirmation_made_amendment": _("Yearly confirmation made an ordinary new version"),
        "confirmation_started": _("Yearly confirmation begun"),
        "determined": _("Determined whether a system must be disclosed"),
        "draft_saved": _("Draft saved"),
        "draft_started": _("Filing begun"),
        "draft_uploaded": _("Draft written from a spreadsheet"),
        "duty_exempted": _("One duty exempted"),
        "duty_owed_again": _("One duty owed again"),
        "endorsed": _("Approved by the agency"),
        "everything_exported": _("Everything exported"),
        "import_started": _("Import begun"),
        "imported": _("Imported"),
        "invitation_taken_back": _("Invitation taken back"),
        "invited": _("Invited to an account"),
        "non_public_read": _("Record read with what is not public"),
        "password_set": _("Password chosen"),
        "published": _("Published"),
        "returned": _("Returned for changes"),
        "sample_loaded": _("Sample loaded"),
        "sections_confirmed": _("Sections confirmed"),
        "signed_in": _("Signed in"),
        "spreadsheet_taken_in": _("Spreadsheet taken in"),
        "submitted": _("Submitted"),
        "template_kept": _("Template kept"),
        "template_removed": _("Template removed"),
        "withdrawn": _("Withdrawn"),
    }.get(name, name)
