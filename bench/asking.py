"""The questions that are measured, drawn from what the records say; the same for every engine."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bench.engines import Ask, Entry

EACH = 40  # questions of a kind
_WORD = re.compile(r"[a-z]{4,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: Words that some engine leaves out of its index, and others do not.
_STOP = frozenset(
    "about after also been before being between both could does during each from have into more "
    "most only other over same should some such than that their them then there these they this "
    "those through under until very what when where which while will with within would your "
    "dans pour avec sont cette".split()
)

KINDS = {
    "one common word": "words",
    "three words": "words",
    "three rare words": "words",
    "one common word, filtered": "words",
    "one common word, by date": "words",
    "phrase of two words": "phrase",
    "prefix": "prefix",
    "fuzzy word": "fuzzy",
}


class Questions:
    """Forty questions of each kind, from a fixed seed."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Count words in at most 5,000 records."""
        self._random = random.Random(11)
        seen: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        facets: Counter[tuple[str, str]] = Counter()
        for entry in entries[:5000]:
            lines = [_WORD.findall(line) for line in entry.body.casefold().splitlines()]
            seen.update({word for line in lines for word in line} - _STOP)
            # A phrase does not cross from one answer to the next.
            near = {pair for line in lines for pair in pairwise(line)}
            pairs.update(pair for pair in near if not _STOP.intersection(pair))
            facets.update((name, v) for name, values in entry.facets.items() for v in values)
        self._words = [word for word, _ in seen.most_common()]
        self._rare = [word for word, count in seen.items() if 2 <= count <= 8]
        self._pairs = [pair for pair, _ in pairs.most_common(150)]
        self._facets = [facet for facet, _ in facets.most_common(20)]
        self._common = self._pick(self._words[:60])

    def of(self, kind: str) -> list[Ask]:
        """Give those of a kind that is in :data:`KINDS`."""
        pick, number = self._random.sample, range(EACH)
        if kind == "three words":
            return [Ask(tuple(pick(self._words[:200], 3))) for _ in number]
        if kind == "three rare words":
            return [Ask(tuple(pick(self._rare, 3))) for _ in number]
        if kind == "phrase of two words":
            return [Ask(pair, "phrase") for pair in self._pick(self._pairs)]
        if kind == "prefix":
            return [Ask((word[:4],), "prefix") for word in self._pick(self._long(200))]
        if kind == "fuzzy word":
            return [Ask((self._mistyped(word),), "fuzzy") for word in self._pick(self._long(400))]
        wanted = self._random.choices(self._facets, k=EACH) if kind.endswith("filtered") else []
        return [
            Ask(
                (word,),
                wanted=wanted[at] if wanted else None,
                is_sorted=kind.endswith("by date"),
            )
            for at, word in enumerate(self._common)
        ]

    def words(self, count: int) -> list[str]:
        """Give as many words, some common and some less so."""
        return self._random.sample(self._words[: 2 * count], count)

    def _long(self, most: int) -> list[str]:
        return [word for word in self._words[:most] if len(word) >= 6]

    def _pick(self, among: Sequence[object]) -> list:  # type: ignore[type-arg]
        return self._random.sample(among, min(EACH, len(among)))

    def _mistyped(self, word: str) -> str:
        """Put a wrong letter into the middle of a word."""
        at = self._random.randrange(2, len(word) - 2)
        return word[:at] + self._random.choice(_LETTERS) + word[at + 1 :]
