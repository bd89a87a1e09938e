"""Reading what the database holds as it is, also where somebody has spoilt it.

Whoever checks the database must not stumble over the very thing that is wrong with it: text that is
no UTF-8, JSON that is none, a moment that there is not.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, Text, cast, type_coerce

from register.storage.database import db

_MOMENT = "%Y-%m-%d %H:%M:%S.%f"  # as SQLAlchemy writes it into SQLite


@contextmanager
def reading_anything() -> Iterator[None]:
    """Let what is no UTF-8 be read meanwhile, as text that cannot be written as UTF-8."""
    connection: Any = db.session.connection().connection.driver_connection
    if db.engine.dialect.name != "sqlite":
        yield
        return
    before, connection.text_factory = connection.text_factory, _as_text
    try:
        yield
    finally:
        connection.text_factory = before


def written(column: Any) -> ColumnElement[str]:
    """Select JSON as it is written."""
    return cast(column, Text)


def unread(column: Any) -> ColumnElement[Any]:
    """Select a moment as the driver gives it."""
    return type_coerce(column, String)


def as_json(text: Any) -> Any:
    """Give what is written, or the text itself if it is no JSON."""
    try:
        return None if text is None else json.loads(text)
    except (RecursionError, TypeError, ValueError):
        return text


def as_moment(told: Any) -> Any:
    """Give a moment in UTC, or what stands in its place; SQLite has a text there."""
    if not isinstance(told, str):
        return told.astimezone(UTC) if isinstance(told, datetime) else told
    try:
        moment = datetime.strptime(told, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return told
    return moment if moment.strftime(_MOMENT) == told else told


def as_bytes(text: Any) -> bytes:
    """Give the bytes of a text, or of what stands in its place."""
    return text if isinstance(text, bytes) else str(text).encode("utf-8", "surrogateescape")


def _as_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
