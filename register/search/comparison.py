"""Whether the index says what the register says, record by record, and how to make it so.

Both are read while others go on publishing and draining. So whatever seems to differ is looked at
once more under the lock, when nobody can take anything in: what waits in the outbox is no fault.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from register.errors import Unavailable
from register.search.document import Document
from register.search.folder import IndexFolder
from register.search.index import OpenIndex
from register.search.layout import digest_of
from register.search.source import Source, list_all_waiting
from register.standard.marking import _

#: Makes a document of public JSON; ``None`` if it is not to be found.
ToDocument = Callable[[Mapping[str, Any]], Document | None]

_BATCH = 200
# A commit takes milliseconds; who has to wait longer than this waits for a rebuild.
_PATIENCE = 10.0


@dataclass(frozen=True)
class Difference:
    """References by which the register and the index differ; all empty when all is well.

    ``missing`` are published and not in the index, ``surplus`` the reverse; of those that are
    ``stale`` the index has another state than the register.
    """

    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.missing) + len(self.surplus) + len(self.stale)


class Comparison:
    """Compares the index in ``folder`` with what ``source`` publishes."""

    def __init__(self, folder: IndexFolder, source: Source, to_document: ToDocument) -> None:
        """Expect documents as ``to_document`` makes them."""
        self._folder = folder
        self._source = source
        self._to_document = to_document

    def check(self) -> Difference:
        """Tell what differs, apart from what waits in the outbox.

        Raise :exc:`Unavailable` if there is no sound index, or it is being rebuilt.
        """
        return self._compare(is_mending=False)

    def mend(self) -> Difference:
        """Take in exactly what differs, and tell what that was; raise as :meth:`check` does."""
        return self._compare(is_mending=True)

    def suspects(self, indexed: Mapping[str, bytes]) -> set[str]:
        """Give each reference that has another digest in the register than ``indexed`` says."""
        left = dict(indexed)
        suspects = set()
        for publication in self._source.iterate_published(_BATCH):
            document = self._to_document(publication)
            if document and left.pop(document.reference, b"") != digest_of(document):
                suspects.add(document.reference)
        return suspects | left.keys()

    def _compare(self, *, is_mending: bool) -> Difference:
        suspects = sorted(self.suspects(self._open().digests()))
        found: dict[str, list[str]] = {"missing": [], "surplus": [], "stale": []}
        for start in range(0, len(suspects), _BATCH):
            # Between two batches the lock is free, so that the drainer need not wait for all.
            with self._folder.writing(_PATIENCE) as is_ours:
                if not is_ours:
                    raise Unavailable(_("Another process is writing the search index."))
                batch = suspects[start : start + _BATCH]
                for reference, kind in self._look_again(batch, is_mending=is_mending):
                    found[kind].append(reference)
        return Difference(**{kind: tuple(references) for kind, references in found.items()})

    def _open(self) -> OpenIndex:
        index = self._folder.open_sound()
        if index is None:
            raise Unavailable(_("The search index is not ready."))
        return index

    def _look_again(
        self, suspects: Sequence[str], *, is_mending: bool
    ) -> Iterator[tuple[str, str]]:
        """Compare under the lock; give each reference that differs, and how."""
        index = self._open()
        indexed = index.digests(suspects)
        # Of one moment with the states that are read next, or earlier: then the drainer has it.
        waiting = {notice.reference for notice in list_all_waiting(self._source)}
        changes: dict[str, Document | None] = {}
        for reference in suspects:
            publication = self._source.find_published(reference)
            document = self._to_document(publication) if publication else None
            kept = indexed.get(reference, b"")
            wanted = digest_of(document) if document else b""
            if reference not in waiting and kept != wanted:
                changes[reference] = document
                yield reference, _kind(is_indexed=bool(kept), is_published=bool(wanted))
        if is_mending and changes:
            index.apply(changes, position=0)


def _kind(*, is_indexed: bool, is_published: bool) -> str:
    if not is_indexed:
        return "missing"
    return "stale" if is_published else "surplus"
