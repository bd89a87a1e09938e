"""How the register keeps things: the only SQL. Reads are free; writes need a transaction."""

from collections.abc import Callable

from flask import Flask

from register.config import Settings
from register.storage import counting, database
from register.storage.database import forget, reading, transaction

__all__ = ["close", "forget", "init_app", "reading", "transaction"]


def init_app(
    app: Flask, settings: Settings, *, last_deed: Callable[[], object] = lambda: None
) -> None:
    """Connect the application to its database, and to the store that requests are counted in.

    ``last_deed`` is done at the end of every transaction that writes, as a part of it.
    """
    database.init_app(app, settings, last_deed=last_deed)
    counting.init_app(app, settings)


def close() -> None:
    """Let go of every connection, at the end of a command; the next use opens new ones."""
    database.close()
    counting.close()
