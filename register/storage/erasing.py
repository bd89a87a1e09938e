"""Taking out of the register what an entry of the ledger says is erased, and nothing besides.

The database allows it only where that entry stands already, and only to remove.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import func, insert, null, select, update

from register.storage import counters
from register.storage.database import db, transaction
from register.storage.models import (
    AuditEvent,
    AuditNote,
    Determination,
    Disclosure,
    Erasure,
    LedgerEntry,
    Revision,
    SourceRow,
)

Target = tuple[int, str]
_ERASED, _PURGED = "erased", "purged"


_Subject = TypeVar("_Subject", Revision, Determination)


@dataclass(frozen=True)
class Logged(Generic[_Subject]):
    """A version or a determination with the number of its entry and the names of its salts."""

    subject: _Subject
    seq: int
    names: frozenset[str]


@dataclass(frozen=True)
class Erased:
    """An entry by which something was erased, and what."""

    seq: int
    data: str
    targets: tuple[Target, ...]


def count_up() -> None:
    """Count an erasure, in its transaction: something is left of it until that is noted."""
    counters.grow(_ERASED)


def count_erased() -> int:
    """Tell how often something was erased from this database."""
    return counters.value_of(_ERASED)


def count_unpurged() -> int:
    """Tell of how many erasures something may be left in index and files."""
    return counters.value_of(_ERASED) - counters.value_of(_PURGED)


def note_purged(number: int) -> None:
    """Note that nothing is left of so many erasures."""
    counters.put(_PURGED, number)


def hold_filing(reference: str) -> Disclosure | None:
    """Give a filing that nobody else changes until this transaction ends, or ``None``."""
    query = select(Disclosure).where(Disclosure.reference == reference)
    return db.session.scalar(query.with_for_update(of=Disclosure))


def list_versions(disclosure: Disclosure) -> list[Logged[Revision]]:
    """Give every version of a filing with its entry, the oldest first."""
    query = (
        select(Revision, LedgerEntry.seq, LedgerEntry.salts)
        .join(LedgerEntry, LedgerEntry.revision_id == Revision.id)
        .where(Revision.disclosure_id == disclosure.id)
        .order_by(Revision.version)
    )
    found = db.session.execute(query)
    return [Logged(each, seq, frozenset(salts or ())) for each, seq, salts in found]


def list_determined(determinations: Sequence[Determination]) -> list[Logged[Determination]]:
    """Give determinations with their entries."""
    query = (
        select(Determination, LedgerEntry.seq, LedgerEntry.salts)
        .join(LedgerEntry, LedgerEntry.determination_id == Determination.id)
        .where(Determination.id.in_([each.id for each in determinations]))
        .order_by(Determination.id)
    )
    found = db.session.execute(query)
    return [Logged(each, seq, frozenset(salts or ())) for each, seq, salts in found]


def list_erased() -> list[Erased]:
    """Give every erasure, in the order of the ledger."""
    targets: dict[int, list[Target]] = {}
    for row in db.session.scalars(select(Erasure).order_by(Erasure.id)):
        targets.setdefault(row.entry_seq, []).append((row.target_seq, row.name))
    query = select(LedgerEntry.seq, LedgerEntry.data).where(LedgerEntry.seq.in_(targets))
    return [
        Erased(seq, data, tuple(targets[seq]))
        for seq, data in db.session.execute(query.order_by(LedgerEntry.seq))
    ]


def find_entry(disclosure: Disclosure, names: Collection[str]) -> int | None:
    """Give the last entry by which something of these names was erased from a filing's versions."""
    query = (
        select(func.max(Erasure.entry_seq))
        .join(LedgerEntry, LedgerEntry.seq == Erasure.target_seq)
        .join(Revision, Revision.id == LedgerEntry.revision_id)
        .where(Revision.disclosure_id == disclosure.id, Erasure.name.in_(list(names)))
    )
    return db.session.scalar(query)


def map_notes() -> dict[int, list[int]]:
    """Give the numbers of the auditors' notes that lost their text, by the entry that says so."""
    query = select(AuditNote.erased_by, AuditNote.id).where(AuditNote.erased_by.is_not(None))
    notes: dict[int, list[int]] = {}
    for seq, number in db.session.execute(query.order_by(AuditNote.id)):
        notes.setdefault(int(seq or 0), []).append(number)
    return notes


def map_versions_of(seqs: Iterable[int]) -> dict[int, int]:
    """Give the number of the version that each of these entries tells of, if it tells of one."""
    query = (
        select(LedgerEntry.seq, Revision.version)
        .join(Revision, Revision.id == LedgerEntry.revision_id)
        .where(LedgerEntry.seq.in_(sorted(set(seqs))))
    )
    return {seq: version for seq, version in db.session.execute(query)}


def note(entry_seq: int, targets: Iterable[Target]) -> None:
    """Let the guards know what an entry says is erased, and take the salts of it."""
    by_entry: dict[int, list[str]] = {}
    for seq, name in targets:
        by_entry.setdefault(seq, []).append(name)
    with transaction() as session:
        rows = [
            {"entry_seq": entry_seq, "target_seq": seq, "name": name}
            for seq, names in by_entry.items()
            for name in names
        ]
        session.execute(insert(Erasure), rows)
        for seq, names in by_entry.items():
            is_it = LedgerEntry.seq == seq
            salts = db.session.scalar(select(LedgerEntry.salts).where(is_it)) or {}
            left = {name: salt for name, salt in salts.items() if name not in names}
            session.execute(update(LedgerEntry).where(is_it).values(salts=left))


def change_version(number: int, **values: Any) -> None:
    """Write what is left of a version."""
    with transaction() as session:
        # A note that is gone is none, as one that never was.
        written = {name: null() if value is None else value for name, value in values.items()}
        session.execute(update(Revision).where(Revision.id == number).values(**written))


def change_determination(number: int, **values: Any) -> None:
    """Write what is left of a determination."""
    with transaction() as session:
        session.execute(update(Determination).where(Determination.id == number).values(**values))


def empty_source(revision_id: int) -> str | None:
    """Take every value of the row that a version was imported from; give the file's hash."""
    with transaction() as session:
        row = db.session.scalar(select(SourceRow).where(SourceRow.revision_id == revision_id))
        if row is None:
            return None
        raw = dict.fromkeys(row.raw)
        session.execute(update(SourceRow).where(SourceRow.id == row.id).values(raw=raw))
        return row.file_hash


def list_details(disclosure: Disclosure) -> list[tuple[int, Mapping[str, Any]]]:
    """Give what each event of a filing tells, by its number."""
    query = select(AuditEvent.id, AuditEvent.details).where(
        AuditEvent.disclosure_id == disclosure.id
    )
    return [(number, details) for number, details in db.session.execute(query)]


def change_details(number: int, details: Mapping[str, Any]) -> None:
    """Write what is left of what an event tells."""
    with transaction() as session:
        statement = update(AuditEvent).where(AuditEvent.id == number)
        session.execute(statement.values(details=dict(details)))


def current_content(disclosure: Disclosure) -> Mapping[str, Any]:
    """Give the content of the version that counts, as it is by now."""
    query = select(Revision.content).where(
        Revision.disclosure_id == disclosure.id, Revision.version == disclosure.current_version
    )
    return db.session.scalars(query).one()
