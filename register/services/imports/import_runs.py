"""The inventories of other registers that the secretariat brings: kept, looked at, and found again.

A file goes through these states. It is ``read`` when it comes; ``checking`` while it waits for its
dry run or goes through it; ``checked`` with the report; ``proposed`` while its publication waits
for a second person; ``applying``; and then ``done``, ``failed`` or ``cancelled``.
"""

import hashlib
import io
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from register import clock
from register.errors import Invalid, NotAllowed, NotFound
from register.exchange.formats import FORMATS
from register.exchange.mapping import Format
from register.services.actor import Actor
from register.services.imports.import_call import sentence_from, unpacked
from register.services.imports.import_preview import preview
from register.services.turns import Turns
from register.standard.lifecycle import DraftState, Role, Status
from register.standard.marking import _
from register.standard.publication import Body
from register.storage import agencies, events, import_runs, imports, transaction
from register.storage.models import Disclosure, ImportRun

KEEPERS = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})
KEPT_FOR = timedelta(days=7)
MOST_WAITING = 5  # files of one account
MOST_LISTED = 50
LONGEST_NAME = 300
WORK = Turns(patience=3)
NO_SUCH_RUN = _("There is no such import, or it is kept no longer.")


class RunState(StrEnum):
    """Where a file stands."""

    READ = "read"
    CHECKING = "checking"
    CHECKED = "checked"
    PROPOSED = "proposed"
    APPLYING = "applying"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Run:
    """One file and what was done with it; ``asked_by`` and ``decided_by`` are addresses.

    ``before`` is how many wait before it, ``is_idle`` whether nobody works on any although they
    wait. ``accepts_smaller`` tells that a file which lacks what the last one had was accepted;
    ``error`` says why it stopped.
    """

    number: int
    state: RunState
    file_name: str
    file_hash: str
    format: str
    has_file: bool
    is_published: bool
    agency: Body | None
    at: datetime
    brought_by: str
    asked_by: str
    decided_by: str
    started_at: datetime | None
    ended_at: datetime | None
    accepts_smaller: bool
    error: str
    done: int
    total: int
    is_claimed: bool
    is_stopping: bool
    before: int = 0
    is_idle: bool = False


@dataclass(frozen=True, kw_only=True)
class Made:
    """A filing that a file made or changed; ``version`` is 0 if none is public."""

    reference: str
    name: Mapping[str, str]
    body: Body
    version: int
    is_draft: bool


def readable_formats() -> list[Format]:
    """Give the formats that can be read, by their titles."""
    found = [each for each in FORMATS.values() if each.is_read]
    return sorted(found, key=lambda each: each.title)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file as it came: of which format it is said to be, and whose rows they are, if one's."""

    file_name: str
    data: bytes
    format_name: str
    agency: str | None = None


def bring(by: Actor, sent: Sent) -> int:
    """Keep a file, look at its first rows, and give the number under which it is found again.

    Raise :exc:`Invalid` if it is not of that format; nothing is kept then.
    """
    check_keeper(by)
    name = tidy_name(sent.file_name)
    agency = _checked_choice(sent)
    with WORK.turn(by.account_id):
        looked = preview(
            io.BytesIO(sent.data), FORMATS[sent.format_name], file=name, agency=sent.agency
        )
    with transaction():
        purge()
        run = ImportRun(
            account_id=by.account_id,
            agency_id=agency,
            format=sent.format_name,
            file_name=name,
            file_hash=hashlib.sha256(sent.data).hexdigest(),
            size=len(sent.data),
            body=sent.data,
            preview=asdict(looked),
            state=RunState.READ,
            at=clock.now(),
        )
        number = import_runs.add_run(run, MOST_WAITING)
        details = {**details_of(run), "size": len(sent.data)}
        events.add_event("import_brought", by=by.account_id, details=details)
        return number


def get_run(by: Actor, number: int) -> Run:
    """Give a run; raise :exc:`NotFound` if there is none."""
    return _told(row_of(by, number), is_alone=True)


def list_runs(by: Actor) -> list[Run]:
    """Give the latest runs of all, the newest first."""
    check_keeper(by)
    return [_told(row) for row in import_runs.list_runs(MOST_LISTED)]


def get_preview(by: Actor, number: int) -> Mapping[str, Any]:
    """Give how the file was read: a :class:`.import_preview.Preview` as JSON."""
    return row_of(by, number).preview


def get_summary(by: Actor, number: int) -> Mapping[str, Any]:
    """Give what the last dry run found: a :class:`.import_call.Found` as JSON."""
    return row_of(by, number).trial or {}


def get_outcome(by: Actor, number: int) -> Mapping[str, Any]:
    """Give what the taking in came to, in the same form."""
    return row_of(by, number).outcome or {}


def get_report(by: Actor, number: int) -> str:
    """Give the last report in full, as JSON; raise :exc:`NotFound` if there is none yet."""
    report = row_of(by, number).report
    if report is None:
        raise NotFound(_("There is no report yet."))
    return unpacked(report)


def list_made(by: Actor, number: int, *, page: int, size: int) -> Sequence[Made]:
    """Give some of the filings that the file made or changed, by their references."""
    row = row_of(by, number)
    if row.started_at is None:
        return []
    until = row.ended_at or clock.now()
    found = import_runs.list_written(
        row.file_hash, row.started_at, until, offset=(page - 1) * size, limit=size
    )
    return _made(found)


def list_filings(by: Actor, references: Sequence[str]) -> Sequence[Made]:
    """Give the filings of these references, as far as there are."""
    check_keeper(by)
    return _made(import_runs.list_of_references(references))


def purge() -> int:
    """Forget the files whose time is over; give how many."""
    return import_runs.remove_before(clock.now() - KEPT_FOR)


def row_of(by: Actor, number: int, *, is_locked: bool = False) -> ImportRun:
    """Give the row of a run to those who may see it."""
    check_keeper(by)
    row = import_runs.find_run(number, is_locked=is_locked)
    if row is None:
        raise NotFound(NO_SUCH_RUN)
    return row


def check_keeper(by: Actor) -> None:
    """Raise :exc:`NotAllowed` unless somebody may import for all agencies."""
    if by.role not in KEEPERS or by.account_id is None:
        raise NotAllowed(_("Your role may not do this."))


def details_of(row: ImportRun) -> dict[str, Any]:
    """Give what the audit trail says of a run."""
    return {"run": row.id, "file": row.file_name, "sha256": row.file_hash, "format": row.format}


def tidy_name(name: str) -> str:
    """Give a file's name without folders and without anything that is not a letter on paper."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    return seen.strip()[-LONGEST_NAME:] or f"file-{secrets.token_hex(4)}"


def _checked_choice(sent: Sent) -> int | None:
    """Give the agency's id; raise :exc:`Invalid` by control for what is not offered."""
    errors = {}
    if sent.format_name not in {each.name for each in readable_formats()}:
        errors["format"] = [_("Choose the format of the file.")]
    found = agencies.find_agency(sent.agency) if sent.agency else None
    if sent.agency and found is None:
        errors["agency"] = [_("Choose one of the answers that are offered.")]
    if errors:
        raise Invalid(next(iter(errors.values()))[0], errors)
    return found.id if found else None


def _told(row: ImportRun, *, is_alone: bool = False) -> Run:
    is_waiting = is_alone and row.state in import_runs.BUSY
    now = clock.now()
    idle = import_runs.idle_since() if is_waiting else None
    return Run(
        number=row.id,
        state=RunState(row.state),
        file_name=row.file_name,
        file_hash=row.file_hash,
        format=row.format,
        has_file=row.size > 0,
        is_published=row.is_published,
        agency=agencies.body_of(row.agency) if row.agency else None,
        at=row.at,
        brought_by=row.account.email,
        asked_by=row.asked_by.email if row.asked_by else "",
        decided_by=row.decided_by.email if row.decided_by else "",
        started_at=row.started_at,
        ended_at=row.ended_at,
        accepts_smaller=row.accepts_smaller,
        error=sentence_from(row.error) if row.error else "",
        done=row.done,
        total=row.total,
        is_claimed=import_runs.is_claimed(row),
        is_stopping=row.is_stopping,
        before=import_runs.count_before(row) if is_waiting else 0,
        is_idle=idle is not None and idle < now - 2 * import_runs.LEASE,
    )


def _made(found: Sequence[Disclosure]) -> list[Made]:
    contents = imports.map_contents(found)
    return [
        Made(
            reference=each.reference,
            name=contents.get(each.id, {}).get("answers", {}).get("name", {}),
            body=agencies.body_of(each.agency),
            version=each.current_version if each.status == Status.PUBLISHED else 0,
            is_draft=each.draft_state != DraftState.NONE,
        )
        for each in found
    ]
