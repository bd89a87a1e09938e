"""What can be typed into the search box, with examples that lead to their results."""

from typing import Any

from flask import url_for

from register.clock import today
from register.web.languages import gettext as _
from register.web.languages import language

_PLAIN = {"ur": "ٹیکس گوشوارے", "en": "tax returns"}
_WORD = {"ur": "پولیس", "en": "police"}


def examples() -> list[dict[str, Any]]:
    """Give the ways to ask in the order in which people need them."""
    plain, word = (each.get(language(), each["en"]) for each in (_PLAIN, _WORD))
    year = today().year
    rows = (
        (
            plain,
            _("Systems that have these words or some of them; those with all come first."),
        ),
        (f'"{plain}"', _("Just these words, one after the other: put them in quotation marks.")),
        (f"{plain} -{word}", _("Not this word: put a minus sign before it, or NOT and a space.")),
        ("water OR electricity", _("One or the other: put OR between them, in capital letters.")),
        ("inspect*", _("Every word that begins so: put a star at its end.")),
        ("recogntion~", _("Words that are spelt nearly so: put a wave at its end.")),
        ("agency:ministry-health", _("Of one public body, by its short name or abbreviation.")),
        ("phase:in_use", _("With one answer, as it stands in the address of a filter.")),
        (
            f"updated:{year - 1}..{year}",
            _("Published or changed within these years, months or days."),
        ),
    )
    return [
        {"text": text, "means": means, "href": url_for("search.page", q=text)}
        for text, means in rows
    ]
