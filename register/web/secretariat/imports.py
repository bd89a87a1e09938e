"""The secretariat's import of other registers' inventories: look, try out, take in."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from register.errors import Invalid, Message
from register.services.imports import import_runs, import_steps
from register.services.imports.import_runs import RunState
from register.standard.lifecycle import Role
from register.standard.marking import _ as mark
from register.web.guard import actor, audience, takes_files
from register.web.languages import gettext as _
from register.web.secretariat import import_screens
from register.web.wiring import settings

blueprint = Blueprint("imports", __name__, url_prefix="/review/imports")
KEEPERS = (Role.SECRETARIAT, Role.ADMINISTRATOR)
REFRESH = "5"  # seconds until a page that shows work in progress looks again
UNCHOSEN = mark("Choose what is to become of the rows.")
CHOOSE = mark("Choose a file.")
EMPTY = mark("The file is empty.")
TOO_LARGE = mark("%(file)s is larger than %(most)s MB. Divide it into several files.")


@blueprint.get("")
@audience(*KEEPERS)
def listed() -> str:
    """The files that were brought, and a form for another one."""
    return import_screens.list_screen(actor(), {}, is_again="again" in request.args)


@blueprint.post("")
@audience(*KEEPERS)
@takes_files
def bring() -> AnyResponse | tuple[str, int]:
    """Keep a file and look at its first rows."""
    try:
        number = import_runs.bring(actor(), _sent())
    except Invalid as error:
        errors = error.errors or {"file": [error.args[0]]}
        return import_screens.list_screen(actor(), errors), 422
    return redirect(url_for("imports.run", number=number), 303)


@blueprint.get("/<int:number>")
@audience(*KEEPERS)
def run(number: int) -> Response:
    """One file: how it is read, how far it has come, what was found, or what was made."""
    found = import_runs.get_run(actor(), number)
    is_moving = found.state in {RunState.CHECKING, RunState.APPLYING}
    is_still = "still" in request.args
    response = Response(import_screens.run_screen(actor(), found, is_still=is_still))
    if is_moving and not is_still:
        response.headers["Refresh"] = REFRESH
    return response


@blueprint.get("/<int:number>/columns")
@audience(*KEEPERS)
def columns(number: int) -> str:
    """How the columns of a file are read."""
    return import_screens.columns_screen(actor(), import_runs.get_run(actor(), number))


@blueprint.get("/<int:number>/report.json")
@audience(*KEEPERS)
def report(number: int) -> Response:
    """The last report in full."""
    response = Response(import_runs.get_report(actor(), number), content_type="application/json")
    response.headers["Content-Disposition"] = f"attachment; filename=import-{number}.json"
    return response


@blueprint.post("/<int:number>/try")
@audience(*KEEPERS)
def try_out(number: int) -> AnyResponse | tuple[str, int]:
    """Have the dry run done."""
    wanted = request.form.get("as", "")
    if wanted not in {"drafts", "published"}:
        return _again(number, {"as": [UNCHOSEN]})
    import_steps.try_out(actor(), number, is_published=wanted == "published")
    return _back(number)


@blueprint.post("/<int:number>/apply")
@audience(*KEEPERS)
def apply(number: int) -> AnyResponse | tuple[str, int]:
    """Have the drafts made, or propose to publish the rows."""
    is_confirmed = request.form.get("complete") == "yes"
    if import_runs.get_summary(actor(), number).get("shrinkage") and not is_confirmed:
        return _again(number, {"complete": [import_steps.CONFIRM]})
    import_steps.go_ahead(actor(), number, accepts_smaller=is_confirmed)
    return _back(number)


@blueprint.post("/<int:number>/decide")
@audience(*KEEPERS)
def decide(number: int) -> AnyResponse:
    """Have the rows published as the second person, or do not."""
    is_approved = request.form.get("decision") == "publish"
    import_steps.decide(actor(), number, is_approved=is_approved)
    return _back(number)


@blueprint.post("/<int:number>/cancel")
@audience(*KEEPERS)
def cancel(number: int) -> AnyResponse:
    """Call it off."""
    import_steps.cancel(actor(), number)
    flash(_("The import is called off."), "success")
    return _back(number)


def _again(number: int, errors: dict[str, list[str]]) -> tuple[str, int]:
    found = import_runs.get_run(actor(), number)
    return import_screens.run_screen(actor(), found, errors), 422


def _back(number: int) -> AnyResponse:
    return redirect(url_for("imports.run", number=number), 303)


def _sent() -> import_runs.Sent:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid(CHOOSE)
    most = settings().max_upload_bytes
    data = sent.read(most + 1)
    if not data:
        raise Invalid(EMPTY)
    if len(data) > most:
        name = import_runs.tidy_name(sent.filename)
        raise Invalid(Message(TOO_LARGE, file=name, most=most // 1024 // 1024))
    return import_runs.Sent(
        file_name=sent.filename,
        data=data,
        format_name=request.form.get("format", ""),
        agency=request.form.get("agency") or None,
    )
