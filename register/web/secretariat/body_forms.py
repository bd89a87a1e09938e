"""The form by which the secretariat describes a public body: read, and shown with what is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from register.services.directory.bodies import Described
from register.standard import CURRENT
from register.standard.bodies import APPROVALS, LEVELS
from register.standard.field import Option
from register.standard.publication import Body
from register.web.languages import gettext as _
from register.web.languages import say
from register.web.secretariat import account_screens
from register.web.showing import filing_pages
from register.web.wiring import settings

DOMAINS = CURRENT.field("policy_domains").options
TEXTS = ("abbreviation", "level", "sector", "parent", "approval", "in_scope_from", "past_confirmed")


def typed(slug: str = "") -> Described:
    """Read how a body is described; the slug of one that exists is not asked."""
    form = request.form
    texts = {name: form.get(name, "").strip() for name in TEXTS}
    names = {code: form.get(f"names-{code}", "") for code in settings().languages}
    return Described(slug=slug or form.get("slug", "").strip(), names=names, **texts)


def described(body: Body) -> Described:
    """Give how the directory describes a body."""
    return Described(
        slug=body.slug,
        names=body.names,
        abbreviation=body.abbreviation,
        level=body.level,
        sector=body.sector,
        parent=body.parent or "",
        approval=body.approval,
    )


def view(body: Described, errors: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Give what the form needs."""
    return {
        "slug": body.slug,
        "names": [
            {**each, "text": body.names.get(each["lang"], "")}
            for each in filing_pages.language_views()
        ],
        "abbreviation": body.abbreviation,
        "levels": options(LEVELS, body.level),
        "sectors": sector_options(body.sector),
        "parents": account_screens.agency_options(body.parent),
        "approvals": options(APPROVALS, body.approval),
        "in_scope_from": body.in_scope_from,
        "errors": {name: [say(text) for text in texts] for name, texts in errors.items()},
    }


def sector_options(chosen: str) -> list[dict[str, Any]]:
    """Give the standard's policy domains, with none first, and another value that is there."""
    found = [{"value": "", "label": _("None"), "checked": not chosen}, *options(DOMAINS, chosen)]
    if not any(each["checked"] for each in found):
        found.append({"value": chosen, "label": chosen, "checked": True})
    return found


def options(offered: Sequence[Option], chosen: str) -> list[dict[str, Any]]:
    """Give options of a select in the reader's words."""
    return [
        {"value": each.value, "label": say(each.label), "checked": each.value == chosen}
        for each in offered
    ]


def label(offered: Sequence[Option], value: str) -> str:
    """Name a value in the reader's words."""
    return next((say(each.label) for each in offered if each.value == value), value)
