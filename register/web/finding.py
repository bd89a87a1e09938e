"""A search: reading the query out of the address, and finding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from register.errors import Unavailable
from register.search import PAGE_SIZE, SORTS, Query
from register.services.exports import export_records
from register.storage import publications
from register.web.answering import presented
from register.web.languages import language
from register.web.paging import number_asked
from register.web.parameters import check_names, no_such_value, too_many_values
from register.web.wiring import search_index, settings

MOST_VALUES = 10  # of one filter


@dataclass(frozen=True)
class Found:
    """What a query gave: records as the public may see them, and the counts around them."""

    query: Query
    records: list[dict[str, Any]]
    total: int
    page: int
    pages: int
    facets: Mapping[str, Sequence[tuple[str, int]]]
    words: frozenset[str]
    is_plain: bool = False


def read_query() -> Query:
    """Read the address. Raise :exc:`Invalid` by parameter if there is one that means nothing."""
    args, facets = request.args, search_index().facets
    check_names({"q", "sort", "page", *facets})
    sort = args.get("sort") or ("relevance" if args.get("q", "").strip() else "updated")
    if sort not in SORTS:
        raise no_such_value("sort")
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
        return _find_plainly(query)
    records = [
        presented(publication) for publication in publications.list_publications(results.ids)
    ]
    return Found(
        query=query,
        records=records,
        total=results.total,
        page=results.page,
        pages=results.pages,
        facets=results.facets,
        words=results.words,
    )


def _find_plainly(query: Query) -> Found:
    """Read every public record: slow, without order or counts, but never wrong or private."""
    words = query.text.casefold().split()[:10]
    matching = [
        record
        for record in export_records(base_url=settings().base_url)
        if record["status"] == "published" and _has_words(record["answers"], words)
    ]
    pages = max(1, -(-len(matching) // PAGE_SIZE))
    page = min(max(query.page, 1), pages)
    start = (page - 1) * PAGE_SIZE
    return Found(
        query=query,
        records=matching[start : start + PAGE_SIZE],
        total=len(matching),
        page=page,
        pages=pages,
        facets={},
        words=frozenset(),
        is_plain=True,
    )


def _has_words(answers: Mapping[str, Any], words: Sequence[str]) -> bool:
    text = " ".join(_strings(answers)).casefold()
    return all(word in text for word in words)


def _strings(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [text for inner in value.values() for text in _strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _strings(inner)]
    return [str(value)]


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
