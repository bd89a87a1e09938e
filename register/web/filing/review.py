"""The second person's desk: look at what changed, publish, give back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from register.errors import Conflict, Invalid
from register.services.filings import publishing
from register.services.filings.filing import WITHDRAWAL
from register.standard.lifecycle import Action, Role
from register.web.filing.review_screens import Said, decision_page
from register.web.guard import actor, audience
from register.web.languages import gettext as _
from register.web.paging import MOST_ROWS, page_of
from register.web.parameters import lock_version
from register.web.secretariat import secretariat_screens
from register.web.showing import filing_pages

blueprint = Blueprint("review", __name__, url_prefix="/review")
DECIDERS = (Role.APPROVER, Role.SECRETARIAT)


@blueprint.get("/")
@audience(*DECIDERS)
def dashboard() -> str:
    """What waits for a decision, the longest waiting first."""
    if actor().role is Role.SECRETARIAT:
        return secretariat_screens.dashboard_screen(actor())
    found = page_of(publishing.list_waiting(actor()), MOST_ROWS, "review.dashboard")
    return render_template(
        "review/dashboard.html",
        waiting=[
            {
                **filing_pages.heading(each),
                "href": url_for("review.decide", reference=each.reference),
            }
            for each in found.items
        ],
        pagination=found.links,
    )


@blueprint.get("/<reference>")
@audience(*DECIDERS)
def decide(reference: str) -> str:
    """The answers with what changed since the published version."""
    return decision_page(actor(), publishing.get_for_decision(actor(), reference))


@blueprint.post("/<reference>/endorse")
@audience(*DECIDERS)
def endorse(reference: str) -> Response:
    """Approve it for the agency; the secretariat publishes it."""
    publishing.endorse(actor(), reference, lock_version=lock_version())
    flash(_("The filing is approved, and waits for the register's secretariat."), "success")
    return redirect(url_for("review.dashboard"), 303)


@blueprint.post("/<reference>/publish")
@audience(*DECIDERS)
def publish(reference: str) -> Response:
    """Make it public."""
    found = publishing.get_for_decision(actor(), reference)
    publishing.publish(actor(), reference, lock_version=lock_version())
    is_withdrawn = found.purpose == WITHDRAWAL
    words = _("The disclosure is withdrawn. Its page stays and gives the reason.")
    flash(words if is_withdrawn else _("The disclosure is public now."), "success")
    return redirect(url_for("public.disclosure", reference=reference), 303)


@blueprint.post("/<reference>/return")
@audience(*DECIDERS)
def give_back(reference: str) -> Response | tuple[str, int]:
    """Return it with a reason, with comments on single answers, or both."""
    said, lock = Said.read(request.form), lock_version()
    try:
        publishing.give_back(
            actor(), reference, lock_version=lock, reason=said.reason, comments=said.comments
        )
    except (Invalid, Conflict) as error:
        found = publishing.get_for_decision(actor(), reference)
        if Action.GIVE_BACK not in publishing.list_decisions(actor(), found):
            raise
        status = 409 if isinstance(error, Conflict) else 422
        return decision_page(actor(), found, said, error), status
    flash(_("The filing was returned to the officer."), "success")
    return redirect(url_for("review.dashboard"), 303)
