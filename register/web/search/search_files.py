"""What a search finds, as files: rows for a spreadsheet, and a feed of what is new."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from register.exchange.files.row_files import csv_pieces
from register.exchange.own import flat_table
from register.search import Query
from register.standard import CURRENT
from register.storage import listing
from register.web.answering import presented
from register.web.languages import gettext as _
from register.web.languages import text_view
from register.web.search.facets import href
from register.web.showing.showing import Record
from register.web.wiring import search_index, settings

BATCH = 50
MOST_ENTRIES = 50
NEVER = "1970-01-01T00:00:00Z"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def csv_of(query: Query) -> Iterator[str]:
    """Give everything that a query finds as CSV, a few records in memory.

    Raise :exc:`Unavailable` at once if there is no index.
    """
    references = search_index().list_references(query)
    columns = flat_table.columns_of(CURRENT, settings().languages)
    return csv_pieces(columns, (flat_table.row_of(each, columns) for each in _records(references)))


def _records(references: list[str]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(references), BATCH):
        for publication in listing.list_published(references[start : start + BATCH]):
            yield presented(publication)


def feed_of(query: Query) -> dict[str, Any]:
    """Give what ``public/feed.xml`` shows: the newest first, whatever order was asked for.

    Raise :exc:`Unavailable` if there is no index.
    """
    newest = replace(query, sort="updated")
    references = search_index().list_references(newest)[:MOST_ENTRIES]
    entries = [_entry(record) for record in _records(references)]
    asked = _plain(query.text)
    return {
        "title": _("Search results for “%(query)s”", query=asked) if asked else _("Find a system"),
        "self_href": settings().base_url + href(query, endpoint="search.page_atom"),
        "page_href": settings().base_url + href(query),
        "updated": entries[0]["updated"] if entries else NEVER,
        "entries": entries,
    }


def _entry(record: dict[str, Any]) -> dict[str, Any]:
    shown = Record.of(record)
    agency = text_view(record["agency"]["name"]) or {}
    summary = shown.text("summary")
    name = shown.name(record["reference"])
    return {
        "id": record["url"],
        "title": _plain(name["text"]),
        "agency": _plain(agency.get("text", record["agency"]["slug"])),
        "summary": _plain(summary["text"]) if summary else "",
        "lang": summary["lang"] if summary else name["lang"],
        "published": record["first_published_at"],
        "updated": record["published_at"],
    }


def _plain(text: str) -> str:
    """Leave out what may stand in no XML file."""
    return _NOT_IN_XML.sub(" ", text)
