"""Answers queries from the newest commit, within one process."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from register.errors import Unavailable
from register.search.evaluation import evaluate, evaluate_all
from register.search.folder import IndexFolder
from register.search.grammar import MAX_CHARACTERS
from register.search.index import OpenIndex
from register.search.keeping import Keeper
from register.search.naming import Naming
from register.search.query import Query, Results, check, understand
from register.search.segment import Labels, Segment
from register.search.snapshot import Snapshot
from register.search.weighting import Weighting
from register.standard.marking import _

_RESULTS_KEPT = 256
_POSTINGS_BYTES = 12 << 20

_Answer = TypeVar("_Answer")


class Searcher:
    """Keeps the newest commit open. Threads take turns: the work is short and mostly Python's."""

    def __init__(self, folder: IndexFolder, naming: Naming, weighting: Weighting) -> None:
        """Open nothing yet."""
        self._folder = folder
        self._naming = naming
        self._weighting = weighting
        self._lock = threading.Lock()
        self._index: OpenIndex | None = None
        self._generation = -1
        self._reader: Any = None
        self._snapshot: Snapshot | None = None
        self._labels = Labels(folder.layout)
        self._segments: dict[str, Segment] = {}
        self._postings = Keeper(_POSTINGS_BYTES)
        self._results: OrderedDict[tuple[object, ...], Results] = OrderedDict()

    def search(self, query: Query) -> Results:
        """Answer a page of ``query``; raise :exc:`Unavailable` if there is no sound index."""
        check(query, self._folder.layout)
        return self.ask(lambda snapshot: self._remember(snapshot, query))

    def list_references(self, query: Query) -> list[str]:
        """Give all references that answer ``query``, in order; raise as :meth:`search` does."""
        check(query, self._folder.layout)
        wanted = understand(query.text, self._naming)
        return self.ask(lambda snapshot: evaluate_all(snapshot, self._naming, query, wanted))

    def close(self) -> None:
        """Let go of the open files; the next question opens them again."""
        with self._lock:
            self._forget()

    def position(self) -> str:
        """Name the newest commit; raise :exc:`Unavailable` if there is none."""
        with self._lock:
            path = self._folder.current()
            if self._index is None or self._index.path != path:
                return f"{path.name}.{self._folder.open().generation}"
            return f"{path.name}.{self._index.generation}"

    def ask(self, question: Callable[[Snapshot], _Answer]) -> _Answer:
        """Put any question to the newest commit; raise as :meth:`search` does."""
        with self._lock:
            try:
                return question(self._newest())
            except Unavailable:
                self._forget()
                raise
            except Exception as error:
                # A commit may have removed files while they were opened, so try once more.
                self._forget()
                try:
                    return question(self._newest())
                except Exception:
                    self._forget()
                    self._folder.mark_broken()
                    raise Unavailable(_("The search index is being mended.")) from error

    def _newest(self) -> Snapshot:
        """Give the newest commit. Never by Whoosh's ``refresh``, which may keep what is deleted."""
        path = self._folder.current()
        if self._index is None or self._index.path != path:
            self._forget()
            self._index = self._folder.open_sound()
            if self._index is None:
                raise Unavailable(_("The search index is not ready."))
        generation = self._index.generation
        if self._snapshot is None or generation != self._generation:
            reader = self._index.reader()
            self._close_reader()
            self._reader = reader
            self._snapshot = self._join(reader)
            self._generation = generation
            self._results.clear()
        return self._snapshot

    def _join(self, reader: Any) -> Snapshot:
        leaves = [leaf for leaf, _ in reader.leaf_readers()] if reader.doc_count_all() else []
        known, self._segments, parts = self._segments, {}, []
        for leaf in leaves:
            name = leaf.segment().segment_id()
            segment = known.get(name)
            if segment is None:
                segment = Segment(leaf, self._folder.layout, self._labels, self._postings)
            self._segments[name] = segment
            parts.append((segment, leaf))
        return Snapshot(parts, self._folder.layout, self._labels, self._weighting)

    def _remember(self, snapshot: Snapshot, query: Query) -> Results:
        filters = tuple(sorted((name, tuple(values)) for name, values in query.filters.items()))
        key = (query.text[:MAX_CHARACTERS], filters, query.sort, query.page, query.language)
        if key not in self._results:
            wanted = understand(query.text, self._naming)
            self._results[key] = evaluate(snapshot, self._naming, query, wanted)
            if len(self._results) > _RESULTS_KEPT:
                self._results.popitem(last=False)
        self._results.move_to_end(key)
        return self._results[key]

    def _forget(self) -> None:
        self._close_reader()
        self._index = self._snapshot = None
        self._segments = {}
        self._postings.clear()
        self._results.clear()

    def _close_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None
