"""Long lists, a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for

from register.web.parameters import no_such_value

Item = TypeVar("Item")
LONGEST_NUMBER = 6
MOST_ROWS = 100  # of a table that is read by looking down it


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some of the ``items`` of a list of ``total``, and the ``links`` to the others."""

    items: Sequence[Item]
    total: int
    links: dict[str, Any]


def number_asked(name: str = "page") -> int:
    """Read the number of a page, at least 1. Raise :exc:`Invalid` if it is none."""
    text = request.args.get(name) or "1"
    if not (text.isascii() and text.isdecimal()):
        raise no_such_value(name)
    return max(1, int(text[:LONGEST_NUMBER]))


def page_of(
    items: Sequence[Item],
    size: int,
    endpoint: str,
    *,
    name: str = "page",
    place: str = "",
    **values: Any,
) -> Page[Item]:
    """Give the page of a list that the address asks for; past the end it is the last.

    The links lead to ``endpoint`` with its ``values``, keep what else the address asks for, and
    end at the ``place`` of the list where it is not the first thing on its page.
    """
    last = max(1, -(-len(items) // size))
    number = min(number_asked(name), last)
    kept = {key: asked for key, asked in request.args.lists() if key not in {name, *values}}

    def href(wanted: int) -> str:
        asked = {**kept, **values, name: wanted if wanted > 1 else None}
        return url_for(endpoint, _anchor=place or None, **asked)

    shown = items[(number - 1) * size : number * size]
    return Page(items=shown, total=len(items), links=links(number, last, href))


def links(number: int, last: int, href: Callable[[int], str]) -> dict[str, Any]:
    """Give what ``macros/components.html`` draws: the first, the last and those around this one.

    ``{pages: [{number, href, is_current} or {ellipsis}], previous, next}``
    """
    around = {1, last, *range(number - 2, number + 3)}
    pages: list[dict[str, Any]] = []
    before = 0
    for each in sorted(each for each in around if 1 <= each <= last) if last > 1 else []:
        if each > before + 1:
            pages.append({"ellipsis": True})
        pages.append({"number": each, "href": href(each), "is_current": each == number})
        before = each
    return {
        "pages": pages,
        "previous": href(number - 1) if number > 1 else None,
        "next": href(number + 1) if number < last else None,
    }
