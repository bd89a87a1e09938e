"""Proposing to withdraw what is public, with the reason that the public will read."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from register.errors import Invalid
from register.services.filings import withdrawing
from register.services.filings.filing import WITHDRAWAL, Filing
from register.standard.lifecycle import DraftState, Role
from register.web.guard import actor, audience
from register.web.languages import gettext as _
from register.web.languages import say
from register.web.parameters import lock_version
from register.web.showing import filing_pages
from register.web.templating import DESKS
from register.web.wiring import settings

blueprint = Blueprint("withdrawal", __name__)
PROPOSERS = (Role.OFFICER, Role.APPROVER, Role.SECRETARIAT)


@blueprint.get("/filing/<reference>/withdraw")
@audience(*PROPOSERS)
def page(reference: str) -> str:
    """Ask why a published disclosure is to be withdrawn."""
    found = withdrawing.get_withdrawable(actor(), reference)
    reason = found.change_note if found.purpose == WITHDRAWAL else {}
    return _page(found, reason, {})


@blueprint.post("/filing/<reference>/withdraw")
@audience(*PROPOSERS)
def propose(reference: str) -> Response | tuple[str, int]:
    """Let it wait for a second person."""
    reason = {code: request.form.get(f"reason-{code}", "") for code in settings().languages}
    try:
        withdrawing.propose(actor(), reference, reason=reason, lock_version=lock_version())
    except Invalid as error:
        found = withdrawing.get_withdrawable(actor(), reference)
        return _page(found, reason, error.errors), 422
    flash(_("The withdrawal now waits for a second person."), "success")
    return redirect(url_for(DESKS[actor().role]), 303)


def _page(found: Filing, reason: Mapping[str, str], errors: Mapping[str, Sequence[str]]) -> str:
    texts = [say(text) for text in errors.get("reason", [])]
    first = settings().languages[0]
    return render_template(
        "withdrawal/page.html",
        filing=filing_pages.heading(found),
        is_open=withdrawing.may_propose(actor(), found),
        return_reason=found.return_reason if found.purpose == WITHDRAWAL else "",
        back_href=url_for("filing.tasks", reference=found.reference)
        if actor().agency
        else url_for("review.decide", reference=found.reference),
        discard_href=url_for("filing.discard", reference=found.reference)
        if found.draft_state is DraftState.RETURNED and found.purpose == WITHDRAWAL
        else None,
        lock_version=found.lock_version,
        reason=reason,
        reason_errors=texts,
        languages_asked=filing_pages.language_views(),
        errors=[{"text": text, "href": f"#reason-{first}"} for text in texts],
    )
