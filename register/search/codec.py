"""How postings lie on the disk: Whoosh's own files, but each block as plain arrays.

Whoosh packs a block as pickled tuples, a Python object for each posting. Here a term is one block
of a segment and its three rows are bytes that NumPy reads where they lie, about a hundred times
faster; Whoosh itself still reads, merges and checks them.
"""

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PostingsWriter
from whoosh.reading import TermNotFound

_LONGEST_BLOCK = 1 << 22
_ID, _WEIGHT, _SIZE = np.uint32, np.float32, np.uint32
_LENGTHS = struct.Struct("!ii")  # of a term's key, and of what is kept of it
_FIELD_BYTES = 2
_PIECE = 1 << 16


class ArrayCodec(W3Codec):
    """Whoosh's third codec with blocks of arrays instead of pickled tuples.

    It is kept, by name, in an index's table of contents: a change of what it writes needs a new
    version of :class:`register.search.layout.Layout`.
    """

    def __init__(self) -> None:
        """Write one uncompressed block a term."""
        super().__init__(blocklimit=_LONGEST_BLOCK, compression=0)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        """Give what writes the postings of one field."""
        return _Writer(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, **more: Any) -> Any:
        """Give a Whoosh matcher of one term's postings."""
        offset, length = terminfo.extent()
        return ArrayMatcher(dbfile, offset, length, format_, **more)


class _Writer(W3PostingsWriter):
    def _mini_ids(self) -> bytes:
        return np.array(self._ids, dtype=_ID).tobytes()

    def _mini_weights(self) -> bytes:
        return np.array(self._weights, dtype=_WEIGHT).tobytes()

    def _mini_values(self) -> tuple[bytes, bytes]:
        sizes = np.array([len(value) for value in self._values], dtype=_SIZE)
        return sizes.tobytes(), b"".join(self._values)


class ArrayMatcher(W3LeafMatcher):
    """The postings of a term: to Whoosh a matcher, to us arrays."""

    def arrays(self) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
        """Give the documents and the weights of the block at hand."""
        self._read_data()
        return np.frombuffer(self._data[0], dtype=_ID), np.frombuffer(self._data[1], dtype=_WEIGHT)

    def values(self) -> tuple[NDArray[np.uint32], bytes]:
        """Give the number of bytes of each value of the block at hand, and all values joined."""
        self._read_data()
        sizes, joined = self._data[2]
        return np.frombuffer(sizes, dtype=_SIZE), joined

    def next_block(self) -> bool:
        """Go to the next block; tell whether there is one."""
        self._next_block()
        return not self._atend

    def _read_ids(self) -> None:
        self._ids = self.arrays()[0].tolist()

    def _read_weights(self) -> None:
        self._weights = self.arrays()[1].tolist()

    def _read_values(self) -> None:
        sizes, joined = self.values()
        ends = np.cumsum(sizes)
        bounds = zip((ends - sizes).tolist(), ends.tolist(), strict=True)
        # A format without values leaves none.
        self._values = [joined[s:e] for s, e in bounds] or [b""] * self._blocklength


def find_postings(reader: Any, field: str, term: str) -> ArrayMatcher | None:
    """Give a matcher of a term in a leaf reader, of dead documents too; ``None`` without any.

    Whoosh hides the dead behind a filter, which is slow; who asks here knows them already.
    """
    try:
        found: ArrayMatcher = reader._terms.matcher(
            field, term.encode("utf-8", "surrogatepass"), reader.schema[field].format
        )
    except TermNotFound:
        return None
    return found


def list_terms(reader: Any, field: str, start: str) -> list[str]:
    """Give the terms of a field of a leaf reader that begin so, in order.

    Whoosh's ``expand_prefix`` gives the same, but reads the file in steps of a few bytes.
    """
    terms = reader._terms
    table = terms._tindex
    wanted = terms._keycoder(field, start.encode("utf-8", "surrogatepass"))
    place = table.closest_key_pos(wanted)
    found: list[str] = []
    while place is not None and place < table.endofdata:
        piece = table.dbfile.get(place, min(_PIECE, table.endofdata - place))
        at = 0
        while at + _LENGTHS.size <= len(piece):
            key_size, kept_size = _LENGTHS.unpack_from(piece, at)
            key = piece[at + _LENGTHS.size : at + _LENGTHS.size + key_size]
            if len(key) < key_size and at:
                break  # the next piece begins with it
            if not key.startswith(wanted):
                return found
            found.append(key[_FIELD_BYTES:].decode())
            at += _LENGTHS.size + key_size + kept_size
        place += at
    return found
