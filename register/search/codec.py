"""How postings lie on the disk: in Whoosh's own files, but each block as plain arrays.

Whoosh pickles a block, a Python object for each posting. Here a term is one block of a segment: a
head and four rows that NumPy reads where they lie, about a hundred times faster. Who wants only
the first rows reads no more than those. Whoosh itself still reads, merges and checks all.
"""

import struct
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PostingsWriter
from whoosh.util.numeric import byte_to_length, length_to_byte

_LONGEST_BLOCK = 1 << 20  # postings; the size of a block must fit into its head
_ID, _WEIGHT, _SIZE = np.dtype("<u4"), np.dtype("<f4"), np.dtype("<u4")
_HEAD = struct.Struct("<II?IfBB")

#: Gives so many bytes from a place on.
ReadAt = Callable[[int, int], bytes]


class Head(NamedTuple):
    """What a block begins with: how many bytes and postings it has, and Whoosh's notes on them."""

    size: int
    postings: int
    is_last: bool
    highest: int
    max_weight: float
    min_length: int
    max_length: int

    @classmethod
    def read(cls, read: ReadAt, place: int) -> "Head":
        """Read the head of the block at ``place``."""
        return cls(*_HEAD.unpack(read(place, _HEAD.size)))


def read_weights(
    read: ReadAt, place: int, head: Head
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Give the documents and the weights of the block at ``place``."""
    rows = read(place + _HEAD.size, head.postings * (_ID.itemsize + _WEIGHT.itemsize))
    return (
        np.frombuffer(rows, _ID, head.postings),
        np.frombuffer(rows, _WEIGHT, head.postings, offset=head.postings * _ID.itemsize),
    )


def read_values(read: ReadAt, place: int, head: Head) -> tuple[NDArray[np.uint32], bytes]:
    """Give how many bytes the value of each posting has, and all values joined.

    Postings of a format without values have neither.
    """
    start = _HEAD.size + head.postings * (_ID.itemsize + _WEIGHT.itemsize)
    rows = read(place + start, head.size - start)
    end = head.postings * _SIZE.itemsize if rows else 0
    return np.frombuffer(rows[:end], _SIZE), rows[end:]


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
    def _write_block(self, last: bool = False) -> None:
        self._terminfo.add_block(self)
        rows = (
            np.array(self._ids, _ID).tobytes(),
            np.array(self._weights, _WEIGHT).tobytes(),
            np.array([len(value) for value in self._values], _SIZE).tobytes(),
            *self._values,
        )
        head = Head(
            size=_HEAD.size + sum(map(len, rows)),
            postings=len(self._ids),
            is_last=last,
            highest=self._ids[-1],
            max_weight=self._maxweight,
            min_length=length_to_byte(self._minlength),
            max_length=length_to_byte(self._maxlength),
        )
        self._postfile.write(_HEAD.pack(*head))
        self._postfile.write(b"".join(rows))
        self._blockcount += 1
        self._new_block()


class ArrayMatcher(W3LeafMatcher):
    """The postings of a term, as Whoosh steps through them."""

    def _read_header(self) -> None:
        self._baseoffset = self._startoffset

    def _goto(self, position: int) -> None:
        self._head = head = Head.read(self._postfile.get, position)
        self._place = position
        self._lastblock = head.is_last
        self._nextoffset = position + head.size
        self._blocklength = head.postings
        self._maxid, self._maxweight = head.highest, head.max_weight
        self._minlength = byte_to_length(head.min_length)
        self._maxlength = byte_to_length(head.max_length)
        nothing: Any = None
        self._ids, self._weights, self._values = nothing, nothing, nothing
        self._i = 0

    def _read_ids(self) -> None:
        self._ids = read_weights(self._postfile.get, self._place, self._head)[0].tolist()

    def _read_weights(self) -> None:
        self._weights = read_weights(self._postfile.get, self._place, self._head)[1].tolist()

    def _read_values(self) -> None:
        sizes, joined = read_values(self._postfile.get, self._place, self._head)
        ends = np.cumsum(sizes)
        bounds = zip((ends - sizes).tolist(), ends.tolist(), strict=True)
        # A format without values leaves none.
        self._values = [joined[s:e] for s, e in bounds] or [b""] * self._blocklength
