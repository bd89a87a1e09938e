"""One segment of the index as arrays. A segment never changes, except that documents die in it."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from register.search.alike import Words
from register.search.arrays import Numbers
from register.search.index import POSITION_BYTES
from register.search.keeping import Keeper
from register.search.layout import TEXT_FIELDS, Layout, Row
from register.search.terms import list_terms, read_counts, read_places

#: Documents of a term, and how often each has it; or a document and a place for each occurrence.
Postings: TypeAlias = tuple[NDArray[np.uint32], NDArray[Any]]

_NOTHING = (np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.uint32))


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
    that a document may have none or many; ``name_orders`` holds for each language the documents in
    order of their names. The index's own record has an empty reference.
    """

    def __init__(self, reader: Any, layout: Layout, labels: Labels, postings: Keeper) -> None:
        """Read the rows of an open Whoosh leaf reader.

        ``postings`` keeps the terms used last, of all segments together.
        """
        blank = layout.blank_row()
        rows = [
            layout.unpack(packed) if packed else blank
            for packed in reader.column_reader("row", translate=False)
        ]
        self.size = len(rows)
        self.references = np.array([row.reference for row in rows], dtype=np.bytes_)
        self.has_text: NDArray[np.bool_] = self.references != b""
        self.updated = np.array([row.updated for row in rows], dtype=np.int64)
        self.lengths = np.array([row.lengths for row in rows], dtype=np.int64).reshape(
            self.size, len(TEXT_FIELDS)
        )
        self.sort_keys = [
            np.array([row.sort_keys[place] for row in rows], dtype=np.bytes_)
            for place in range(len(layout.languages))
        ]
        # Sorting names takes longest of all; here nobody waits who did not wait for the rest.
        self.name_orders: list[Numbers] = [np.argsort(k, kind="stable") for k in self.sort_keys]
        facets = [_explode(rows, facet, labels) for facet in range(len(layout.facets))]
        self.facet_rows = [rows for rows, _ in facets]
        self.facet_codes = [codes for _, codes in facets]
        self._name = reader.segment().segment_id()
        self._postings = postings
        self._words: dict[str, Words] = {}

    def alive(self, reader: Any) -> NDArray[np.bool_]:
        """Tell which documents can be found, as ``reader`` sees them."""
        alive = self.has_text.copy()
        alive[list(reader.segment().deleted_docs())] = False
        return alive

    def postings(self, reader: Any, field: str, stem: str) -> Postings:
        """Give the documents that have ``stem`` in ``field``, dead ones too, and how often."""
        key = (self._name, field, stem, "counts")
        return self._postings.get(key, lambda: _counts(reader, field, stem))

    def positions(self, reader: Any, field: str, stem: str) -> Postings:
        """Give a document and a position for each occurrence of ``stem`` in ``field``."""
        key = (self._name, field, stem, "positions")
        return self._postings.get(key, lambda: _positions(reader, field, stem))

    def holders(self, reader: Any, surface: str) -> NDArray[np.uint32]:
        """Give the documents that have a whole word, dead ones too."""
        known = self._words.get(surface[0])
        # Most small segments do not have it, which is quicker to see here than in their files.
        if known is not None and surface not in known:
            return _NOTHING[0]
        return self.postings(reader, "surface", surface)[0]

    def words(self, reader: Any, letter: str) -> Words:
        """Give the whole words that begin with ``letter``."""
        known = self._words.get(letter)
        if known is None:
            listed = list_terms(reader, "surface", letter)
            known = Words(listed)
            if listed:  # there is no end of letters that no word begins with
                self._words[letter] = known
        return known


def _explode(rows: list[Row], facet: int, labels: Labels) -> tuple[Numbers, Numbers]:
    pairs = [
        (number, labels.code(facet, value))
        for number, row in enumerate(rows)
        for value in row.facets[facet]
    ]
    table = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
    return np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])


def _counts(reader: Any, field: str, stem: str) -> Postings:
    parts = list(read_counts(reader, field, stem))
    if not parts:
        return _NOTHING
    return _join([ids for ids, _ in parts]), _join([weights for _, weights in parts])


def _positions(reader: Any, field: str, stem: str) -> Postings:
    documents, positions = [], []
    for ids, sizes, joined in read_places(reader, field, stem):
        documents.append(np.repeat(ids, sizes // POSITION_BYTES))
        positions.append(np.frombuffer(joined, dtype=np.uint32))
    return (_join(documents), _join(positions)) if documents else _NOTHING


def _join(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
