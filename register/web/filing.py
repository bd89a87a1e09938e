"""The officer's desk: start, fill in, check, submit, amend."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from register import clock
from register.errors import Conflict, Invalid, NotAllowed, NotFound
from register.forms.fields import AnswersForm
from register.forms.sections import SectionForm
from register.schemas import find_errors
from register.services import directory, filing, publishing
from register.services.filing import Filing
from register.standard import CURRENT, get_standard
from register.standard.content import Content
from register.standard.field import Section
from register.standard.lifecycle import DraftState, Role
from register.web import filing_pages, filing_screens
from register.web.guard import actor, audience
from register.web.languages import gettext as _
from register.web.languages import say, text_view
from register.web.parameters import lock_version
from register.web.wiring import settings

blueprint = Blueprint("filing", __name__, url_prefix="/filing")
WRITERS = (Role.OFFICER, Role.APPROVER)
FIRST_QUESTIONS = ("record_kind", "name")
STEPS = {"up": -1, "down": 1, "remove": 0}


@blueprint.get("/")
@audience(*WRITERS)
def dashboard() -> str:
    """What the agency has filed and is filing, and what waits for a decision."""
    person = actor()
    filings = filing.list_filings(person)
    drafts = [each for each in filings if each.draft_state is not DraftState.NONE]
    others = [each for each in filings if each.draft_state is DraftState.NONE]
    return render_template(
        "filing/dashboard.html",
        agency=text_view(directory.get_body(str(person.agency)).names),
        waiting=[_row(each, "review.decide") for each in publishing.list_waiting(person)],
        drafts=[_row(each, "filing.tasks") for each in drafts],
        published=[_row(each, "filing.tasks") for each in others],
        is_approver=person.role is Role.APPROVER,
    )


@blueprint.get("/new")
@audience(*WRITERS)
def new() -> str:
    """Ask for the kind and the name of what is to be disclosed."""
    return filing_screens.new_screen(_first_form(None), {})


@blueprint.post("/new")
@audience(*WRITERS)
def start() -> Response | tuple[str, int]:
    """Begin a filing; whatever is said is kept, and the rest is asked section by section."""
    form = _first_form(request.form)
    found = find_errors(CURRENT, Content(answers=form.answers))
    errors = {p: t for p, t in found.items() if p.split(".")[0] in FIRST_QUESTIONS}
    if "name" not in form.answers or "record_kind" in errors:
        return filing_screens.new_screen(form, errors), 422
    person = actor()
    languages = [code for code in settings().languages if code in form.answers["name"]]
    begun = filing.start(
        person,
        str(person.agency),
        settings().reference_prefix,
        {**form.answers, "languages": languages},
    )
    return redirect(url_for("filing.tasks", reference=begun.reference), 303)


@blueprint.get("/<reference>")
@audience(*WRITERS)
def tasks(reference: str) -> str:
    """The sections of a filing, in any order."""
    found = filing.get_filing(actor(), reference)
    is_open = found.draft_state in {DraftState.DRAFT, DraftState.RETURNED}
    return render_template(
        "filing/tasks.html",
        filing=filing_pages.heading(found),
        tasks=filing_pages.task_list(found) if is_open else [],
        is_open=is_open,
        is_waiting=found.draft_state is DraftState.SUBMITTED,
        check_href=url_for("filing.check", reference=reference),
        amend_href=url_for("filing.amend", reference=reference),
        may_amend=found.draft_state is DraftState.NONE and found.version > 0,
    )


@blueprint.get("/<reference>/<section_name>")
@audience(*WRITERS)
def section(reference: str, section_name: str) -> str:
    """One section's questions."""
    found = filing.get_filing(actor(), reference)
    asked = _section_of(found, section_name)
    form = _form(found, asked, None)
    is_checking = "check" in request.args or section_name in found.complete
    errors = _errors(found, asked, found.content) if is_checking else {}
    return filing_screens.section_screen(found, form, errors, blank=request.args.get("add", ""))


@blueprint.post("/<reference>/<section_name>")
@audience(*WRITERS)
def save(reference: str, section_name: str) -> Response | tuple[str, int]:
    """Keep what was typed, then go where the button leads."""
    person = actor()
    found = filing.get_filing(person, reference)
    asked = _section_of(found, section_name)
    form = _form(found, asked, request.form)
    seen = lock_version()
    if seen == found.lock_version:
        # A page that is out of date may ask what no longer arises; its text is shown, not refused.
        form.check_names()
    written = _rearranged(form, form.read(person.email, clock.today()))
    is_complete = "complete" in request.form
    errors = _errors(found, asked, written) if is_complete else {}
    try:
        saved = filing.save_section(
            person,
            reference,
            asked,
            written,
            lock_version=seen,
            is_complete=is_complete and not errors,
        )
    except Conflict as error:
        conflict = filing_screens.Conflicting(say(error.args[0]), written)
        return filing_screens.section_screen(found, form, {}, conflict=conflict), 409
    if errors:
        return filing_screens.section_screen(saved, _form(saved, asked, None), errors), 422
    return redirect(_where_next(saved, asked), 303)


@blueprint.get("/<reference>/check")
@audience(*WRITERS)
def check(reference: str) -> str:
    """All the answers, before they are handed in."""
    return filing_screens.check_screen(filing.get_filing(actor(), reference), {})


@blueprint.post("/<reference>/check")
@audience(*WRITERS)
def submit(reference: str) -> Response | tuple[str, int]:
    """Hand the filing to the approver."""
    person, seen = actor(), lock_version()
    codes = settings().languages
    note = {code: request.form.get(f"change_note-{code}", "") for code in codes}
    try:
        filing.submit(person, reference, lock_version=seen, change_note=note)
    except Invalid as error:
        found = filing.get_filing(person, reference)
        return filing_screens.check_screen(found, error.errors, note=note), 422
    flash(_("The filing now waits for approval."), "success")
    return redirect(url_for("filing.tasks", reference=reference), 303)


@blueprint.post("/<reference>/amend")
@audience(*WRITERS)
def amend(reference: str) -> Response:
    """Begin the next version."""
    filing.amend(actor(), reference)
    return redirect(url_for("filing.tasks", reference=reference), 303)


def _section_of(found: Filing, name: str) -> Section:
    try:
        return get_standard(found.standard).section(name)
    except KeyError:
        raise NotFound(_("The standard has no such section.")) from None


def _form(found: Filing, asked: Section, typed: Any) -> SectionForm:
    if found.draft_state not in {DraftState.DRAFT, DraftState.RETURNED}:
        raise Conflict(_("This filing is not open for changes now."))
    if asked not in filing_pages.arising_sections(get_standard(found.standard), found.content):
        raise NotAllowed(_("This section does not arise for this kind of filing."))
    standard = get_standard(found.standard)
    return SectionForm(standard, asked, found.content, languages=settings().languages, typed=typed)


def _errors(found: Filing, asked: Section, written: Content) -> dict[str, Any]:
    """Judge the filing as it would be with what was written, and keep this section's errors."""
    standard = get_standard(found.standard)
    merged = filing.merged(found.content, written, asked)
    return filing_pages.section_errors(standard, asked, find_errors(standard, merged))


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


def _first_form(typed: Any) -> AnswersForm:
    questions = [CURRENT.field(name) for name in FIRST_QUESTIONS]
    return AnswersForm(questions, settings().languages, typed)


def _row(found: Filing, endpoint: str) -> dict[str, Any]:
    view = filing_pages.heading(found)
    return {**view, "href": url_for(endpoint, reference=found.reference)}
