"""What can be found: a disposable index beside the register, and the questions put to it.

The index holds references and words. It can be deleted at any time and is rebuilt from SQL; the
facts on a page always come from SQL. This package is the only one that knows Whoosh and NumPy.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

from register.errors import Unavailable
from register.search.comparison import Difference
from register.search.correcting import completions
from register.search.document import Document, Label, from_publication
from register.search.folder import IndexFolder
from register.search.index import State
from register.search.indexer import Indexer, Progress
from register.search.layout import Layout, facets_of
from register.search.naming import Naming
from register.search.query import PAGE_SIZE, SORTS, Correction, Query, Results
from register.search.relevance import Relevance
from register.search.searcher import Searcher
from register.search.similarity import list_similar
from register.search.snippets import Piece, highlight, snippet
from register.search.source import Source, StorageSource
from register.search.wording import Wording
from register.standard import get_standard
from register.standard.field import Standard
from register.standard.marking import _

__all__ = [
    "PAGE_SIZE",
    "SORTS",
    "Difference",
    "Piece",
    "Query",
    "Relevance",
    "Results",
    "SearchIndex",
    "Source",
    "State",
    "StorageSource",
    "facets_of",
    "highlight",
    "snippet",
]


class SearchIndex:
    """The index of one register, in ``<instance>/index``.

    Safe to share between threads; each process has its own. Making one opens nothing.
    """

    def __init__(
        self,
        path: Path,
        source: Source,
        standard: Standard,
        *,
        languages: Sequence[str] = ("en",),
        label: Label | None = None,
        relevance: Relevance | None = None,
    ) -> None:
        """Index what ``source`` publishes under ``standard``.

        ``languages`` are those of the register's pages; ``label`` gives an option's English label
        in one of them, so that people find a choice by the word that their page shows.
        ``relevance`` says what counts as an answer, if not as we think best.
        """

        def to_document(publication: Mapping[str, Any]) -> Document | None:
            filed_under = get_standard(str(publication.get("standard", standard.id)))
            return from_publication(publication, filed_under, languages=languages, label=label)

        self._folder = IndexFolder(path, Layout.of(standard, languages))
        self._searcher = Searcher(
            self._folder,
            lambda: Naming.of(standard, languages, label or (lambda text, _language: text)),
            relevance or Relevance(),
        )
        self._wording = Wording(source, to_document)
        self._indexer = Indexer(self._folder, source, to_document)

    @property
    def facets(self) -> tuple[str, ...]:
        """The names of the facets, in the order in which they are shown."""
        return self._folder.layout.facets

    @property
    def is_ready(self) -> bool:
        """Tell whether there is an index that can answer."""
        return self.state() is not None

    def state(self) -> State | None:
        """Tell what the index holds; ``None`` if it is missing, broken or laid out otherwise."""
        index = self._folder.open_sound()
        return index.state() if index else None

    def search(self, query: Query) -> Results:
        """Answer one page of a query.

        Raise :exc:`Unavailable` if there is no sound index, :exc:`Invalid` for an unknown facet or
        order. What is typed as text never makes it raise.
        """
        results = self._searcher.search(query)
        if not results.corrections:
            return results
        return replace(results, correction=self._correct(query.text, results.corrections))

    def count(self, query: Query) -> int:
        """Tell how many disclosures answer a query, in less work than a search; raise as that."""
        return self._searcher.count(query)

    def suggest(self, text: str, limit: int = 8) -> list[str]:
        """Give queries that ``text`` may be the beginning of, the most promising first.

        Raise :exc:`Unavailable` if there is no sound index.
        """
        ends = self._searcher.ask(lambda snapshot: completions(snapshot, text, limit))
        return [before + self._write(word) for before, word in ends]

    def similar(self, reference: str, limit: int = 5) -> list[str]:
        """Give the references of the disclosures that speak most of the same, the nearest first.

        Raise :exc:`Unavailable` if there is no sound index.
        """
        document = self._wording.find_document(reference)
        if document is None:
            return []
        return self._searcher.ask(lambda snapshot: list_similar(snapshot, document, limit))

    def position(self) -> str:
        """Name the commit that a search sees now; another commit has another name.

        While a large one is still being read, that is the one before it. Raise :exc:`Unavailable`
        if there is no index.
        """
        return self._searcher.position()

    def _correct(self, text: str, corrections: Sequence[Correction]) -> str:
        for start, end, words in reversed(corrections):
            text = text[:start] + " ".join(map(self._write, words)) + text[end:]
        return text

    def _write(self, surface: str) -> str:
        """Spell a folded word as people write it."""
        if surface.isascii():
            return surface
        holders = self._searcher.ask(
            lambda snapshot: snapshot.references[snapshot.holders(surface)[:1]].tolist()
        )
        return self._wording.write(surface, holders[0].decode()) if holders else surface

    def list_references(self, query: Query) -> list[str]:
        """Give every reference that answers ``query``, in order; raise as :meth:`search` does."""
        return self._searcher.list_references(query)

    def drain(self, batch: int = 1_000) -> int:
        """Take in what waits in the outbox; give the number of notices settled.

        An index that is missing, broken or laid out otherwise is rebuilt. While another process
        drains, this one leaves at once.
        """
        return self._indexer.drain(batch)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Write a new index and put it in use; give the number of documents.

        Raise :exc:`Unavailable` if another process is at work on it.
        """
        count = self._indexer.rebuild(progress)
        if count < 0:
            raise Unavailable(_("Another process is writing the search index."))
        return count

    def watch(
        self, stop: Event, interval: float = 0.2, *, beside: Callable[[], object] = lambda: None
    ) -> None:
        """Drain until ``stop`` is set. Any exception ends it: start it again in a new process.

        When nothing waits, ``beside`` is called, which does a little of something else.
        """
        self._indexer.watch(stop, interval, beside=beside)

    def purge(self) -> bool:
        """Remove the words of deleted and replaced documents for good; tell whether any were."""
        return self._indexer.purge()

    def forget(self) -> None:
        """Take in what waits, and leave no word of what is not in the register any more."""
        self._indexer.forget()

    def check(self) -> Difference:
        """Compare the state of every record in the register with that in the index.

        What waits in the outbox is no difference. Raise :exc:`Unavailable` if there is no sound
        index, or another process rebuilds it.
        """
        return self._indexer.check()

    def mend(self) -> Difference:
        """Take in what waits and exactly what differs; tell what did. Raise as :meth:`check`."""
        return self._indexer.mend()

    def close(self) -> None:
        """Let go of open files."""
        self._searcher.close()
