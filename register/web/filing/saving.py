"""One section as it is sent: read, kept, and answered in the way that its sender asked for."""

from dataclasses import replace
from typing import Any

from flask import jsonify, redirect, request, url_for
from flask_babel import format_time
from werkzeug.wrappers import Response

from register import clock
from register.errors import Conflict, NotAllowed, NotFound
from register.forms.sections import SectionForm
from register.schemas import find_errors
from register.services.actor import Actor
from register.services.filings import filing
from register.services.filings.filing import Filing
from register.standard import get_standard
from register.standard.content import Content
from register.standard.field import Section
from register.standard.lifecycle import OPEN
from register.standard.marking import _
from register.web.filing import filing_screens
from register.web.languages import say
from register.web.parameters import lock_version
from register.web.showing import filing_pages, words
from register.web.wiring import settings

STEPS = {"up": -1, "down": 1, "remove": 0}
Answer = Response | tuple[str, int]


def section_of(found: Filing, name: str) -> Section:
    """Give the section of this name; raise :exc:`NotFound` if the standard has none."""
    try:
        return get_standard(found.standard).section(name)
    except KeyError:
        raise NotFound(_("The standard has no such section.")) from None


def form_of(found: Filing, asked: Section, typed: Any) -> SectionForm:
    """Give the form of a section; raise :exc:`Conflict` if the filing is not open for changes."""
    if found.draft_state not in OPEN:
        raise Conflict(_("This filing is not open for changes now."))
    if asked not in filing_pages.arising_sections(get_standard(found.standard), found.content):
        raise NotAllowed(_("This section does not arise for this kind of filing."))
    standard = get_standard(found.standard)
    return SectionForm(standard, asked, found.content, languages=settings().languages, typed=typed)


def errors_in(found: Filing, asked: Section, written: Content) -> dict[str, Any]:
    """Judge the filing as it would be with what was written, and keep this section's errors."""
    standard = get_standard(found.standard)
    merged = filing.merged(found.content, written, asked)
    errors = find_errors(standard, merged, filed_on=clock.today())
    return filing_pages.section_errors(standard, asked, errors)


def save(by: Actor, found: Filing, asked: Section) -> Answer:
    """Keep what was posted; give the page that the button leads to, or what is wrong."""
    form, written = _read(by, found, asked)
    is_complete = "complete" in request.form
    errors = errors_in(found, asked, written) if is_complete else {}
    try:
        saved = _keep(by, found, form, written, is_complete=is_complete and not errors)
    except Conflict as error:
        return _conflicting(by, found.reference, asked, say(error.args[0]))
    if "autosave" in request.form:
        return _as_data(saved, asked)
    if errors:
        return filing_screens.section_screen(saved, form_of(saved, asked, None), errors), 422
    return redirect(_where_next(saved, asked), 303)


def _read(by: Actor, found: Filing, asked: Section) -> tuple[SectionForm, Content]:
    form = form_of(found, asked, request.form)
    if lock_version() == found.lock_version:
        # A page that is out of date may ask what no longer arises; its text is shown, not refused.
        form.check_names()
    return form, _rearranged(form, form.read(by.email, clock.today()))


def _keep(
    by: Actor, found: Filing, form: SectionForm, written: Content, *, is_complete: bool
) -> Filing:
    """Keep a section. Where other sections changed meanwhile that is no conflict, if all arises."""
    has_all = not form.unasked()
    return filing.save_section(
        by,
        found.reference,
        form.section,
        written,
        lock_version=lock_version(),
        is_complete=is_complete,
        section_seen=request.form.get("section_seen", "") if has_all else "",
        is_autosave="autosave" in request.form,
    )


def _conflicting(by: Actor, reference: str, asked: Section, sentence: str) -> Answer:
    """Show what is stored now beside everything that was written, and let its author choose."""
    if "autosave" in request.form:
        answer = jsonify(detail=sentence)
        answer.status_code = 409
        return answer
    found = filing.get_filing(by, reference)
    form = form_of(found, asked, request.form)
    conflict = filing_screens.Conflicting(
        sentence, form.read(by.email, clock.today()), words.readable(form.unasked())
    )
    return filing_screens.section_screen(found, form, {}, conflict=conflict), 409


def _as_data(saved: Filing, asked: Section) -> Response:
    """Answer a page that saves by itself."""
    return jsonify(
        lock_version=saved.lock_version,
        section_seen=filing.fingerprint(saved.content, asked),
        saved=format_time(clock.now(), "short"),
    )


def _rearranged(form: SectionForm, written: Content) -> Content:
    for button, step in STEPS.items():
        if button in request.form:
            answers = form.answers_after(request.form[button], step)
            return replace(written, answers=answers)
    return written


def _where_next(saved: Filing, asked: Section) -> str:
    for button in ("add", *STEPS):
        if button in request.form:
            pressed = request.form[button]
            name = pressed if button == "add" else pressed.rpartition("-")[0]
            return url_for(
                "filing.section",
                reference=saved.reference,
                section_name=asked.name,
                add=name if button == "add" else None,
                _anchor=f"{name}-question",
            )
    return url_for("filing.tasks", reference=saved.reference)
