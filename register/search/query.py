"""What a citizen may type, and what comes back.

The grammar is plain words, ``"words that follow each other"``, and ``-word`` for what must not
occur. There is nothing to expand and nothing to nest, and no parser of Whoosh's is involved, so no
query is dangerous: it is cut at 200 characters and ten words.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from register.errors import Invalid
from register.search import language
from register.search.layout import Layout
from register.standard.marking import _

MAX_CHARACTERS = 200
MAX_WORDS = 10
MAX_PAGE = 50
PAGE_SIZE = 20
SORTS = ("relevance", "updated", "name")

_CHUNK = re.compile(r'(?P<minus>(?<!\S)-)?(?:["“”](?P<phrase>[^"“”]*)["“”]?|(?P<word>[^\s"“”]+))')


@dataclass(frozen=True)
class Query:
    """A question to the index.

    ``filters`` maps a facet to the values wanted: any of them, but every facet so named must agree.
    ``page`` counts from 1 and is bounded. Names are sorted as in ``language``.
    """

    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    language: str = "en"


@dataclass(frozen=True)
class Results:
    """One page of references in order, and the count of all.

    ``complete`` counts those that have every word; the others have some. ``facets`` lists, for
    each facet, the values with their counts under all filters but the facet's own, the most
    frequent first; a value that is filtered by is there even with 0. ``words`` are the stems to
    highlight.
    """

    ids: list[str]
    total: int
    complete: int
    facets: dict[str, list[tuple[str, int]]]
    page: int
    pages: int
    words: frozenset[str]


@dataclass(frozen=True)
class Wanted:
    """A query's text, understood: ``words`` with how often each was said, and hard conditions."""

    words: tuple[tuple[str, int], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[tuple[str, ...], ...] = ()


def understand(text: str) -> Wanted:
    """Read what a person typed; nothing makes it raise."""
    said: Counter[str] = Counter()
    phrases: list[tuple[str, ...]] = []
    unwanted: list[tuple[str, ...]] = []
    room = MAX_WORDS
    for chunk in _CHUNK.finditer(text[:MAX_CHARACTERS]):
        stems = tuple(language.stems(chunk["phrase"] or chunk["word"] or ""))[:room]
        room -= len(stems)
        if not stems:
            continue
        if chunk["minus"]:
            unwanted.append(stems)
            continue
        said.update(stems)
        if chunk["phrase"] and len(stems) > 1:
            phrases.append(stems)
    return Wanted(tuple(said.items()), tuple(phrases), tuple(unwanted))


def check(query: Query, layout: Layout) -> None:
    """Raise :exc:`Invalid` if the query names a facet or an order that does not exist."""
    unknown = [name for name in query.filters if name not in layout.facets]
    errors = {name: [_("There is no such filter.")] for name in unknown}
    if query.sort not in SORTS:
        errors["sort"] = [_("There is no such order.")]
    if errors:
        raise Invalid(_("This search cannot be made."), errors)
