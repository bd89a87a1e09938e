"""The second person's desk: look at what changed, publish, give back, withdraw."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from register.errors import Invalid
from register.services import publishing
from register.services.filing import Filing
from register.standard import get_standard
from register.standard.lifecycle import DraftState, Role, Status
from register.web import comparing, filing_pages
from register.web.guard import actor, audience
from register.web.languages import gettext as _
from register.web.languages import say, text_view
from register.web.parameters import lock_version
from register.web.wiring import settings

blueprint = Blueprint("review", __name__, url_prefix="/review")
DECIDERS = (Role.APPROVER, Role.SECRETARIAT)


@blueprint.get("/")
@audience(*DECIDERS)
def dashboard() -> str:
    """What waits for a decision, the longest waiting first."""
    return render_template(
        "review/dashboard.html",
        waiting=[
            {
                **filing_pages.heading(each),
                "href": url_for("review.decide", reference=each.reference),
            }
            for each in publishing.list_waiting(actor())
        ],
    )


@blueprint.get("/<reference>")
@audience(*DECIDERS)
def decide(reference: str) -> str:
    """The answers with what changed since the published version."""
    return _decision_page(publishing.get_for_decision(actor(), reference), {})


@blueprint.post("/<reference>/publish")
@audience(*DECIDERS)
def publish(reference: str) -> Response:
    """Make it public."""
    publishing.publish(actor(), reference, lock_version=lock_version())
    flash(_("The disclosure is public now."), "success")
    return redirect(url_for("public.disclosure", reference=reference), 303)


@blueprint.post("/<reference>/return")
@audience(*DECIDERS)
def give_back(reference: str) -> Response | tuple[str, int]:
    """Return it with a reason."""
    reason, lock = request.form.get("reason", ""), lock_version()
    try:
        publishing.give_back(actor(), reference, lock_version=lock, reason=reason)
    except Invalid as error:
        found = publishing.get_for_decision(actor(), reference)
        return _decision_page(found, error.errors), 422
    flash(_("The filing was returned to the officer with your reason."), "success")
    return redirect(url_for("review.dashboard"), 303)


@blueprint.get("/<reference>/withdraw")
@audience(*DECIDERS)
def withdrawal(reference: str) -> str:
    """Ask why a published disclosure is to be withdrawn."""
    return _withdrawal_page(publishing.get_for_decision(actor(), reference), {}, {})


@blueprint.post("/<reference>/withdraw")
@audience(*DECIDERS)
def withdraw(reference: str) -> Response | tuple[str, int]:
    """Withdraw it; its page stays and says why."""
    reason = {code: request.form.get(f"reason-{code}", "") for code in settings().languages}
    try:
        publishing.withdraw(actor(), reference, reason=reason)
    except Invalid as error:
        found = publishing.get_for_decision(actor(), reference)
        return _withdrawal_page(found, reason, error.errors), 422
    flash(_("The disclosure is withdrawn. Its page stays and gives the reason."), "success")
    return redirect(url_for("public.disclosure", reference=reference), 303)


def _decision_page(found: Filing, errors: dict[str, list[str]]) -> str:
    standard = get_standard(found.standard)
    texts = [say(text) for text in errors.get("reason", [])]
    changes = []
    if found.published is not None:
        changes = comparing.changes(standard, found.published, found.content, settings().languages)
    return render_template(
        "review/decide.html",
        filing=filing_pages.heading(found),
        change_note=text_view(found.change_note, found.content),
        changes=changes,
        is_amendment=found.version > 0,
        sections=[
            {
                "title": say(section.title),
                "rows": filing_pages.answer_rows(standard, section, found.content, {}),
            }
            for section in filing_pages.arising_sections(standard, found.content)
        ],
        is_waiting=found.draft_state is DraftState.SUBMITTED,
        has_touched=found.has_touched,
        lock_version=found.lock_version,
        reason=request.form.get("reason", ""),
        reason_errors=texts,
        errors=[{"text": text, "href": "#reason"} for text in texts],
        may_withdraw=found.status is Status.PUBLISHED and not found.has_touched,
    )


def _withdrawal_page(found: Filing, reason: dict[str, str], errors: dict[str, list[str]]) -> str:
    texts = [say(text) for text in errors.get("reason", [])]
    first = settings().languages[0]
    return render_template(
        "review/withdraw.html",
        filing=filing_pages.heading(found),
        reason=reason,
        reason_errors=texts,
        languages_asked=filing_pages.language_views(),
        errors=[{"text": text, "href": f"#reason-{first}"} for text in texts],
    )
