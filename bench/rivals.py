"""Our search, and the rivals that are given the very same texts: FTS5 and tantivy."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.asked import Publication
from register.search import Query, Relevance, SearchIndex, synonyms
from register.search.document import Document, Label, from_publication
from register.search.layout import TEXT_FIELDS
from register.standard import CURRENT, get_standard

LANGUAGES = ("en", "ur")
PER_PAGE = 20

#: Gives the first references that answer a text.
Search = Callable[[str], Sequence[str]]

_WORDS = re.compile(r"\w+")
_WEIGHTS = (3.0, 1.5, 1.0)


class Shelf:
    """Publications as the indexer's source; nothing changes on it."""

    def __init__(self, publications: Sequence[Publication]) -> None:
        """Hold ``publications``."""
        self._held = {said["reference"]: said for said in publications}

    def list_waiting(self, limit: int) -> Sequence[Any]:
        """Give no notice."""
        return ()

    def settle(self, ids: Sequence[int]) -> None:
        """Have nothing to strike out."""

    def iterate_published(self, batch: int) -> Iterator[Publication]:
        """Give all."""
        yield from self._held.values()

    def find_published(self, reference: str) -> Publication | None:
        """Give one."""
        return self._held.get(reference)


def ours(folder: Path, publications: Sequence[Publication], label: Label) -> Search:
    """Search with the index that the register has."""
    relevance = Relevance(synonyms=[synonyms.DEFAULT])
    shelf = Shelf(publications)
    index = SearchIndex(
        folder, shelf, CURRENT, languages=LANGUAGES, label=label, relevance=relevance
    )
    index.rebuild()
    return lambda text: index.search(Query(text)).ids


def fts5(documents: Sequence[Document]) -> Search:
    """Search with SQLite, stemming as Porter did; any of the words."""
    database = sqlite3.connect(":memory:")
    fields = ", ".join(TEXT_FIELDS)
    database.execute(f"create virtual table t using fts5({fields}, tokenize='porter unicode61')")
    for number, document in enumerate(documents):
        row = (number, *_texts(document).values())
        database.execute(f"insert into t(rowid, {fields}) values(?, ?, ?, ?)", row)
    weights = ", ".join(map(str, _WEIGHTS))
    best = (
        f"select rowid from t where t match ? order by bm25(t, {weights}), rowid limit {PER_PAGE}"
    )

    def search(text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in _WORDS.findall(text))
        rows = database.execute(best, (words,)).fetchall() if words else []
        return [documents[number].reference for (number,) in rows]

    return search


def tantivy(documents: Sequence[Document]) -> Search | None:
    """Search with tantivy, stemming English; any of the words. ``None`` if it is not installed."""
    try:
        import tantivy as engine  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    schema = engine.SchemaBuilder()
    for name in TEXT_FIELDS:
        schema.add_text_field(name, tokenizer_name="en_stem")
    schema.add_integer_field("number", stored=True)
    index = engine.Index(schema.build())
    writer = index.writer()
    for number, document in enumerate(documents):
        writer.add_document(engine.Document(number=number, **_texts(document)))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    boosts = dict(zip(TEXT_FIELDS, _WEIGHTS, strict=True))

    def search(text: str) -> list[str]:
        # Lower case, so that no word of the query is an operator.
        words = " ".join(_WORDS.findall(text)).lower()
        query = index.parse_query(words, list(TEXT_FIELDS), field_boosts=boosts)
        found = searcher.search(query, PER_PAGE).hits if words else []
        return [documents[searcher.doc(place)["number"][0]].reference for _score, place in found]

    return search


def read(publications: Sequence[Publication], label: Label) -> list[Document]:
    """Read publications as the indexer does."""
    documents = (
        from_publication(said, get_standard(said["standard"]), languages=LANGUAGES, label=label)
        for said in publications
    )
    return [document for document in documents if document]


def _texts(document: Document) -> Mapping[str, str]:
    return {
        name: "\n".join(text.said for text in document.texts.get(name, ())) for name in TEXT_FIELDS
    }
