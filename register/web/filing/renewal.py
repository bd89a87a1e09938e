"""The yearly confirmation: every section with its answers, and whether it is still correct."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from register.errors import Conflict, Invalid
from register.services.filings import filing, renewing
from register.services.filings.filing import RENEWAL, Filing
from register.standard.lifecycle import OPEN, Role
from register.web.filing import renewal_screens
from register.web.filing.renewal_screens import Said
from register.web.guard import actor, audience
from register.web.languages import gettext as _
from register.web.languages import say
from register.web.parameters import lock_version
from register.web.showing import filing_pages
from register.web.wiring import settings

blueprint = Blueprint("renewal", __name__, url_prefix="/filing")
WRITERS = (Role.OFFICER, Role.APPROVER)


@blueprint.get("/<reference>/renew")
@audience(*WRITERS)
def page(reference: str) -> str | Response:
    """What has to be confirmed; before that, what confirming means."""
    found = filing.get_filing(actor(), reference)
    if found.purpose == RENEWAL and found.draft_state in OPEN:
        return renewal_screens.confirm_screen(found)
    if renewal_screens.begin_href(found) is None:
        return redirect(url_for("filing.tasks", reference=reference), 303)
    return render_template(
        "renewal/begin.html",
        filing=filing_pages.heading(found),
        review_due=renewal_screens.review_due(found),
        months=settings().confirm_every_months,
    )


@blueprint.post("/<reference>/renew/begin")
@audience(*WRITERS)
def begin(reference: str) -> Response:
    """Begin the confirmation."""
    person, months = actor(), settings().confirm_every_months
    words = renewal_screens.words_of(filing.get_filing(person, reference))
    renewing.begin(person, reference, months=months, words=words)
    return redirect(url_for("renewal.page", reference=reference), 303)


@blueprint.post("/<reference>/renew")
@audience(*WRITERS)
def save(reference: str) -> Response | tuple[str, int]:
    """Keep what was said; then hand it in, if that was the button."""
    person, said = actor(), Said.read(request.form)
    try:
        saved = renewing.keep(
            person, reference, said.correct, lock_version=lock_version(), note=said.note
        )
    except Conflict as error:
        found = filing.get_filing(person, reference)
        if found.purpose != RENEWAL or found.draft_state not in OPEN:
            raise
        conflict = say(error.args[0])
        return renewal_screens.confirm_screen(found, said=said, conflict=conflict), 409
    if "submit" in request.form:
        return _hand_in(saved)
    flash(_("What you said is kept."), "success")
    return redirect(url_for("renewal.page", reference=reference), 303)


@blueprint.post("/<reference>/renew/amend")
@audience(*WRITERS)
def amend(reference: str) -> Response:
    """Go on as with any new version."""
    person, seen = actor(), lock_version()
    words = renewal_screens.words_of(filing.get_filing(person, reference))
    renewing.make_amendment(person, reference, lock_version=seen, words=words)
    flash(_("This is an ordinary new version now. What you wrote is kept."), "success")
    return redirect(url_for("filing.tasks", reference=reference), 303)


def _hand_in(saved: Filing) -> Response | tuple[str, int]:
    person, words = actor(), renewal_screens.words_of(saved)
    try:
        renewing.submit(person, saved.reference, lock_version=saved.lock_version, words=words)
    except Invalid as error:
        found = filing.get_filing(person, saved.reference)
        return renewal_screens.confirm_screen(found, errors=error.errors), 422
    flash(_("The confirmation now waits for approval."), "success")
    return redirect(url_for("filing.tasks", reference=saved.reference), 303)
