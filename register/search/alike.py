"""Words with one first letter: which there are, which begin alike, which are about as long."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import takewhile


class Words:
    """Words in order of their letters' numbers."""

    def __init__(self, ordered: Sequence[str]) -> None:
        """Take words that are in order."""
        self._ordered = ordered

    def __contains__(self, word: object) -> bool:
        """Tell whether a word is among them."""
        place = bisect_left(self._ordered, str(word))
        return place < len(self._ordered) and self._ordered[place] == word

    def list_beginning(self, start: str) -> list[str]:
        """Give those that begin so."""
        places = range(bisect_left(self._ordered, start), len(self._ordered))
        words = (self._ordered[place] for place in places)
        return list(takewhile(lambda word: word.startswith(start), words))

    def iterate_as_long(self, least: int, most: int) -> Iterator[str]:
        """Give those that have so many letters."""
        for length in range(least, most + 1):
            yield from self._by_length.get(length, ())

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found = defaultdict(list)
        for word in self._ordered:
            found[len(word)].append(word)
        return dict(found)
