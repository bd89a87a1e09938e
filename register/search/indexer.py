"""Keeps the index equal to the register: takes in what changed, or everything anew.

A notice in the outbox only says where to look. The present state is what is written, the index is
committed, and only then is the notice settled; so a crash at any point, or doing it twice, does no
harm. One drainer works at a time and the others leave quietly.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from threading import Event

from register.search.comparison import Comparison, Difference, ToDocument
from register.search.document import Document
from register.search.folder import IndexFolder
from register.search.index import OpenIndex
from register.search.source import Notice, Source, list_all_waiting

#: Told how many documents a rebuild has written so far.
Progress = Callable[[int], None]

_BATCH = 200
# Rewriting the whole index takes at most this share of a drainer's time.
_PURGE_SHARE = 0.01


class Indexer:
    """Writes the index in ``folder`` from ``source``."""

    def __init__(self, folder: IndexFolder, source: Source, to_document: ToDocument) -> None:
        """Write documents as ``to_document`` makes them."""
        self._folder = folder
        self._source = source
        self._to_document = to_document
        self._comparison = Comparison(folder, source, to_document)
        self._index: OpenIndex | None = None
        self._purge_after = 0.0

    def drain(self, batch: int = _BATCH) -> int:
        """Take in what waits, ``batch`` notices a commit; give the number of notices settled.

        An index that is missing, broken or laid out otherwise is rebuilt. Where another drainer is
        at work, nothing is done.
        """
        with self._folder.writing() as is_ours:
            if not is_ours:
                return 0
            index = self._open_sound()
            if index is None:
                return self._rebuild(None)
            settled = 0
            while waiting := self._source.list_waiting(batch):
                self._take_in(index, waiting)
                self._settle(waiting)
                settled += len(waiting)
            return settled

    def rebuild(self, progress: Progress | None = None) -> int:
        """Write a new index from the register and put it in use; give the number of documents.

        Searches go on in the old one meanwhile. Where another drainer is at work, give -1.
        """
        with self._folder.writing() as is_ours:
            if not is_ours:
                return -1
            self._rebuild(progress)
        state = self._folder.open().state()
        return state.documents if state else 0

    def watch(self, stop: Event, interval: float = 0.2) -> None:
        """Drain until ``stop`` is set. Any exception ends it: start it again in a new process.

        When nothing waits, what was deleted is purged from the index, at most a hundredth of the
        time: at once in a small register, every few hours in a large one.
        """
        while not stop.is_set():
            if not self._is_idle():
                self.drain()
            elif time.monotonic() >= self._purge_after:
                self.purge()
            stop.wait(interval)

    def purge(self) -> bool:
        """Remove the words of deleted and replaced documents for good; tell whether any were."""
        started = time.monotonic()
        with self._folder.writing() as is_ours:
            index = self._open_sound() if is_ours else None
            is_needed = index is not None and index.has_remains()
            if index is not None and is_needed:
                index.optimise()
        now = time.monotonic()
        self._purge_after = now + max(1.0, (now - started) / _PURGE_SHARE)
        return is_needed

    def check(self) -> Difference:
        """Compare each record in the register with the index, without changing anything."""
        return self._comparison.check()

    def mend(self) -> Difference:
        """Take in what waits and then exactly what differs; tell what did.

        An index that is not sound is rebuilt, and then nothing differs.
        """
        self.drain()
        return self._comparison.mend()

    def _open_sound(self) -> OpenIndex | None:
        self._index = self._folder.open_sound()
        return self._index

    def _is_idle(self) -> bool:
        """Tell, without opening anything, that nothing waits and the index is still ours."""
        is_known = self._index is not None and self._folder.is_current(self._index)
        return is_known and not self._source.list_waiting(1)

    def _rebuild(self, progress: Progress | None) -> int:
        """Rebuild under the lock; give the number of notices settled."""
        # Documents are read after these notices, and so already say what the notices announce.
        early = list_all_waiting(self._source)
        index = self._folder.create()
        index.fill(self._documents(progress), _position(early))
        waiting = list_all_waiting(self._source)
        known = {notice.id for notice in early}
        late = [notice for notice in waiting if notice.id not in known]
        for start in range(0, len(late), _BATCH):
            self._take_in(index, late[start : start + _BATCH])
        self._folder.switch(index)
        self._index = index
        # Only now: had we stopped before the switch, the old index would still need them.
        self._settle(waiting)
        return len(waiting)

    def _documents(self, progress: Progress | None = None) -> Iterator[Document]:
        for count, publication in enumerate(self._source.iterate_published(_BATCH), start=1):
            if document := self._to_document(publication):
                yield document
            if progress and count % _BATCH == 0:
                progress(count)

    def _take_in(self, index: OpenIndex, waiting: Sequence[Notice]) -> None:
        # One change a reference: Whoosh would keep both of two updates in one commit.
        changes = {notice.reference: self._find(notice.reference) for notice in waiting}
        index.apply(changes, _position(waiting))

    def _find(self, reference: str) -> Document | None:
        publication = self._source.find_published(reference)
        return self._to_document(publication) if publication else None

    def _settle(self, waiting: Sequence[Notice]) -> None:
        for start in range(0, len(waiting), _BATCH):
            self._source.settle([notice.id for notice in waiting[start : start + _BATCH]])


def _position(notices: Sequence[Notice]) -> int:
    return max((notice.id for notice in notices), default=0)
