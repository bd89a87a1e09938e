"""A search: reading the query out of the address, and finding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from register.errors import Unavailable
from register.search import SORTS, Query
from register.storage import listing
from register.web.answering import presented
from register.web.languages import language
from register.web.paging import number_asked
from register.web.parameters import check_names, no_such_value, too_many_values
from register.web.search import plain_finding
from register.web.search.turns import alone
from register.web.wiring import search_index

MOST_VALUES = 10  # of one filter
WHOLE = "all"  # the parameter that names the filter of which every value is shown


@dataclass(frozen=True)
class Found:
    """What a query gave: records as the public may see them, and the counts around them.

    ``correction`` is the whole query in words that would find more, ``is_literal`` says that its
    signs were read as plain words, ``whole`` is the filter of which every value is wanted.
    """

    query: Query
    records: Sequence[Mapping[str, Any]]
    total: int
    page: int
    pages: int
    facets: Mapping[str, Sequence[tuple[str, int]]]
    words: frozenset[str]
    is_plain: bool = False
    correction: str | None = None
    is_literal: bool = False
    whole: str = ""


def read_query(*others: str) -> Query:
    """Read the address. Raise :exc:`Invalid` by parameter if there is one that means nothing."""
    args, facets = request.args, search_index().facets
    check_names({"q", "sort", "page", *others, *facets})
    sort = args.get("sort") or ("relevance" if args.get("q", "").strip() else "updated")
    if sort not in SORTS:
        raise no_such_value("sort")
    if args.get(WHOLE) and args[WHOLE] not in facets:
        raise no_such_value(WHOLE)
    return Query(
        text=args.get("q", ""),
        filters=filters_asked(),
        sort=sort,
        page=number_asked(),
        language=language(),
    )


def filters_asked() -> dict[str, list[str]]:
    """Read the filters that have a value. Raise :exc:`Invalid` if one has too many."""
    filters = {}
    for name in search_index().facets:
        values = list(dict.fromkeys(value for value in request.args.getlist(name) if value))
        if len(values) > MOST_VALUES:
            raise too_many_values(name, MOST_VALUES)
        if values:
            filters[name] = values
    return filters


def find(query: Query) -> Found:
    """Ask the index; while there is none, look through the register itself, plainly."""
    try:
        results = search_index().search(query)
    except Unavailable:
        with alone():
            plain = plain_finding.find(query)
        return Found(query=query, facets={}, words=frozenset(), is_plain=True, **vars(plain))
    return Found(
        query=query,
        records=[presented(each) for each in listing.list_published(results.ids)],
        total=results.total,
        page=results.page,
        pages=results.pages,
        facets=results.facets,
        words=results.words,
        correction=results.correction,
        is_literal=results.is_literal,
        whole=request.args.get(WHOLE, ""),
    )


def as_data(found: Found) -> dict[str, Any]:
    """Give the page of results as JSON values."""
    return {
        "query": found.query.text,
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "facets": {
            name: [{"value": value, "count": count} for value, count in counts]
            for name, counts in found.facets.items()
        },
        "items": found.records,
        "is_complete": not found.is_plain,
    }
