"""Tiles: the tree and its entries in pieces that never change, as C2SP's tlog-tiles lays down.

A tile holds up to 256 hashes of one level; the level above has one hash for each full tile.
"""

import re
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from register.ledger.merkle import HASH_BYTES, Nodes, node_hash

WIDTH = 256
HEIGHT = 8
MAX_ENTRY = 65_535
MAX_LEVEL = 63
ENTRIES: Literal["entries"] = "entries"

Level = int | Literal["entries"]

_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<n>(?:x[0-9]{3}/)*[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


class BadTile(ValueError):
    """There is no such tile, or what is given for it is none."""


class Tile(NamedTuple):
    """One tile: its level, which it is on that level, and how many of its places are taken."""

    level: Level
    n: int
    width: int


def tile_path(level: Level, n: int, width: int = WIDTH) -> str:
    """Give the path below the log's prefix: ``tile/0/x001/x234/067.p/8``."""
    is_known = level == ENTRIES or (isinstance(level, int) and 0 <= level <= MAX_LEVEL)
    if not is_known or n < 0 or not 1 <= width <= WIDTH:
        raise BadTile(f"There is no tile {n} of width {width} on level {level}.")
    digits = f"{n:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{level}/{name}" + ("" if width == WIDTH else f".p/{width}")


def parse_tile_path(path: str) -> Tile:
    """Read such a path; raise :exc:`BadTile` for one that :func:`tile_path` would not write."""
    match = _PATH.fullmatch(path) if len(path) <= 100 else None
    if match is None:
        raise BadTile("This is no path of a tile.")
    level = ENTRIES if match["level"] == ENTRIES else int(match["level"])
    n = int(match["n"].replace("x", "").replace("/", ""))
    tile = Tile(level, n, int(match["width"] or WIDTH))
    if tile_path(*tile) != path:
        raise BadTile("This is no path of a tile.")
    return tile


def tile(level: int, n: int, width: int, nodes: Nodes) -> bytes:
    """Give the hashes of a tile, one after the other."""
    first = n * WIDTH
    found = (nodes.get_node(level * HEIGHT, first + place) for place in range(width))
    return b"".join(found)


def entry_bundle(datas: Iterable[bytes]) -> bytes:
    """Give the entries of a tile, each after its length in two bytes."""
    pieces = []
    for data in datas:
        if len(data) > MAX_ENTRY:
            raise BadTile(f"An entry has at most {MAX_ENTRY:,} bytes.")
        pieces += [struct.pack(">H", len(data)), data]
    return b"".join(pieces)


def read_entry_bundle(bundle: bytes) -> list[bytes]:
    """Take a bundle apart; raise :exc:`BadTile` where it ends in the middle of an entry."""
    datas, at = [], 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        if end > len(bundle):
            raise BadTile("A bundle of entries ends in the middle of one.")
        datas.append(bundle[at + 2 : end])
        at = end
    return datas


def required_tiles(size: int) -> Iterator[Tile]:
    """Name every tile of a tree of ``size``: entries first, then hashes, the lowest level first."""
    yield from _tiles_of(ENTRIES, size)
    level, on_level = 0, size
    while on_level:
        yield from _tiles_of(level, on_level)
        level, on_level = level + 1, on_level // WIDTH


def is_required(wanted: Tile, size: int) -> bool:
    """Tell whether a tree of ``size``, or of fewer entries, has this tile."""
    level = 0 if wanted.level == ENTRIES else wanted.level
    return wanted.n * WIDTH + wanted.width <= size >> (HEIGHT * level)


class TileNodes:
    """The nodes of a tree of ``size``, read from tiles."""

    def __init__(self, size: int, read: Callable[[Tile], bytes]) -> None:
        """Read tiles by calling ``read``, each once."""
        self._size = size
        self._read = read
        self._known: dict[Tile, bytes] = {}

    def get_node(self, level: int, position: int) -> bytes:
        """Give the hash of a complete subtree; raise :exc:`BadTile` where the tile is wrong."""
        row, above = divmod(level, HEIGHT)
        first = position << above
        n, place = divmod(first, WIDTH)
        content = self._content(row, n)
        places = range(place, place + (1 << above))
        hashes = [content[at * HASH_BYTES : (at + 1) * HASH_BYTES] for at in places]
        while len(hashes) > 1:
            pairs = zip(hashes[::2], hashes[1::2], strict=True)
            hashes = [node_hash(left, right) for left, right in pairs]
        return hashes[0]

    def _content(self, row: int, n: int) -> bytes:
        width = min(WIDTH, (self._size >> (HEIGHT * row)) - n * WIDTH)
        wanted = Tile(row, n, width)
        if wanted not in self._known:
            content = self._read(wanted) if width > 0 else b""
            if len(content) != width * HASH_BYTES:
                raise BadTile(f"{tile_path(*wanted)} does not hold {width} hashes.")
            self._known[wanted] = content
        return self._known[wanted]


def _tiles_of(level: Level, places: int) -> Iterator[Tile]:
    full, rest = divmod(places, WIDTH)
    yield from (Tile(level, n, WIDTH) for n in range(full))
    if rest:
        yield Tile(level, full, rest)
