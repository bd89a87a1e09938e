"""What anybody can ask of the log: its checkpoint, its tiles, and proofs of what it tells.

All of it is of what was signed. What was logged since is there once it is signed, seconds later.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from register.errors import NotFound
from register.ledger import Checkpoint, merkle, notes, proofs, tiles
from register.ledger.growing import edge_of
from register.ledger.tiles import BadTile, Tile
from register.services.ledger.ledgering import opened, values_of_version
from register.standard.marking import _
from register.storage import ledger, logged, publications
from register.storage.ledger import Row, Signed, StoredNodes

Found = TypeVar("Found")
NOT_SIGNED = _("Nothing of the log is signed yet.")
NO_TILE = _("The log has no such tile, or not yet.")
SOON = _("The log tells of this version, but that is not signed yet. Try again in a minute.")


@dataclass(frozen=True)
class Proof:
    """That the log tells of a version: its entry, and the way from there to what was signed."""

    row: Row
    hashes: list[bytes]
    signed: Signed
    checkpoint: Checkpoint

    @property
    def leaf_hash(self) -> bytes:
        """The hash of the entry."""
        return merkle.leaf_hash(self.row.data)

    @property
    def text(self) -> str:
        """The proof as C2SP's tlog-proof, to be kept and to be checked without this register."""
        return proofs.tlog_proof(self.row.seq, self.hashes, self.signed.note)


def get_signed() -> Signed:
    """Give the newest checkpoint; raise :exc:`NotFound` if there is none yet."""
    signed = ledger.find_signed()
    if signed is None:
        raise NotFound(NOT_SIGNED)
    return signed


def checkpoint_of(signed: Signed) -> Checkpoint:
    """Read what a checkpoint says."""
    return Checkpoint.parse(notes.split_note(signed.note)[0])


def get_proof(reference: str, version: int) -> Proof:
    """Prove that the log tells of a version.

    Raise :exc:`NotFound` if it was never public, and before that is signed.
    """
    row = ledger.find_row_of(reference, version)
    if row is None:
        publications.get_publication(reference, version)
        raise NotFound(SOON)
    signed = ledger.find_signed(least=row.seq + 1)
    if signed is None:
        raise NotFound(SOON)
    return Proof(row, inclusion(row.seq, signed.size), signed, checkpoint_of(signed))


def open_fields(row: Row) -> dict[str, dict[str, Any]]:
    """Give what anybody may know of what an entry is bound to: value and salt, by name."""
    version = logged.map_versions([row.revision_id])[row.revision_id] if row.revision_id else None
    values = values_of_version(version) if version else []
    found = opened(row, values).items()
    return {name: {"salt": salt, "value": value} for name, (salt, value) in found}


def entry_of(row: Row) -> dict[str, Any]:
    """Give an entry as JSON values."""
    entry: dict[str, Any] = json.loads(row.data)
    return entry


def inclusion(index: int, size: int) -> list[bytes]:
    """Give the hashes that lead from an entry to the root of the first ``size`` entries."""
    return _over_nodes(partial(merkle.inclusion_proof, index, size))


def consistency(first: int, second: int) -> list[bytes]:
    """Give the hashes which show that the log of ``first`` entries is the beginning of another."""
    return _over_nodes(partial(merkle.consistency_proof, first, second))


def root_of(size: int) -> bytes:
    """Give the root of the first ``size`` entries."""
    return merkle.root(size, StoredNodes(edge_of(size)))


def leaf_hash_of(index: int) -> bytes:
    """Give the hash of an entry."""
    return ledger.map_hashes(0, index, 1)[index]


def read_tile(path: str) -> bytes:
    """Give a tile that is signed whole; raise :exc:`NotFound` for any other."""
    try:
        tile = tiles.parse_tile_path(path)
    except BadTile as error:
        raise NotFound(NO_TILE) from error
    if not tiles.is_required(tile, get_signed().size):
        raise NotFound(NO_TILE)
    return content_of(tile)


def content_of(tile: Tile) -> bytes:
    """Give what a tile of the log as it is holds."""
    first = tile.n * tiles.WIDTH
    if tile.level == tiles.ENTRIES:
        return tiles.entry_bundle(row.data for row in ledger.list_rows(first, tile.width))
    hashes = ledger.map_hashes(tile.level * tiles.HEIGHT, first, tile.width)
    return b"".join(hashes[position] for position in range(first, first + tile.width))


class _Places:
    """Nodes that are nothing but asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def get_node(self, level: int, position: int) -> bytes:
        self.asked.append((level, position))
        return merkle.EMPTY_ROOT


def _over_nodes(compute: Callable[[merkle.Nodes], Found]) -> Found:
    """Compute over the nodes that are kept, which are read all at once.

    Which ones that takes depends on numbers alone: so it is computed over none before.
    """
    places = _Places()
    compute(places)
    return compute(StoredNodes(places.asked))
