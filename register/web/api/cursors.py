"""Long answers a page at a time, in an order by which nothing is skipped or given twice.

A cursor names the key of the last thing seen, not a place in a list: what comes or goes meanwhile
moves nothing. What is there all the while, and goes on answering, is given exactly once.
"""

import base64
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from flask import Response, request, url_for

from register.web.answering import as_response
from register.web.parameters import no_such_value
from register.web.wiring import settings

Item = TypeVar("Item")
Key = tuple[str, ...]


def after(cursor: str, length: int) -> Key:
    """Give the key of ``length`` parts after which a page begins; before all others without one."""
    if not cursor:
        return ("",) * length
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
    except (ValueError, RecursionError):
        raise no_such_value("cursor") from None
    is_key = isinstance(key, list) and all(isinstance(part, str) for part in key)
    if not is_key or len(key) != length or not _is_text(key):
        raise no_such_value("cursor")
    return tuple(key)


def cut(
    items: Iterable[Item], key_of: Callable[[Item], Key], start: Key, limit: int
) -> tuple[list[Item], Key | None]:
    """Give the items of a page, by their keys, and the key after which there are more, if any."""
    left = sorted((item for item in items if key_of(item) > start), key=key_of)
    page = left[:limit]
    return page, key_of(page[-1]) if len(left) > limit else None


def answer(items: Sequence[Any], total: int | None, onward: Mapping[str, Any] | None) -> Response:
    """Answer with a page, with the way ``onward``: what the next page is asked with, if any is."""
    follows = None
    if onward is not None:
        kept = {name: said for name, said in request.args.lists() if name not in onward}
        follows = settings().base_url + url_for(str(request.endpoint), **{**kept, **onward})
    counted = {} if total is None else {"total": total}
    response = as_response({"items": items, **counted, "next": follows})
    if follows:
        response.headers["Link"] = f'<{follows}>; rel="next"'
    return response


def onward(key: Key | None) -> dict[str, str] | None:
    """Give what leads to the page after a key."""
    if key is None:
        return None
    written = json.dumps(key, ensure_ascii=False, separators=(",", ":")).encode()
    return {"cursor": base64.urlsafe_b64encode(written).decode("ascii")}


def _is_text(key: Sequence[str]) -> bool:
    try:
        "".join(key).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\0" not in "".join(key)
