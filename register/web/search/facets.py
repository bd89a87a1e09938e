"""The filters of a search as its page shows them, and the ways that lead from one to another."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask import current_app, url_for

from register.search import Query
from register.standard import CURRENT
from register.standard.bodies import LEVELS
from register.storage import listing
from register.web.freshness import public_state
from register.web.languages import gettext as _
from register.web.languages import language, number_text, say, text_view
from register.web.search.finding import Found

MOST_SHOWN = 8  # of a filter, until all are asked for
OPEN_FACETS = frozenset({"phase", "impact_tier"})
Filters = Mapping[str, Sequence[str]]


def facet_views(query: Query, found: Found) -> list[dict[str, Any]]:
    """Give each filter with the values that are chosen and those that are most frequent."""
    return [
        _view(name, counts, query, found.whole) for name, counts in found.facets.items() if counts
    ]


def _view(name: str, counts: Sequence[tuple[str, int]], query: Query, whole: str) -> dict[str, Any]:
    chosen = frozenset(query.filters.get(name, ()))
    shown: Sequence[tuple[str, int]] = counts
    # A button for one more would take the place of that one.
    if name != whole and len(counts) > MOST_SHOWN + 1:
        first = [pair for pair in counts if pair[0] in chosen]
        others = [pair for pair in counts if pair[0] not in chosen]
        shown = first + others[: max(0, MOST_SHOWN - len(first))]
    names = names_of(name)
    return {
        "name": name,
        "label": label_of(name),
        "options": [
            {
                "value": value,
                "label": names.get(value, value),
                "count": number_text(count),
                "is_checked": value in chosen,
            }
            for value, count in shown
        ],
        "all": number_text(len(counts)) if len(shown) < len(counts) else None,
        "is_open": bool(chosen) or name == whole or name in OPEN_FACETS,
    }


def names_of(name: str) -> Mapping[str, str]:
    """Give the values of a filter in the reader's words."""
    return _agencies() if name == "agency" else _options(name, language())


def label_of(name: str) -> str:
    """Give what a filter is called."""
    labels = {"agency": _("Public body"), "level": _("Level"), "year": _("Year")}
    return labels.get(name) or say(CURRENT.field(name).label)


@lru_cache(maxsize=256)
def _options(name: str, _language: str) -> Mapping[str, str]:
    if name == "level":
        return {option.value: say(option.label) for option in LEVELS}
    try:
        return {option.value: say(option.label) for option in CURRENT.field(name).options}
    except KeyError:
        return {}


def _agencies() -> Mapping[str, str]:
    """Give the names of all agencies, kept by this process until the directory changes."""
    kept = current_app.extensions.setdefault("register.agency_names", {})
    changes, code = public_state().directory, language()
    known: tuple[int | None, Mapping[str, str]] = kept.get(code, (-1, {}))
    if known[0] != changes:
        views = ((slug, text_view(names)) for slug, names in listing.list_names())
        known = changes, {slug: view["text"] if view else slug for slug, view in views}
        kept[code] = known
    return known[1]


def chips(query: Query) -> list[dict[str, Any]]:
    """Give the filters in use, each with the address that leaves it out."""
    return [
        {"label": label, "value_label": value_label, "href": href(query, filters=left)}
        for label, value_label, left in each_without(query)
    ]


def each_without(query: Query) -> Iterator[tuple[str, str, Filters]]:
    """Give the words for each value filtered by, and the filters that are left without it."""
    for name, values in query.filters.items():
        names = names_of(name)
        for value in values:
            left = {**query.filters, name: [each for each in values if each != value]}
            yield label_of(name), names.get(value, value), {k: v for k, v in left.items() if v}


def href(
    query: Query, *, filters: Filters | None = None, page: int = 1, endpoint: str = "search.page"
) -> str:
    """Give the address of a query, with other filters if they are given."""
    chosen: dict[str, Any] = dict(query.filters if filters is None else filters)
    is_default = query.sort == ("relevance" if query.text.strip() else "updated")
    return url_for(
        endpoint,
        q=query.text or None,
        sort=None if is_default else query.sort,
        page=page if page > 1 else None,
        **chosen,
    )
