"""Canonical JSON (RFC 8785): the same value is always the same bytes."""

import json
from types import NoneType
from typing import Any

import rfc8785

from register.errors import Invalid, Message
from register.standard.marking import _

SAFE = 2**53
_ATOMS = frozenset({bool, NoneType})
_WRITER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)

NOT_WRITABLE = _("This cannot be put into the ledger: %(why)s.")
NOT_CANONICAL = _("This is not canonical JSON: %(why)s.")


def encode(value: object) -> bytes:
    """Write a value as canonical JSON; raise :exc:`Invalid` where it has no such form.

    Text without a form in UTF-8, numbers that are none, and whole numbers of 2^53 and more have
    none.
    """
    try:
        return _write_plain(value) or rfc8785.dumps(value)  # type: ignore[arg-type]
    except RecursionError as error:
        raise Invalid(Message(NOT_WRITABLE, why="it is nested too deeply")) from error
    except ValueError as error:
        raise Invalid(Message(NOT_WRITABLE, why=str(error))) from error


def decode(data: bytes) -> Any:
    """Read canonical JSON; raise :exc:`Invalid` for anything that :func:`encode` does not write."""
    value = read(data)
    if encode(value) != data:
        raise Invalid(Message(NOT_CANONICAL, why="it would be written in another way"))
    return value


def read(data: bytes) -> Any:
    """Read JSON for whoever compares it with what :func:`encode` writes themselves."""
    try:
        return json.loads(data.decode("utf-8"), parse_int=_number)
    except RecursionError as error:
        raise Invalid(Message(NOT_CANONICAL, why="it is nested too deeply")) from error
    except ValueError as error:
        raise Invalid(Message(NOT_CANONICAL, why=str(error))) from error


def _write_plain(value: object) -> bytes | None:
    """Write what Python's own writer, in C, writes as the RFC asks; give nothing for the rest.

    The rest are numbers with a fraction or without a bound, and keys that are not ASCII, whose
    order by UTF-16 may not be that of their characters.
    """
    try:
        written = _WRITER.encode(value).encode()
        return written if _is_plain(value) else None
    except (TypeError, ValueError):
        return None


def _is_plain(value: Any) -> bool:
    waiting = [value]
    for each in waiting:  # grows meanwhile
        kind = type(each)
        if kind is str:
            continue
        if kind is dict:
            if not "".join(each).isascii():  # raises if a key is no text
                return False
            waiting.extend(each.values())
        elif kind is list or kind is tuple:
            waiting.extend(each)
        elif kind not in _ATOMS and not (kind is int and -SAFE < each < SAFE):
            return False
    return True


def _number(digits: str) -> int | float:
    """Read a whole number as JavaScript would: from 2^53 on it is one of its inexact numbers."""
    number = int(digits)
    return number if abs(number) < SAFE else float(digits)
