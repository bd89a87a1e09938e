"""The database: one session, reading by default, writing only inside :func:`transaction`.

SQLite is set up as measured: write-ahead log, full synchronisation, and ``BEGIN IMMEDIATE`` for
every writing transaction. With the usual set-up (log and timeout alone) two writers that read
before they write lose updates without any error; taking the lock at the start prevents it.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from flask import Flask, current_app
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine, PoolProxiedConnection, Update, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from register.config import Settings
from register.errors import Conflict, Invalid, NotAllowed, RegisterError, Unavailable
from register.standard.marking import _
from register.storage.base import Base

CANNOT_READ = _("The register cannot be read now. Try again in a minute.")
# What the triggers on revisions say.
SECOND_PERSON = "a second person must publish"
AGENCY_FIRST = "the agency must approve first"
PATIENT, HASTY = "busy_timeout=15000", "busy_timeout=0"
_IS_READING, _MAY_WRITE = "is_reading", "may_write"
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    PATIENT,
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
)


class ReadingSession(FlaskSession):
    """A session that reads, unless :func:`transaction` has opened it for writing."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """Choose the engine whose transactions may write, or the one whose may not."""
        engine = db.engine
        return engine if self.info.get("writing") else _reading_engine(engine)


db = SQLAlchemy(model_class=Base, session_options={"class_": ReadingSession})
migrate = Migrate()


def init_app(app: Flask, settings: Settings, *, last_deed: Callable[[], object]) -> None:
    """Connect the application to its database; the URL decides which kind.

    ``last_deed`` is done at the end of every transaction that writes, as a part of it.
    """
    url = settings.database_url
    app.extensions["register.last_deed"] = last_deed
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(url)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(settings.migrations), render_as_batch=True)
    with app.app_context():
        _prepare(db.engine)


@contextmanager
def transaction() -> Iterator[Session]:
    """Write, all or nothing; inside another transaction, join it.

    What was read before is forgotten first, so that nothing stale is written back. Raise
    :exc:`Conflict` where a unique key or a version says that somebody else was faster, and
    :exc:`NotAllowed` where the database itself insists on a second person, or on a third.
    """
    session = db.session()
    if session.info.get("writing"):
        yield session
        return
    session.rollback()
    session.info["writing"] = True
    try:
        yield session
        current_app.extensions["register.last_deed"]()
        session.commit()
    except (IntegrityError, StaleDataError) as error:
        session.rollback()
        raise _refusal(error) from error
    except OperationalError as error:
        session.rollback()
        raise Unavailable(
            _("The register cannot store this now. Try again in a minute.")
        ) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False


def is_writing() -> bool:
    """Tell whether a transaction that writes is open: what is read in it may never come to be."""
    return bool(db.session.info.get("writing"))


def write_aside(statement: Update) -> None:
    """Write a little in a transaction of its own, unless somebody else is writing just then.

    For what nobody misses: a page that is read must neither wait for a writer nor need a disk.
    """
    engine = db.engine
    is_sqlite = engine.dialect.name == "sqlite"
    with suppress(SQLAlchemyError), engine.connect() as connection:
        bare: Any = connection.connection.driver_connection
        try:
            if is_sqlite:
                bare.execute("PRAGMA " + HASTY)
            with connection.begin():
                if not is_sqlite:
                    connection.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
                connection.execute(statement)
        finally:
            if is_sqlite:
                bare.execute("PRAGMA " + PATIENT)


@contextmanager
def reading() -> Iterator[None]:
    """Raise :exc:`Unavailable` where the database cannot be read, as a damaged one cannot."""
    try:
        yield
    except SQLAlchemyError as error:
        raise Unavailable(CANNOT_READ) from error


def forget() -> None:
    """End the reading transaction, so that the next read sees what others have written."""
    if db.session.registry.has():
        db.session.rollback()


def let_write(connection: PoolProxiedConnection, *, may: bool) -> None:
    """Let a connection to SQLite write, or not, from now on; nothing else may tell it so.

    It is said only where it is news: whenever it is said SQLite forgets all that it has prepared,
    and reading every statement anew takes a page longer than most of its questions.
    """
    if connection.info.get(_MAY_WRITE) is not may:
        connection.cursor().execute(f"PRAGMA query_only={'OFF' if may else 'ON'}")
        connection.info[_MAY_WRITE] = may


@contextmanager
def driving(connection: Connection) -> Iterator[Any]:
    """Lend a cursor of the driver itself; what it raises is raised as SQLAlchemy would raise it."""
    dialect = connection.dialect
    try:
        yield connection.connection.cursor()
    except dialect.loaded_dbapi.Error as error:
        kind = dialect.loaded_dbapi.Error
        raise DBAPIError.instance(
            None, None, error, kind, hide_parameters=True, dialect=dialect
        ) from error


def close() -> None:
    """Let go of every connection, at the end of a command; the next use opens new ones."""
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()


def _refusal(error: Exception) -> RegisterError:
    """Say what a trigger or a key refused."""
    if SECOND_PERSON in str(error):
        return NotAllowed(
            _("Whoever worked on a filing or approved it may not publish it. Somebody else must.")
        )
    if AGENCY_FIRST in str(error):
        return NotAllowed(
            _("An approver of the agency who did not work on this filing must approve it first.")
        )
    return Conflict(_("Somebody else changed this in the meantime. Look at it again."))


def _reading_engine(engine: Engine) -> Engine:
    reading: Engine | None = getattr(engine, "_register_reading", None)
    if reading is None:
        reading = engine.execution_options(**{_IS_READING: True})
        engine._register_reading = reading  # type: ignore[attr-defined]
    return reading


def _engine_options(url: str) -> dict[str, Any]:
    # Texts are kept as they are written, not as escapes: smaller, and readable in the database.
    # What an error says goes to the log: the statement may stand there, its values may not.
    options: dict[str, Any] = {
        "json_serializer": partial(json.dumps, ensure_ascii=False),
        "hide_parameters": True,
    }
    if url.startswith("sqlite"):
        return options | {"connect_args": {"timeout": 15}, "pool_size": 16, "max_overflow": 0}
    return options | {"pool_size": 8, "max_overflow": 4, "pool_pre_ping": True}


def _prepare(engine: Engine) -> None:
    """Make every transaction of ``engine`` begin as what it is: a reading or a writing one."""
    event.listen(engine, "handle_error", _refuse_unstorable)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _refuse_unstorable(context: ExceptionContext) -> None:
    """Blame a value, not the register, for what a column or the driver cannot take.

    PostgreSQL takes no NUL and no text that is too long, no driver a lone surrogate, and SQLite no
    number of more than 64 bits.
    """
    unstorable = (UnicodeEncodeError, OverflowError)
    if isinstance(context.sqlalchemy_exception, DataError) or isinstance(
        context.original_exception, unstorable
    ):
        raise Invalid(_("This is too long, or contains a character that cannot be stored."))


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    # The driver must not emit a BEGIN of its own: its kind would be a deferred one.
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute("PRAGMA " + pragma)


def _begin_sqlite(connection: Connection) -> None:
    is_reading = connection.get_execution_options().get(_IS_READING, False)
    let_write(connection.connection, may=not is_reading)
    with driving(connection) as cursor:
        cursor.execute("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(_IS_READING):
        # All that is read in it is of one moment, as on SQLite: an export is read in many pieces.
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
