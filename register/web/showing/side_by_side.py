"""One answer in every language of the register, side by side."""

from collections.abc import Sequence
from typing import Any

from register.config import LANGUAGE_NAMES
from register.standard.field import Field
from register.web.languages import direction, speaking
from register.web.showing.showing import Record


def views(record: Record, field: Field, languages: Sequence[str]) -> list[dict[str, Any]]:
    """Show an answer once, or once a language if there is text in it."""
    answer = record.answer(field.name, is_beneath=True)
    if answer["state"] != "answered" or not field.has_texts or len(languages) == 1:
        return [{"lang": None, "answer": answer}]
    kept = record.content.answers[field.name]
    views = []
    for code in languages:
        with speaking(code):
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
