"""The standard as a page: every question, its options and its rules in the reader's words."""

from typing import Any

from flask import render_template, url_for

from register.standard import STANDARDS
from register.standard.field import Field, Kind, Standard, When
from register.standard.json_schema import json_schema
from register.web.languages import gettext as _
from register.web.languages import say


def standard_page(standard: Standard) -> str:
    """Show every question of a standard with its rules."""
    return render_template(
        "public/standard.html",
        standard={
            "id": standard.id,
            "title": say(standard.title),
            "intro": _("Every question that a public body answers, and when it must."),
            "in_force": None,
        },
        versions=[
            {
                "id": each,
                "href": url_for("public.standard_version", version=each),
                "is_shown": each == standard.id,
            }
            for each in STANDARDS
        ],
        formats=[
            {
                "label": "JSON Schema",
                "href": url_for("public.standard_version_json", version=standard.id),
                "type": "application/schema+json",
            },
            {
                "label": "CSV",
                "href": url_for("public.standard_version_csv", version=standard.id),
                "type": "text/csv",
            },
        ],
        sections=[
            {
                "name": section.name,
                "title": say(section.title),
                "intro": say(section.intro),
                "fields": [_field_view(field, standard) for field in section.fields],
            }
            for section in standard.sections
        ],
    )


def standard_schema(standard: Standard) -> dict[str, Any]:
    """Give a standard as JSON Schema."""
    return dict(json_schema(standard))


def _kind_label(kind: Kind) -> str:
    labels = {
        Kind.LINE: _("a line of text"),
        Kind.PROSE: _("text"),
        Kind.LINES: _("several short texts"),
        Kind.CHOICE: _("one of several answers"),
        Kind.CHOICES: _("any of several answers"),
        Kind.YES_NO: _("yes, no or not known"),
        Kind.DATE: _("a date"),
        Kind.PARTIAL_DATE: _("a date, or only a year or month"),
        Kind.NUMBER: _("a number"),
        Kind.MONEY: _("an amount of money"),
        Kind.URL: _("a web address"),
        Kind.EMAIL: _("an e-mail address"),
        Kind.AGENCY: _("a public body"),
        Kind.GROUP: _("several parts"),
        Kind.GROUPS: _("a list of entries"),
    }
    return labels[kind]


def _field_view(field: Field, standard: Standard) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": say(field.label),
        "help": say(field.help) if field.help else "",
        "kind_label": _kind_label(field.kind),
        "is_public": field.public,
        "is_localized": field.localized,
        "max_length": field.max_length,
        "options": [
            {"value": o.value, "label": say(o.label), "help": say(o.help) if o.help else ""}
            for o in field.options
        ],
        "parts": [_field_view(part, standard) for part in field.parts],
        "required": [rule_in_words(when, standard) for when in field.required],
        "asked": [rule_in_words(when, standard) for when in field.asked],
        "is_kept_by_system": field.is_kept_by_system,
    }


def rule_in_words(when: When, standard: Standard) -> str:
    """Say when a rule holds: “How great is its impact?” is Significant or High."""
    parts = [_own_words(when, standard), *(rule_in_words(each, standard) for each in when.also)]
    return _(" and ").join(part for part in parts if part)


def _own_words(when: When, standard: Standard) -> str:
    if not when.field:
        return _("always")
    field = _field(when.field, standard)
    values = when.is_in or when.is_not_in
    labels = [say(field.option(value).label) if field.options else value for value in values]
    named = _(" or ").join(_("“%(answer)s”", answer=label) for label in labels)
    if when.is_in:
        return _("“%(question)s” is %(values)s", question=say(field.label), values=named)
    return _("“%(question)s” is not %(values)s", question=say(field.label), values=named)


def _field(path: str, standard: Standard) -> Field:
    name, *rest = path.split(".")
    found = standard.field(name)
    return found.part(rest[0]) if rest else found
