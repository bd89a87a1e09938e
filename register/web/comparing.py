"""Answers side by side: in every language of the register, and before and after a change."""

from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale

from register.config import LANGUAGE_NAMES
from register.standard.content import Content
from register.standard.field import Field, Standard
from register.web.languages import direction, say
from register.web.showing import Record


def changes(
    standard: Standard, before: Content, after: Content, languages: Sequence[str]
) -> list[dict[str, Any]]:
    """Give the fields that differ between two contents, as each says it in ``languages``."""
    old, new = Record(standard, before), Record(standard, after)
    return [
        {
            "name": field.name,
            "label": say(field.label),
            "before": views(old, field, languages),
            "before_withheld": withholding(old, field),
            "after": views(new, field, languages),
            "after_withheld": withholding(new, field),
        }
        for field in map(standard.field, changed_fields(standard, before, after))
    ]


def changed_fields(standard: Standard, before: Content, after: Content) -> list[str]:
    """Name the fields whose answer or withholding differs, in the order of the standard."""
    fields = standard.asked_fields
    return [each.name for each in fields if _said(before, each) != _said(after, each)]


def withholding(record: Record, field: Field) -> dict[str, Any] | None:
    """Give the withholding of an answer, or ``None``."""
    view = record.answer(field.name)
    return view["withheld"] if view["state"] == "withheld" else None


def views(record: Record, field: Field, languages: Sequence[str]) -> list[dict[str, Any]]:
    """Show an answer once, or once a language if there is text in it."""
    answer = record.answer(field.name, is_beneath=True)
    if answer["state"] != "answered" or not _has_texts(field) or len(languages) == 1:
        return [{"lang": None, "answer": answer}]
    kept = record.content.answers[field.name]
    views = []
    for code in languages:
        with force_locale(code):
            answer = record.answer(field.name, is_beneath=True)
        if field.localized and code not in kept:
            answer["state"] = "not_answered"
        views.append(
            {
                "lang": code,
                "lang_name": LANGUAGE_NAMES.get(code, code),
                "dir": direction(code),
                "answer": answer,
            }
        )
    return views


def _has_texts(field: Field) -> bool:
    return field.localized or any(_has_texts(part) for part in field.parts)


def _said(content: Content, field: Field) -> tuple[Any, Any]:
    entry = next((e for e in content.withheld if e["field"] == field.name), None)
    return content.answers.get(field.name), entry
