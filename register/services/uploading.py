"""Taking in an officer's spreadsheet: first only looked at, then made into drafts, all or none.

A row is known again by the agency's own reference, so the same file may be sent as often as one
likes. Nothing becomes public by it: a draft is completed, handed in and decided on as any other.
"""

import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from register import clock
from register.errors import Conflict, NotAllowed, NotFound
from register.exchange.sheet_marking import marked as marked_workbook
from register.exchange.sheet_reading import SheetFile, read_systems
from register.exchange.sheet_words import Words
from register.services.actor import Actor
from register.services.upload_planning import (
    WRITING,
    Fate,
    Known,
    PlannedRow,
    known_filings,
    plan,
)
from register.services.upload_writing import Writer
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import agencies, events, transaction, uploads
from register.storage.models import Agency, Upload

TAKEN_IN = "spreadsheet_taken_in"
_LONGEST_NAME = 300


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a file would do, or has done once ``applied_at`` is set.

    ``unknown`` are columns that no question has, by sheet and heading; ``unread`` are sheets in
    which no table was found.
    """

    token: str
    file_name: str
    rows: tuple[PlannedRow, ...]
    unknown: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()
    applied_at: datetime | None = None

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many rows have each fate."""
        return Counter(row.fate for row in self.rows)

    @property
    def writes(self) -> int:
        """How many drafts are made or changed."""
        return sum(row.fate in WRITING for row in self.rows)


def check(by: Actor, file_name: str, data: bytes, words: Words) -> str:
    """Keep a file for its dry run, and give the token under which its sender finds it.

    Raise :exc:`Invalid` if it is no table of systems at all; nothing is kept then.
    """
    agency = _agency_of(by)
    file_name = file_name[-_LONGEST_NAME:]
    read_systems(data, file_name, words)
    token = secrets.token_urlsafe(32)
    with transaction():
        purge()
        uploads.add_upload(
            Upload(
                token=token,
                account_id=by.account_id,
                agency_id=agency.id,
                file_name=file_name,
                file_hash=hashlib.sha256(data).hexdigest(),
                body=data,
                at=clock.now(),
            )
        )
    return token


def report(by: Actor, token: str, words: Words) -> Report:
    """Say of every row what it would do now; or what was done, once the drafts were made."""
    upload = _get_own(by, token)
    if upload.applied_at is not None:
        return _told(upload)
    return _look(by, upload, words).report(upload)


def marked(by: Actor, token: str, words: Words, code: str) -> bytes:
    """Give the file back with every cell marked that has to be mended, in a language."""
    upload = _get_own(by, token)
    if upload.applied_at is not None:
        raise NotFound(_("The drafts were made, and the file is no longer kept."))
    look = _look(by, upload, words)
    problems = [problem for row in look.rows for problem in row.problems]
    return marked_workbook(look.read, problems, words, code)


def take_in(by: Actor, token: str, words: Words, reference_prefix: str) -> Report:
    """Make the drafts of all rows that are not refused, or of none; once is enough.

    Raise :exc:`Conflict` if a filing changed while this was prepared.
    """
    upload = _get_own(by, token)
    if upload.applied_at is not None:
        return _told(upload)
    look = _look(by, upload, words)
    with transaction():
        upload = _get_own(by, token)
        if upload.applied_at is not None:
            return _told(upload)
        _check_unchanged(look, known_filings(_agency_of(by)))
        upload.outcome = Writer(by, upload, reference_prefix).write(look.rows)
        upload.applied_at = clock.now()
        upload.body = b""
        details = {"file": upload.file_name, "sha256": upload.file_hash, "agency": by.agency}
        counts = {str(fate): count for fate, count in look.report(upload).counts.items()}
        events.add_event(TAKEN_IN, by=by.account_id, details={**details, "counts": counts})
        return _told(upload)


def purge() -> int:
    """Forget the files whose time is over; give how many."""
    return uploads.remove_before(clock.now() - uploads.KEPT_FOR)


@dataclass(frozen=True)
class _Look:
    """A file as it was read, what was there then, and what its rows would do."""

    read: SheetFile
    known: Mapping[str, Known]
    rows: tuple[PlannedRow, ...]

    def report(self, upload: Upload) -> Report:
        """Give what the sender is told."""
        return Report(
            token=upload.token,
            file_name=upload.file_name,
            rows=self.rows,
            unknown=self.read.unknown,
            unread=self.read.unread,
        )


def _look(by: Actor, upload: Upload, words: Words) -> _Look:
    read = read_systems(upload.body, upload.file_name, words)
    known = known_filings(_agency_of(by))
    return _Look(read, known, tuple(plan(read, known, str(by.agency), words.languages)))


def _check_unchanged(look: _Look, now: Mapping[str, Known]) -> None:
    """Raise :exc:`Conflict` if a filing that is to be written is not as it was when planned."""
    for row in look.rows:
        if row.fate in WRITING and look.known.get(row.own) != now.get(row.own):
            raise Conflict(_("A filing changed in the meantime. Look at the report again."))


def _told(upload: Upload) -> Report:
    rows = [
        PlannedRow(
            sheet=each["sheet"],
            number=each["row"],
            own=each["own"],
            fate=Fate(each["fate"]),
            reference=each["reference"],
            name=each["name"],
            gaps=each["gaps"],
        )
        for each in upload.outcome or ()
    ]
    return Report(
        token=upload.token,
        file_name=upload.file_name,
        rows=tuple(rows),
        applied_at=upload.applied_at,
    )


def _agency_of(by: Actor) -> Agency:
    if by.role not in {Role.OFFICER, Role.APPROVER} or by.agency is None or by.account_id is None:
        raise NotAllowed(_("You file for your own agency only."))
    return agencies.get_agency(by.agency)


def _get_own(by: Actor, token: str) -> Upload:
    """Give a file to whoever sent it, for the agency for which it was sent."""
    upload = uploads.find_upload(token)
    agency = _agency_of(by)
    if upload is None or (upload.account_id, upload.agency_id) != (by.account_id, agency.id):
        raise NotFound(_("There is no such file, or it is kept no longer. Send it again."))
    return upload
