"""Which state of the public register an export shows, so that two of one state are the same."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from register import clock
from register.services.code import code_print
from register.storage import counters, directory_history, past, presentations

NEVER = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class State:
    """The day and the moment of the latest change that is in it, and a mark of all that is.

    ``erased`` counts how often something was erased from the register.
    """

    day: date
    moment: datetime
    mark: str
    erased: int


def find_state(before: datetime | None = None) -> State:
    """Give the state of the public register now, or just before a moment.

    The mark differs whenever a version was made public or a body in the directory changed by then,
    something was erased, a backup was restored, or the code that writes the register is another.
    Between two changes all moments have one mark. It costs little.
    """
    changes = past.count_changes(before)
    moment = changes.latest or NEVER
    day = moment.astimezone(UTC).date() if changes.latest else clock.today()
    if before is not None:
        day = (before - timedelta(microseconds=1)).date()
    said = directory_history.count_versions(before)
    erased = presentations.count_forgotten()
    numbers = (changes.number, changes.newest, changes.erasure, said, erased)
    facts = (numbers, counters.life(), code_print())
    return State(day, moment, hashlib.sha256(repr(facts).encode()).hexdigest(), erased)
