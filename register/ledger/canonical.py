"""Canonical JSON (RFC 8785): the same value is always the same bytes."""

import json
from typing import Any

import rfc8785

from register.errors import Invalid, Message
from register.standard.marking import _

SAFE = 2**53

NOT_WRITABLE = _("This cannot be put into the ledger: %(why)s.")
NOT_CANONICAL = _("This is not canonical JSON: %(why)s.")


def encode(value: object) -> bytes:
    """Write a value as canonical JSON; raise :exc:`Invalid` where it has no such form.

    Text without a form in UTF-8, numbers that are none, and whole numbers of 2^53 and more have
    none.
    """
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]
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


def _number(digits: str) -> int | float:
    """Read a whole number as JavaScript would: from 2^53 on it is one of its inexact numbers."""
    number = int(digits)
    return number if abs(number) < SAFE else float(digits)
