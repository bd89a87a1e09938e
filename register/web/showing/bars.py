"""Stacked bars: where each piece of one stands, in per cent, for either direction of reading.

A bar is as wide as the page lets it be. A number stands where there is room for it on a phone, or
else on a wide screen; where there is none, the words beside the bar and a table have it.
"""

from collections.abc import Sequence
from typing import Any

from register.services.duties.obligations import Counts
from register.standard.obligations import STATE_LABELS, DutyState
from register.web.languages import direction, language, number_text, say
from register.web.showing.counting import count_of

#: From what is done to what is not, so that bars above each other can be compared.
ORDER = (
    DutyState.FILED,
    DutyState.NIL,
    DutyState.LATE,
    DutyState.OVERDUE,
    DutyState.DUE,
    DutyState.EXEMPT,
)
# How many per cent of the width a digit takes on a phone, and on a wide screen.
PER_DIGIT, PER_DIGIT_WIDE = 4.5, 1.5


def bar(counts: Counts) -> list[dict[str, Any]]:
    """Give the pieces of a bar that is as long whatever the sum; a count of nothing has none."""
    return pieces([(state.value, count_of(counts, state)) for state in ORDER])


def pieces(amounts: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Give the pieces of a bar that shows some amounts, each with the name of its pattern."""
    total = sum(amount for _name, amount in amounts)
    drawn: list[dict[str, Any]] = []
    start = 0.0
    for name, amount in amounts:
        if amount:
            width = 100 * amount / total
            drawn.append(_piece(name, amount, start, width))
            start += width
    return drawn


def legend(counts: Counts) -> list[dict[str, str]]:
    """Give the words and the sum of each state."""
    return [
        {
            "state": state.value,
            "label": say(STATE_LABELS[state]),
            "count": number_text(count_of(counts, state)),
        }
        for state in ORDER
    ]


def _piece(name: str, count: int, start: float, width: float) -> dict[str, Any]:
    # A drawing does not turn round with the page, so it is drawn the other way.
    left = 100 - start - width if direction(language()) == "rtl" else start
    text = number_text(count)
    return {
        "state": name,
        "x": f"{left:.3f}%",
        "width": f"{width:.3f}%",
        "middle": f"{left + width / 2:.3f}%",
        "text": text if width >= PER_DIGIT_WIDE * len(text) else "",
        "is_small": width < PER_DIGIT * len(text),
    }
