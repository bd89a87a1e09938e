"""Generated disclosures of 80 to 250 words, with word frequencies after Zipf, always the same.

``bench.resampled`` makes likelier ones where the published inventories are at hand.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

VOCABULARY = 60_000


@dataclass(frozen=True)
class Notice:
    """A disclosure has changed."""

    id: int
    reference: str


class Corpus:
    """Generated disclosures as public JSON, and a source for the indexer."""

    def __init__(self, size: int) -> None:
        """Generate ``size`` disclosures from a fixed seed."""
        self._random = random.Random(42)
        self._words = [self._word() for _ in range(VOCABULARY)]
        self._cumulative = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
        self.publications = [self.publication(number) for number in range(size)]
        self.outbox: list[Notice] = []

    def publication(self, number: int) -> dict[str, Any]:
        """Generate one."""
        pick = self._random.choice
        return {
            "reference": f"AIR-2026-{number:06}",
            "standard": "v1",
            "status": "published",
            "first_published_at": "2026-01-01T00:00:00Z",
            "published_at": f"2026-{pick(range(1, 13)):02}-{pick(range(1, 28)):02}T00:00:00Z",
            "agency": {
                "slug": f"agency-{pick(range(80))}",
                "name": {"en": "An agency"},
                "level": pick(["federal", "provincial", "local"]),
            },
            "answers": {
                "name": {"en": self.text(5)},
                "summary": {"en": self.text(25)},
                "phase": pick(["planned", "pilot", "in_use", "retired"]),
                "impact_tier": pick(["high", "significant", "limited"]),
                "policy_domains": self._random.sample(["health", "justice", "transport"], 2),
                "purpose": {"en": self.text(self._random.randint(50, 220))},
            },
        }

    def text(self, count: int) -> str:
        """Generate ``count`` words."""
        return " ".join(self._random.choices(self._words, cum_weights=self._cumulative, k=count))

    def query_texts(self, words: int, first: int, last: int) -> list[str]:
        """Give queries of ``words`` words that are between the ``first`` and ``last`` commonest."""
        return [" ".join(self._random.sample(self._words[first:last], words)) for _ in range(40)]

    def change(self, number: int) -> None:
        """Write one disclosure anew, and leave a notice."""
        self.publications[number] = self.publication(number)
        self.outbox.append(Notice(number, self.publications[number]["reference"]))

    def list_waiting(self, limit: int) -> Sequence[Notice]:
        """Give notices."""
        return self.outbox[:limit]

    def settle(self, ids: Sequence[int]) -> None:
        """Forget notices."""
        self.outbox = [notice for notice in self.outbox if notice.id not in set(ids)]

    def iterate_published(self, batch: int) -> Iterator[Mapping[str, Any]]:
        """Give all."""
        yield from self.publications

    def find_published(self, reference: str) -> Mapping[str, Any] | None:
        """Give one."""
        return self.publications[int(reference.rsplit("-", 1)[1])]

    def _word(self) -> str:
        return "".join(self._random.choices("bcdfghjklmnprstvwz", k=3)) + "".join(
            self._random.choices("aeioubdgklmnrt", k=self._random.randint(2, 6))
        )
