"""The list of public bodies for the secretariat: the most overdue first, narrowed as it asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, url_for

from register.services.actor import Actor
from register.services.directory import standings
from register.services.directory.standings import Entry
from register.services.duties import overview
from register.services.duties.overview import Overview, Trait
from register.standard.bodies import APPROVALS, LEVELS
from register.standard.obligations import STATE_LABELS, DutyState
from register.web.languages import gettext as _
from register.web.languages import say, text_view
from register.web.paging import MOST_ROWS, page_of
from register.web.parameters import values_asked
from register.web.secretariat import account_screens, body_forms
from register.web.secretariat.agency_screens import standing_view
from register.web.showing import duties

Errors = Mapping[str, Sequence[str]]
COUNTED = (DutyState.OVERDUE, DutyState.DUE, DutyState.LATE, DutyState.EXEMPT)


def agencies_screen(by: Actor, errors: Errors) -> str:
    """Show the public bodies that the address asks for, and a form to add one."""
    levels = values_asked("level", {option.value for option in LEVELS})
    only = {Trait(each) for each in values_asked("only", set(Trait))}
    chosen = [
        each
        for each in overview.list_overviews(by, duties.rules())
        if only <= each.traits and (not levels or each.covered.body.level in levels)
    ]
    bodies = page_of(chosen, MOST_ROWS, "secretariat.agencies")
    entries = standings.map_entries()
    return render_template(
        "secretariat/agencies.html",
        rows=[_row(each, entries.get(each.covered.body.slug, [])) for each in bodies.items],
        total=bodies.total,
        pagination=bodies.links,
        columns=[say(STATE_LABELS[state]) for state in COUNTED],
        levels=body_forms.options(LEVELS, levels[0] if levels else ""),
        traits=[
            {"value": each.value, "label": label, "checked": each in only}
            for each, label in _trait_words().items()
        ],
        form=body_forms.view(body_forms.typed(), errors),
        errors=account_screens.error_links(errors),
    )


def _row(found: Overview, entries: Sequence[Entry]) -> dict[str, Any]:
    covered, body = found.covered, found.covered.body
    return {
        "name": text_view(body.names),
        "href": url_for("secretariat.agency", slug=body.slug),
        "level": body_forms.label(LEVELS, body.level),
        "approval": body_forms.label(APPROVALS, body.approval),
        "standing": standing_view(covered, entries),
        "missing": [words for trait, words in missing_words().items() if trait in found.traits],
        "counts": [getattr(covered.counts, state.value) for state in COUNTED],
        "total": covered.counts.total,
    }


def _trait_words() -> dict[Trait, str]:
    return {
        Trait.OVERDUE: _("Something is overdue"),
        Trait.EXEMPT: _("Exempt"),
        Trait.LEFT: _("Has left"),
        Trait.NO_OFFICER: _("Without an officer"),
        Trait.NO_APPROVER: _("Without an approver, where one is needed"),
    }


def missing_words() -> dict[Trait, str]:
    """Name who is missing in a public body."""
    return {
        Trait.NO_OFFICER: _("No officer"),
        Trait.NO_APPROVER: _("No approver"),
    }
