"""A log in memory, for tests: entries, their nodes, and checkpoints signed on demand."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from register.ledger import Entry, Event, Signer, merkle, notes, tiles

ORIGIN = "register.example/log"
MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)


class Log:
    """Entries as bytes, and the nodes of the tree above them."""

    def __init__(self) -> None:
        self.datas: list[bytes] = []
        self.nodes: dict[tuple[int, int], bytes] = {}

    @classmethod
    def of(cls, size: int) -> "Log":
        log = cls()
        log.append([f"entry {number}".encode() for number in range(size)])
        return log

    def append(self, datas: Sequence[bytes]) -> None:
        leaves = [merkle.leaf_hash(data) for data in datas]
        for level, position, found in merkle.added_nodes(len(self.datas), leaves, self):
            assert (level, position) not in self.nodes, "a node is written once"
            self.nodes[level, position] = found
        self.datas += datas

    def get_node(self, level: int, position: int) -> bytes:
        return self.nodes[level, position]

    @property
    def size(self) -> int:
        return len(self.datas)

    def root(self, size: int | None = None) -> bytes:
        return merkle.root(self.size if size is None else size, self)

    def checkpoint(self, *signers: Signer, size: int | None = None) -> str:
        size = self.size if size is None else size
        return notes.sign(notes.checkpoint_text(ORIGIN, size, self.root(size)), signers)

    def content(self, wanted: tiles.Tile) -> bytes:
        if wanted.level == tiles.ENTRIES:
            first = wanted.n * tiles.WIDTH
            return tiles.entry_bundle(self.datas[first : first + wanted.width])
        return tiles.tile(wanted.level, wanted.n, wanted.width, self)


def published(number: int, **changes: object) -> Entry:
    facts: dict[str, object] = {
        "event": Event.PUBLISH,
        "at": MORNING + timedelta(minutes=number),
        "logged_at": MORNING + timedelta(minutes=number),
        "record": f"AIR-2026-{number:05d}",
        "version": 1,
        "standard": "v1",
        "agency": "water-board",
        "fields": {"answers.name": "0" * 64},
    }
    return Entry(**(facts | changes))  # type: ignore[arg-type]
