"""The files of other registers that wait, are worked on, or were taken in.

At most one of them is worked on at a time, by whatever process. Whoever works on one says so every
few seconds; one of which nobody has said so for a while is taken up by the next who asks.
"""

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from types import TracebackType

from sqlalchemy import Engine, Select, delete, func, select, update
from sqlalchemy.orm import joinedload

from register import clock
from register.storage.database import db, forget, transaction
from register.storage.imports import IMPORTED
from register.storage.models import AuditEvent, Disclosure, ImportRun

BEAT = 2.0  # seconds between two signs of life
LEASE = timedelta(seconds=30)  # without one, before another process takes over
BUSY = ("checking", "applying")
UNAPPLIED = ("read", "checked", "failed")


def add_run(run: ImportRun, most: int) -> int:
    """Keep a file and give its number; the oldest of the account that rest make room for it."""
    with transaction() as session:
        session.add(run)
        session.flush()
        resting = select(ImportRun.id).where(
            ImportRun.account_id == run.account_id,
            ImportRun.state.in_(UNAPPLIED),
            ImportRun.started_at.is_(None),
        )
        surplus = db.session.scalars(resting.order_by(ImportRun.id.desc()).offset(most))
        session.execute(delete(ImportRun).where(ImportRun.id.in_(list(surplus))))
        return run.id


def find_run(number: int, *, is_locked: bool = False) -> ImportRun | None:
    """Give a run, with ``is_locked`` so that no other transaction changes it meanwhile."""
    query = select(ImportRun).where(ImportRun.id == number)
    if is_locked:
        query = query.with_for_update()
    return db.session.scalar(query)


def list_runs(limit: int) -> list[ImportRun]:
    """Give the latest runs, the newest first."""
    people = (ImportRun.account, ImportRun.asked_by, ImportRun.decided_by, ImportRun.agency)
    query = select(ImportRun).options(*(joinedload(each) for each in people))
    return list(db.session.scalars(query.order_by(ImportRun.id.desc()).limit(limit)))


def count_before(run: ImportRun) -> int:
    """Tell how many wait or are worked on that came into the queue earlier."""
    query = select(func.count()).where(
        ImportRun.state.in_(BUSY),
        ImportRun.id != run.id,
        ImportRun.queued_at < run.queued_at,
    )
    return db.session.scalar(query) or 0


def is_claimed(run: ImportRun) -> bool:
    """Tell whether a process works on a run and gave a sign of life lately."""
    return run.worker is not None and run.beat_at is not None and run.beat_at > clock.now() - LEASE


def idle_since() -> datetime | None:
    """Tell since when the oldest run has waited, if any does and no process works on one."""
    rows = db.session.execute(
        select(ImportRun.queued_at, ImportRun.beat_at).where(ImportRun.state.in_(BUSY))
    )
    waiting = [(queued, beat) for queued, beat in rows if queued is not None]
    if any(beat is not None and beat > clock.now() - LEASE for _queued, beat in waiting):
        return None
    return min((queued for queued, _beat in waiting), default=None)


def claim(worker: str) -> ImportRun | None:
    """Take up the run that has waited longest; ``None`` if none waits, or one is worked on."""
    forget()
    if db.session.scalar(select(ImportRun.id).where(ImportRun.state.in_(BUSY)).limit(1)) is None:
        return None
    with transaction():
        queue = (
            select(ImportRun)
            .where(ImportRun.state.in_(BUSY))
            .order_by(ImportRun.queued_at, ImportRun.id)
            .with_for_update()
        )
        waiting = list(db.session.scalars(queue))
        now = clock.now()
        if not waiting or any(each.beat_at and each.beat_at > now - LEASE for each in waiting):
            return None
        run = waiting[0]
        run.worker, run.beat_at = worker, now
        run.attempts += 1
        run.done = run.total = 0
        return run


def written_since(file_hash: str, moment: datetime) -> tuple[int, int]:
    """Tell how many filings a file made since a moment, and how many older ones it changed."""
    query = select(Disclosure.created_at).where(Disclosure.id.in_(_written(file_hash, moment)))
    days = list(db.session.scalars(query))
    created = sum(day >= moment for day in days)
    return created, len(days) - created


def list_written(
    file_hash: str, since: datetime, until: datetime, *, offset: int, limit: int
) -> list[Disclosure]:
    """Give some of the filings that a file made or changed between two moments."""
    query = (
        select(Disclosure)
        .where(Disclosure.id.in_(_written(file_hash, since, until)))
        .options(joinedload(Disclosure.agency))
        .order_by(Disclosure.id)
    )
    return list(db.session.scalars(query.offset(offset).limit(limit)))


def list_of_references(references: Iterable[str]) -> list[Disclosure]:
    """Give the filings of these references, in their order of beginning."""
    query = (
        select(Disclosure)
        .where(Disclosure.reference.in_(list(references)))
        .options(joinedload(Disclosure.agency))
    )
    return list(db.session.scalars(query.order_by(Disclosure.id)))


def remove_before(moment: datetime) -> int:
    """Delete the files that came before a moment, and the runs of which nothing was taken in."""
    with transaction() as session:
        old = select(ImportRun.id).where(ImportRun.at <= moment, ImportRun.state.not_in(BUSY))
        kept = old.where(ImportRun.started_at.is_not(None), ImportRun.size > 0)
        gone = old.where(ImportRun.started_at.is_(None))
        emptied, removed = list(session.scalars(kept)), list(session.scalars(gone))
        empty = update(ImportRun).where(ImportRun.id.in_(emptied)).values(body=b"", size=0)
        session.execute(empty)
        session.execute(delete(ImportRun).where(ImportRun.id.in_(removed)))
        return len(emptied) + len(removed)


class Pulse:
    """Says every two seconds that a run is worked on and how far it has come.

    Its thread has a connection of its own, so that it neither waits for the work nor disturbs it.
    ``is_over`` tells the work to end: somebody asked for that, or another process took over.
    """

    def __init__(self, run: ImportRun, worker: str) -> None:
        """Speak for ``worker`` about ``run``, from :meth:`__enter__` on."""
        self.is_over = threading.Event()
        self.position = (0, 0)
        self._engine: Engine = db.engine
        self._number, self._worker = run.id, worker
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)

    def __enter__(self) -> "Pulse":
        """Begin."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Be silent from now on."""
        self._stop.set()
        self._thread.join()

    def _go_on(self) -> None:
        while not self._stop.wait(BEAT):
            try:
                is_ours = self._beat()
            except Exception:  # noqa: S112 - a busy database is tried again; the lease is long
                continue
            if not is_ours:
                self.is_over.set()

    def _beat(self) -> bool:
        """Give a sign of life; tell whether the work is still wanted of this process."""
        done, total = self.position
        is_ours = (ImportRun.id == self._number, ImportRun.worker == self._worker)
        with self._engine.begin() as connection:
            told = connection.execute(
                update(ImportRun)
                .where(*is_ours, ImportRun.is_stopping.is_(False))
                .values(beat_at=clock.now(), done=done, total=total)
            )
            return bool(told.rowcount)


def _written(file_hash: str, since: datetime, until: datetime | None = None) -> Select[int | None]:
    query = select(AuditEvent.disclosure_id).where(
        AuditEvent.action == IMPORTED,
        AuditEvent.at >= since,
        AuditEvent.details["sha256"].as_string() == file_hash,
    )
    if until is not None:
        query = query.where(AuditEvent.at <= until)
    return query
