"""A register small enough to hold in memory: the indexer's source in these tests."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Notice:
    id: int
    reference: str


class RegisterInMemory:
    """Publishes, withdraws and keeps an outbox, as storage does in SQL."""

    def __init__(self) -> None:
        self.publications: dict[str, dict[str, Any]] = {}
        self.outbox: list[Notice] = []
        self._count = 0

    def publish(self, reference: str, **said: Any) -> None:
        self.publications[reference] = publication(reference, **said)
        self._notice(reference)

    def withdraw(self, reference: str) -> None:
        self.publications[reference]["status"] = "withdrawn"
        self._notice(reference)

    def _notice(self, reference: str) -> None:
        self._count += 1
        self.outbox.append(Notice(self._count, reference))

    def list_waiting(self, limit: int) -> Sequence[Notice]:
        return self.outbox[:limit]

    def settle(self, ids: Sequence[int]) -> None:
        self.outbox = [notice for notice in self.outbox if notice.id not in set(ids)]

    def iterate_published(self, batch: int) -> Iterator[Mapping[str, Any]]:
        for reference in sorted(self.publications):
            if self.publications[reference]["status"] == "published":
                yield copy.deepcopy(self.publications[reference])

    def find_published(self, reference: str) -> Mapping[str, Any] | None:
        return copy.deepcopy(self.publications.get(reference))


def publication(
    reference: str,
    name: str | Mapping[str, str] = "A system",
    summary: str | Mapping[str, str] = "",
    purpose: str | Mapping[str, str] = "",
    *,
    agency: str = "tax-office",
    level: str = "federal",
    at: str = "2026-03-01T09:00:00Z",
    withheld: Sequence[str] = (),
    **answers: Any,
) -> dict[str, Any]:
    """Give the public JSON of a disclosure that says this."""
    texts = {"name": name, "summary": summary, "purpose": purpose}
    localized = {
        key: text if isinstance(text, Mapping) else {"en": text}
        for key, text in texts.items()
        if text
    }
    return {
        "reference": reference,
        "standard": "v1",
        "status": "published",
        "first_published_at": at,
        "published_at": at,
        "agency": {"slug": agency, "name": {"en": agency.replace("-", " ")}, "level": level},
        "answers": {**localized, **answers},
        "withheld": [{"field": field} for field in withheld],
    }
