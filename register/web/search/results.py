"""What a search found, made ready for its page: cards, what to try instead, pages, files."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from flask import request, url_for

from register.errors import Unavailable
from register.search import SORTS, Query, snippet
from register.storage import listing
from register.web import paging
from register.web.answering import presented
from register.web.languages import direction, language, text_view
from register.web.languages import gettext as _
from register.web.search.facets import chips, each_without, facet_views, href
from register.web.search.finding import WHOLE, Found
from register.web.showing.showing import Record, date_view
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
MOST_DROPS = 10  # each is a search of its own
MOST_SIMILAR = 5
SEARCHED = ("summary", "purpose", "benefits", "process", "outputs", "how_it_works")


def search_page(query: Query, found: Found) -> dict[str, Any]:
    """Give what ``public/search.html`` shows."""
    return {
        "box": search_box(query.text),
        "query": query.text,
        "total": found.total,
        "suggestion": _suggestion(query, found),
        "is_literal": found.is_literal,
        "facets": facet_views(query, found),
        "whole_name": WHOLE,
        "chips": chips(query),
        "clear_href": href(query, filters={}),
        "sorts": [
            {"value": sort, "label": label, "is_checked": sort == query.sort}
            for sort, label in zip(SORTS, _sort_labels(), strict=True)
        ],
        "results": [card(record, found.words) for record in found.records],
        "pagination": paging.links(found.page, found.pages, lambda n: href(query, page=n)),
        "drops": _drops(query) if not found.total and not found.is_plain else [],
        "formats": _formats(query),
        "alternates": [
            {"title": each["label"], **each} for each in _formats(query) if each["label"] == "Atom"
        ],
        "is_plain": found.is_plain,
    }


def search_box(text: str = "") -> dict[str, Any]:
    """Give the box of every page that has one: what is in it, and where it leads."""
    return {
        "action": url_for("search.page"),
        "text": text,
        "suggest_href": url_for("search.suggestions_json"),
        "help_href": url_for("search.help_page"),
    }


def _sort_labels() -> tuple[str, ...]:
    return _("Best match"), _("Newest first"), _("Name")


def _suggestion(query: Query, found: Found) -> dict[str, str] | None:
    """Offer other words where nobody wrote these; what was asked stays what was asked."""
    text = found.correction
    if not text or text == query.text:
        return None
    return {"text": text, "href": href(replace(query, text=text))}


def _formats(query: Query) -> list[dict[str, str]]:
    kinds = (
        ("JSON", "search.page_json", "application/json"),
        ("CSV", "search.page_csv", "text/csv"),
        ("Atom", "search.page_atom", "application/atom+xml"),
    )
    return [
        {"label": label, "href": href(query, endpoint=endpoint), "type": kind}
        for label, endpoint, kind in kinds
    ]


def similar_systems(reference: str) -> list[dict[str, Any]]:
    """Give published records that resemble this one; none while the index cannot say."""
    try:
        found = search_index().similar(reference, limit=MOST_SIMILAR)
    except Unavailable:
        return []
    others = listing.list_published([each for each in found if each != reference])
    return [
        {
            "href": disclosure_href(each.reference),
            "name": Record.of(presented(each)).name(each.reference),
            "agency": text_view(each.body.names),
        }
        for each in others
    ]


def disclosure_href(reference: str) -> str:
    """Give the address of a record; twenty of them stand on a page."""
    return f"{request.script_root}/disclosures/{reference}"


def card(record: Mapping[str, Any], words: frozenset[str]) -> dict[str, Any]:
    """Give one result as ``macros/cards.html`` shows it, with the ``words`` marked."""
    shown = Record.of(record)
    text = _best_text(shown)
    texts = [text["text"], *(shown.texts(text["lang"]) if words else ())] if text else []
    return {
        "reference": record["reference"],
        "href": disclosure_href(record["reference"]),
        "name": shown.name(record["reference"]),
        "agency": text_view(record["agency"]["name"]),
        "summary": snippet(texts, words),
        "lang": text["lang"] if text else language(),
        "dir": text["dir"] if text else direction(language()),
        "tags": [tag for tag in (phase_tag(shown), tier_tag(shown)) if tag],
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


def _drops(query: Query) -> list[dict[str, Any]]:
    """Name filters and words without which something would be found, and how much."""
    attempts = islice(_attempts(query), MOST_DROPS)
    counted = [(label, q, search_index().count(q)) for label, q in attempts]
    return [{"label": label, "href": href(q), "count": n} for label, q, n in counted if n]


def _attempts(query: Query) -> Iterator[tuple[str, Query]]:
    """Give the query without each filter and each thing typed, and the words for what is gone."""
    for label, value_label, left in each_without(query):
        yield f"{label}: {value_label}", replace(query, filters=left)
    yield from query.each_left_out()
