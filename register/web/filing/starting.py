"""How a disclosure begins: whether it must be made, from what, or with nothing to report.

What a filing is to take over, a record or a template, is carried along in the address until it
begins.
"""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from register.errors import Conflict, Invalid, NotFound
from register.forms.fields import AnswersForm
from register.schemas import find_errors
from register.services.duties import nil_returns
from register.services.duties.obligations import rules_of
from register.services.filings import determinations, starting, templates
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.determination import DETERMINATION
from register.standard.lifecycle import Role
from register.web.filing import starting_screens
from register.web.guard import actor, audience
from register.web.languages import gettext as _
from register.web.languages import language
from register.web.wiring import settings

blueprint = Blueprint("starting", __name__, url_prefix="/filing")
WRITERS = (Role.OFFICER, Role.APPROVER)
CARRIED = ("copy", "template")
Answer = str | Response | tuple[str, int]


@blueprint.get("/must-disclose")
@audience(*WRITERS)
def check() -> str:
    """Four questions that decide whether a system must be disclosed."""
    follows = _number("follows")
    before = determinations.get_check(actor(), follows).answers if follows else {}
    form = AnswersForm(DETERMINATION.asked_fields, settings().languages, None, before)
    return starting_screens.check_screen(form, _source(), _carried(), {}, follows=follows)


@blueprint.post("/must-disclose")
@audience(*WRITERS)
def determine() -> Answer:
    """Decide, keep the decision, and say it."""
    form = AnswersForm(DETERMINATION.asked_fields, settings().languages, request.form)
    source, carried, follows = _source(), _carried(), _number("follows")
    try:
        entry = determinations.check(actor(), form.answers, follows=follows)
    except Invalid as error:
        found = error.errors
        page = starting_screens.check_screen(form, source, carried, found, follows=follows)
        return page, 422
    return redirect(url_for("starting.determination", number=entry.id, **carried), 303)


@blueprint.get("/determinations", endpoint="determinations")
@audience(*WRITERS)
def list_determinations() -> str:
    """What the agency determined, system by system."""
    return starting_screens.determinations_screen(determinations.list_checks(actor()))


@blueprint.get("/determinations/<int:number>")
@audience(*WRITERS)
def determination(number: int) -> str:
    """One check: whether the system must be disclosed, and why."""
    entry = determinations.get_check(actor(), number)
    return starting_screens.determination_screen(entry, _source(), _carried())


@blueprint.get("/new")
@audience(*WRITERS)
def new() -> str | Response:
    """Ask for the kind and the name of what is to be disclosed."""
    entry = _determined()
    if not isinstance(entry, determinations.Entry):
        return entry
    source = _source()
    kept = {"name": {language(): entry.name}, "record_kind": source.answers.get("record_kind")}
    form = starting_screens.first_form(None, kept)
    return starting_screens.new_screen(form, entry, source, carried=_carried(), errors={})


@blueprint.post("/new")
@audience(*WRITERS)
def begin() -> Answer:
    """Begin a filing; whatever is said is kept, and the rest is asked section by section."""
    entry = _determined()
    if not isinstance(entry, determinations.Entry):
        return entry
    form = starting_screens.first_form(request.form)
    errors = _first_errors(form)
    if errors:
        page = starting_screens.new_screen(
            form, entry, _source(), carried=_carried(), errors=errors
        )
        return page, 422
    languages = [code for code in settings().languages if code in form.answers["name"]]
    begun = starting.begin(
        actor(),
        settings().reference_prefix,
        {**form.answers, "languages": languages},
        check=entry.id,
        copy=request.values.get("copy", ""),
        template=_number("template"),
    )
    return redirect(url_for("filing.tasks", reference=begun.reference), 303)


@blueprint.get("/nil")
@audience(*WRITERS)
def nil() -> str:
    """Ask for which period there is nothing to report."""
    return starting_screens.nil_screen(nil_returns.list_periods(actor(), rules_of(settings())), {})


@blueprint.post("/nil")
@audience(*WRITERS)
def declare() -> Answer:
    """Begin a nil return, with its name and summary in every language of the register."""
    person, period = actor(), request.form.get("period", "")
    try:
        begun = nil_returns.declare(
            person,
            settings().reference_prefix,
            rules_of(settings()),
            period,
            texts=starting_screens.nil_texts(str(person.agency), period),
            is_confirmed="confirmed" in request.form,
        )
    except Invalid as error:
        periods = nil_returns.list_periods(person, rules_of(settings()))
        return starting_screens.nil_screen(periods, error.errors, period), 422
    return redirect(url_for("filing.tasks", reference=begun.reference), 303)


@blueprint.post("/copy")
@audience(*WRITERS)
def copy() -> Response:
    """Take a record as a starting point; first comes the question whether to disclose at all."""
    reference = request.form.get("reference", "")
    starting.read_source(actor(), reference or "-")
    return redirect(url_for("starting.check", copy=reference), 303)


@blueprint.get("/templates", endpoint="templates")
@audience(*WRITERS)
def list_templates() -> str:
    """The templates that the agency may begin from, and keeping one more."""
    return starting_screens.templates_screen(request.args.get("reference", ""), {})


@blueprint.post("/templates")
@audience(*WRITERS)
def keep_template() -> Answer:
    """Keep a filing as a template."""
    reference = request.form.get("reference", "")
    names = {code: request.form.get(f"names-{code}", "") for code in settings().languages}
    is_shared = request.form.get("is_shared") == "yes"
    try:
        templates.keep_template(actor(), reference, names, is_shared=is_shared)
    except Invalid as error:
        return starting_screens.templates_screen(reference, error.errors), 422
    flash(_("The template is kept."), "success")
    return redirect(url_for("starting.templates"), 303)


@blueprint.post("/templates/<int:number>/remove")
@audience(*WRITERS)
def remove_template(number: int) -> Response:
    """Take a template away."""
    templates.remove_template(actor(), number)
    flash(_("The template is removed. What was begun from it stays."), "success")
    return redirect(url_for("starting.templates"), 303)


def _number(name: str) -> int | None:
    """Read the number of a check or a template; what is no number is none that exists."""
    text = request.values.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotFound(_("There is no check of this number."))
    return int(text)


def _carried() -> dict[str, Any]:
    return {name: request.values[name] for name in CARRIED if request.values.get(name)}


def _source() -> Content:
    """Give what the filing is to take over; raise :exc:`NotFound` if it is nothing for us."""
    return starting.read_source(actor(), request.values.get("copy", ""), _number("template"))


def _determined() -> determinations.Entry | Response:
    """Give the check from which a filing may begin, or lead to where one is made."""
    try:
        entry = determinations.get_check(actor(), _number("check") or 0)
        if entry.reference:
            return redirect(url_for("filing.tasks", reference=entry.reference), 303)
        determinations.claim(actor(), entry.id)
    except (NotFound, Conflict):
        flash(_("First comes the question whether the system must be disclosed."), "notice")
        return redirect(url_for("starting.check", **_carried()), 303)
    return entry


def _first_errors(form: AnswersForm) -> dict[str, list[str]]:
    found = find_errors(CURRENT, Content(answers=form.answers))
    errors = {p: t for p, t in found.items() if p.split(".")[0] in starting_screens.FIRST_QUESTIONS}
    kinds = {option.value for option in starting_screens.KINDS}
    if "record_kind" not in errors and form.answers.get("record_kind") not in kinds:
        errors["record_kind"] = [_("Choose one of the answers that are offered.")]
    # A name in one language is enough to begin with.
    return errors if "name" not in form.answers or "record_kind" in errors else {}
