"""Answers before and after a change, in every language of the register."""

from collections.abc import Mapping, Sequence
from typing import Any

from register.config import LANGUAGE_NAMES
from register.standard.content import Content
from register.standard.field import Field, Standard
from register.web.languages import direction, say
from register.web.showing.entries import entry_changes
from register.web.showing.showing import Record
from register.web.showing.side_by_side import views

NOT_SHOWN = ("decided_by", "decided_on")


def changes(
    standard: Standard, before: Content, after: Content, languages: Sequence[str]
) -> list[dict[str, Any]]:
    """Give the fields that differ between two contents, as each says it in ``languages``.

    Of a list that both contents have, ``entries`` tells what became of each entry that differs.
    """
    old, new = Record(standard, before), Record(standard, after)
    return [
        {
            "name": field.name,
            "label": say(field.label),
            "before": views(old, field, languages),
            "before_withheld": withholding(old, field, languages),
            "after": views(new, field, languages),
            "after_withheld": withholding(new, field, languages),
            "entries": entry_changes(old, new, field, languages),
        }
        for field in map(standard.field, changed_fields(standard, before, after))
    ]


def changed_fields(standard: Standard, before: Content, after: Content) -> list[str]:
    """Name the fields whose answer or withholding differs, in the order of the standard."""
    fields = standard.asked_fields
    return [each.name for each in fields if _said(before, each) != _said(after, each)]


def withholding(
    record: Record, field: Field, languages: Sequence[str] = ()
) -> dict[str, Any] | None:
    """Give the withholding of an answer, with its reason in each language, or ``None``."""
    view = record.answer(field.name)
    if view["state"] != "withheld":
        return None
    entry = _entry_of(record.content, field) or {}
    told = entry.get("public_reason") or {}
    reasons = [
        {
            "lang": code,
            "lang_name": LANGUAGE_NAMES.get(code, code),
            "dir": direction(code),
            "text": told[code],
        }
        for code in languages
        if code in told
    ]
    return {**view["withheld"], "reasons": reasons}


def _said(content: Content, field: Field) -> tuple[Any, ...]:
    """Give all that a reader sees of a field: also which of its texts a machine translated."""
    texts = content.translations.get(field.name, {})
    machine = sorted(code for code, how in texts.items() if how == "machine_translation")
    entry = _entry_of(content, field) or {}
    return content.answers.get(field.name), {**entry, **dict.fromkeys(NOT_SHOWN)}, machine


def _entry_of(content: Content, field: Field) -> Mapping[str, Any] | None:
    return next((e for e in content.withheld if e["field"] == field.name), None)
