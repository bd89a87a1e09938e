"""What an agency has to do next, with the way to do it."""

from typing import Any

from flask import url_for

from register.services.actor import Actor
from register.services.duties import agenda
from register.services.duties.agenda import Item, Work
from register.standard.obligations import DutyKind, DutyState
from register.web.languages import gettext as _
from register.web.languages import text_view
from register.web.paging import MOST_ROWS, page_of
from register.web.showing import duties
from register.web.showing.showing import date_view


def agenda_view(person: Actor) -> dict[str, Any]:
    """Give what is overdue or due soon for the desk, the most urgent first, and further pages."""
    listed = agenda.list_next(person, duties.rules())
    found = page_of(listed, MOST_ROWS, "filing.dashboard", name="agenda", place="agenda")
    return {"rows": [_view(item) for item in found.items], "links": found.links}


def desk_links() -> list[dict[str, str]]:
    """Give the other places of an agency's desk."""
    places = (
        ("starting.nil", _("Nothing to report"), _("Declare that no AI system was used.")),
        ("uploads.page", _("Spreadsheet"), _("Prepare many filings at once.")),
        ("starting.templates", _("Templates"), _("Answers to begin a filing from.")),
        ("starting.determinations", _("Determinations"), _("What was asked, and what came out.")),
        ("secretariat.own_withholding", _("Withheld answers"), _("Which have to be reviewed.")),
    )
    return [{"text": text, "href": url_for(place), "hint": hint} for place, text, hint in places]


def _view(item: Item) -> dict[str, Any]:
    duty = item.duty
    name = item.names.get("") or text_view(item.names)
    text, href = _way(item)
    return {
        "name": name or duties.what(duty),
        "kind": duties.kind_label(duty),
        "state": {"label": _state(duty.state), "tone": duties.TONES[duty.state]},
        "due": date_view(duty.due_on.isoformat()),
        "action": {"text": text, "href": href},
        "note": duties.denied_note() if item.is_denied else None,
    }


def _state(state: DutyState) -> str:
    return _("Overdue") if state is DutyState.OVERDUE else _("Due")


def _way(item: Item) -> tuple[str, str]:
    """Give the words and the address of what fulfils a duty."""
    duty = item.duty
    if item.work is not None:
        return _way_on(item.work)
    if duty.kind is DutyKind.CONFIRMATION:
        return _("Confirm"), url_for("renewal.page", reference=duty.reference)
    if duty.kind is DutyKind.PERIOD:
        return _("Nothing to report"), url_for("starting.nil")
    if item.is_denied:
        return _("See the determination"), url_for("starting.determinations")
    if duty.is_again:
        return _("Disclose again"), url_for("filing.tasks", reference=duty.reference)
    return _("Disclose"), url_for("starting.determinations")


def _way_on(work: Work) -> tuple[str, str]:
    """Give the same of what was begun already."""
    href = url_for("filing.tasks", reference=work.reference)
    if work.is_waiting:
        return _("Waits for a decision"), href
    return _("Go on with %(reference)s", reference=work.reference), href
