"""Who has to disclose what: the standing of agencies, and the ledger of determinations."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.storage.base import Base, Json, Moment, Texts
from register.storage.models.filings import Disclosure
from register.storage.models.people import Account, Agency


class Standing(Base):
    """How an agency, or one system of it, stood towards the duty to disclose, from a day on.

    ``kind`` is one of :class:`register.standard.obligations.StandingKind`. Only ever added to: no
    agency leaves the register's denominator without a trace.
    """

    __tablename__ = "standing"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    duty: Mapped[str] = mapped_column(String(60), default="")
    ground: Mapped[str] = mapped_column(String(40), default="")
    citation: Mapped[str] = mapped_column(String(300), default="")
    reason: Mapped[Texts] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    agency: Mapped[Agency] = relationship()
    by: Mapped[Account | None] = relationship()


class Determination(Base):
    """An answer to "must this be disclosed?", or a later change of what it rests on.

    ``kind``: ``check`` (the four questions), ``submitted`` or ``published`` (tier, stage or first
    day of use as then stated differ from the entry before). Entries about one system share
    ``matter``, the id of the first. Only ever added to.
    """

    __tablename__ = "determination"

    id: Mapped[int] = mapped_column(primary_key=True)
    matter: Mapped[int | None] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    disclosure_id: Mapped[int | None] = mapped_column(ForeignKey("disclosure.id"), index=True)
    version: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(200), default="")
    answers: Mapped[Json] = mapped_column(JSON)
    must: Mapped[bool]
    tier: Mapped[str] = mapped_column(String(40), default="")
    tier_before: Mapped[str] = mapped_column(String(40), default="")
    phase: Mapped[str] = mapped_column(String(40), default="")
    in_use_since: Mapped[str] = mapped_column(String(10), default="")
    reason: Mapped[Texts] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    agency: Mapped[Agency] = relationship()
    disclosure: Mapped[Disclosure | None] = relationship()
    by: Mapped[Account | None] = relationship()
