"""tantivy, by its Python package: a search and its aggregations over the same query."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tantivy

from bench.corpus import Corpus
from bench.engines import FACETS, MOST_VALUES, PAGE, TEXTS, WEIGHTS, Ask, Entry, Page

_MEMORY = 256_000_000
_SNIPPET = 240
_WRITTEN = "written"


class TantivyIndex:
    """tantivy in a folder; see :class:`bench.engines.Engine`."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``."""
        self._path = folder / "tantivy"
        self._schema = _schema()

    def build(self, corpus: Corpus, entries: Sequence[Entry]) -> None:
        """Add everything in one commit, and wait for merges."""
        self._path.mkdir()
        self.open()
        writer = self._index.writer(heap_size=_MEMORY)
        for entry in entries:
            writer.add_document(_document(entry))
        writer.commit()
        writer.wait_merging_threads()
        self.open()

    def open(self) -> None:
        """Open the folder."""
        self._writer: Any = None
        self._index = tantivy.Index(self._schema, path=str(self._path))
        self._index.reload()
        self._searcher = self._index.searcher()

    def page(self, ask: Ask) -> Page:
        """Answer: the best and the total, then the facets, then snippets."""
        plain = self._query(ask)
        query = _both(plain, self._filter(ask)) if ask.wanted else plain
        order = {"order_by_field": "updated"} if ask.is_sorted else {}
        found = self._searcher.search(query, PAGE, count=True, **order)
        others = [name for name in FACETS if not ask.wanted or name != ask.wanted[0]]
        facets = self._count(query, others)
        if ask.wanted:
            facets |= self._count(plain, [ask.wanted[0]])
        documents = [self._searcher.doc(address) for _, address in found.hits]
        # Words come from all fields; of the two that are shown, the one with a match is cut.
        cutters = [
            tantivy.SnippetGenerator.create(self._searcher, plain, self._schema, name)
            for name in ("body", "summary")
        ]
        for cutter in cutters:
            cutter.set_max_num_chars(_SNIPPET)
        references = [str(document.get_first("reference")) for document in documents]
        return Page(references, found.count, facets, [_cut(cutters, d) for d in documents])

    def follow(self, corpus: Corpus) -> None:
        """Do nothing: changes are handed over."""

    def change(self, entry: Entry) -> None:
        """Replace a document, commit, and take the new searcher."""
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_MEMORY, num_threads=1)
        self._writer.delete_documents_by_term("reference", entry.reference)
        self._writer.add_document(_document(entry))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Let go of the files."""
        self._writer = None
        del self._searcher, self._index

    def _query(self, ask: Ask) -> tantivy.Query:
        if ask.kind in {"words", "phrase"}:
            text = " ".join(ask.words)
            text = f'"{text}"' if ask.kind == "phrase" else text
            return self._index.parse_query(text, list(TEXTS), field_boosts=WEIGHTS)
        parts = [(tantivy.Occur.Should, self._by_spelling(ask.kind, word)) for word in ask.words]
        return tantivy.Query.boolean_query(parts)

    def _by_spelling(self, kind: str, word: str) -> tantivy.Query:
        """Look among words as they are written; a stem is no beginning of them, nor near them."""
        if kind == "prefix":
            return tantivy.Query.phrase_prefix_query(self._schema, _WRITTEN, [word])
        return tantivy.Query.fuzzy_term_query(self._schema, _WRITTEN, word, distance=1)

    def _filter(self, ask: Ask) -> tantivy.Query:
        name, value = ask.wanted or ("", "")
        return tantivy.Query.const_score_query(
            tantivy.Query.term_query(self._schema, name, value, "basic"), 0.0
        )

    def _count(self, query: tantivy.Query, names: Sequence[str]) -> dict[str, Mapping[str, int]]:
        asked = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
        counted = self._searcher.aggregate(query, asked)
        return {
            name: {bucket["key"]: bucket["doc_count"] for bucket in counted[name]["buckets"]}
            for name in names
        }


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("reference", stored=True, tokenizer_name="raw", index_option="basic")
    for name in TEXTS:
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
    builder.add_text_field(_WRITTEN, tokenizer_name="default")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("updated", stored=True, fast=True)
    return builder.build()


def _document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("reference", entry.reference)
    for name in TEXTS:
        document.add_text(name, getattr(entry, name))
        document.add_text(_WRITTEN, getattr(entry, name))
    for name in FACETS:
        for value in entry.facets.get(name, ()):
            document.add_text(name, value)
    document.add_integer("updated", entry.updated)
    return document


def _both(query: tantivy.Query, other: tantivy.Query) -> tantivy.Query:
    must = tantivy.Occur.Must
    return tantivy.Query.boolean_query([(must, query), (must, other)])


def _cut(cutters: Sequence[Any], document: tantivy.Document) -> str:
    cuts = [cutter.snippet_from_doc(document) for cutter in cutters]
    best = next((cut for cut in cuts if cut.highlighted()), cuts[0])
    return str(best.to_html())


def make(folder: Path) -> TantivyIndex:
    """Make it."""
    return TantivyIndex(folder)
