"""All documents of one commit as arrays, in the order of their references.

Deleted documents are left out before anything is counted. So every score, total and order depends
only on what can be found, not on how it came into the index: a rebuild changes nothing. Ties are
broken by reference, since that is the order of the document numbers.
"""

from collections.abc import Sequence
from functools import cached_property
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from register.search.layout import TEXT_FIELDS, Layout
from register.search.segment import Labels, Numbers, Segment

Mask = NDArray[np.bool_]
Scores = NDArray[np.float64]

# BM25F (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009). A higher K1 than
# the usual 1.2 did better on public collections of judged queries.
_WEIGHTS = {"name": 3.0, "summary": 1.5, "body": 1.0}
_K1 = 2.0
_B = 0.75

_SPAN = 1 << 24  # more than the positions of any text
_MAX_WORDS_KEPT = 1_000


class Snapshot:
    """One commit of the index, ready for questions. Not for two threads at once."""

    def __init__(
        self, parts: Sequence[tuple[Segment, Any]], layout: Layout, labels: Labels
    ) -> None:
        """Join segments, each with an open Whoosh reader for its postings."""
        self.layout = layout
        self.labels = labels
        alive = [segment.alive(reader) for segment, reader in parts]
        self._alive = alive
        self._parts = parts
        references = self._join([segment.references for segment, _ in parts], np.bytes_)
        self._order = np.argsort(references, kind="stable")
        self.references = references[self._order]
        self.size = len(references)
        self._numbers = self._number_documents()
        self._words: dict[str, tuple[Numbers, Scores]] = {}
        self._facets = [self._join_facet(facet) for facet in range(len(layout.facets))]
        self._name_order: dict[str, Numbers] = {}

    def facet(self, place: int) -> tuple[Numbers, Numbers]:
        """Give a document and a value's code for each value of a facet that a document has."""
        return self._facets[place]

    @cached_property
    def by_updated(self) -> Numbers:
        """The place of each document when the newest comes first."""
        updated = self._join([segment.updated for segment, _ in self._parts], np.int64)
        return _places(np.argsort(-updated[self._order], kind="stable"))

    def by_name(self, language: str) -> Numbers:
        """The place of each document when sorted by name as in ``language``."""
        known = self.layout.languages
        place = known.index(language) if language in known else 0
        if language not in self._name_order:
            keys = self._join([segment.sort_keys[place] for segment, _ in self._parts], np.bytes_)
            self._name_order[language] = _places(np.argsort(keys[self._order], kind="stable"))
        return self._name_order[language]

    def word(self, stem: str) -> tuple[Numbers, Scores]:
        """Give the documents that have a word, in order, and what it counts in each."""
        if stem not in self._words:
            if len(self._words) >= _MAX_WORDS_KEPT:
                self._words.clear()
            self._words[stem] = self._score(stem)
        return self._words[stem]

    def phrase(self, stems: Sequence[str]) -> Mask:
        """Tell which documents have these words next to each other in one text."""
        found = np.zeros(self.size, dtype=bool)
        for field in TEXT_FIELDS:
            starts = self._occurrences(field, stems[0])
            for distance, stem in enumerate(stems[1:], start=1):
                follows = np.isin(starts + distance, self._occurrences(field, stem))
                starts = starts[follows]
            found[starts // _SPAN] = True
        return found

    def _score(self, stem: str) -> tuple[Numbers, Scores]:
        weight = np.zeros(self.size)
        for place, field in enumerate(TEXT_FIELDS):
            average = max(float(self._lengths[:, place].mean()), 1.0) if self.size else 1.0
            for numbers, (segment, reader) in zip(self._numbers, self._parts, strict=True):
                documents, counts = segment.postings(reader, field, stem)
                documents = numbers[documents]
                is_alive = documents >= 0
                documents, counts = documents[is_alive], counts[is_alive]
                length = self._lengths[documents, place]
                weight[documents] += _WEIGHTS[field] * counts / (1 - _B + _B * length / average)
        documents = np.flatnonzero(weight)
        idf = log(1 + (self.size - len(documents) + 0.5) / (len(documents) + 0.5))
        heavy = weight[documents]
        return documents, idf * (_K1 + 1) * heavy / (_K1 + heavy)

    def _occurrences(self, field: str, stem: str) -> Numbers:
        found = []
        for numbers, (segment, reader) in zip(self._numbers, self._parts, strict=True):
            documents, positions = segment.positions(reader, field, stem)
            documents = numbers[documents]
            found.append((documents * _SPAN + positions)[documents >= 0])
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)

    @cached_property
    def _lengths(self) -> Numbers:
        parts = [
            segment.lengths[alive]
            for (segment, _), alive in zip(self._parts, self._alive, strict=True)
        ]
        joined = np.concatenate(parts) if parts else np.empty((0, len(TEXT_FIELDS)), dtype=np.int64)
        lengths: Numbers = joined[self._order]
        return lengths

    def _join(self, arrays: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
        """Put the living documents of all segments in one row."""
        kept = [array[alive] for array, alive in zip(arrays, self._alive, strict=True)]
        return np.concatenate(kept) if kept else np.empty(0, dtype=dtype)

    def _number_documents(self) -> list[Numbers]:
        """Give, for each segment, the number here of each of its documents; -1 for the dead."""
        places = _places(self._order)
        numbers, start = [], 0
        for alive in self._alive:
            end = start + int(alive.sum())
            own = np.full(len(alive), -1, dtype=np.int64)
            own[alive] = places[start:end]
            numbers.append(own)
            start = end
        return numbers

    def _join_facet(self, facet: int) -> tuple[Numbers, Numbers]:
        documents, codes = [], []
        for numbers, (segment, _) in zip(self._numbers, self._parts, strict=True):
            own = numbers[segment.facet_rows[facet]]
            documents.append(own[own >= 0])
            codes.append(segment.facet_codes[facet][own >= 0])
        if not documents:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        return np.concatenate(documents), np.concatenate(codes)


def _places(order: Numbers) -> Numbers:
    """Turn an order into the place of each."""
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places
