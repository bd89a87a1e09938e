"""Whoosh, as it teaches: its parser, ``search(groupedby=…)``, and ``highlights()`` of the hits."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import whoosh.index
from whoosh import fields, sorting
from whoosh.analysis import StemmingAnalyzer
from whoosh.qparser import FuzzyTermPlugin, MultifieldParser, OrGroup
from whoosh.query import Term

from bench.corpus import Corpus
from bench.engines import FACETS, MULTIPLE, PAGE, TEXTS, WEIGHTS, Ask, Entry, Page

_MARKS = {"prefix": "*", "fuzzy": "~"}


class StockWhoosh:
    """Whoosh in a folder; see :class:`bench.engines.Engine`."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``."""
        self._path = folder / "whoosh"

    def build(self, corpus: Corpus, entries: Sequence[Entry]) -> None:
        """Add everything in one commit."""
        self._path.mkdir()
        index = whoosh.index.create_in(str(self._path), _schema())
        writer = index.writer(limitmb=512)
        for entry in entries:
            writer.add_document(**_document(entry))
        writer.commit()
        index.close()
        self.open()

    def open(self) -> None:
        """Open the folder."""
        self._index = whoosh.index.open_dir(str(self._path))
        self._searcher = self._index.searcher()
        self._parser = MultifieldParser(
            TEXTS, self._index.schema, fieldboosts=WEIGHTS, group=OrGroup
        )
        self._parser.add_plugin(FuzzyTermPlugin())

    def page(self, ask: Ask) -> Page:
        """Answer; the facet that is filtered by takes a second search."""
        text = " ".join(f"{word}{_MARKS.get(ask.kind, '')}" for word in ask.words)
        query = self._parser.parse(f'"{text}"' if ask.kind == "phrase" else text)
        wanted = Term(*ask.wanted) if ask.wanted else None
        others = [name for name in FACETS if not ask.wanted or name != ask.wanted[0]]
        by = {"sortedby": "updated", "reverse": True} if ask.is_sorted else {}
        results = self._search(query, others, filter=wanted, **by)
        counts = {name: results.groups(name) for name in others}
        # With facets Whoosh gives every match, whatever limit is asked for.
        hits = results[:PAGE]
        if ask.wanted:
            counts |= {ask.wanted[0]: self._search(query, [ask.wanted[0]]).groups()}
        return Page(
            [hit["reference"] for hit in hits],
            len(results),
            counts,
            [hit.highlights("body") or hit.highlights("summary") for hit in hits],
        )

    def follow(self, corpus: Corpus) -> None:
        """Do nothing: changes are handed over."""

    def change(self, entry: Entry) -> None:
        """Replace a document, and open a new searcher."""
        writer = self._index.writer()
        writer.update_document(**_document(entry))
        writer.commit()
        self._searcher.close()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()
        self._index.close()

    def _search(self, query: Any, names: Sequence[str], **how: Any) -> Any:
        facets = sorting.Facets()
        for name in names:
            facets.add_field(name, maptype=sorting.Count, allow_overlap=name in MULTIPLE)
        return self._searcher.search(query, limit=PAGE, groupedby=facets, **how)


def _schema() -> fields.Schema:
    texts = {name: fields.TEXT(analyzer=StemmingAnalyzer(), stored=True) for name in TEXTS}
    facets: dict[str, Any] = {name: fields.ID(sortable=name not in MULTIPLE) for name in FACETS}
    facets |= {name: fields.KEYWORD(commas=True) for name in MULTIPLE}
    return fields.Schema(
        reference=fields.ID(unique=True, stored=True),
        updated=fields.NUMERIC(sortable=True),
        **texts,
        **facets,
    )


def _document(entry: Entry) -> dict[str, Any]:
    texts = {name: getattr(entry, name) for name in TEXTS}
    facets = {name: ",".join(values) for name, values in entry.facets.items()}
    return {"reference": entry.reference, "updated": entry.updated, **texts, **facets}


def make(folder: Path) -> StockWhoosh:
    """Make it."""
    return StockWhoosh(folder)
