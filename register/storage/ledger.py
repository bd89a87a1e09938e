"""The ledger as it is kept: entries, the hashes of their tree, and what was signed.

Only ever added to. Whoever adds holds it until the end of the transaction, so that entries are
numbered without gaps and in the order in which they become visible.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Select, TextClause, func, select, text

from register import clock
from register.errors import Unavailable
from register.storage import counters
from register.storage.database import db, transaction
from register.storage.driver import ask, rows_of, run
from register.storage.models import (
    Disclosure,
    Erasure,
    LedgerCheckpoint,
    LedgerEntry,
    LedgerNode,
    Revision,
)
from register.storage.plainly import as_bytes, as_json, written

_LEDGER = "ledger"
_SIZE = select(func.coalesce(func.max(LedgerEntry.seq), -1) + 1)
_NEWEST = (
    select(LedgerCheckpoint.size, LedgerCheckpoint.note)
    .order_by(LedgerCheckpoint.size.desc())
    .limit(1)
)
_LAST = select(LedgerEntry.seq, LedgerEntry.data).order_by(LedgerEntry.seq.desc()).limit(1)
_ADD_ENTRY = text(
    "INSERT INTO ledger_entry (seq, data, salts, revision_id, determination_id)"
    " VALUES (:seq, :data, :salts, :revision_id, :determination_id)"
)
_ADD_NODE = text("INSERT INTO ledger_node (level, position, hash) VALUES (:level, :at, :hash)")
_MOST_PLACES = 200  # that are asked for together
Place = tuple[int, int]


class End(NamedTuple):
    """Where the ledger ends: the number of its entries, and the last of them, if there is one."""

    size: int
    last: bytes | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry as it is kept: its number, its data, its salts, and what it tells of."""

    seq: int
    data: bytes
    salts: Mapping[str, str] | None = None
    revision_id: int | None = None
    determination_id: int | None = None


@dataclass(frozen=True)
class Signed:
    """A checkpoint as it is kept: how many entries it covers, the signed note, and since when."""

    size: int
    note: str
    at: datetime


class StoredNodes:
    """The hashes of complete subtrees, each read once."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        """Know those of these places."""
        self._known: dict[Place, bytes] = {}
        self.load(places)

    def get_node(self, level: int, position: int) -> bytes:
        """Give a hash; raise :exc:`LookupError` if the database has lost it."""
        place = (level, position)
        if place not in self._known:
            self.load([place])
        return self._known[place]

    def has_node(self, level: int, position: int, found: bytes) -> bool:
        """Tell whether this hash is kept there; of what was not loaded it is not."""
        return self._known.get((level, position)) == found

    def load(self, places: Iterable[Place]) -> None:
        """Read several at once."""
        wanted = sorted(set(places) - set(self._known))
        for start in range(0, len(wanted), _MOST_PLACES):
            some = wanted[start : start + _MOST_PLACES]
            asked = {f"l{n}": level for n, (level, _position) in enumerate(some)}
            asked |= {f"p{n}": position for n, (_level, position) in enumerate(some)}
            for level, position, found in rows_of(_of_places(len(some)), asked):
                self._known[level, position] = found


def hold() -> End:
    """Let others who would add wait until this transaction ends; tell where the ledger ends."""
    with transaction():
        if db.engine.dialect.name != "sqlite":  # where whoever writes holds everything
            counters.hold(_LEDGER)
        for seq, data in rows_of(_LAST):
            return End(seq + 1, as_bytes(data))
        return End(0, None)


def size() -> int:
    """Give the number of entries, which is the number of the next one."""
    return int(rows_of(_SIZE)[0][0])


def add(rows: Sequence[Row], nodes: Sequence[tuple[int, int, bytes]]) -> None:
    """Add entries, and the hashes that they bring; whoever calls this holds the ledger."""
    with transaction():
        entries = [
            {
                "seq": row.seq,
                "data": row.data.decode(),
                "salts": json.dumps(dict(row.salts)) if row.salts is not None else None,
                "revision_id": row.revision_id,
                "determination_id": row.determination_id,
            }
            for row in rows
        ]
        run(_ADD_ENTRY, entries)
        run(_ADD_NODE, [{"level": level, "at": at, "hash": found} for level, at, found in nodes])


def list_rows(start: int, count: int) -> list[Row]:
    """Give so many entries from a number on, those that are there, in their order."""
    query = _rows().where(LedgerEntry.seq >= start, LedgerEntry.seq < start + count)
    return _as_rows(query)


def find_row(seq: int) -> Row | None:
    """Give the entry of this number, or ``None``."""
    return next(iter(list_rows(seq, 1)), None)


def find_row_of(reference: str, version: int) -> Row | None:
    """Give the entry by which a version was made public, or ``None`` if it has none yet."""
    query = (
        _rows()
        .join(Revision, Revision.id == LedgerEntry.revision_id)
        .join(Disclosure, Disclosure.id == Revision.disclosure_id)
        .where(Disclosure.reference == reference, Revision.version == version)
    )
    return next(iter(_as_rows(query)), None)


def list_of_the_log() -> list[Row]:
    """Give the entries about the log itself: its opening, its keys, and what was erased."""
    query = _rows().where(LedgerEntry.revision_id.is_(None), LedgerEntry.determination_id.is_(None))
    return _as_rows(query)


def map_hashes(level: int, start: int, count: int) -> dict[int, bytes]:
    """Give hashes that stand side by side on a level of the tree, those that are there."""
    query = select(LedgerNode.position, LedgerNode.hash).where(
        LedgerNode.level == level,
        LedgerNode.position >= start,
        LedgerNode.position < start + count,
    )
    found = db.session.execute(query)
    return {position: value for position, value in found if isinstance(value, bytes)}


def count_hashes() -> int:
    """Tell how many hashes of the tree are kept."""
    return db.session.scalar(select(func.count()).select_from(LedgerNode)) or 0


def map_erased(seqs: Sequence[int]) -> dict[int, frozenset[str]]:
    """Give of those of these entries of which something was erased the names of the fields."""
    query = select(Erasure.target_seq, Erasure.name).where(Erasure.target_seq.in_(seqs))
    found: dict[int, set[str]] = {}
    for seq, name in db.session.execute(query):
        found.setdefault(seq, set()).add(name)
    return {seq: frozenset(names) for seq, names in found.items()}


def find_signed(least: int = 0) -> Signed | None:
    """Give the newest checkpoint, if it covers at least so many entries."""
    query = select(LedgerCheckpoint).order_by(LedgerCheckpoint.size.desc()).limit(1)
    found = db.session.scalar(query)
    if found is None or found.size < least:
        return None
    return Signed(found.size, found.note, found.at)


def find_signed_before(moment: datetime) -> Signed | None:
    """Give the last checkpoint that was signed before a moment, or ``None``."""
    query = select(LedgerCheckpoint).where(LedgerCheckpoint.at < moment)
    found = db.session.scalar(query.order_by(LedgerCheckpoint.size.desc()).limit(1))
    return Signed(found.size, found.note, found.at) if found else None


def list_signed(start: int, limit: int) -> list[tuple[int, str]]:
    """Give size and note of the checkpoints of more than ``start`` entries, the smallest first."""
    query = select(LedgerCheckpoint.size, LedgerCheckpoint.note).order_by(LedgerCheckpoint.size)
    found = db.session.execute(query.where(LedgerCheckpoint.size > start).limit(limit))
    return [(size, note) for size, note in found]


def add_signed(size: int, note: str) -> bool:
    """Keep a signed checkpoint; tell whether it is new: of two signers one comes later."""
    with transaction() as session:
        hold()
        if find_signed(least=size) is not None:
            return False
        session.add(LedgerCheckpoint(size=size, note=note, at=clock.now()))
        return True


def glance() -> tuple[int, str] | None:
    """Give size and note of the newest checkpoint in one plain statement, for every page.

    A page about a fault needs it least of all: nothing is given where the database does not answer.
    """
    try:
        found = ask(_NEWEST)
    except Unavailable:
        return None
    return (found[0], found[1]) if found else None


@lru_cache
def _of_places(count: int) -> TextClause:
    """Ask for nodes by level and position; of a list of pairs SQLite would not use the key."""
    places = ", ".join(f"(:l{n}, :p{n})" for n in range(count))
    return text(
        f"WITH place (level, position) AS (VALUES {places})"  # noqa: S608 - names of parameters
        " SELECT node.level, node.position, node.hash FROM place JOIN ledger_node AS node"
        " ON node.level = place.level AND node.position = place.position"
    )


def _rows() -> Select[int, str, str, int | None, int | None]:
    return select(
        LedgerEntry.seq,
        LedgerEntry.data,
        written(LedgerEntry.salts),
        LedgerEntry.revision_id,
        LedgerEntry.determination_id,
    ).order_by(LedgerEntry.seq)


def _as_rows(query: Select[int, str, str, int | None, int | None]) -> list[Row]:
    return [
        Row(
            seq=seq,
            data=as_bytes(data),
            salts=as_json(salts),
            revision_id=revision_id,
            determination_id=determination_id,
        )
        for seq, data, salts, revision_id, determination_id in db.session.execute(query)
    ]
