"""The directory of public bodies, the people who sign in, and what is sent to them."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.storage.base import Base, Json, Moment, Texts


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


class AgencyVersion(Base):
    """What the directory said of a public body from a moment on; only ever added to."""

    __tablename__ = "agency_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    names: Mapped[Texts] = mapped_column(JSON)
    abbreviation: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(20))
    sector: Mapped[str] = mapped_column(String(60))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    approval: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment)


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


class Invitation(Base):
    """A link by which somebody makes their account or a new password; kept only as a hash."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    role: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    language: Mapped[str] = mapped_column(String(20))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    agency: Mapped[Agency | None] = relationship()


class KeptForm(Base):
    """What somebody sent after their session had ended, until they sign in and send it again."""

    __tablename__ = "kept_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    path: Mapped[str] = mapped_column(String(500))
    fields: Mapped[list[list[str]]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)


class MailMessage(Base):
    """A letter to an account that waits to be sent, or was; ``key`` keeps it from going twice."""

    __tablename__ = "mail_message"
    __table_args__ = (UniqueConstraint("recipient", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(200))
    details: Mapped[Json] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    next_try_at: Mapped[datetime] = mapped_column(Moment)
