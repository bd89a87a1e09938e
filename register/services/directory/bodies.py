"""The directory kept by hand: the secretariat adds a public body, or changes what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from register import clock
from register.errors import Invalid, NotAllowed
from register.services.actor import Actor
from register.services.directory.describing import SECTOR_VALUES, row_errors, values_of
from register.services.directory.directory_trail import list_changes, note_added, note_changed
from register.services.duties import foresight
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.standard.obligations import Rules
from register.standard.publication import Body
from register.storage import agencies, transaction

WRONG = _("Some answers are missing or need to be corrected.")


@dataclass(frozen=True, kw_only=True)
class Described:
    """How the secretariat describes a public body; ``in_scope_from`` counts for a new one only.

    ``past_confirmed`` repeats a day that makes duties overdue at once, as a sign that it is meant.
    """

    slug: str
    names: Mapping[str, str]
    abbreviation: str = ""
    level: str = ""
    sector: str = ""
    parent: str = ""
    approval: str = ""
    in_scope_from: str = ""
    past_confirmed: str = ""


def add_body(by: Actor, described: Described, *, rules: Rules) -> Body:
    """Add a public body, in scope of the duty from a day on, or from today.

    Raise :exc:`Invalid` by field if anything about it is wrong; by ``past_confirmed`` if it is only
    that the day makes duties overdue at once, and was not confirmed.
    """
    with transaction():
        _check_secretariat(by)
        errors = _find_errors(described)
        if agencies.find_agency(described.slug) is not None:
            sentence = _("There is a public body of this short name already.")
            errors.setdefault("slug", []).append(sentence)
        if errors:
            raise Invalid(WRONG, errors)
        since = _since(described)
        if described.past_confirmed != since.isoformat():
            foresight.check_meant(foresight.overdue_of_new(rules, since))
        agency = agencies.put_agency(described.slug, _values(described), in_scope_from=since)
        made = agencies.body_of(agency)
        note_added(by.account_id, made, since)
        return made


def change_body(by: Actor, described: Described) -> Body:
    """Change what is said of a public body; its slug stays.

    Raise :exc:`NotFound` if there is none, and :exc:`Invalid` by field.
    """
    with transaction():
        _check_secretariat(by)
        agency = agencies.get_agency(described.slug)
        before = agencies.body_of(agency)
        errors = _find_errors(described, before.sector)
        if errors:
            raise Invalid(WRONG, errors)
        agencies.put_agency(agency.slug, _values(described))
        after = agencies.body_of(agency)
        note_changed(by.account_id, agency.slug, list_changes(before, after))
        return after


def _find_errors(described: Described, sector: str = "") -> dict[str, list[str]]:
    """Give what is wrong; a ``sector`` that is there may stay, though the standard has it not."""
    errors: dict[str, list[str]] = {}
    for column, sentence in row_errors(_row(described)):
        errors.setdefault(column, []).append(sentence)
    if described.parent and agencies.find_agency(described.parent) is None:
        errors["parent"] = [_("Choose an agency from the directory.")]
    elif described.slug in _line_of(described.parent):
        errors["parent"] = [_("A public body cannot stand below itself.")]
    if described.sector not in {"", sector, *SECTOR_VALUES}:
        errors["sector"] = [_("Choose one of the answers that are offered.")]
    return errors


def _since(described: Described) -> date:
    text = described.in_scope_from
    return date.fromisoformat(text) if text else clock.today()


def _row(described: Described) -> dict[str, Any]:
    names = {code: text.strip() for code, text in described.names.items() if text.strip()}
    return {**vars(described), "names": names}


def _line_of(slug: str) -> set[str]:
    """Give a body and all those that it stands below."""
    line = set()
    above: str | None = slug or None
    while above is not None:
        line.add(above)
        above = agencies.body_of(agencies.get_agency(above)).parent
    return line


def _values(described: Described) -> dict[str, Any]:
    above = agencies.get_agency(described.parent) if described.parent else None
    return {**values_of(_row(described)), "parent": above}


def _check_secretariat(by: Actor) -> None:
    if by.role is not Role.SECRETARIAT or by.account_id is None:
        raise NotAllowed(_("Your role may not do this."))
