"""Which state of the public register an export shows, so that two of one state are the same."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from register import clock
from register.storage import directory_history, past

NEVER = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class State:
    """The day and the moment of the latest change that is in it, and a mark of all that is."""

    day: date
    moment: datetime
    mark: str


def find_state(before: datetime | None = None) -> State:
    """Give the state of the public register now, or just before a moment.

    The mark differs whenever a version was made public, something was erased, a body in the
    directory changed by then, or the code that writes the register is another. It costs little to
    work out.
    """
    changes = past.count_changes(before)
    moment = changes.latest or NEVER
    day = moment.astimezone(UTC).date() if changes.latest else clock.today()
    if before is not None:
        day = (before - timedelta(microseconds=1)).date()
    said = directory_history.count_versions(before)
    told = (changes.number, changes.newest, changes.erasure)
    facts = (told, said, before, _code_print())
    return State(day, moment, hashlib.sha256(repr(facts).encode()).hexdigest())


@cache
def _code_print() -> str:
    """Give a mark of this service's own code: what it writes may differ from what another did."""
    folder = Path(__file__).resolve().parents[1]
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()
