"""What a search found, made ready for its page: cards, facets, filters in use, pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from flask import url_for

from register.search import SORTS, Query, snippet
from register.services import directory
from register.standard import CURRENT
from register.standard.bodies import LEVELS
from register.web import paging
from register.web.finding import Found
from register.web.languages import direction, language, say, text_view
from register.web.languages import gettext as _
from register.web.showing import Record, date_view
from register.web.wiring import search_index

TONES = {
    "in_use": "green",
    "pilot": "blue",
    "suspended": "yellow",
    "retired": "grey",
    "cancelled": "grey",
    "high": "red",
    "significant": "yellow",
    "limited": "grey",
}
MOST_SHOWN = 40
MOST_DROPS = 10  # each is a search of its own
SEARCHED = ("summary", "purpose", "benefits", "process", "outputs", "how_it_works")


def search_page(query: Query, found: Found) -> dict[str, Any]:
    """Give what ``public/search.html`` shows."""
    return {
        "action": url_for("public.search"),
        "hidden": [],
        "query": query.text,
        "total": found.total,
        "suggestion": None,
        "facets": [_facet(name, counts, query) for name, counts in found.facets.items()],
        "chips": _chips(query),
        "clear_href": _href(query, filters={}, page=1),
        "sorts": [
            {"value": sort, "label": label, "is_checked": sort == query.sort}
            for sort, label in zip(SORTS, _sort_labels(), strict=True)
        ],
        "results": [card(record, found.words) for record in found.records],
        "pagination": paging.links(found.page, found.pages, lambda n: _href(query, page=n)),
        "drops": _drops(query) if not found.total and not found.is_plain else [],
        "formats": [
            {
                "label": "JSON",
                "href": _href(query, endpoint="public.search_json"),
                "type": "application/json",
            }
        ],
        "is_plain": found.is_plain,
    }


def _sort_labels() -> tuple[str, ...]:
    return _("Best match"), _("Newest first"), _("Name")


def card(record: Mapping[str, Any], words: frozenset[str]) -> dict[str, Any]:
    """Give one result as ``macros/cards.html`` shows it, with the ``words`` marked."""
    shown = Record.of(record)
    name = shown.name(record["reference"])
    text = _best_text(shown)
    pieces = snippet([text["text"], *shown.texts(text["lang"])], words) if text else []
    return {
        "reference": record["reference"],
        "href": url_for("public.disclosure", reference=record["reference"]),
        "name": name,
        "agency": text_view(record["agency"]["name"]),
        "summary": [{"text": piece.text, "is_match": piece.is_match} for piece in pieces],
        "lang": text["lang"] if text else language(),
        "dir": text["dir"] if text else direction(language()),
        "phase": phase_tag(shown),
        "tier": tier_tag(shown),
        "decision_role": shown.label("decision_role"),
        "updated": date_view(str(record["published_at"])[:10]),
    }


def _best_text(shown: Record) -> dict[str, Any] | None:
    for name in SEARCHED:
        text = shown.text(name)
        if text:
            return text
    return None


def phase_tag(shown: Record) -> dict[str, Any] | None:
    """Give the stage of life as a tag."""
    label = shown.label("phase")
    return {"label": label, "tone": _tone(shown, "phase")} if label else None


def tier_tag(shown: Record) -> dict[str, Any] | None:
    """Give the impact as a tag that says what it is about."""
    label = shown.label("impact_tier")
    words = _("Impact: %(tier)s", tier=label)
    return {"label": words, "tone": _tone(shown, "impact_tier")} if label else None


def _tone(shown: Record, name: str) -> str | None:
    return TONES.get(str(shown.content.answers.get(name)))


def options_of(name: str, counts: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Give a facet's values in the reader's words, with their counts."""
    names = _names_of(name)
    return [{"value": v, "label": names.get(v, v), "count": c} for v, c in counts]


def _names_of(name: str) -> dict[str, str]:
    if name == "agency":
        bodies = directory.list_bodies()
        return {b.slug: (text_view(b.names) or {}).get("text", b.slug) for b in bodies}
    if name == "level":
        return {option.value: say(option.label) for option in LEVELS}
    try:
        return {option.value: say(option.label) for option in CURRENT.field(name).options}
    except KeyError:
        return {}


def _label_of(name: str) -> str:
    labels = {"agency": _("Public body"), "level": _("Level"), "year": _("Year")}
    return labels.get(name) or say(CURRENT.field(name).label)


def _facet(name: str, counts: Sequence[tuple[str, int]], query: Query) -> dict[str, Any]:
    chosen = set(query.filters.get(name, ()))
    options = options_of(name, counts)
    kept = [o for o in options if o["value"] in chosen]
    kept += [o for o in options if o["value"] not in chosen][: MOST_SHOWN - len(kept)]
    return {
        "name": name,
        "label": _label_of(name),
        "options": [{**option, "is_checked": option["value"] in chosen} for option in kept],
        "is_open": bool(chosen) or name in {"phase", "impact_tier"},
    }


def _chips(query: Query) -> list[dict[str, Any]]:
    return [
        {
            "label": _label_of(name),
            "value_label": names.get(value, value),
            "href": _href(query, filters=_without(query, name, value), page=1),
        }
        for name, values in query.filters.items()
        for names in [_names_of(name)]
        for value in values
    ]


def _without(query: Query, name: str, value: str) -> dict[str, Sequence[str]]:
    left = {**query.filters, name: [v for v in query.filters[name] if v != value]}
    return {key: values for key, values in left.items() if values}


def _drops(query: Query) -> list[dict[str, Any]]:
    """Name filters and words without which something would be found, and how much."""
    attempts = islice(_attempts(query), MOST_DROPS)
    counted = [(label, q, search_index().search(q).total) for label, q in attempts]
    return [{"label": label, "href": _href(q, page=1), "count": n} for label, q, n in counted if n]


def _attempts(query: Query) -> Iterator[tuple[str, Query]]:
    """Give the query without each filter and without each word, with the words for what is gone."""
    for name, values in query.filters.items():
        names = _names_of(name)
        for value in values:
            label = f"{_label_of(name)}: {names.get(value, value)}"
            yield label, replace(query, filters=_without(query, name, value))
    words = query.text.split()[:10]
    for word in dict.fromkeys(words) if len(words) > 1 else ():
        yield word, replace(query, text=" ".join(w for w in words if w != word))


def _href(
    query: Query,
    *,
    filters: Mapping[str, Sequence[str]] | None = None,
    page: int = 1,
    endpoint: str = "public.search",
) -> str:
    chosen: dict[str, Any] = dict(query.filters if filters is None else filters)
    is_default = query.sort == ("relevance" if query.text.strip() else "updated")
    return url_for(
        endpoint,
        q=query.text or None,
        sort=None if is_default else query.sort,
        page=page if page > 1 else None,
        **chosen,
    )
