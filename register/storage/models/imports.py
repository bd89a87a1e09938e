"""The inventories of other registers that the secretariat brought, on their way into ours."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.storage.base import Base, Json, Moment
from register.storage.models.people import Account, Agency


class ImportRun(Base):
    """One file, from the day it was brought until its rows are taken in.

    ``body`` is the file and ``size`` its bytes, none once it is needed no more. ``preview`` says
    how it was read, ``trial`` and ``outcome`` what the dry run and the taking in came to,
    ``report`` the last of them in full. With ``accepts_smaller`` somebody said that a file which
    lacks what the last one had is whole. ``error`` says why it stopped; ``worker``, ``beat_at`` and
    ``attempts`` are of the process at work.
    """

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    format: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(String(300))
    file_hash: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    preview: Mapped[Json] = mapped_column(JSON, deferred=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    is_published: Mapped[bool] = mapped_column(default=False)
    accepts_smaller: Mapped[bool] = mapped_column(default=False)
    error: Mapped[Json | None] = mapped_column(JSON)
    trial: Mapped[Json | None] = mapped_column(JSON, deferred=True)
    outcome: Mapped[Json | None] = mapped_column(JSON, deferred=True)
    report: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    at: Mapped[datetime] = mapped_column(Moment)
    queued_at: Mapped[datetime | None] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    worker: Mapped[str | None] = mapped_column(String(64))
    beat_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    is_stopping: Mapped[bool] = mapped_column(default=False)
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    asked_by: Mapped[Account | None] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
    agency: Mapped[Agency | None] = relationship()
