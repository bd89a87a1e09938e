"""Finds terms in Whoosh's files by a shorter way: few large reads instead of many small ones.

What is read is the same. ``HashReader``, ``OrderedHashReader`` and ``W3TermInfo`` of Whoosh 2.7 say
how the files are laid out.
"""

import os
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from register.search.codec import Head, ReadAt, read_values, read_weights

_POINTER = struct.Struct("!Iq")  # the hash of a key, and where its item stands
_POINTERS = 16 * _POINTER.size
_LENGTHS = struct.Struct("!ii")  # of the key and of what is kept of it, with which an item begins
_ITEM = 256  # bytes; most items are shorter
_EXTENT = struct.Struct("!qi")  # where postings begin, and how long they are: an item's end
_FIELD_BYTES = 2  # of the field with which a key begins
_NO_KEY_BYTE = b"\xff"  # is in no UTF-8
_BETWEEN = "\n"  # is in no word
_KEYS = 1 << 13  # are read at once; each takes some two hundred bytes meanwhile


def read_counts(
    reader: Any, field: str, term: str
) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.float32]]]:
    """Give the documents of a leaf reader that have a term, the dead too, and how often; by block.

    Whoosh hides the dead behind a filter, which is slow; who asks here knows them already.
    """
    read = _reading(reader._terms._postfile)
    for place, head in _blocks(reader, field, term):
        yield read_weights(read, place, head)


def read_places(
    reader: Any, field: str, term: str
) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.uint32], bytes]]:
    """Give the documents, how many bytes the value of each has, and the values joined; by block."""
    read = _reading(reader._terms._postfile)
    for place, head in _blocks(reader, field, term):
        yield read_weights(read, place, head)[0], *read_values(read, place, head)


def _blocks(reader: Any, field: str, term: str) -> Iterator[tuple[int, Head]]:
    """Give where each block of a term's postings stands, and its head."""
    terms = reader._terms
    kept = _look_up(terms._tindex, terms._keycoder(field, _as_bytes(term)))
    if kept is None:
        return
    place, length = _EXTENT.unpack_from(kept, len(kept) - _EXTENT.size)
    end = place + length
    while place < end:
        head = Head.read(_reading(terms._postfile), place)
        yield place, head
        place += head.size


def list_terms(reader: Any, field: str, start: str) -> list[str]:
    """Give the terms of a field of a leaf reader that begin so, in order."""
    terms = reader._terms
    table = terms._tindex
    wanted = terms._keycoder(field, _as_bytes(start))
    first = table.closest_key_pos(wanted)
    if first is None:
        return []
    end = table.closest_key_pos(wanted + _NO_KEY_BYTE) or table.endofdata
    places = np.frombuffer(
        _read(table.dbfile, table.indexbase, table.indexlen * table.indexsize),
        dtype=f">{table.extras['indextype']}",
    )
    from_, to = np.searchsorted(places, [first, end])
    items = np.frombuffer(_read(table.dbfile, first, end - first), dtype=np.uint8)
    starts = places[from_:to].astype(np.int64) - first
    found: list[str] = []
    for at in range(0, len(starts), _KEYS):
        found += _keys(items, starts[at : at + _KEYS])
    return found


def _keys(items: NDArray[np.uint8], places: NDArray[np.int64]) -> list[str]:
    """Give the keys of the items at ``places``, without their fields."""
    sizes = items[places[:, None] + np.arange(4)].copy().view(">i4")[:, 0] - _FIELD_BYTES
    # All keys are copied at once, each with a byte behind it that the next line replaces.
    ends = np.cumsum(sizes + 1)
    starts = places + _LENGTHS.size + _FIELD_BYTES
    copied = items[np.repeat(starts - ends + sizes + 1, sizes + 1) + np.arange(ends[-1])]
    copied[ends - 1] = ord(_BETWEEN)
    joined: bytes = copied.tobytes()[:-1]
    return joined.decode().split(_BETWEEN)


def _look_up(table: Any, key: bytes) -> bytes | None:
    """Give what a hash table keeps of a key."""
    for place in _places(table, table.hashfn(key)):
        item = _read(table.dbfile, place, min(_ITEM, table.endofdata - place))
        key_size, kept_size = _LENGTHS.unpack_from(item)
        end = _LENGTHS.size + key_size + kept_size
        if end > len(item):
            item = _read(table.dbfile, place, end)
        if item[_LENGTHS.size : end - kept_size] == key:
            return item[end - kept_size : end]
    return None


def _places(table: Any, hashed: int) -> Iterator[int]:
    """Give where items stand whose keys have a hash.

    Its slot and those behind it have them, up to the first empty one; behind the last is the first.
    """
    first, count = table.tables[hashed & 0xFF]
    slot = first + (hashed >> 8) % max(count, 1) * _POINTER.size
    for start, end in ((slot, first + count * _POINTER.size), (first, slot)):
        for at in range(start, end, _POINTERS):
            piece = _read(table.dbfile, at, min(_POINTERS, end - at))
            for there, place in _POINTER.iter_unpack(piece):
                if not place:
                    return
                if there == hashed:
                    yield place


def _reading(file: Any) -> ReadAt:
    return lambda start, length: _read(file, start, length)


def _read(file: Any, start: int, length: int) -> bytes:
    """Read so many bytes of a file of Whoosh's; raise :exc:`EOFError` if it has fewer."""
    read = os.pread(file.fileno(), length, start)
    if len(read) < length:
        message = f"{length} bytes wanted at {start}, {len(read)} found"
        raise EOFError(message)
    return read


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
