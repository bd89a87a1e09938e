"""The accounts put together for the pages of those who keep them and those who are invited."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, request, url_for

from register.config import LANGUAGE_NAMES
from register.services.accounts import staff
from register.services.accounts.invitations import Invited
from register.services.accounts.staff import Person
from register.services.actor import Actor
from register.services.directory import directory
from register.standard.lifecycle import ROLE_LABELS, Role
from register.web.languages import gettext as _
from register.web.languages import language, say, text_view
from register.web.paging import MOST_ROWS, page_of
from register.web.showing.showing import date_view
from register.web.wiring import settings

Errors = Mapping[str, Sequence[str]]


def list_screen(by: Actor, errors: Errors) -> str:
    """Show the accounts that somebody keeps, narrowed to an agency where the address says so."""
    agency = request.args.get("agency", "")
    people = page_of(staff.list_people(by, agency), MOST_ROWS, "accounts.listed")
    return render_template(
        "accounts/list.html",
        people=[person_view(each) for each in people.items],
        total=people.total,
        pagination=people.links,
        invited=[person_view(each) for each in staff.list_invited(by, agency)],
        agencies=agency_options(agency),
        form=invitation_form(by, errors),
        errors=error_links(errors),
        here=url_for("accounts.listed", agency=agency or None),
        imports_href=url_for("imports.listed") if by.role is Role.ADMINISTRATOR else None,
    )


def invitation_screen(found: Invited, errors: Errors) -> str:
    """Ask somebody who was invited for what makes an account."""
    return render_template(
        "accounts/invitation.html",
        email=found.email,
        role=say(ROLE_LABELS[found.role]),
        agency=text_view(found.body.names) if found.body else None,
        has_account=found.has_account,
        name=request.form.get("name", found.name),
        letter_languages=language_options(request.form.get("language", "") or language()),
        field_errors={name: [say(text) for text in texts] for name, texts in errors.items()},
        errors=error_links(errors),
    )


def invitation_form(by: Actor, errors: Errors, agency: str = "") -> dict[str, Any]:
    """Give what the form to invite somebody needs, with what was typed."""
    typed = request.form
    kept = [role for role in Role if role in staff.roles_kept(by)]
    return {
        "email": typed.get("email", ""),
        "roles": [
            {"value": each, "label": say(ROLE_LABELS[each]), "checked": typed.get("role") == each}
            for each in kept
        ],
        "agencies": agency_options(typed.get("agency", agency)),
        "languages": language_options(typed.get("language", "")),
        "errors": {name: [say(text) for text in texts] for name, texts in errors.items()},
        "is_by_mail": bool(settings().mail_url),
    }


def person_view(person: Person) -> dict[str, Any]:
    """Give an account or an invitation as a row of a table."""
    expires = person.expires_at
    return {
        "email": person.email,
        "name": person.name,
        "role": say(ROLE_LABELS[person.role]),
        "agency": text_view(person.body.names) if person.body else None,
        "is_disabled": person.is_disabled,
        "is_oneself": person.is_oneself,
        "expires": date_view(expires.date().isoformat()) if expires else None,
    }


def agency_options(chosen: str) -> list[dict[str, Any]]:
    """Give the agencies to choose from, by name, with none of them first."""
    bodies = [
        (str((text_view(body.names) or {}).get("text", body.slug)), body.slug)
        for body in directory.list_bodies()
    ]
    options = [{"value": "", "label": _("None"), "checked": not chosen}]
    return options + [
        {"value": slug, "label": name, "checked": slug == chosen} for name, slug in sorted(bodies)
    ]


def language_options(chosen: str) -> list[dict[str, Any]]:
    """Give the register's languages to choose from, each by its own name."""
    return [
        {"value": code, "label": LANGUAGE_NAMES.get(code, code), "checked": code == chosen}
        for code in settings().languages
    ]


def error_links(errors: Errors) -> list[dict[str, str]]:
    """Give a link to the place of each error, for the summary on top of a page."""
    return [
        {"text": say(text), "href": f"#{name}"} for name, texts in errors.items() for text in texts
    ]
