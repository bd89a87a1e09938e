"""The ledger: its entries, its tree, and what was signed; triggers let all of it only grow."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from register.storage.base import Base, Moment, Texts

_OF_THE_LOG = text("revision_id IS NULL AND determination_id IS NULL")


class LedgerEntry(Base):
    """One entry, as it is hashed into the tree; ``seq`` counts from 0 without gaps.

    ``salts`` are those of its commitments, in hexadecimal by name of field: the one thing of it
    that an erasure takes. An entry tells of a revision, of a determination, or of the log itself.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index(
            "ix_ledger_entry_of_the_log",
            "seq",
            sqlite_where=_OF_THE_LOG,
            postgresql_where=_OF_THE_LOG,
        ),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[str] = mapped_column(Text)
    salts: Mapped[Texts | None] = mapped_column(JSON(none_as_null=True))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"), unique=True)
    determination_id: Mapped[int | None] = mapped_column(
        ForeignKey("determination.id"), unique=True
    )


class LedgerNode(Base):
    """The hash of a complete subtree; on level 0 stand the leaves."""

    __tablename__ = "ledger_node"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class LedgerCheckpoint(Base):
    """What was signed of the first ``size`` entries; each is of more of them than the last."""

    __tablename__ = "ledger_checkpoint"

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class Erasure(Base):
    """A field of an entry whose value and salt may be taken out, and the entry that says so."""

    __tablename__ = "erasure"
    __table_args__ = (UniqueConstraint("target_seq", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_seq: Mapped[int] = mapped_column(ForeignKey("ledger_entry.seq"), index=True)
    target_seq: Mapped[int] = mapped_column(ForeignKey("ledger_entry.seq"))
    name: Mapped[str] = mapped_column(String(200))
