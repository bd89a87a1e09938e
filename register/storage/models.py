"""The tables: columns for what the system needs, one JSON column for what the law asks.

Revisions and audit events are only ever added to; triggers in the second migration refuse the rest.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.storage.base import Base, Moment

Texts = dict[str, str]
Json = dict[str, Any]


class Agency(Base):
    """A public body in the directory, a node of the tree of government."""

    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    names: Mapped[Texts] = mapped_column(JSON)
    abbreviation: Mapped[str] = mapped_column(String(40), default="")
    level: Mapped[str] = mapped_column(String(20), index=True)
    sector: Mapped[str] = mapped_column(String(60), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    approval: Mapped[str] = mapped_column(String(20), default="agency")
    created_at: Mapped[datetime] = mapped_column(Moment)
    parent: Mapped["Agency | None"] = relationship(remote_side=[id])


class Account(Base):
    """A person who signs in. The password is kept only as an argon2id hash."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(20), default="en")
    is_disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
    agency: Mapped[Agency | None] = relationship()


class SignIn(Base):
    """A session on the server, so that it can be ended; its secret is kept only as a hash."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    account: Mapped[Account] = relationship()


class Attempt(Base):
    """A try to sign in, counted before the password is looked at."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)


class Counter(Base):
    """The last number given out under a name; numbers are never given twice."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[int]


class Disclosure(Base):
    """One AI system's entry: whose it is, its public status, and the draft if there is one."""

    __tablename__ = "disclosure"
    __table_args__ = (UniqueConstraint("agency_id", "source_format", "source_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    status: Mapped[str] = mapped_column(String(20), index=True)
    current_version: Mapped[int] = mapped_column(default=0)
    first_published_at: Mapped[datetime | None] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    draft_state: Mapped[str] = mapped_column(String(20), index=True)
    draft_content: Mapped[Json | None] = mapped_column(JSON)
    draft_standard: Mapped[str] = mapped_column(String(20), default="")
    draft_change_note: Mapped[Texts | None] = mapped_column(JSON)
    draft_return_reason: Mapped[str] = mapped_column(Text, default="")
    draft_complete: Mapped[list[str]] = mapped_column(JSON, default=list)
    draft_saved_at: Mapped[datetime | None] = mapped_column(Moment)
    draft_author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    source_format: Mapped[str | None] = mapped_column(String(40))
    source_key: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(Moment)
    lock_version: Mapped[int] = mapped_column(default=1)
    agency: Mapped[Agency] = relationship()
    draft_author: Mapped[Account | None] = relationship()

    __mapper_args__ = {"version_id_col": lock_version}  # noqa: RUF012


class Contribution(Base):
    """Who touched the filing that is to become ``version``: they may not publish it."""

    __tablename__ = "contribution"
    __table_args__ = (UniqueConstraint("disclosure_id", "version", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"))
    version: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class Revision(Base):
    """One version that was made public, for good. ``action``: published, amended or withdrawn."""

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


class Outbox(Base):
    """A disclosure whose public face changed, until the index has caught up."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012


__all__ = [
    "Account",
    "Agency",
    "Attempt",
    "AuditEvent",
    "Contribution",
    "Counter",
    "Disclosure",
    "Outbox",
    "Revision",
    "SignIn",
    "SourceRow",
]
