"""What is done with a file that the secretariat brought: tried out, taken in, called off.

Whatever takes long is only put into the queue here; ``import_work`` does it. What is to be
published is proposed by one person and decided by another, as everywhere.
"""

from register import clock
from register.errors import Conflict, NotAllowed
from register.services.actor import Actor
from register.services.imports.import_runs import RunState, check_keeper, details_of, row_of
from register.standard.marking import _
from register.storage import events, import_runs, transaction
from register.storage.models import ImportRun

NOT_NOW = _("This step is not open now. Look at the import again.")
NO_FILE = _("The file is no longer kept. Send it again.")
CONFIRM = _("Confirm that the file is whole, or bring another one.")
SECOND_PERSON = _("You brought this file or proposed to publish it. Somebody else must decide.")
TRIED = (RunState.READ, RunState.CHECKED, RunState.FAILED)


def try_out(by: Actor, number: int, *, is_published: bool) -> None:
    """Put the dry run into the queue, as drafts or to be published."""
    with transaction():
        run = _open(by, number, *TRIED)
        run.is_published, run.accepts_smaller = is_published, False
        run.trial = run.error = None
        _queue(run, RunState.CHECKING)
        events.add_event("import_tried", by=by.account_id, details=_details(run))


def go_ahead(by: Actor, number: int, *, accepts_smaller: bool = False) -> None:
    """Have the rows made into drafts or, if they are to be published, propose that.

    Raise :exc:`Conflict` if the file lacks what the last one had, unless that is accepted.
    """
    with transaction():
        run = _open(by, number, RunState.CHECKED)
        if (run.trial or {}).get("shrinkage") and not accepts_smaller:
            raise Conflict(CONFIRM)
        run.asked_by_id, run.accepts_smaller = by.account_id, accepts_smaller
        if run.is_published:
            run.state = RunState.PROPOSED
            events.add_event("import_proposed", by=by.account_id, details=_details(run))
            return
        _start(run)
        events.add_event("import_applied", by=by.account_id, details=_details(run))


def decide(by: Actor, number: int, *, is_approved: bool) -> None:
    """Have the rows published, or give the file back to whoever proposed that.

    Raise :exc:`NotAllowed` to who brought the file or proposed it: a second person must decide.
    """
    with transaction():
        run = _open(by, number, RunState.PROPOSED)
        if not is_approved:
            run.state = RunState.CHECKED
            events.add_event("import_returned", by=by.account_id, details=_details(run))
            return
        if by.account_id in {run.account_id, run.asked_by_id}:
            raise NotAllowed(SECOND_PERSON)
        run.decided_by_id = by.account_id
        _start(run)
        events.add_event("import_decided", by=by.account_id, details=_details(run))


def cancel(by: Actor, number: int) -> None:
    """Call it off, or tell the process that works on it to end; what is written stays."""
    check_keeper(by)
    with transaction():
        run = row_of(by, number, is_locked=True)
        if run.state in {RunState.DONE, RunState.CANCELLED}:
            raise Conflict(NOT_NOW)
        if import_runs.is_claimed(run):
            run.is_stopping = True
        else:
            close(run, RunState.CANCELLED)
        events.add_event("import_cancelled", by=by.account_id, details=_details(run))


def close(run: ImportRun, state: RunState) -> None:
    """Bring a run to its end, and forget the file. Call it inside a transaction."""
    run.state = state
    run.body, run.size = b"", 0
    run.worker, run.beat_at, run.is_stopping = None, None, False
    run.ended_at = clock.now()


def _open(by: Actor, number: int, *states: RunState) -> ImportRun:
    run = row_of(by, number, is_locked=True)
    if run.state not in states:
        raise Conflict(NOT_NOW)
    if not run.size:
        raise Conflict(NO_FILE)
    return run


def _start(run: ImportRun) -> None:
    run.started_at = run.started_at or clock.now()
    _queue(run, RunState.APPLYING)


def _queue(run: ImportRun, state: RunState) -> None:
    run.state = state
    run.queued_at, run.ended_at = clock.now(), None
    run.worker, run.beat_at, run.attempts = None, None, 0
    run.done = run.total = 0


def _details(run: ImportRun) -> dict[str, object]:
    return {**details_of(run), "is_published": run.is_published, "is_smaller": run.accepts_smaller}
