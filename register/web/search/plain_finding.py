"""Finding without the index, straight from the register: slow, in plain order, but never wrong.

Records are read one after the other and let go of; only one page of them is kept. What is typed is
compared as it stands, without stems; each thing costs one look into a text, whatever it says.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from register.search import PAGE_SIZE, Query
from register.services.directory import directory
from register.storage import listing
from register.web.answering import presented
from register.web.wiring import search_index

_OPERATORS = frozenset({"AND", "OR"})
_QUOTES = '"“”'
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Plain:
    """One page of what was found, and how much there is."""

    records: list[Record]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class _Wanted:
    """What a text must have, and what it must not have."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    filters: Mapping[str, frozenset[str]]

    def is_everything(self) -> bool:
        """Tell whether nothing is left out."""
        return not (self.wanted or self.unwanted or self.filters)


def find(query: Query) -> Plain:
    """Read every published record, and keep the page that is asked for.

    Where everything is wanted only that page is read.
    """
    wanted = _understood(query)
    asked = min(max(query.page, 1), Query.most_pages)
    if wanted.is_everything():
        return _leaf(asked)
    kept: list[Record] = []
    total = 0
    for record in map(presented, listing.iterate_published()):
        if _is_wanted(record, wanted):
            # Past the end the last page is shown, so the newest full one is held until then.
            if total % PAGE_SIZE == 0 and total // PAGE_SIZE < asked:
                kept = []
            if total < asked * PAGE_SIZE:
                kept.append(record)
            total += 1
    pages = _pages(total)
    return Plain(records=kept, total=total, page=min(asked, pages), pages=pages)


def _leaf(asked: int) -> Plain:
    total = sum(directory.published_counts().values())
    pages = _pages(total)
    page = min(asked, pages)
    listed = listing.list_published_from((page - 1) * PAGE_SIZE, PAGE_SIZE)
    return Plain(records=list(map(presented, listed)), total=total, page=page, pages=pages)


def _pages(total: int) -> int:
    return max(1, min(Query.most_pages, -(-total // PAGE_SIZE)))


def _understood(query: Query) -> _Wanted:
    wanted: list[str] = []
    unwanted: list[str] = []
    filters = {name: frozenset(values) for name, values in query.filters.items()}
    for chunk in query.pieces():
        name, _colon, value = chunk.partition(":")
        if value and name in search_index().facets:
            filters[name] = filters.get(name, frozenset()) | {value.strip(_QUOTES)}
            continue
        is_unwanted = chunk.startswith(("-", "NOT ")) and len(chunk) > 1
        plain = _folded(chunk.removeprefix("NOT ").removeprefix("-").strip(_QUOTES + "()*~ "))
        if plain and chunk not in _OPERATORS:
            (unwanted if is_unwanted else wanted).append(plain)
    return _Wanted(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)), filters)


def _is_wanted(record: Record, wanted: _Wanted) -> bool:
    if not all(_values_of(record, name) & values for name, values in wanted.filters.items()):
        return False
    if not (wanted.wanted or wanted.unwanted):
        return True
    text = _folded(" \n".join(_strings([record["answers"], record["agency"]["name"]])))
    has_all = all(word in text for word in wanted.wanted)
    return has_all and not any(word in text for word in wanted.unwanted)


def _values_of(record: Record, name: str) -> frozenset[str]:
    """Give a record's values of a filter, as the index has them."""
    if name == "agency":
        agency = record["agency"]
        return frozenset({agency["slug"], agency["abbreviation"].casefold()})
    if name == "level":
        return frozenset({record["agency"]["level"]})
    if name == "year":
        since = record["answers"].get("in_use_since") or record["first_published_at"]
        return frozenset({str(since)[:4]})
    answer = record["answers"].get(name)
    return frozenset(map(str, answer if isinstance(answer, list) else [answer]))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    else:
        yield str(value)
