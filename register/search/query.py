"""A question to the index, and what comes back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, NamedTuple

from register.errors import Invalid
from register.search.grammar import MAX_CHARACTERS, MAX_WORDS, Token, read, tokens
from register.search.layout import Layout
from register.search.naming import Naming
from register.search.nodes import Best
from register.search.pieces import each_left_out, pieces
from register.search.widening import Widening
from register.standard.marking import _

MAX_PAGE = 50
_FEW_WORDS, _FEW_PAGES = 6, 3
PAGE_SIZE = 20
SORTS = ("relevance", "updated", "name")


@dataclass(frozen=True)
class Query:
    """A question to the index.

    ``filters`` maps a facet to the values wanted: any of them, but every facet so named must agree.
    ``page`` counts from 1 and is bounded. Names are sorted as in ``language``. What is beyond the
    bounds named here is not read.
    """

    most_characters: ClassVar[int] = MAX_CHARACTERS
    most_words: ClassVar[int] = MAX_WORDS
    most_pages: ClassVar[int] = MAX_PAGE

    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    language: str = "en"

    @property
    def is_simple(self) -> bool:
        """Whether it is a few plain words, on one of the first pages: what most people ask."""
        said = list(tokens(self.text))
        are_words = all(each.kind == "word" and each.said.isalnum() for each in said)
        return are_words and len(said) <= _FEW_WORDS and self.page <= _FEW_PAGES

    def pieces(self) -> list[str]:
        """Give the things that the text consists of, with the operators between them."""
        return pieces(self.text)

    def each_left_out(self) -> Iterator[tuple[str, "Query"]]:
        """Give each thing of the text, and the query without it; what excludes most comes first."""
        for piece, left in each_left_out(self.text):
            yield piece, replace(self, text=left)


class Correction(NamedTuple):
    """A stretch of a query that was probably typed wrong, and folded words for its place."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """One page of references in order, and the count of all.

    ``complete`` counts those that have every word; the others have some. ``facets`` lists, for
    each facet, the values with their counts under all filters but the facet's own, the most
    frequent first; a value that is filtered by is there even with 0. ``words`` are the stems to
    highlight. ``is_literal`` says that the signs of the query made no sense and were left aside.
    ``corrections`` say what was perhaps meant, and ``correction`` gives the whole query so.
    """

    ids: list[str]
    total: int
    complete: int
    facets: dict[str, list[tuple[str, int]]]
    page: int
    pages: int
    words: frozenset[str]
    is_literal: bool = False
    corrections: tuple[Correction, ...] = ()
    correction: str | None = None


@dataclass(frozen=True)
class Wanted:
    """A query's text, understood: as a tree, and in the pieces that were typed."""

    tree: Best
    tokens: tuple[Token, ...]
    is_literal: bool


def understand(text: str, naming: Naming, widening: Widening) -> Wanted:
    """Read what a person typed; nothing makes it raise."""
    reading = read(text, naming.find_facet)
    return Wanted(widening.widen(reading.tree), tuple(tokens(text)), reading.is_literal)


def check(query: Query, layout: Layout) -> None:
    """Raise :exc:`Invalid` if the query names a facet or an order that does not exist."""
    unknown = [name for name in query.filters if name not in layout.facets]
    errors = {name: [_("There is no such filter.")] for name in unknown}
    if query.sort not in SORTS:
        errors["sort"] = [_("There is no such order.")]
    if errors:
        raise Invalid(_("This search cannot be made."), errors)
