"""A file that was taken in by mistake: the drafts that it made are discarded together.

Only what is as the file left it goes: nobody wrote in it since, it was not handed in, and it never
was published. As with any discarded draft its text is kept, and it can be taken up again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from register.services.actor import Actor
from register.services.filings.discarding import put_away
from register.services.filings.filing import state_of
from register.services.uploads.upload_planning import WRITING, Fate
from register.services.uploads.uploading import WORK, agency_of, get_own
from register.standard.lifecycle import Action, DraftState, check_move
from register.standard.marking import _
from register.storage import transaction, uploads
from register.storage.models import Disclosure, Upload

_UNTOUCHED = 1  # the lock version of what was only ever written once

PUBLISHED = _("It is published.")
HANDED_IN = _("It was handed in.")
BEFORE = _("It was there before this file, which changed it.")
WORKED_ON = _("Somebody worked on it since.")


@dataclass(frozen=True, kw_only=True)
class Remaining:
    """A filing that is left alone, by its two references and its name, and why."""

    own: str
    reference: str
    name: Mapping[str, str]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Undoing:
    """What can be discarded of a file, by reference; how many are; and what is left alone."""

    file_name: str
    open: tuple[str, ...]
    discarded: int
    remaining: tuple[Remaining, ...]


def look(by: Actor, token: str) -> Undoing:
    """Say which drafts of a file would be discarded, and which would be left alone and why."""
    return _look(get_own(by, token), uploads.map_uploaded(agency_of(by)))


def discard_all(by: Actor, token: str) -> int:
    """Discard the drafts of a file that are as it left them, and give how many."""
    with WORK.turn(by.account_id), transaction():
        upload = get_own(by, token)
        known = uploads.map_uploaded(agency_of(by))
        wanted = frozenset(_look(upload, known).open)
        details = {"file": upload.file_name, "sha256": upload.file_hash}
        for each in known.values():
            if each.reference in wanted:
                check_move(Action.DISCARD, by.role, *state_of(each))
                put_away(each, by, details)
        return len(wanted)


def _look(upload: Upload, known: Mapping[str, Disclosure]) -> Undoing:
    rows = [row for row in upload.outcome or () if row["fate"] in WRITING]
    found = [(row, known[row["own"]]) for row in rows]
    kept = [(row, each) for row, each in found if each.draft_state != DraftState.DISCARDED]
    reasons = [(row, each, _reason(row, each)) for row, each in kept]
    return Undoing(
        file_name=upload.file_name,
        open=tuple(each.reference for _row, each, reason in reasons if not reason),
        discarded=len(found) - len(kept),
        remaining=tuple(
            Remaining(own=row["own"], reference=each.reference, name=row["name"], reason=reason)
            for row, each, reason in reasons
            if reason
        ),
    )


def _reason(row: Mapping[str, Any], disclosure: Disclosure) -> str:
    """Say why a filing is left alone; nothing if it is as the file left it."""
    if disclosure.current_version:
        return PUBLISHED
    if disclosure.draft_state != DraftState.DRAFT:
        return HANDED_IN
    if row["fate"] != Fate.CREATED:
        return BEFORE
    return "" if disclosure.lock_version == _UNTOUCHED else WORKED_ON
