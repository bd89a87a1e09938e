"""How fast the ledger computes, and how that grows with it: ``python -m bench ledger [size]``.

Nodes are kept in memory and in an SQLite file. What the database of the register adds is not in
these figures. A proof or a root reads a number of nodes that grows with the logarithm of the size.
"""

import random
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bench.clocks import median, milliseconds
from register.ledger import Entry, Event, Signer, commit, merkle, new_salt, notes, tiles

SIZES = (1_000, 10_000, 100_000)
CALLS = 200  # of which the median is told
ORIGIN = "register.example/log"
VALUES = {
    f"answers.field_{number}": {"en": "An answer of usual length " * 4} for number in range(12)
}
WHAT = {
    "entry": "an entry of 12 commitments",
    "bulk": "append, with all others at once",
    "single": "append one, root, two signatures, kept",
    "root": "root",
    "inclusion": "proof of inclusion",
    "consistency": "proof of consistency",
    "checked": "proof of inclusion, checked",
    "tiles": "all tiles, by entry",
}


class Store(merkle.Nodes, Protocol):
    """Nodes that are kept for good once :meth:`add` returns."""

    def add(self, nodes: list[merkle.Node]) -> None:
        """Keep nodes."""
        ...


class InMemory(dict[tuple[int, int], bytes]):
    """Nodes in a dictionary."""

    def get_node(self, level: int, position: int) -> bytes:
        """Give a node."""
        return self[level, position]

    def add(self, nodes: list[merkle.Node]) -> None:
        """Keep nodes."""
        self.update({(level, position): found for level, position, found in nodes})


class InSqlite:
    """Nodes in an SQLite file, as durable as the register's own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Keep nodes over this connection."""
        self._connection = connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(
            "CREATE TABLE node (level INT, position INT, hash BLOB, PRIMARY KEY (level, position))"
            " WITHOUT ROWID"
        )

    def get_node(self, level: int, position: int) -> bytes:
        """Give a node."""
        asked = "SELECT hash FROM node WHERE level = ? AND position = ?"
        (found,) = self._connection.execute(asked, (level, position)).fetchone()
        return bytes(found)

    def add(self, nodes: list[merkle.Node]) -> None:
        """Keep nodes, in one transaction."""
        with self._connection:
            self._connection.executemany("INSERT INTO node VALUES (?, ?, ?)", nodes)


def main(size: int = 0) -> None:
    """Print a table for each store: a line a step, a column a size."""
    sizes = (size,) if size else SIZES
    for name in ("memory", "SQLite"):
        figures = {}
        for each in sizes:
            with _store(name) as store:
                figures[each] = measure(each, store)
        _print(f"nodes in {name}, milliseconds", figures)


def measure(size: int, store: Store) -> dict[str, float]:
    """Give milliseconds by step, in a log of this size."""
    chance = random.Random(size)
    signers = (Signer.generate(ORIGIN), Signer.generate(ORIGIN))
    datas = [b"%d" % number for number in range(size)]
    leaves = [merkle.leaf_hash(data) for data in datas]
    bulk = milliseconds(lambda: store.add(merkle.added_nodes(0, leaves, store))) / size
    root = merkle.root(size, store)
    places = [chance.randrange(size) for _ in range(CALLS)]
    proofs = {place: merkle.inclusion_proof(place, size, store) for place in places}

    def check(place: int) -> None:
        leaf = leaves[place]
        merkle.verify_inclusion(proofs[place], leaf, index=place, size=size, root=root)

    def read_tiles() -> None:
        for tile in tiles.required_tiles(size):
            if tile.level != tiles.ENTRIES:
                tiles.tile(tile.level, tile.n, tile.width, store)

    def append(at: int) -> None:
        store.add(merkle.added_nodes(at, [leaves[0]], store))
        found = merkle.root(at + 1, store)
        notes.sign(notes.checkpoint_text(ORIGIN, at + 1, found), signers)

    return {
        "entry": median(_make_entry, range(CALLS)),
        "bulk": bulk,
        "root": median(lambda each: merkle.root(size, store), range(CALLS)),
        "inclusion": median(lambda at: merkle.inclusion_proof(at, size, store), places),
        "consistency": median(lambda at: merkle.consistency_proof(at, size, store), places),
        "checked": median(check, places),
        "tiles": milliseconds(read_tiles) / size,
        "single": median(append, range(size, size + CALLS)),
    }


def _make_entry(number: int) -> bytes:
    now = datetime.now(UTC)
    return Entry(
        event=Event.PUBLISH,
        at=now,
        logged_at=now,
        record=f"AIR-2026-{number:05d}",
        version=1,
        standard="v1",
        agency="water-board",
        fields={name: commit(new_salt(), name, value) for name, value in VALUES.items()},
    ).to_bytes()


@contextmanager
def _store(name: str) -> Iterator[Store]:
    if name == "memory":
        yield InMemory()
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "nodes.sqlite")) as connection,
    ):
        yield InSqlite(connection)


def _print(title: str, figures: Mapping[int, Mapping[str, float]]) -> None:
    print(f"\n{title:44}" + "".join(f"{size:>12,}" for size in figures))
    for step, what in WHAT.items():
        print(f"{what:44}" + "".join(f"{each[step]:12.4f}" for each in figures.values()))
