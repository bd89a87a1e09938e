"""Whether what is filed looks ahead from its day, and answers beneath each withholding.

These rules are for what is filed, on the day of filing. What is published stays valid as days go
by, and a source that is imported may know no better.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from register.standard.content import Content
from register.standard.marking import _

REVIEW_DUE = "next_review_due"
MOST_YEARS = 5
UNDECIDED = "not_yet_determined"  # the only ground on which there may be nothing to withhold yet


def untimely(content: Content, today: date) -> Iterator[tuple[str, str]]:
    """Give path and sentence of each day that cannot be meant, and of each answer that is missing.

    A day that is no day is the validator's affair, and passed over here.
    """
    due = _day(content.answers.get(REVIEW_DUE))
    if due is not None and due < today:
        yield REVIEW_DUE, _("This day has gone by. Name the day by which you will look again.")
    for entry in content.withheld:
        yield from _untimely_withholding(entry, content.answers, today)


def _untimely_withholding(
    entry: Mapping[str, Any], answers: Mapping[str, Any], today: date
) -> Iterator[tuple[str, str]]:
    name, review = entry["field"], _day(entry.get("review_on"))
    if review is not None and review <= today:
        sentence = _("Name a day to come, on which it is looked at again.")
        yield f"withheld.{name}.review_on", sentence
    elif review is not None and review > _years_after(today, MOST_YEARS):
        sentence = _("Have it looked at again within five years.")
        yield f"withheld.{name}.review_on", sentence
    if entry.get("ground") != UNDECIDED and answers.get(name) in (None, "", [], {}):
        yield (
            name,
            _("Answer this too: the public does not see it, but the secretariat and auditors do."),
        )


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _years_after(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))
