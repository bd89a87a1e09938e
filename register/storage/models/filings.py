"""The filings with their drafts, and what helps to write them."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.storage.base import Base, Json, Moment, Texts
from register.storage.models.people import Account, Agency


class Counter(Base):
    """The last number given out under a name; numbers are never given twice."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[int]


class Disclosure(Base):
    """One AI system's entry: whose it is, its public status, and the draft if there is one.

    ``draft_purpose`` is ``filing``, or ``renewal`` for a yearly confirmation, of which
    ``draft_to_change`` names the sections that are said to need a change; ``draft_comments`` is
    what the second person said of single questions, by name; ``matter`` leads to the
    determinations; ``period`` is that of a nil return.
    """

    __tablename__ = "disclosure"
    __table_args__ = (UniqueConstraint("agency_id", "source_format", "source_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    status: Mapped[str] = mapped_column(String(20))
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
    draft_purpose: Mapped[str] = mapped_column(
        String(20), default="filing", server_default="filing"
    )
    draft_to_change: Mapped[list[str] | None] = mapped_column(JSON)
    draft_comments: Mapped[Texts | None] = mapped_column(JSON)
    draft_submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    draft_endorsed_at: Mapped[datetime | None] = mapped_column(Moment)
    draft_endorser_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    draft_returned_at: Mapped[datetime | None] = mapped_column(Moment)
    matter: Mapped[int | None] = mapped_column(index=True)
    period: Mapped[str | None] = mapped_column(String(20))
    source_format: Mapped[str | None] = mapped_column(String(40))
    source_key: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(Moment)
    lock_version: Mapped[int] = mapped_column(default=1)
    agency: Mapped[Agency] = relationship()
    draft_author: Mapped[Account | None] = relationship(foreign_keys=[draft_author_id])
    draft_endorser: Mapped[Account | None] = relationship(foreign_keys=[draft_endorser_id])

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


class Template(Base):
    """Answers to begin a filing from: an agency's own, or for a product that many agencies use.

    ``hands`` are the accounts whose unpublished work it holds.
    """

    __tablename__ = "template"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    names: Mapped[Texts] = mapped_column(JSON)
    content: Mapped[Json] = mapped_column(JSON)
    standard: Mapped[str] = mapped_column(String(20))
    is_shared: Mapped[bool] = mapped_column(default=False)
    is_removed: Mapped[bool] = mapped_column(default=False)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    hands: Mapped[list[int] | None] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)
    agency: Mapped[Agency] = relationship()


class Upload(Base):
    """A spreadsheet that an officer sent, between its dry run and its taking in.

    ``found`` is what the dry run found; ``outcome`` says of each row what became of it, and then
    ``body`` and ``found`` are emptied.
    """

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    file_name: Mapped[str] = mapped_column(String(300))
    file_hash: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    found: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    at: Mapped[datetime] = mapped_column(Moment)
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[list[Json] | None] = mapped_column(JSON)


class Quality(Base):
    """What the rules of quality say of a published record; can be computed again at any time."""

    __tablename__ = "quality"

    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), primary_key=True)
    version: Mapped[int]
    rules: Mapped[str] = mapped_column(String(20))
    score: Mapped[int]
    findings: Mapped[list[Json]] = mapped_column(JSON)


class TextPrint(Base):
    """The fingerprint of a long text of a published record, by which copies are found."""

    __tablename__ = "text_print"

    id: Mapped[int] = mapped_column(primary_key=True)
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), index=True)
    field: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(20))
    print: Mapped[str] = mapped_column(String(64), index=True)


class LinkCheck(Base):
    """When a link of a published record was last tried, and how that went."""

    __tablename__ = "link_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(2000), unique=True)
    is_broken: Mapped[bool]
    said: Mapped[str] = mapped_column(String(200))
    checked_at: Mapped[datetime] = mapped_column(Moment)
    broken_since: Mapped[datetime | None] = mapped_column(Moment)
