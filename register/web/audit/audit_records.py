"""Every record for auditors, in all versions and with what is not public. Looks are recorded."""

from flask import Blueprint, Response, render_template, request

from register.errors import Invalid
from register.services.audit import audit_notes, audit_records, non_public
from register.services.audit.audit_records import Asked
from register.standard.lifecycle import Role
from register.web.answering import as_response
from register.web.audit import audit_record_screens as screens
from register.web.audit.audit_files import json_lines
from register.web.guard import actor, audience
from register.web.parameters import (
    WrongParameter,
    blaming_parameters,
    check_names,
    id_asked,
    values_asked,
)
from register.web.wiring import settings

blueprint = Blueprint("audit_records", __name__, url_prefix="/audit")
FILTERS = ("q", "agency", "versions")


@blueprint.get("/records")
@audience(Role.AUDITOR)
def listed() -> tuple[str, int]:
    """The records that have some words or are of some agency."""
    check_names({*FILTERS, "page"})
    try:
        return screens.list_screen(audit_records.find_records(actor(), _asked()), {}), 200
    except WrongParameter:
        raise
    except Invalid as error:
        return screens.list_screen([], error.errors), 400


@blueprint.get("/records.ndjson")
@audience(Role.AUDITOR)
def lines() -> Response:
    """The same records whole, in their current version or in all."""
    check_names(set(FILTERS))
    with blaming_parameters():
        found = audit_records.export_records(actor(), _asked(), settings().base_url)
    return json_lines("records", found)


@blueprint.get("/records/<reference>")
@audience(Role.AUDITOR)
def record(reference: str) -> str:
    """A published version with everything in it, and the way to the others."""
    check_names({"version"})
    shown = non_public.read_record(actor(), reference, id_asked("version"), settings().base_url)
    return render_template("audit/record.html", **screens.record_view(shown))


@blueprint.get("/records/<reference>.json")
@audience(Role.AUDITOR)
def record_json(reference: str) -> Response:
    """Every version with everything in it, the newest first."""
    check_names(set())
    items = non_public.read_versions(actor(), reference, base_url=settings().base_url)
    return as_response({"items": list(audit_notes.with_notes(items))})


@blueprint.get("/records/<reference>/compare")
@audience(Role.AUDITOR)
def compare(reference: str) -> str:
    """Two versions field by field with what is not public; unasked, the last two."""
    check_names({"from", "to"})
    later, earlier = id_asked("to"), id_asked("from")
    return screens.compare_screen(actor(), reference, earlier, later)


def _asked() -> Asked:
    return Asked(
        words=" ".join(request.args.get("q", "").split()),
        agency=request.args.get("agency", ""),
        is_every_version="all" in values_asked("versions", {"all"}),
    )
