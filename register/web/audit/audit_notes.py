"""The auditors' own notes: read, written, put right, and taken along, by auditors alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from register import clock
from register.errors import Invalid
from register.services.audit import audit_notes
from register.services.audit.audit_notes import LONGEST, NO_RECORD, Note
from register.services.directory import directory
from register.standard.lifecycle import Role
from register.web.audit.audit_files import json_lines
from register.web.guard import actor, audience
from register.web.languages import gettext as _
from register.web.languages import say, text_view
from register.web.parameters import check_names, id_asked, values_asked
from register.web.secretariat.account_screens import agency_options, error_links
from register.web.showing.showing import erased_view

blueprint = Blueprint("audit_notes", __name__, url_prefix="/audit")
PAGE = 50
MOST_BESIDE = 100  # on the page of a record
Errors = Mapping[str, Sequence[str]]


@blueprint.get("/notes")
@audience(Role.AUDITOR)
def listed() -> str:
    """Every note, or those about a record or a public body, the newest first."""
    check_names({"reference", "agency", "before"})
    return _list_screen({})


@blueprint.post("/notes")
@audience(Role.AUDITOR)
def write() -> AnyResponse | tuple[str, int]:
    """Write a note about a record, a version of it, a public body, or the register."""
    try:
        note = audit_notes.write(
            actor(),
            request.form.get("text", ""),
            reference=_typed("reference").upper(),
            version=_version(),
            agency=_typed("agency"),
        )
    except Invalid as error:
        return _list_screen(error.errors), 422
    flash(_("The note is kept."), "success")
    return redirect(_place(note), 303)


@blueprint.get("/notes/<int:number>")
@audience(Role.AUDITOR)
def note(number: int) -> str:
    """One note, and the way to put it right."""
    check_names(set())
    return _note_screen(number, {})


@blueprint.post("/notes/<int:number>")
@audience(Role.AUDITOR)
def correct(number: int) -> AnyResponse | tuple[str, int]:
    """Put a note right by another one."""
    try:
        kept = audit_notes.correct(actor(), number, request.form.get("text", ""))
    except Invalid as error:
        return _note_screen(number, error.errors), 422
    flash(_("The note is kept. The one that it puts right stays beside it."), "success")
    return redirect(_place(kept), 303)


@blueprint.get("/notes.ndjson")
@audience(Role.AUDITOR)
def lines() -> Response:
    """Every note as JSON lines, in the order of writing; that they were taken is recorded."""
    check_names(set())
    return json_lines("notes", (each.to_json() for each in audit_notes.export_notes(actor())))


def note_views(notes: Iterable[Note]) -> list[dict[str, Any]]:
    """Give notes ready for ``macros/notes.html``."""
    names = {body.slug: body.names for body in directory.list_bodies()}
    return [
        {
            "id": each.id,
            "at": clock.stamp(each.at),
            "author": each.author,
            "text": each.text,
            "erased": erased_view(each.erased) if each.erased else None,
            "reference": each.reference,
            "version": each.version,
            "agency": text_view(names[each.agency]) if each.agency else None,
            "about_href": _place(each),
            "href": url_for("audit_notes.note", number=each.id),
            "corrects": _link(each.corrects),
            "corrected_by": _link(each.corrected_by),
        }
        for each in notes
    ]


def beside_record(reference: str, version: int, numbers: Sequence[int]) -> dict[str, Any]:
    """Give the notes about a record and a form to write another, for the page of the record."""
    notes = audit_notes.list_notes(actor(), MOST_BESIDE, reference=reference)
    return {
        "notes": note_views(notes),
        "notes_href": url_for("audit_notes.listed", reference=reference),
        "note_form": {
            **_form({}, reference=reference),
            "versions": [
                {"value": "", "label": _("The record as a whole"), "checked": True},
                *(
                    {"value": number, "label": _("Version %(number)s", number=number)}
                    for number in sorted(numbers, key=lambda each: (each != version, -each))
                ),
            ],
        },
    }


def _list_screen(errors: Errors) -> str:
    reference = request.args.get("reference", "").strip().upper()
    agency = request.args.get("agency", "")
    if agency:
        values_asked("agency", {body.slug for body in directory.list_bodies()})
    before = id_asked("before")
    notes = audit_notes.list_notes(
        actor(), PAGE, reference=reference, agency=agency, older_than=before
    )
    asked: dict[str, Any] = {"reference": reference or None, "agency": agency or None}
    is_full = len(notes) == PAGE
    return render_template(
        "audit/notes.html",
        notes=note_views(notes),
        asked={"reference": reference, "agency": agency},
        agencies=agency_options(agency),
        older_href=url_for(".listed", **asked, before=notes[-1].id) if is_full else None,
        form=_form(errors, reference=_typed("reference") or reference),
        errors=error_links(errors),
        file_href=url_for(".lines"),
    )


def _note_screen(number: int, errors: Errors) -> str:
    found = audit_notes.get_note(actor(), number)
    return render_template(
        "audit/note.html",
        note=note_views([found])[0],
        number=number,
        form=_form(errors, reference=""),
        errors=error_links(errors),
    )


def _form(errors: Errors, *, reference: str) -> dict[str, Any]:
    agency = _typed("agency") or request.args.get("agency", "")
    return {
        "text": request.form.get("text", ""),
        "reference": reference,
        "version": _typed("version"),
        "agencies": agency_options("" if reference else agency),
        "most": LONGEST,
        "errors": {name: [say(text) for text in texts] for name, texts in errors.items()},
    }


def _version() -> int | None:
    text = _typed("version")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 6:
        raise Invalid(NO_RECORD, {"reference": [NO_RECORD]})
    return int(text)


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()


def _place(about: Note) -> str:
    """Give the page on which a note stands: that of its record, or the list."""
    if about.reference:
        version = about.version
        return url_for(
            "audit_records.record", reference=about.reference, version=version, _anchor="notes"
        )
    return url_for("audit_notes.listed", agency=about.agency or None)


def _link(number: int | None) -> dict[str, Any] | None:
    if number is None:
        return None
    return {"number": number, "href": url_for("audit_notes.note", number=number)}
