"""Answers queries from the newest commit, within one process."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from register.errors import Unavailable
from register.search.evaluation import count, evaluate, evaluate_all
from register.search.folder import IndexFolder
from register.search.grammar import MAX_CHARACTERS
from register.search.index import OpenIndex
from register.search.keeping import Keeper
from register.search.naming import Naming
from register.search.query import Query, Results, check, understand
from register.search.relevance import Relevance
from register.search.segment import Labels, Segment
from register.search.snapshot import Snapshot
from register.search.widening import Widening
from register.standard.marking import _

_RESULTS_KEPT = 256
_POSTINGS_BYTES = 12 << 20

_MOST_AT_ONCE = 2_000  # documents, which take some fifty milliseconds

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class _Commit:
    """An index as it was at a commit."""

    index: OpenIndex
    generation: int


class Searcher:
    """Keeps the newest commit open. Threads take turns: the work is short and mostly Python's.

    Where much of a commit is new, as after a rebuild, it is read beside and the one before answers
    until then, so that nobody waits for it.
    """

    def __init__(
        self, folder: IndexFolder, name: Callable[[], Naming], relevance: Relevance
    ) -> None:
        """Open nothing yet; ``name`` is called once, with the first question."""
        self._folder = folder
        self._name = name
        self._widening = Widening(relevance.synonyms)
        self._weighting = relevance.weighting
        self._lock = threading.Lock()
        self._commit: _Commit | None = None
        self._reader: Any = None
        self._snapshot: Snapshot | None = None
        self._loading: object | None = None
        self._labels = Labels(folder.layout)
        self._segments: dict[str, Segment] = {}
        self._postings = Keeper(_POSTINGS_BYTES)
        self._results: OrderedDict[tuple[object, ...], Results] = OrderedDict()

    @cached_property
    def _naming(self) -> Naming:
        return self._name()

    def search(self, query: Query) -> Results:
        """Answer a page of ``query``; raise :exc:`Unavailable` if there is no sound index."""
        check(query, self._folder.layout)
        return self.ask(lambda snapshot: self._remember(snapshot, query))

    def list_references(self, query: Query) -> list[str]:
        """Give all references that answer ``query``, in order; raise as :meth:`search` does."""
        check(query, self._folder.layout)
        wanted = understand(query.text, self._naming, self._widening)
        return self.ask(lambda snapshot: evaluate_all(snapshot, self._naming, query, wanted))

    def count(self, query: Query) -> int:
        """Tell how many references answer ``query``; raise as :meth:`search` does."""
        check(query, self._folder.layout)
        wanted = understand(query.text, self._naming, self._widening)
        return self.ask(lambda snapshot: count(snapshot, self._naming, query, wanted))

    def close(self) -> None:
        """Let go of the open files; the next question opens them again."""
        with self._lock:
            self._forget()

    def position(self) -> str:
        """Name the commit that answers now; raise :exc:`Unavailable` if there is none."""
        return self.ask(lambda _snapshot: self._position())

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
        if self._snapshot is not None and self._loading is not None:
            return self._snapshot
        path = self._folder.current()
        index = self._commit.index if self._commit else None
        if index is None or index.path != path:
            index = self._folder.open_sound()
            if index is None:
                raise Unavailable(_("The search index is not ready."))
        commit = _Commit(index, index.generation)
        if self._snapshot is None or commit != self._commit:
            reader = index.reader()
            if self._snapshot is not None and self._is_large(reader):
                self._load(commit, reader)
                return self._snapshot
            return self._use(commit, reader, self._join(reader))
        return self._snapshot

    def _position(self) -> str:
        # Not the newest commit: one that is still being read does not answer yet.
        in_use = self._commit
        place = f"{in_use.index.path.name}.{in_use.generation}" if in_use else ""
        return f"{place}.{hash(self._widening.state):x}"

    def _is_large(self, reader: Any) -> bool:
        """Tell whether reading what is new would keep people waiting."""
        new = (leaf for leaf in _leaves(reader) if _name(leaf) not in self._segments)
        return sum(int(leaf.doc_count_all()) for leaf in new) > _MOST_AT_ONCE

    def _load(self, commit: _Commit, reader: Any) -> None:
        """Read a commit beside, and put it in use when that is done."""
        mark = self._loading = object()

        def load() -> None:
            try:
                snapshot = self._join(reader)
            except Exception:  # the next question meets the same, and says so
                snapshot = None
            with self._lock:
                if self._loading is not mark:  # closed or forgotten meanwhile
                    reader.close()
                elif snapshot is None:
                    reader.close()
                    self._forget()
                else:
                    self._use(commit, reader, snapshot)
                    self._loading = None

        threading.Thread(target=load, name="search-loading", daemon=True).start()

    def _use(self, commit: _Commit, reader: Any, snapshot: Snapshot) -> Snapshot:
        self._close_reader()
        self._commit, self._reader = commit, reader
        self._snapshot = snapshot
        self._segments = {_name(leaf): segment for segment, leaf in snapshot.parts}
        self._results.clear()
        return snapshot

    def _join(self, reader: Any) -> Snapshot:
        known, parts = self._segments, []
        for leaf in _leaves(reader):
            segment = known.get(_name(leaf))
            if segment is None:
                segment = Segment(leaf, self._folder.layout, self._labels, self._postings)
            parts.append((segment, leaf))
        return Snapshot(parts, self._folder.layout, self._labels, self._weighting)

    def _remember(self, snapshot: Snapshot, query: Query) -> Results:
        filters = tuple(sorted((name, tuple(values)) for name, values in query.filters.items()))
        text = query.text[:MAX_CHARACTERS]
        key = (text, filters, query.sort, query.page, query.language, self._widening.state)
        if key not in self._results:
            wanted = understand(query.text, self._naming, self._widening)
            self._results[key] = evaluate(snapshot, self._naming, query, wanted)
            if len(self._results) > _RESULTS_KEPT:
                self._results.popitem(last=False)
        self._results.move_to_end(key)
        return self._results[key]

    def _forget(self) -> None:
        self._close_reader()
        self._commit = self._snapshot = self._loading = None
        self._segments = {}
        self._postings.clear()
        self._results.clear()

    def _close_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None


def _leaves(reader: Any) -> list[Any]:
    return [leaf for leaf, _ in reader.leaf_readers()] if reader.doc_count_all() else []


def _name(leaf: Any) -> str:
    return str(leaf.segment().segment_id())
