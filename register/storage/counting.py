"""How often somebody asked within a minute, in a store of its own that may be lost at any time.

The store is shared by the processes of a machine, or of several where a setting names one. Whatever
is wrong with it, nobody is shut out for that, and nobody waits for it twice.
"""

import time
from logging import getLogger
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from register.config import Settings

_STORE = "register.counting"
_PAUSE = 10.0  # seconds for which a store that did not answer is left alone
_PRAGMAS = ("journal_mode=WAL", "synchronous=OFF", "busy_timeout=250")
# What a count is worth is over in a minute: no disk has to be waited for.
_SERVER = "-c statement_timeout=1000 -c lock_timeout=500 -c synchronous_commit=off"
_TABLE = (
    "CREATE {kind} TABLE IF NOT EXISTS asked (period BIGINT NOT NULL,"
    " subject VARCHAR(64) NOT NULL, used BIGINT NOT NULL, PRIMARY KEY (period, subject))"
)
_COUNT = text(
    "INSERT INTO asked (period, subject, used) VALUES (:period, :subject, :cost)"
    " ON CONFLICT (period, subject) DO UPDATE SET used = asked.used + excluded.used"
    " RETURNING used"
)
_FORGET = text("DELETE FROM asked WHERE period < :period")


class _Store:
    """The engine, and what this process knows of it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._is_made = False
        self._paused_until = 0.0

    def count(self, values: dict[str, Any]) -> int | None:
        if time.monotonic() < self._paused_until:
            return None
        try:
            return self._counted(values)
        except SQLAlchemyError as error:
            # The table may be gone with the file; and of two who make it at once one may fail.
            self._is_made = False
            self._paused_until = time.monotonic() + _PAUSE
            kind = type(error).__name__
            getLogger(__name__).warning("requests cannot be counted for %d s: %s", _PAUSE, kind)
            return None

    def _counted(self, values: dict[str, Any]) -> int:
        with self.engine.connect() as connection:
            if not self._is_made:
                kind = "" if self.engine.dialect.name == "sqlite" else "UNLOGGED"
                connection.exec_driver_sql(_TABLE.format(kind=kind))
                self._is_made = True
            used = int(connection.execute(_COUNT, values).scalar_one())
            if used == values["cost"]:
                connection.execute(_FORGET, values)
            return used


def init_app(app: Flask, settings: Settings) -> None:
    """Name the store that this application counts in; it is opened when something is counted."""
    url = settings.ratelimit_url
    is_sqlite = url.startswith("sqlite")
    more: dict[str, Any] = (
        {"connect_args": {"timeout": 0.25}}
        if is_sqlite
        else {"connect_args": {"connect_timeout": 2, "options": _SERVER}}
    )
    engine = create_engine(
        url, isolation_level="AUTOCOMMIT", pool_size=8, max_overflow=8, hide_parameters=True, **more
    )
    if is_sqlite:
        event.listen(engine, "connect", _on_sqlite_connect)
    app.extensions[_STORE] = _Store(engine)


def close() -> None:
    """Let go of every connection; the next use opens new ones."""
    _store().engine.dispose()


def count(subject: str, period: int, cost: int) -> int | None:
    """Count what a subject asks for in a period; give the sum, or ``None`` if it cannot be told.

    One statement counts and reads, so of many at once each is told its own number.
    """
    return _store().count({"subject": subject, "period": period, "cost": cost})


def _store() -> _Store:
    store: _Store = current_app.extensions[_STORE]
    return store


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute("PRAGMA " + pragma)
