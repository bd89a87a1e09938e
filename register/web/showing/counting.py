"""What is told of counts of duties: in which order, and which part is fulfilled."""

from typing import Any

from register.services.duties.obligations import Counts
from register.standard.obligations import STATE_LABELS, DutyState
from register.web.languages import number_text, say

#: In the order in which they are told: what matters most comes first, also on a narrow screen.
ORDER = (
    DutyState.OVERDUE,
    DutyState.LATE,
    DutyState.FILED,
    DutyState.NIL,
    DutyState.DUE,
    DutyState.EXEMPT,
)


def count_of(counts: Counts, state: DutyState) -> int:
    """Give how many duties are in a state."""
    return int(getattr(counts, state.value))


def fulfilled(counts: Counts) -> int:
    """Give how many duties were filed, in time or late, or declared to be nothing."""
    return counts.filed + counts.nil + counts.late


def share(counts: Counts) -> int | None:
    """Give which part of the duties that had to be fulfilled is, in whole per cent.

    It is rounded down: while anything is overdue it is never a hundred. ``None`` if nothing had to
    be fulfilled yet.
    """
    asked = fulfilled(counts) + counts.overdue
    return 100 * fulfilled(counts) // asked if asked else None


def counts_data(counts: Counts) -> dict[str, int]:
    """Give the counts by the names of the states, and their sum."""
    return {state.value: count_of(counts, state) for state in ORDER} | {"total": counts.total}


def counts_view(counts: Counts) -> dict[str, Any]:
    """Give the cells of a row of a table of counts, in order, and their sum."""
    numbers = [(state, count_of(counts, state)) for state in ORDER]
    return {
        "counts": [
            {"text": number_text(number), "mark": _mark(state, number)} for state, number in numbers
        ],
        "total": number_text(counts.total),
    }


def _mark(state: DutyState, number: int) -> str:
    if not number:
        return "nothing"
    return "alarm" if state is DutyState.OVERDUE else ""


def in_words(counts: Counts) -> str:
    """Say all counts in one line, in the reader's words; those of nothing are left out."""
    said = [
        f"{say(STATE_LABELS[state])}: {number_text(count_of(counts, state))}"
        for state in ORDER
        if count_of(counts, state)
    ]
    return "; ".join(said)
