"""Counts how many documents have each value of each facet.

A facet with few values keeps a row of bits a value, one bit a document: a count is then the number
of bits that a value shares with what was found. A facet with many keeps its pairs of document and
value.
"""

from collections.abc import Sequence

import numpy as np

from register.search.arrays import Bits, Mask, Numbers

_MOST_ROWS = 64  # of bits for one facet
_WORD = 64


class FacetCounter:
    """The facets of all documents of a snapshot, ready to be counted."""

    def __init__(self, size: int, facets: Sequence[tuple[Numbers, Numbers, int]]) -> None:
        """Take each facet as documents, their values' codes, and the number of codes."""
        self._facets = facets
        self._rows: list[slice | None] = []
        matrices = []
        start = 0
        for documents, codes, values in facets:
            if values > _MOST_ROWS:
                self._rows.append(None)
                continue
            has = np.zeros((values, -(-size // _WORD) * _WORD), dtype=bool)
            has[codes, documents] = True
            matrices.append(_pack(has))
            self._rows.append(slice(start, start + values))
            start += values
        self._bits = np.concatenate(matrices) if matrices else np.zeros((0, 0), dtype=np.uint64)

    def count_all(self, mask: Mask) -> list[Numbers]:
        """Count the values of every facet among the documents of ``mask``."""
        if not self._bits.size:
            return [self.count(place, mask) for place in range(len(self._facets))]
        counted = _count(self._bits, mask)
        return [
            self.count(place, mask) if rows is None else counted[rows]
            for place, rows in enumerate(self._rows)
        ]

    def count(self, place: int, mask: Mask) -> Numbers:
        """Count the values of one facet."""
        rows = self._rows[place]
        if rows is not None and self._bits.size:
            return _count(self._bits[rows], mask)
        documents, codes, values = self._facets[place]
        return np.bincount(codes[mask[documents]], minlength=values)


def _pack(has: Mask) -> Bits:
    return np.packbits(has, axis=-1, bitorder="little").view(np.uint64)


def _count(bits: Bits, mask: Mask) -> Numbers:
    padded = np.zeros(bits.shape[1] * _WORD, dtype=bool)
    padded[: len(mask)] = mask
    counted: Numbers = np.bitwise_count(bits & _pack(padded)).sum(axis=1, dtype=np.int64)
    return counted
