"""The whole register of two days: what was added, amended and withdrawn in between."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register import clock
from register.services.actor import Actor, check_role
from register.standard.lifecycle import Role
from register.storage import register_changes
from register.storage.register_changes import ChangedRow

WITHDRAWN = "withdrawn"


class Change(StrEnum):
    """What became of a record. What was public at neither moment, but in between, has passed."""

    ADDED = "added"
    AMENDED = "amended"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    PASSED = "passed"


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A record that changed, with the number of its version before and after."""

    change: Change
    reference: str
    agency: str
    before: int | None
    after: int


def list_changed(by: Actor, first: date, last: date, agency: str = "") -> list[Changed]:
    """Give what changed from the end of one day to the end of another, in UTC, by reference."""
    check_role(by, Role.AUDITOR)
    rows = register_changes.list_changed(clock.end_of(first), clock.end_of(last), agency)
    return [
        Changed(
            change=_change(row),
            reference=row.reference,
            agency=row.agency,
            before=row.before,
            after=row.after,
        )
        for row in rows
    ]


def count_by_agency(listed: Iterable[Changed]) -> dict[str, Counter[Change]]:
    """Count what changed by agency, the one with most first, and what became of it."""
    counts: dict[str, Counter[Change]] = {}
    for each in listed:
        counts.setdefault(each.agency, Counter())[each.change] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1].total(), item[0])))


def _change(row: ChangedRow) -> Change:
    was_public = row.was is not None and row.was != WITHDRAWN
    is_public = row.became != WITHDRAWN
    if was_public:
        return Change.AMENDED if is_public else Change.WITHDRAWN
    if not is_public:
        return Change.PASSED
    return Change.ADDED if row.before is None else Change.RESTORED
