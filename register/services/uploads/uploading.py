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
from register.exchange.sheet.sheet_marking import marked as marked_workbook
from register.exchange.sheet.sheet_reading import read_systems, read_tables
from register.exchange.sheet.sheet_words import Words
from register.services.actor import Actor
from register.services.turns import Turns
from register.services.uploads.upload_findings import Findings, packed, row_from_data, unpacked
from register.services.uploads.upload_planning import (
    WRITING,
    Fate,
    Known,
    known_filings,
    plan,
)
from register.services.uploads.upload_writing import Writer
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import agencies, events, transaction, uploads
from register.storage.models import Agency, Upload

TAKEN_IN = "spreadsheet_taken_in"
WORK = Turns(patience=3)
_LONGEST_NAME = 300
_CHANGED = _("A filing changed in the meantime. Look at the report again.")


@dataclass(frozen=True, kw_only=True)
class Report(Findings):
    """What a file would do, or has done once ``applied_at`` is set."""

    token: str
    file_name: str
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
    """Look at a file, keep it with what was found, and give the token for its sender to find it.

    Raise :exc:`Invalid` if it is no table of systems at all; nothing is kept then.
    """
    agency = agency_of(by)
    file_name = file_name[-_LONGEST_NAME:]
    with WORK.turn(by.account_id):
        found = packed(_look(by, data, file_name, words).findings)
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
                found=found,
                at=clock.now(),
            )
        )
    return token


def report(by: Actor, token: str, words: Words) -> Report:
    """Say of every row what it would do; or what was done, once the drafts were made.

    That is what was found when the file was last looked at.
    """
    upload = get_own(by, token)
    if upload.applied_at is not None:
        return _told(upload)
    found = _found(by, upload, words)
    return Report(
        token=token,
        file_name=upload.file_name,
        rows=found.rows,
        unknown=found.unknown,
        unread=found.unread,
    )


def marked(by: Actor, token: str, words: Words, code: str) -> bytes:
    """Give the file back with every cell marked that has to be mended, in a language."""
    upload = get_own(by, token)
    if upload.applied_at is not None:
        raise NotFound(_("The drafts were made, and the file is no longer kept."))
    found = _found(by, upload, words)
    problems = [problem for row in found.rows for problem in row.problems]
    with WORK.turn(by.account_id):
        tables = read_tables(upload.body, upload.file_name, words)
        return marked_workbook(tables, problems, words, code)


def take_in(by: Actor, token: str, words: Words, reference_prefix: str) -> Report:
    """Make the drafts of all rows that are not refused, or of none; once is enough.

    Every row is judged anew. Raise :exc:`Conflict` if that comes to anything else than was told, or
    if a filing changed while this was prepared; the report then tells how it is now.
    """
    upload = get_own(by, token)
    if upload.applied_at is not None:
        return _told(upload)
    with WORK.turn(by.account_id):
        look = _look(by, upload.body, upload.file_name, words)
        try:
            _check_as_told(look, upload)
            return _write(by, token, look, reference_prefix)
        except Conflict:
            _keep(by, token, None)
            raise


def _write(by: Actor, token: str, look: "_Look", reference_prefix: str) -> Report:
    with transaction():
        upload = get_own(by, token)
        if upload.applied_at is not None:
            return _told(upload)
        _check_unchanged(look, known_filings(agency_of(by)))
        upload.outcome = Writer(by, upload, reference_prefix).write(look.findings.rows)
        upload.applied_at = clock.now()
        upload.body, upload.found = b"", None
        details = {"file": upload.file_name, "sha256": upload.file_hash, "agency": by.agency}
        told = _told(upload)
        counts = {str(fate): count for fate, count in told.counts.items()}
        events.add_event(TAKEN_IN, by=by.account_id, details={**details, "counts": counts})
        return told


def purge() -> int:
    """Forget the files whose time is over; give how many."""
    return uploads.remove_before(clock.now() - uploads.KEPT_FOR)


@dataclass(frozen=True)
class _Look:
    """What was there when a file was looked at, and what its rows would do."""

    known: Mapping[str, Known]
    findings: Findings


def _look(by: Actor, data: bytes, file_name: str, words: Words) -> _Look:
    read = read_systems(data, file_name, words)
    known = known_filings(agency_of(by))
    rows = tuple(plan(read, known, str(by.agency), words.languages))
    return _Look(known, Findings(rows=rows, unknown=read.unknown, unread=read.unread))


def _found(by: Actor, upload: Upload, words: Words) -> Findings:
    """Give what was found in a file; look at it again if that holds no more."""
    if upload.found:
        return unpacked(upload.found)
    with WORK.turn(by.account_id):
        found = packed(_look(by, upload.body, upload.file_name, words).findings)
    _keep(by, upload.token, found)
    return unpacked(found)


def _keep(by: Actor, token: str, found: bytes | None) -> None:
    with transaction():
        get_own(by, token).found = found


def _check_as_told(look: _Look, upload: Upload) -> None:
    """Raise :exc:`Conflict` if the rows would do anything else than their sender was told."""
    if packed(look.findings) != upload.found:
        raise Conflict(_CHANGED)


def _check_unchanged(look: _Look, now: Mapping[str, Known]) -> None:
    """Raise :exc:`Conflict` if a filing that is to be written is not as it was when planned."""
    for row in look.findings.rows:
        if row.fate in WRITING and look.known.get(row.own) != now.get(row.own):
            raise Conflict(_CHANGED)


def _told(upload: Upload) -> Report:
    return Report(
        token=upload.token,
        file_name=upload.file_name,
        rows=tuple(row_from_data(each) for each in upload.outcome or ()),
        applied_at=upload.applied_at,
    )


def agency_of(by: Actor) -> Agency:
    """Give the agency for which an actor files. Raise :exc:`NotAllowed` if there is none."""
    if by.role not in {Role.OFFICER, Role.APPROVER} or by.agency is None or by.account_id is None:
        raise NotAllowed(_("You file for your own agency only."))
    return agencies.get_agency(by.agency)


def get_own(by: Actor, token: str) -> Upload:
    """Give a file to whoever sent it, for the agency for which it was sent."""
    upload = uploads.find_upload(token)
    agency = agency_of(by)
    if upload is None or (upload.account_id, upload.agency_id) != (by.account_id, agency.id):
        raise NotFound(_("There is no such file, or it is kept no longer. Send it again."))
    return upload
