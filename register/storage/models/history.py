"""What was made public and what was done: only ever added to; triggers refuse the rest."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.storage.base import Base, Json, Moment, Texts
from register.storage.models.filings import Disclosure
from register.storage.models.ledger import LedgerEntry
from register.storage.models.people import Account, Agency


class Revision(Base):
    """One version that was made public, for good. ``action``: published, amended or withdrawn.

    ``known_at`` is when it came here, if it was made public in another instance before.
    """

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("disclosure_id", "version"),
        CheckConstraint("version > 0", name="version_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), index=True)
    version: Mapped[int]
    action: Mapped[str] = mapped_column(String(20))
    standard: Mapped[str] = mapped_column(String(20))
    content: Mapped[Json] = mapped_column(JSON)
    change_note: Mapped[Texts | None] = mapped_column(JSON)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    known_at: Mapped[datetime | None] = mapped_column(Moment)
    disclosure: Mapped[Disclosure] = relationship()
    author: Mapped[Account | None] = relationship(foreign_keys=[author_id])
    approver: Mapped[Account | None] = relationship(foreign_keys=[approver_id])
    source_row: Mapped["SourceRow | None"] = relationship(back_populates="revision")


class SourceRow(Base):
    """Where an imported revision came from: the file, its hash, the row and its raw columns."""

    __tablename__ = "source_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), unique=True)
    format: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[str | None] = mapped_column(String(300))
    file_name: Mapped[str] = mapped_column(String(300))
    file_hash: Mapped[str] = mapped_column(String(64), index=True)
    row: Mapped[int]
    raw: Mapped[Json] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)
    revision: Mapped[Revision] = relationship(back_populates="source_row")


class Presentation(Base):
    """What the public reads of a revision, in UTF-8, with the mark of the code that made it."""

    __tablename__ = "presentation"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class AuditEvent(Base):
    """Something that somebody did, in the past tense. ``actor`` is empty for the system itself."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    action: Mapped[str] = mapped_column(String(60), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    disclosure_id: Mapped[int | None] = mapped_column(ForeignKey("disclosure.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    details: Mapped[Json] = mapped_column(JSON, default=dict)
    actor: Mapped[Account | None] = relationship()
    disclosure: Mapped[Disclosure | None] = relationship()


class AuditNote(Base):
    """What an auditor wrote down, for auditors alone.

    It is about a disclosure or one version of it, or an agency, or else the register. ``corrects``
    is the note that a later one puts right: neither is ever changed. Only an erasure, of which the
    entry ``erased_by`` of the ledger tells, takes the text of a note.
    """

    __tablename__ = "audit_note"
    __table_args__ = (
        CheckConstraint("disclosure_id IS NULL OR agency_id IS NULL", name="one_subject"),
        CheckConstraint("version IS NULL OR disclosure_id IS NOT NULL", name="version_of_what"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    disclosure_id: Mapped[int | None] = mapped_column(ForeignKey("disclosure.id"), index=True)
    version: Mapped[int | None]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("audit_note.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    erased_by: Mapped[int | None] = mapped_column(ForeignKey("ledger_entry.seq"))
    author: Mapped[Account] = relationship()
    disclosure: Mapped[Disclosure | None] = relationship()
    agency: Mapped[Agency | None] = relationship()
    erasure: Mapped[LedgerEntry | None] = relationship()


class Outbox(Base):
    """A disclosure whose public face changed, until the index has caught up."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012
