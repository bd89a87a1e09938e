"""Our own index, as the register uses it; the texts for snippets lie in SQLite, as there."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.corpus import Corpus, Notice
from bench.engines import LANGUAGES, TEXTS, Ask, Entry, Page
from register.search import Query, SearchIndex, Source, snippet
from register.standard.v1 import V1

_MARKS = {"prefix": "*", "fuzzy": "~"}


class Nothing:
    """A source that publishes nothing, for an index that is only read."""

    def list_waiting(self, limit: int) -> Sequence[Notice]:
        """Give nothing."""
        return ()

    def settle(self, ids: Sequence[int]) -> None:
        """Do nothing."""

    def iterate_published(self, batch: int) -> Iterator[Mapping[str, Any]]:
        """Give nothing."""
        yield from ()

    def find_published(self, reference: str) -> Mapping[str, Any] | None:
        """Find nothing."""


class OurIndex:
    """The register's own search; see :class:`bench.engines.Engine`."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``."""
        self._folder = folder
        self._index = self._over(Nothing())
        self._texts = sqlite3.connect(folder / "texts.sqlite")

    def build(self, corpus: Corpus, entries: Sequence[Entry]) -> None:
        """Rebuild."""
        self._index = self._over(corpus)
        self._index.rebuild()
        columns = ", ".join(TEXTS)
        self._texts.execute(f"create table texts(reference primary key, {columns})")
        rows = ((e.reference, e.name, e.summary, e.body) for e in entries)
        self._texts.executemany("insert into texts values(?,?,?,?)", rows)
        self._texts.commit()

    def open(self) -> None:
        """Open nothing: the first question does."""

    def page(self, ask: Ask) -> Page:
        """Answer as the search page does, from the index and then from SQL."""
        results = self._index.search(query_of(ask))
        facets = {name: dict(counts) for name, counts in results.facets.items()}
        places = ",".join("?" * len(results.ids))
        found = {
            reference: texts
            for reference, *texts in self._texts.execute(
                f"select reference, summary, body from texts where reference in ({places})",
                results.ids,
            )
        }
        snippets = [
            "".join(piece.text for piece in snippet(found[reference], results.words))
            for reference in results.ids
        ]
        return Page(results.ids, results.total, facets, snippets)

    def follow(self, corpus: Corpus) -> None:
        """Read the outbox of a corpus."""
        self._index.close()
        self._index = self._over(corpus)

    def change(self, entry: Entry) -> None:
        """Drain the outbox, where the change waits."""
        self._index.drain()
        with self._texts:
            self._texts.execute(
                "replace into texts values(?,?,?,?)",
                (entry.reference, entry.name, entry.summary, entry.body),
            )

    def close(self) -> None:
        """Let go of open files."""
        self._index.close()
        self._texts.close()

    def _over(self, source: Source) -> SearchIndex:
        return SearchIndex(self._folder / "index", source, V1, languages=LANGUAGES)


def query_of(ask: Ask) -> Query:
    """Say a question in our grammar; blanks behind it make each new to what is kept."""
    text = " ".join(f"{word}{_MARKS.get(ask.kind, '')}" for word in ask.words)
    if ask.kind == "phrase":
        text = f'"{text}"'
    return Query(
        text=text + " " * ask.number,
        filters={ask.wanted[0]: [ask.wanted[1]]} if ask.wanted else {},
        sort="updated" if ask.is_sorted else "relevance",
    )


def make(folder: Path) -> OurIndex:
    """Make it."""
    return OurIndex(folder)
