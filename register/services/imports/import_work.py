"""The work on the files that the secretariat brought: one at a time, in a process of its own.

An import may be repeated, so a run that was interrupted is begun again from the top: rows that are
taken in already are found unchanged. Whoever is killed leaves a run that the next process takes up
once the lease has run out; one that ends in an orderly way gives it back at once.
"""

import logging
import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

from register.errors import Message, NotAllowed, RegisterError, Unavailable
from register.services.accounts.people import get_actor
from register.services.actor import SYSTEM, Actor
from register.services.imports.import_call import Found, sentence_data, take_in
from register.services.imports.import_order import Order
from register.services.imports.import_runs import KEEPERS, RunState, details_of
from register.services.imports.import_steps import close
from register.standard.marking import _
from register.storage import events, forget, import_runs, transaction
from register.storage.import_runs import Pulse
from register.storage.models import Account, ImportRun

MOST_ATTEMPTS = 5
SURPRISE = _("Something went wrong in the register itself. Whoever runs it finds it in the log.")
INTERRUPTED = _("The work on it was interrupted %(num)s times and is not begun again.")
GONE = _("The account for which it was to be done may not do this any more.")
Settle = Callable[[ImportRun], None]
logger = logging.getLogger(__name__)


class _StoppedError(Exception):
    """The work is to end here: this process ends, or somebody called it off."""


class Worker:
    """A process that works on the runs which wait, one after the other."""

    def __init__(self, reference_prefix: str, is_ending: Callable[[], bool]) -> None:
        """Give new filings this prefix; end in the middle of a run once ``is_ending``."""
        self._name = secrets.token_hex(16)
        self._prefix = reference_prefix
        self._is_ending = is_ending

    def work(self) -> bool:
        """Take up the run that has waited longest, if any; tell whether there was one."""
        run = import_runs.claim(self._name)
        if run is None:
            return False
        if run.is_stopping:
            self._settle(run.id, _cancelled)
        elif run.attempts > MOST_ATTEMPTS:
            sentence = Message(INTERRUPTED, num=MOST_ATTEMPTS)
            self._settle(run.id, partial(_fail, sentence=sentence))
        else:
            self._carry_out(run)
        return True

    def _carry_out(self, run: ImportRun) -> None:
        number = run.id
        with Pulse(run, self._name) as pulse:
            settle = self._try(run, pulse)
        self._settle(number, settle)

    def _try(self, run: ImportRun, pulse: Pulse) -> Settle:
        """Do what is to be done with a file, and give what is to be noted of how that ended."""
        number = run.id
        try:
            return partial(_finish, found=self._take_in(run, pulse))
        except _StoppedError:
            return _cancelled_or_given_back
        except Unavailable:
            return _put_off
        except RegisterError as error:
            return partial(_fail, sentence=error.args[0])
        except Exception:
            logger.exception("import %s failed", number)
            return partial(_fail, sentence=SURPRISE)

    def _take_in(self, run: ImportRun, pulse: Pulse) -> Found:
        order = self._order(run, pulse)
        return take_in(run.body, order, accepts_smaller=run.accepts_smaller)

    def _order(self, run: ImportRun, pulse: Pulse) -> Order:
        def progress(done: int, total: int) -> None:
            pulse.position = (done, total)
            if self._is_ending() or pulse.is_over.is_set():
                raise _StoppedError

        return Order(
            file_name=run.file_name,
            format_name=run.format,
            by=_actor(run),
            reference_prefix=self._prefix,
            agency=run.agency.slug if run.agency else None,
            is_dry_run=run.state == RunState.CHECKING,
            is_published=run.is_published,
            progress=progress,
        )

    def _settle(self, number: int, settle: Settle) -> None:
        """Note how it ended, unless another process has taken the run over meanwhile."""
        forget()
        with transaction():
            row = import_runs.find_run(number, is_locked=True)
            if row is not None and row.worker == self._name:
                settle(row)


def _actor(run: ImportRun) -> Actor:
    """Give for whom it is done.

    What two people decided on is published by the register itself, since a version has one author
    and that was neither of them; the trail names both.
    """
    who: Account = run.asked_by or run.account
    people = [who, run.decided_by] if run.decided_by else [who]
    if any(each.is_disabled or each.role not in KEEPERS for each in people):
        raise NotAllowed(GONE)
    return SYSTEM if run.is_published else get_actor(who.email)


def _finish(row: ImportRun, found: Found) -> None:
    row.report = found.report
    if row.state == RunState.CHECKING:
        row.trial = found.summary
        row.state = RunState.CHECKED
        row.worker, row.beat_at, row.is_stopping = None, None, False
        return
    row.outcome = {**found.summary, **_written(row, found.summary)}
    close(row, RunState.DONE)
    counts = {name: row.outcome[name] for name in ("rows", "created", "updated", "rejected")}
    details = {**details_of(row), "counts": counts}
    events.add_event("import_completed", by=None, details=details)


def _written(row: ImportRun, summary: dict[str, Any]) -> dict[str, int]:
    """Count what all attempts together wrote: the last one found the rest unchanged."""
    if row.started_at is None:
        return {}
    created, updated = import_runs.written_since(row.file_hash, row.started_at)
    unchanged = summary["rows"] - summary["rejected"] - created - updated
    return {"created": created, "updated": updated, "unchanged": max(0, unchanged)}


def _fail(row: ImportRun, sentence: str) -> None:
    row.error = sentence_data(sentence)
    row.state = RunState.FAILED
    row.worker, row.beat_at, row.is_stopping = None, None, False
    details = {**details_of(row), "error": str(sentence)}
    events.add_event("import_failed", by=None, details=details)


def _cancelled(row: ImportRun) -> None:
    close(row, RunState.CANCELLED)


def _cancelled_or_given_back(row: ImportRun) -> None:
    """End it if somebody called it off; else let the next process begin it again at once."""
    if row.is_stopping:
        close(row, RunState.CANCELLED)
    else:
        row.worker, row.beat_at = None, None
        row.attempts -= 1


def _put_off(row: ImportRun) -> None:
    """Leave it to whoever comes once the lease has run out: the database is busy now."""
    row.worker = None
