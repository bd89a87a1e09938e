"""Keeps the index equal to the register: takes in what changed, or everything anew.

A notice in the outbox only says where to look. The present state is what is written, the index is
committed, and only then is the notice settled; so a crash at any point, or doing it twice, does no
harm. One drainer works at a time and the others leave quietly.

A rebuild holds nobody up: drainers go on with the index in use, and what they took in meanwhile is
looked at once more before the new index takes its place.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Event
from typing import TypeVar

from register.errors import Unavailable
from register.search.comparison import Comparison, Difference, ToDocument
from register.search.document import Document
from register.search.folder import IndexFolder
from register.search.index import OpenIndex
from register.search.source import Notice, Source, list_all_waiting
from register.standard.marking import _

#: Told how many documents a rebuild has written so far.
Progress = Callable[[int], None]

_Item = TypeVar("_Item")

BUSY = _("Another process is writing the search index.")

_BATCH = 200
# How many notices a commit takes in; so an import of thousands does not make a hundred segments.
_NOTICES = 1_000
# A drainer holds the lock for a commit of so many at most.
_PATIENCE = 120.0
# Rewriting the whole index takes at most this share of a drainer's time.
_PURGE_SHARE = 0.01
# For so long it gives way to whatever is to be taken in: seconds, a day.
_PURGE_WAITS = 86_400.0


def _never() -> bool:
    return False


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
        self._purged_at = time.monotonic()

    def drain(self, batch: int = _NOTICES) -> int:
        """Take in what waits, ``batch`` notices a commit; give the number of notices settled.

        An index that is missing, broken or laid out otherwise is rebuilt. Where another drainer is
        at work, nothing is done.
        """
        with self._folder.writing() as is_ours:
            if not is_ours:
                return 0
            index = self._open_sound()
            if index is not None:
                return self._take_in_all(index, batch)
        return max(0, self._rebuild(None))

    def rebuild(self, progress: Progress | None = None) -> int:
        """Write a new index from the register and put it in use; give the number of documents.

        Searches and drainers go on with the old one. Where another rebuilds, give -1.
        """
        if self._rebuild(progress) < 0:
            return -1
        state = self._folder.open().state()
        return state.documents if state else 0

    def watch(
        self, stop: Event, interval: float = 0.2, *, beside: Callable[[], object] = _never
    ) -> None:
        """Drain until ``stop`` is set. Any exception ends it: start it again in a new process.

        When nothing waits, ``beside`` is called, which does a little of something else.

        When nothing waits, what was deleted is purged from the index, at most a hundredth of the
        time: at once in a small register, every few hours in a large one. That takes minutes
        there, and so gives way to what is published, unless there was no quiet time for a day.
        """
        while not stop.is_set():
            if not self._is_idle():
                self.drain()
            else:
                if time.monotonic() >= self._purge_after:
                    self.purge(lambda: stop.is_set() or self._is_something_waiting())
                beside()
            stop.wait(interval)

    def purge(self, give_way: Callable[[], bool] = _never) -> bool:
        """Remove the words of deleted and replaced documents for good; tell whether that was done.

        Nothing is done where nothing is to be removed, or if ``give_way`` says so meanwhile.
        """
        started = time.monotonic()
        with self._folder.writing() as is_ours:
            index = self._open_sound() if is_ours else None
            is_needed = index is not None and _wants_tidying(index)
            if started - self._purged_at > _PURGE_WAITS:
                give_way = _never
            is_done = is_needed and index is not None and index.tidy(give_way)
        self._folder.forget_previous()
        now = time.monotonic()
        self._purge_after = now + max(1.0, (now - started) / _PURGE_SHARE)
        if is_done or not is_needed:
            self._purged_at = now
        return is_done

    def forget(self) -> None:
        """Take in what waits, and leave no word of what was replaced or deleted, at once.

        Raise :exc:`Unavailable` if another process does not let go of the index.
        """
        with self._folder.writing(_PATIENCE) as is_ours:
            if not is_ours:
                raise Unavailable(BUSY)
            index = self._open_sound()
            if index is not None:
                self._take_in_all(index, _NOTICES)
                index.tidy()
        if index is None:
            self._rebuild(None)
        self._folder.forget_previous(grace=0)

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
        return is_known and not self._is_something_waiting()

    def _is_something_waiting(self) -> bool:
        return bool(self._source.list_waiting(1))

    def _rebuild(self, progress: Progress | None) -> int:
        """Rebuild beside; give the number of notices settled, or -1 where another rebuilds."""
        with self._folder.rebuilding() as is_ours:
            if not is_ours:
                return -1
            # Documents are read after these notices, and so already say what the notices announce.
            early = list_all_waiting(self._source)
            index = self._folder.create()
            index.fill(self._documents(progress), _position(early))
            with self._folder.writing(_PATIENCE) as is_free:
                if not is_free:
                    raise Unavailable(BUSY)
                return self._put_in_use(index, {notice.id for notice in early})

    def _put_in_use(self, index: OpenIndex, known: set[int]) -> int:
        """Catch up with what happened during a rebuild and switch, under both locks."""
        waiting = list_all_waiting(self._source)
        late = {notice.reference for notice in waiting if notice.id not in known}
        # Other drainers may have taken in and settled what this index never heard of.
        in_use, fresh = self._open_sound(), index.digests()
        state = in_use.state() if in_use else None
        late |= _unlike(in_use.digests(), fresh) if in_use else self._comparison.suspects(fresh)
        position = max(_position(waiting), state.position if state else 0)
        for batch in _batches(sorted(late)):
            self._apply(index, batch, position)
        self._folder.switch(index)
        self._index = index
        # Only now: had we stopped before the switch, the old index would still need them.
        self._settle(waiting)
        return len(waiting)

    def _take_in_all(self, index: OpenIndex, batch: int) -> int:
        settled = 0
        while waiting := self._source.list_waiting(batch):
            references = [notice.reference for notice in waiting]
            self._apply(index, references, _position(waiting))
            self._settle(waiting)
            settled += len(waiting)
        return settled

    def _documents(self, progress: Progress | None = None) -> Iterator[Document]:
        for count, publication in enumerate(self._source.iterate_published(_BATCH), start=1):
            if document := self._to_document(publication):
                yield document
            if progress and count % _BATCH == 0:
                progress(count)

    def _apply(self, index: OpenIndex, references: Sequence[str], position: int) -> None:
        # One change a reference: Whoosh would keep both of two updates in one commit.
        index.apply({reference: self._find(reference) for reference in references}, position)

    def _find(self, reference: str) -> Document | None:
        publication = self._source.find_published(reference)
        return self._to_document(publication) if publication else None

    def _settle(self, waiting: Sequence[Notice]) -> None:
        for batch in _batches(waiting):
            self._source.settle([notice.id for notice in batch])


def _position(notices: Sequence[Notice]) -> int:
    return max((notice.id for notice in notices), default=0)


def _batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))


def _unlike(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> set[str]:
    return {each for each in {**old, **new} if old.get(each) != new.get(each)}


def _wants_tidying(index: OpenIndex) -> bool:
    """Tell whether there is something to purge; not of what was damaged since it was opened.

    The next look at that finds it so, and it is rebuilt.
    """
    try:
        return index.wants_tidying()
    except Exception:  # whatever is wrong with it, as in opening
        return False
