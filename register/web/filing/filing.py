"""The officer's desk: start, fill in, check, submit, amend."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from register.errors import Invalid
from register.services.directory import directory
from register.services.filings import deciders, discarding, filing, publishing, withdrawing
from register.services.filings.filing import RENEWAL, WITHDRAWAL, Filing
from register.standard.lifecycle import OPEN, DraftState, Role
from register.web.filing import filing_screens, renewal_screens, saving
from register.web.filing.agenda import agenda_view, desk_links
from register.web.guard import actor, audience
from register.web.languages import gettext as _
from register.web.languages import text_view
from register.web.paging import MOST_ROWS, page_of
from register.web.parameters import lock_version
from register.web.showing import filing_pages, marks
from register.web.wiring import settings

blueprint = Blueprint("filing", __name__, url_prefix="/filing")
WRITERS = (Role.OFFICER, Role.APPROVER)
WRITTEN_ELSEWHERE = {RENEWAL: "renewal.page", WITHDRAWAL: "withdrawal.page"}


@blueprint.get("/")
@audience(*WRITERS)
def dashboard() -> str:
    """What the agency has filed and is filing, and what waits for a decision."""
    person = actor()
    filings = filing.list_filings(person)
    resting = {DraftState.NONE, DraftState.DISCARDED, DraftState.RETURNED}
    returned = [each for each in filings if each.draft_state is DraftState.RETURNED]
    drafts = [each for each in filings if each.draft_state not in resting]
    others = [each for each in filings if each.draft_state is DraftState.NONE]
    discarded = [each for each in filings if each.draft_state is DraftState.DISCARDED]
    return render_template(
        "filing/dashboard.html",
        agency=text_view(directory.get_body(str(person.agency)).names),
        waiting=_part(publishing.list_waiting(person), "waiting", "review.decide"),
        returned=_part(returned, "returned"),
        drafts=_part(drafts, "drafts"),
        published=_part(others, "published"),
        discarded=_part(discarded, "discarded"),
        is_approver=person.role is Role.APPROVER,
        agenda=agenda_view(person),
        links=desk_links(),
    )


@blueprint.get("/<reference>")
@audience(*WRITERS)
def tasks(reference: str) -> str | Response:
    """The sections of a filing, in any order."""
    found = filing.get_filing(actor(), reference)
    is_open = found.draft_state in OPEN
    if place := _written_elsewhere(found):
        return redirect(place, 303)
    waiting = filing_pages.waiting_words(found)
    return render_template(
        "filing/tasks.html",
        filing=filing_pages.heading(found),
        tasks=_tasks(found) if is_open else [],
        is_open=is_open,
        waiting=waiting,
        stuck=filing_pages.nobody_words() if waiting and deciders.is_stuck(reference) else "",
        comments=filing_pages.count_comments(found),
        similar=marks.similar_views(actor(), found) if is_open else [],
        check_href=url_for("filing.check", reference=reference),
        take_back_href=url_for("filing.take_back", reference=reference) if waiting else None,
        withdraw_href=url_for("withdrawal.page", reference=reference)
        if withdrawing.may_propose(actor(), found)
        else None,
        lock_version=found.lock_version,
        discard_href=url_for("filing.discard", reference=reference) if is_open else None,
        resume_href=url_for("filing.resume", reference=reference)
        if found.draft_state is DraftState.DISCARDED
        else None,
        amend_href=url_for("filing.amend", reference=reference),
        may_amend=found.draft_state is DraftState.NONE and found.version > 0,
        renew_href=renewal_screens.begin_href(found),
    )


@blueprint.get("/<reference>/<section_name>")
@audience(*WRITERS)
def section(reference: str, section_name: str) -> str:
    """One section's questions."""
    found = filing.get_filing(actor(), reference)
    asked = saving.section_of(found, section_name)
    form = saving.form_of(found, asked, None)
    is_checking = "check" in request.args or section_name in found.complete
    errors = saving.errors_in(found, asked, found.content) if is_checking else {}
    return filing_screens.section_screen(found, form, errors, blank=request.args.get("add", ""))


@blueprint.post("/<reference>/<section_name>")
@audience(*WRITERS)
def save(reference: str, section_name: str) -> Response | tuple[str, int]:
    """Keep what was typed, then go where the button leads."""
    found = filing.get_filing(actor(), reference)
    return saving.save(actor(), found, saving.section_of(found, section_name))


@blueprint.get("/<reference>/check")
@audience(*WRITERS)
def check(reference: str) -> str | Response:
    """All the answers, before they are handed in."""
    found = filing.get_filing(actor(), reference)
    if place := _written_elsewhere(found):
        return redirect(place, 303)
    return filing_screens.check_screen(found, {})


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


@blueprint.get("/<reference>/discard")
@audience(*WRITERS)
def discard(reference: str) -> str:
    """Ask whether a draft is really wanted no more."""
    return filing_screens.discard_screen(filing.get_filing(actor(), reference))


@blueprint.post("/<reference>/discard")
@audience(*WRITERS)
def discard_draft(reference: str) -> Response:
    """Prepare a draft no more."""
    discarding.discard(actor(), reference, lock_version=lock_version())
    flash(_("The draft is discarded."), "success")
    return redirect(url_for("filing.dashboard"), 303)


@blueprint.post("/<reference>/take-back")
@audience(*WRITERS)
def take_back(reference: str) -> Response:
    """Have back what waits for a decision."""
    discarding.take_back(actor(), reference, lock_version=lock_version())
    flash(_("The filing is yours again. It no longer waits for a decision."), "success")
    return redirect(url_for("filing.tasks", reference=reference), 303)


@blueprint.post("/<reference>/resume")
@audience(*WRITERS)
def resume(reference: str) -> Response:
    """Take a discarded draft up again."""
    discarding.resume(actor(), reference)
    return redirect(url_for("filing.tasks", reference=reference), 303)


@blueprint.post("/<reference>/amend")
@audience(*WRITERS)
def amend(reference: str) -> Response:
    """Begin the next version."""
    filing.amend(actor(), reference)
    return redirect(url_for("filing.tasks", reference=reference), 303)


def _written_elsewhere(found: Filing) -> str | None:
    """Give where an open draft is written if not section by section."""
    place = WRITTEN_ELSEWHERE.get(found.purpose) if found.draft_state in OPEN else None
    return url_for(place, reference=found.reference) if place else None


def _tasks(found: Filing) -> list[dict[str, Any]]:
    return filing_pages.task_list(found, filing.list_saves(actor(), found.reference))


def _part(found: Sequence[Filing], name: str, endpoint: str = "filing.tasks") -> dict[str, Any]:
    """Give a part of the desk: the headings of its filings, and the links to more of them."""
    page = page_of(found, MOST_ROWS, "filing.dashboard", name=name, place=name)
    rows = [
        {**filing_pages.heading(each), "href": url_for(endpoint, reference=each.reference)}
        for each in page.items
    ]
    return {"rows": rows, "links": page.links}
