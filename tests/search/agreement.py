"""Puts random questions to the engine and to the plain search, and tells where they differ."""

import random
from collections.abc import Iterator

from register.search import SORTS, Query, SearchIndex
from register.search.grammar import read
from tests.search.plain_search import PlainSearch
from tests.search.random_queries import Asked, RandomQueries, read_fact
from tests.search.random_register import LANGUAGES, random_register


def differences(seed: int, questions: int) -> Iterator[tuple[str, list[str]]]:
    """Give each random question to a register with a random history, and what is wrong with it."""
    chance = random.Random(seed)
    with random_register(chance) as (lived, rebuilt):
        plain = PlainSearch(lived.documents(), lived.index.facets)
        queries = RandomQueries(chance, read_fact)
        for _ in range(questions):
            asked = queries.ask()
            sort, language = chance.choice((*SORTS, "relevance")), chance.choice(LANGUAGES)
            page = chance.randint(1, 3)
            query = Query(asked.text, lived.filters(), sort, page, language)
            wrong = [*_misread(asked, plain), *_misanswered(query, plain, lived.index)]
            if rebuilt.search(query) != lived.index.search(query):
                wrong.append("a rebuild changes the answer")
            yield f"seed {seed}: {query}", wrong


def _misread(asked: Asked, plain: PlainSearch) -> Iterator[str]:
    reading = read(asked.text, plain.naming.find_facet)
    if asked.tree is not None and (reading.is_literal or reading.tree != asked.tree):
        yield f"read as {reading.tree}, not as {asked.tree}"


def _misanswered(query: Query, plain: PlainSearch, index: SearchIndex) -> Iterator[str]:
    found = index.search(query)
    order = index.list_references(query)
    expected = sorted(reader.document.reference for reader in plain.find(query))
    if sorted(order) != expected:
        yield f"found {sorted(order)}, not {expected}"
        return
    yield from plain.misplaced(query, order)
    last = max(1, -(-len(order) // 20))
    page = order[20 * (min(query.page, last) - 1) :][:20]
    said = (found.ids, found.pages, found.total, index.count(query), found.complete)
    if said != (expected_page := (page, last, len(order), len(order), plain.complete(query))):
        yield f"the page says {said}, not {expected_page}"
    if found.facets != (counts := plain.count(query)):
        yield f"counted {found.facets}, not {counts}"
