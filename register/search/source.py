"""Where the index learns what is published: a small protocol, and storage behind it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from register.schemas.present import Audience, present
from register.storage import outbox, publications


class Notice(Protocol):
    """An outbox row: look at this reference again."""

    @property
    def id(self) -> int:
        """The row's number; later rows have higher ones."""

    @property
    def reference(self) -> str:
        """The disclosure's reference."""


class Source(Protocol):
    """What the indexer needs from the register."""

    def list_waiting(self, limit: int) -> Sequence[Notice]:
        """Give the oldest notices that nobody settled, at most ``limit``."""

    def settle(self, ids: Sequence[int]) -> None:
        """Strike out notices, once the index has taken them in."""

    def iterate_published(self, batch: int) -> Iterator[Mapping[str, Any]]:
        """Give the public JSON of every published disclosure, once each."""

    def find_published(self, reference: str) -> Mapping[str, Any] | None:
        """Give the present public JSON of a disclosure, or ``None`` if it was never published."""


def list_all_waiting(source: Source) -> list[Notice]:
    """Give every notice that nobody settled, as they are at one moment."""
    limit = 1_000
    while len(waiting := list(source.list_waiting(limit))) == limit:
        limit *= 4
    return waiting


class StorageSource:
    """The register's own storage, within an application context."""

    def list_waiting(self, limit: int) -> Sequence[Notice]:
        """Give the oldest notices; what is read next is of the same moment or later."""
        return outbox.list_waiting(limit)

    def settle(self, ids: Sequence[int]) -> None:
        """Strike out notices."""
        outbox.settle(ids)

    def iterate_published(self, batch: int) -> Iterator[Mapping[str, Any]]:
        """Give what the public may read of everything published."""
        for publication in publications.iterate_published(batch):
            yield present(publication, Audience.PUBLIC)

    def find_published(self, reference: str) -> Mapping[str, Any] | None:
        """Give what the public may read of one disclosure at present."""
        publication = publications.find_publication(reference)
        return present(publication, Audience.PUBLIC) if publication else None
