"""Statements put to the driver itself, where SQLAlchemy's share would be most of what they take.

They are those that every page begins with, and those of every entry of the ledger. SQLAlchemy still
writes them, once for each kind of database; values go in as the driver takes them.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Select, TextClause
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.compiler import SQLCompiler

from register.errors import Unavailable
from register.storage.database import CANNOT_READ, db, driving

Statement = Select[*tuple[Any, ...]] | TextClause
Values = Mapping[str, Any]
_NONE: Values = {}


def ask(statement: Select[*tuple[Any, ...]]) -> tuple[Any, ...]:
    """Give the one row that answers a small question without values.

    It is put beside the session and, being one statement, without a transaction around it: that
    takes a tenth of the time, and every page that is not sent twice begins with one. Raise
    :exc:`Unavailable` where the database does not answer.
    """
    engine = db.engine
    try:
        with closing(engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute(*as_driven(statement, engine.dialect, _NONE))
            return tuple(cursor.fetchone() or ())
    except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as error:
        raise Unavailable(CANNOT_READ) from error


def rows_of(statement: Statement, values: Values = _NONE) -> list[tuple[Any, ...]]:
    """Give all that answers a question, as a part of the transaction at hand."""
    connection = db.session.connection()
    with driving(connection) as cursor:
        cursor.execute(*as_driven(statement, connection.dialect, values))
        return list(cursor.fetchall())


def run(statement: TextClause, each: Sequence[Values]) -> None:
    """Write once for each of these values, as a part of the transaction at hand."""
    connection = db.session.connection()
    written = [as_driven(statement, connection.dialect, values) for values in each]
    with driving(connection) as cursor:
        cursor.executemany(written[0][0], [values for _statement, values in written])


def as_driven(statement: Statement, dialect: Dialect, values: Values) -> tuple[str, Any]:
    """Give a statement and its values as the driver takes them."""
    compiled = _compile(statement, dialect, is_whole=not values)
    if not compiled.positional:
        return compiled.string, values
    return compiled.string, tuple(values[name] for name in compiled.positiontup or ())


@lru_cache
def _compile(statement: Statement, dialect: Dialect, *, is_whole: bool) -> SQLCompiler:
    """Write a statement; one without values has its own numbers and texts in it."""
    how = {"literal_binds": is_whole}
    return statement.compile(dialect=dialect, compile_kwargs=how)
