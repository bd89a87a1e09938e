"""All documents of one commit as arrays, in the order of their references.

Deleted documents are left out before anything is counted. So every score, total and order depends
only on what can be found, not on how it came into the index: a rebuild changes nothing. Ties are
broken by reference, since that is the order of the document numbers.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from register.search.arrays import Numbers, Scores
from register.search.counting import FacetCounter
from register.search.keeping import Keeper
from register.search.layout import TEXT_FIELDS, Layout
from register.search.segment import Labels, Segment
from register.search.weighting import Counts, Weighting

_SPAN = 1 << 24  # more than the positions of any text
_MOST_BYTES = 32 << 20  # for words, phrases and what beginnings and near misses stand for

_Kept = TypeVar("_Kept")


class Snapshot:
    """One commit of the index, ready for questions. Not for two threads at once."""

    def __init__(
        self,
        parts: Sequence[tuple[Segment, Any]],
        layout: Layout,
        labels: Labels,
        weighting: Weighting,
    ) -> None:
        """Join segments, each with an open Whoosh reader for its postings."""
        self.layout = layout
        self.labels = labels
        self.parts = parts
        self.weighting = weighting
        self._alive = [segment.alive(reader) for segment, reader in parts]
        self._have_dead = [
            bool((~alive & segment.has_text).any())
            for (segment, _), alive in zip(parts, self._alive, strict=True)
        ]
        references = self._join([segment.references for segment, _ in parts], np.bytes_)
        self._order = np.argsort(references, kind="stable")
        self.references = references[self._order]
        self.size = len(references)
        self._numbers = self._number_documents()
        self._kept = Keeper(_MOST_BYTES)
        self._facets: dict[int, tuple[Numbers, Numbers]] = {}
        self._by_name: dict[int, Numbers] = {}

    def facet(self, place: int) -> tuple[Numbers, Numbers]:
        """Give a document and a value's code for each value of a facet that a document has."""
        if place not in self._facets:
            self._facets[place] = self._join_facet(place)
        return self._facets[place]

    def codes(self, place: int) -> list[int]:
        """Give the codes of a facet's values that a document has."""
        has_some = np.bincount(self.facet(place)[1], minlength=1) > 0
        codes: list[int] = np.flatnonzero(has_some).tolist()
        return codes

    @cached_property
    def counter(self) -> FacetCounter:
        """What counts the values of the facets."""
        places = range(len(self.layout.facets))
        values = [len(self.labels.values[place]) for place in places]
        return FacetCounter(self.size, [(*self.facet(p), values[p]) for p in places])

    @cached_property
    def updated(self) -> Numbers:
        """The moment of each document's publication, in seconds since 1970."""
        return self._join([segment.updated for segment, _ in self.parts], np.int64)[self._order]

    @cached_property
    def by_updated(self) -> Numbers:
        """The place of each document when the newest comes first."""
        return _places(np.argsort(-self.updated, kind="stable"))

    def by_name(self, language: str) -> Numbers:
        """The place of each document when sorted by name as in ``language``."""
        known = self.layout.languages
        place = known.index(language) if language in known else 0
        if place not in self._by_name:
            self._by_name[place] = self._sort_by_name(place)
        return self._by_name[place]

    def word(self, stems: Sequence[str]) -> tuple[Numbers, Scores]:
        """Give the documents that have one of ``stems``, in order, and what that counts in each."""
        return self.keep(
            ("word", tuple(stems)), lambda: self.weighting.score(self, self._counts(stems))
        )

    def phrase(self, words: Sequence[Sequence[str]]) -> Numbers:
        """Give the documents that have these words, each by its stems, next to each other."""
        found: list[Numbers] = []
        for field in TEXT_FIELDS:
            starts = self._occurrences(field, words[0])
            for distance, stems in enumerate(words[1:], start=1):
                if not len(starts):
                    break
                starts = _common(starts, self._occurrences(field, stems) - distance)
            found.append(starts // _SPAN)
        return np.unique(np.concatenate(found))

    def holders(self, surface: str) -> Numbers:
        """Give the documents that have a whole word, in no order."""
        found = [
            self._living(place, segment.holders(reader, surface))[0]
            for place, (segment, reader) in enumerate(self.parts)
        ]
        return _row(found, np.int64)

    def keep(self, key: Hashable, make: Callable[[], _Kept]) -> _Kept:
        """Give what ``make`` gave for ``key`` before, as long as there is room for it."""
        return self._kept.get(key, make)

    @cached_property
    def lengths(self) -> Sequence[Scores]:
        """For each text field the length of each document, where the mean is 1.

        A mean of less than one word counts as one.
        """
        parts = zip(self.parts, self._alive, strict=True)
        kept = [segment.lengths[alive] for (segment, _), alive in parts]
        joined = np.concatenate(kept)[self._order] if kept else np.empty((0, len(TEXT_FIELDS)))
        columns = np.ascontiguousarray(joined.T)
        return [each / max(each.mean(), 1.0) if len(each) else each for each in columns]

    def _counts(self, stems: Sequence[str]) -> Counts:
        return [self._counts_in(field, stems) for field in TEXT_FIELDS]

    def _counts_in(self, field: str, stems: Sequence[str]) -> tuple[Numbers, Scores]:
        by_stem = []
        for stem in stems:
            held = [
                self._living(place, *segment.postings(reader, field, stem))
                for place, (segment, reader) in enumerate(self.parts)
            ]
            by_stem.append([pair for pair in held if len(pair[0])])
        found = [pairs for pairs in by_stem if pairs]
        rows = _row([numbers for pairs in found for numbers, _ in pairs], np.int64)
        times = _row([counts for pairs in found for _, counts in pairs], np.float64)
        if len(found) < 2:
            return rows, times.astype(np.float64)
        # One document may have several stems.
        summed = np.bincount(rows, weights=times, minlength=self.size)
        rows = np.flatnonzero(summed > 0)
        return rows, summed[rows].astype(np.float64)

    def _occurrences(self, field: str, stems: Sequence[str]) -> Numbers:
        """Give where a word stands: its document times ``_SPAN`` plus its position, in order."""

        def find() -> tuple[Numbers]:
            found = []
            for place, (segment, reader) in enumerate(self.parts):
                for stem in stems:
                    held = segment.positions(reader, field, stem)
                    numbers, positions = self._living(place, *held)
                    found.append(numbers * _SPAN + positions)
            places = _row(found, np.int64)
            places.sort()
            return (places,)

        return self.keep(("places", field, tuple(stems)), find)[0]

    def _living(
        self, place: int, held: NDArray[np.uint32], facts: NDArray[Any] | None = None
    ) -> tuple[Numbers, NDArray[Any]]:
        """Give the numbers here of living documents of a segment, and the facts told of them."""
        numbers = self._numbers[place].take(held)
        told = held if facts is None else facts
        if not self._have_dead[place]:
            return numbers, told
        is_alive = numbers >= 0
        return numbers[is_alive], told[is_alive]

    def _sort_by_name(self, place: int) -> Numbers:
        # Each segment gives its names in order, and sorting such runs is quick.
        orders = [segment.name_orders[place] for segment, _ in self.parts]
        kept = [o[alive[o]] for o, alive in zip(orders, self._alive, strict=True)]
        pairs = list(zip(self.parts, kept, self._numbers, strict=True))
        keys = _row([segment.sort_keys[place][o] for (segment, _), o, _ in pairs], np.bytes_)
        numbers = _row([own[o] for _, o, own in pairs], np.int64)
        sorted_ = np.argsort(keys, kind="stable")
        keys, numbers = keys[sorted_], numbers[sorted_]
        group = np.cumsum(np.concatenate([[False], keys[1:] != keys[:-1]])[: len(keys)])
        return _places(numbers[np.lexsort((numbers, group))])

    def _join(self, arrays: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
        """Put the living documents of all segments in one row."""
        return _row([a[alive] for a, alive in zip(arrays, self._alive, strict=True)], dtype)

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
        for numbers, (segment, _) in zip(self._numbers, self.parts, strict=True):
            own = numbers[segment.facet_rows[facet]]
            documents.append(own[own >= 0])
            codes.append(segment.facet_codes[facet][own >= 0])
        return _row(documents, np.int64), _row(codes, np.int64)


def _row(arrays: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype=dtype)


def _common(one: Numbers, other: Numbers) -> Numbers:
    """Give what two rows in order have in common."""
    both = np.concatenate([one, other])
    both.sort(kind="stable")  # two runs in order, which it merges
    common: Numbers = both[1:][both[1:] == both[:-1]]
    return common


def _places(order: Numbers) -> Numbers:
    """Turn an order into the place of each."""
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places
