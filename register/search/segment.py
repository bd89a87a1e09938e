"""One segment of the index as arrays. A segment never changes, except that documents die in it."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import TermNotFound

from register.search.arrays import Numbers
from register.search.codec import ArrayMatcher
from register.search.index import POSITION_BYTES
from register.search.layout import TEXT_FIELDS, Layout, Row

_MAX_CELLS = 4_000_000
_CELLS_PER_ENTRY = 100
_NOTHING = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


class Labels:
    """Numbers the values of each facet, the same in all segments for the life of the process."""

    def __init__(self, layout: Layout) -> None:
        """Begin with no values."""
        self.values: list[list[str]] = [[] for _ in layout.facets]
        self._codes: list[dict[bytes, int]] = [{} for _ in layout.facets]

    def code(self, facet: int, value: bytes) -> int:
        """Give the number of a value, new or known."""
        codes = self._codes[facet]
        code = codes.get(value)
        if code is None:
            code = codes[value] = len(codes)
            self.values[facet].append(value.decode("utf-8", "replace"))
        return code

    def find(self, facet: int, value: str) -> int | None:
        """Give the number of a known value."""
        return self._codes[facet].get(value.encode("utf-8", "ignore"))


class Segment:
    """The facts of a segment's documents, by document number, and its postings on demand.

    ``facet_rows[f]`` and ``facet_codes[f]`` list each value of facet ``f`` with its document, so
    that a document may have none or many. The index's own record has an empty reference.
    """

    def __init__(self, reader: Any, layout: Layout, labels: Labels) -> None:
        """Read the rows of an open Whoosh leaf reader."""
        blank = layout.blank_row()
        rows = [
            layout.unpack(packed) if packed else blank
            for packed in reader.column_reader("row", translate=False)
        ]
        self.size = len(rows)
        self.references = np.array([row.reference for row in rows], dtype=np.bytes_)
        self.updated = np.array([row.updated for row in rows], dtype=np.int64)
        self.lengths = np.array([row.lengths for row in rows], dtype=np.int64).reshape(
            self.size, len(TEXT_FIELDS)
        )
        self.sort_keys = [
            np.array([row.sort_keys[place] for row in rows], dtype=np.bytes_)
            for place in range(len(layout.languages))
        ]
        facets = [_explode(rows, facet, labels) for facet in range(len(layout.facets))]
        self.facet_rows = [rows for rows, _ in facets]
        self.facet_codes = [codes for _, codes in facets]
        self._postings = _Cache()
        self._words: dict[str, list[str]] = {}
        self._name_orders: dict[int, Numbers] = {}

    def alive(self, reader: Any) -> NDArray[np.bool_]:
        """Tell which documents can be found, as ``reader`` sees them."""
        alive: NDArray[np.bool_] = self.references != b""
        alive[list(reader.segment().deleted_docs())] = False
        return alive

    def postings(self, reader: Any, field: str, stem: str) -> tuple[Numbers, Numbers]:
        """Give the documents that have ``stem`` in ``field``, dead ones too, and how often."""
        found = self._postings.get((field, stem, "counts"))
        if found is None:
            found = _counts(reader, field, stem)
            self._postings.put((field, stem, "counts"), found)
        return found

    def positions(self, reader: Any, field: str, stem: str) -> tuple[Numbers, Numbers]:
        """Give a document and a position for each occurrence of ``stem`` in ``field``."""
        found = self._postings.get((field, stem, "positions"))
        if found is None:
            found = _positions(reader, field, stem)
            self._postings.put((field, stem, "positions"), found)
        return found

    def holders(self, reader: Any, surface: str) -> Numbers:
        """Give the documents that have a whole word, dead ones too."""
        return self.postings(reader, "surface", surface)[0]

    def words(self, reader: Any, letter: str) -> list[str]:
        """Give the whole words that begin with ``letter``, in order of their letters' numbers."""
        if letter not in self._words:
            found = reader.expand_prefix("surface", letter)
            self._words[letter] = [word.decode() for word in found]
        return self._words[letter]

    def name_order(self, place: int) -> Numbers:
        """Give the documents in order of their names, in the language at ``place``."""
        if place not in self._name_orders:
            self._name_orders[place] = np.argsort(self.sort_keys[place], kind="stable")
        return self._name_orders[place]


class _Cache:
    """The postings used last, up to a number of cells."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, str], tuple[Numbers, Numbers]] = OrderedDict()
        self._cells = 0

    def get(self, key: tuple[str, str, str]) -> tuple[Numbers, Numbers] | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: tuple[str, str, str], found: tuple[Numbers, Numbers]) -> None:
        self._kept[key] = found
        # An empty answer has its price too: hostile queries ask for many words that nobody wrote.
        self._cells += len(found[0]) + _CELLS_PER_ENTRY
        while self._cells > _MAX_CELLS and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._cells -= len(dropped[0]) + _CELLS_PER_ENTRY


def _explode(rows: list[Row], facet: int, labels: Labels) -> tuple[Numbers, Numbers]:
    pairs = [
        (number, labels.code(facet, value))
        for number, row in enumerate(rows)
        for value in row.facets[facet]
    ]
    table = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
    return np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])


def _counts(reader: Any, field: str, stem: str) -> tuple[Numbers, Numbers]:
    parts = [matcher.arrays() for matcher in _blocks(reader, field, stem)]
    if not parts:
        return _NOTHING
    return _join([ids for ids, _ in parts]), _join([weights for _, weights in parts])


def _positions(reader: Any, field: str, stem: str) -> tuple[Numbers, Numbers]:
    documents, positions = [], []
    for matcher in _blocks(reader, field, stem):
        sizes, joined = matcher.values()
        documents.append(np.repeat(matcher.arrays()[0], sizes // POSITION_BYTES))
        positions.append(np.frombuffer(joined, dtype=np.uint32))
    return (_join(documents), _join(positions)) if documents else _NOTHING


def _join(parts: Sequence[NDArray[Any]]) -> Numbers:
    # Counts are whole numbers, which Whoosh keeps as floats.
    return np.concatenate(parts).astype(np.int64)


def _blocks(reader: Any, field: str, stem: str) -> Iterator[ArrayMatcher]:
    """Give the matcher of a term at each of its blocks."""
    try:
        matcher = reader.postings(field, stem)
    except TermNotFound:
        return
    # Deleted documents hide behind a filter that is slow; ``alive`` knows them already.
    while hasattr(matcher, "child"):
        matcher = matcher.child
    if not isinstance(matcher, ArrayMatcher):
        return
    matcher.reset()  # since the filter has skipped what is dead
    yield matcher
    while matcher.next_block():
        yield matcher
