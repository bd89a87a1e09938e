"""What changes in the directory, told in the trail: each value as it was and as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from register.standard.publication import Body
from register.storage import events


@dataclass(frozen=True)
class Change:
    """A value that the directory has of a body; ``column`` is named as in a file."""

    column: str
    old: str
    new: str


def list_changes(before: Body | None, after: Body) -> list[Change]:
    """Give what is different about a body, or everything said of it where there was none."""
    old = _told(before) if before is not None else {}
    new = _told(after)
    return [
        Change(column, old.get(column, ""), new.get(column, ""))
        for column in sorted({*old, *new}, key=[*new, *old].index)
        if old.get(column, "") != new.get(column, "")
    ]


def note_added(by: int | None, body: Body, since: date) -> None:
    """Tell that a body came into the directory, with all that is said of it, by an account's id."""
    said = {each.column: each.new for each in list_changes(None, body)}
    details = {"agency": body.slug, "values": {**said, "in_scope_from": since.isoformat()}}
    events.add_event("agency_added", by=by, details=details)


def note_changed(by: int | None, slug: str, changes: Sequence[Change]) -> None:
    """Tell what changed about a body, from what to what; nothing is told of no change."""
    if changes:
        told = {each.column: {"old": each.old, "new": each.new} for each in changes}
        events.add_event("agency_changed", by=by, details={"agency": slug, "changes": told})


def _told(body: Body) -> dict[str, str]:
    return {
        **{f"name_{code}": name for code, name in body.names.items()},
        "abbreviation": body.abbreviation,
        "level": body.level,
        "sector": body.sector,
        "parent": body.parent or "",
        "approval": body.approval,
    }
