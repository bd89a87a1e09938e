"""Search engines that do the same work on the same texts, each in the way that its makers teach.

A page is the twenty best, the total, every facet of our search page counted, and a snippet of each
of the twenty. A facet that is filtered by is counted without its own filter, as our page does, so
that a reader can choose another value.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from bench.corpus import Corpus
from register.search.document import Document, from_publication
from register.search.layout import Layout
from register.standard.field import Kind
from register.standard.v1 import V1

LANGUAGES = ("en", "ur")
FACETS = Layout.of(V1, LANGUAGES).facets
#: Facets of which a record has several values.
MULTIPLE = tuple(each.name for each in V1.facets if each.kind is Kind.CHOICES)
SINGLE = tuple(name for name in FACETS if name not in MULTIPLE)
TEXTS = ("name", "summary", "body")
WEIGHTS = {"name": 3.0, "summary": 1.5, "body": 1.0}
PAGE = 20
MOST_VALUES = 1_000  # of a facet; more than any has

#: The name under which each is started, and what it is called in print.
NAMES = {"ours": "ours", "whoosh": "Whoosh", "fts5": "FTS5", "tantivy": "tantivy"}
_MODULES = {
    "ours": "our_index",
    "whoosh": "stock_whoosh",
    "fts5": "sqlite_fts",
    "tantivy": "tantivy_index",
}


@dataclass(frozen=True)
class Entry:
    """What every engine stores of a record."""

    reference: str
    name: str
    summary: str
    body: str
    facets: Mapping[str, Sequence[str]]
    updated: int

    @classmethod
    def of(cls, document: Document) -> "Entry":
        """Give the texts that we index of a record, as one text each."""
        texts = {n: "\n".join(t.said for t in document.texts.get(n, ())) for n in TEXTS}
        return cls(document.reference, **texts, facets=document.facets, updated=document.updated)

    @classmethod
    def of_publication(cls, publication: Mapping[str, Any]) -> "Entry":
        """Give what we index of a published record."""
        document = from_publication(publication, V1, languages=LANGUAGES)
        if document is None:
            raise ValueError(publication["reference"])
        return cls.of(document)


@dataclass(frozen=True)
class Ask:
    """A question: ``kind`` is words, phrase, prefix or fuzzy; ``wanted`` a facet and its value.

    ``number`` makes it differ from others with the same words, so that nothing kept answers it.
    """

    words: tuple[str, ...]
    kind: str = "words"
    wanted: tuple[str, str] | None = None
    is_sorted: bool = False
    number: int = 0

    def dump(self) -> dict[str, Any]:
        """Give JSON values."""
        return asdict(self)

    @classmethod
    def load(cls, said: Mapping[str, Any]) -> "Ask":
        """Read what :meth:`dump` gave."""
        wanted = tuple(said["wanted"]) if said["wanted"] else None
        return cls(**{**said, "words": tuple(said["words"]), "wanted": wanted})


@dataclass(frozen=True)
class Page:
    """An answer: references of the best, the number of all, counts by facet, and snippets."""

    references: Sequence[str]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    snippets: Sequence[str] = field(default_factory=list)


class Engine(Protocol):
    """An engine over one folder, which it alone uses."""

    def build(self, corpus: Corpus, entries: Sequence[Entry]) -> None:
        """Index a corpus, whose texts and facets ``entries`` hold ready, and make it durable."""

    def open(self) -> None:
        """Open what was built; the first question comes next."""

    def page(self, ask: Ask) -> Page:
        """Answer."""

    def follow(self, corpus: Corpus) -> None:
        """Take changes from a corpus from now on."""

    def change(self, entry: Entry) -> None:
        """Replace a record that was changed in the corpus, durably; the next answer shows it."""

    def close(self) -> None:
        """Let go of everything."""


def make_engine(name: str, folder: Path) -> Engine:
    """Make an engine by its name; only its own libraries are loaded."""
    engine: Engine = import_module(f"bench.engines.{_MODULES[name]}").make(folder)
    return engine


def available() -> list[str]:
    """Name the engines whose libraries are installed."""
    found = []
    for name, module in _MODULES.items():
        try:
            import_module(f"bench.engines.{module}")
        except ImportError:
            continue
        found.append(name)
    return found


def megabytes(folder: Path) -> float:
    """Give the size of all files below a folder."""
    paths = (Path(at) / name for at, _, names in os.walk(folder) for name in names)
    return sum(path.stat().st_size for path in paths if not path.is_symlink()) / 1024**2


def load_asks(path: Path) -> list[Ask]:
    """Read questions that were kept as JSON."""
    return [Ask.load(said) for said in json.loads(path.read_text(encoding="utf-8"))]
