"""How often somebody asked within a minute, in a store of its own that may be lost at any time.

The store is shared by the processes of a machine, or of several where a setting names one. Whatever
is wrong with it, nobody is shut out for that.
"""

from contextlib import suppress
from logging import getLogger
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from register.config import Settings

_STORE = "register.counting"
_PRAGMAS = ("journal_mode=WAL", "synchronous=OFF", "busy_timeout=1000")
_TABLE = text(
    "CREATE TABLE IF NOT EXISTS asked (period BIGINT NOT NULL, subject VARCHAR(64) NOT NULL,"
    " used BIGINT NOT NULL, PRIMARY KEY (period, subject))"
)
_COUNT = text(
    "INSERT INTO asked (period, subject, used) VALUES (:period, :subject, :cost)"
    " ON CONFLICT (period, subject) DO UPDATE SET used = asked.used + excluded.used"
    " RETURNING used"
)
_FORGET = text("DELETE FROM asked WHERE period < :period")


def init_app(app: Flask, settings: Settings) -> None:
    """Name the store that this application counts in; it is opened when something is counted."""
    url = settings.ratelimit_url
    is_sqlite = url.startswith("sqlite")
    more: dict[str, Any] = (
        {"connect_args": {"timeout": 1}} if is_sqlite else {"pool_pre_ping": True}
    )
    engine = create_engine(
        url, isolation_level="AUTOCOMMIT", pool_size=8, max_overflow=8, hide_parameters=True, **more
    )
    if is_sqlite:
        event.listen(engine, "connect", _on_sqlite_connect)
    app.extensions[_STORE] = engine


def close() -> None:
    """Let go of every connection; the next use opens new ones."""
    _engine().dispose()


def count(subject: str, period: int, cost: int) -> int | None:
    """Count what a subject asks for in a period; give the sum, or ``None`` if it cannot be told.

    One statement counts and reads, so of many at once each is told its own number.
    """
    try:
        with _engine().connect() as connection:
            return _counted(connection, subject, period, cost)
    except SQLAlchemyError as error:
        getLogger(__name__).warning("requests cannot be counted: %s", type(error).__name__)
        return None


def _counted(connection: Connection, subject: str, period: int, cost: int) -> int:
    values = {"subject": subject, "period": period, "cost": cost}
    try:
        used = connection.execute(_COUNT, values).scalar_one()
    except SQLAlchemyError:
        # Perhaps there is no table yet. Of two who make it at once, one may fail; it is there then.
        with suppress(SQLAlchemyError):
            connection.execute(_TABLE)
        used = connection.execute(_COUNT, values).scalar_one()
    if used == cost:
        connection.execute(_FORGET, {"period": period})
    return int(used)


def _engine() -> Engine:
    engine: Engine = current_app.extensions[_STORE]
    return engine


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute("PRAGMA " + pragma)
