"""Filing by spreadsheet: the template, the dry run, the marked file, and the drafts."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from register.errors import Invalid, Message
from register.exchange.sheet.sheet_template import template as template_workbook
from register.services.uploads import upload_undoing, uploading
from register.standard.lifecycle import Role
from register.standard.marking import _ as mark
from register.web.filing import upload_screens
from register.web.guard import actor, audience, takes_files
from register.web.languages import gettext as _
from register.web.languages import language, ngettext, say
from register.web.wiring import settings

blueprint = Blueprint("uploads", __name__, url_prefix="/filing/upload")
WRITERS = (Role.OFFICER, Role.APPROVER)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHOOSE = mark("Choose the file that you filled in.")
TOO_LARGE = mark("%(file)s is larger than %(most)s MB. Divide it into several files.")


@blueprint.get("")
@audience(*WRITERS)
def page() -> str:
    """Offer the template, and ask for the file that was filled in."""
    return upload_screens.upload_screen([], is_again="again" in request.args)


@blueprint.get("/template.xlsx")
@audience(*WRITERS)
def template() -> Response:
    """Give the empty workbook, in the language of the page or in another."""
    wanted = request.args.get("lang", language())
    code = wanted if wanted in settings().languages else language()
    book = template_workbook(upload_screens.words(), code)
    return _download(book, f"ai-register-template-{code}.xlsx")


@blueprint.post("")
@audience(*WRITERS)
@takes_files
def send() -> AnyResponse | tuple[str, int]:
    """Keep the file and look at it; nothing else happens yet."""
    try:
        name, data = _sent_file()
        token = uploading.check(actor(), name, data, upload_screens.words())
    except Invalid as error:
        return upload_screens.upload_screen([say(error.args[0])]), 422
    return redirect(url_for("uploads.report", token=token), 303)


@blueprint.get("/<token>")
@audience(*WRITERS)
def report(token: str) -> str:
    """Say what every row would do, or what was done."""
    found = uploading.report(actor(), token, upload_screens.words())
    name = "uploads/done.html" if found.applied_at else "uploads/report.html"
    return render_template(name, **upload_screens.report_view(found))


@blueprint.post("/<token>")
@audience(*WRITERS)
def take_in(token: str) -> AnyResponse:
    """Make the drafts."""
    words = upload_screens.words()
    done = uploading.take_in(actor(), token, words, settings().reference_prefix)
    if done.writes:
        flash(_("The drafts are made. Nothing is public yet."), "success")
    return redirect(url_for("uploads.report", token=token), 303)


@blueprint.get("/<token>/marked.xlsx")
@audience(*WRITERS)
def marked(token: str) -> Response:
    """Give the file back with what has to be mended marked in it."""
    book = uploading.marked(actor(), token, upload_screens.words(), language())
    return _download(book, "ai-register-marked.xlsx")


@blueprint.get("/<token>/discard")
@audience(*WRITERS)
def discard(token: str) -> str:
    """Ask whether the drafts of a file are really wanted no more, and say which ones can go."""
    return upload_screens.undo_screen(token, upload_undoing.look(actor(), token))


@blueprint.post("/<token>/discard")
@audience(*WRITERS)
def discard_drafts(token: str) -> AnyResponse:
    """Discard the drafts of a file that are as it left them."""
    number = upload_undoing.discard_all(actor(), token)
    flash(
        ngettext("%(num)s draft is discarded.", "%(num)s drafts are discarded.", number), "success"
    )
    return redirect(url_for("uploads.discard", token=token), 303)


def _sent_file() -> tuple[str, bytes]:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid(CHOOSE)
    name = sent.filename.replace("\\", "/").rpartition("/")[2]
    data = sent.read(settings().max_upload_bytes + 1)
    if len(data) > settings().max_upload_bytes:
        most = settings().max_upload_bytes // 1024 // 1024
        raise Invalid(Message(TOO_LARGE, file=name, most=most))
    return name, data


def _download(book: bytes, name: str) -> Response:
    response = Response(book, content_type=WORKBOOK)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
