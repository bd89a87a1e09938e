"""JSON as a program must send it: read as everybody reads it, or refused."""

import json
from collections.abc import Iterable
from typing import Any

from flask import request

from register.errors import Message
from register.standard.marking import _
from register.web.refusing import Refused

_NO_JSON = _("The body is no JSON in UTF-8.")
_LONGEST_NAME = 80


def read_object() -> dict[str, Any]:
    """Read the body of this request as a JSON object; nothing sent is an empty one.

    Raise :exc:`Refused` for what two readers could read differently: a name that stands there
    twice, a number that JSON does not have, half a character.
    """
    body = request.get_data()
    if not body:
        return {}
    if request.mimetype != "application/json":
        text = _("This call takes JSON: send it with Content-Type: application/json.")
        raise Refused(415, text, headers={"Accept": "application/json"})
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_without_doubles,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
        if b"\\u" in body:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise Refused(400, _NO_JSON) from None
    if not isinstance(value, dict):
        raise Refused(400, _("The body must be a set of named values."))
    return value


def _without_doubles(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in pairs:
        if name in read:
            text = Message(_("“%(name)s” stands twice in one set of values."), name=_short(name))
            raise Refused(400, text, {_short(name): [_("Say it once.")]})
        read[name] = value
    return read


def _short(name: str) -> str:
    return name[:_LONGEST_NAME].encode("utf-8", "replace").decode("utf-8")


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise ValueError(text)
    return number
