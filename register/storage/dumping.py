"""The whole database as one file: taken while others go on, and put back in its place.

SQLite copies itself; PostgreSQL has programs of its own for it, which must be on the ``PATH`` and
not be older than the server.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError

from register.errors import Invalid, Unavailable
from register.storage.database import close, db, forget, let_write

SQLITE = "sqlite"
_REPLACED = ".replaced-"
IN_USE = "Something still uses the database. Stop the service, then restore."
NOT_SOUND = "The database in the backup is damaged: %s. Nothing was restored."


def kind() -> str:
    """Name the kind of the database, as backups name it."""
    return db.engine.dialect.name


def dump(path: Path) -> None:
    """Write the database as it is at this moment; what was deleted before is not in it.

    Raise :exc:`Unavailable` if that cannot be done, with what the database says.
    """
    forget()
    if kind() == SQLITE:
        try:
            with closing(db.engine.raw_connection()) as connection:
                let_write(connection, may=True)
                connection.cursor().execute("VACUUM INTO ?", [str(path)])
        except sqlite3.Error as error:
            raise Unavailable(f"The database could not be copied: {error}.") from error
        return
    _call("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def is_empty() -> bool:
    """Tell whether the database has no tables; one that cannot be read may have some."""
    forget()
    try:
        return not inspect(db.engine).get_table_names()
    except DatabaseError:
        return False


def check_sound(path: Path) -> None:
    """Raise :exc:`Invalid` if a copy is no sound database; PostgreSQL's is read when it is put."""
    if kind() != SQLITE:
        return
    try:
        with closing(sqlite3.connect(path)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check").fetchone()
            strays = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        raise Invalid(NOT_SOUND % error) from error
    if said != "ok" or strays:
        raise Invalid(NOT_SOUND % (said if said != "ok" else "rows refer to rows that are gone"))


def check_unused() -> None:
    """Raise :exc:`Unavailable` if somebody has SQLite's file open: they would write into the old.

    One that is damaged nobody can use.
    """
    close()
    if not _file().exists():
        return
    try:
        with closing(sqlite3.connect(_file(), timeout=0)) as connection:
            # Leaving the write-ahead log takes the file for oneself, and leaves nothing beside it.
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise Unavailable(IN_USE) from error


def replace_by(path: Path, at: datetime) -> Path | None:
    """Put a copy in the place of SQLite's file at one stroke; tell where that one is now.

    Raise :exc:`Unavailable` as :func:`check_unused` does.
    """
    check_unused()
    current, aside = _file(), None
    if current.exists():
        aside = current.with_name(f"{current.name}{_REPLACED}{at:%Y%m%dT%H%M%SZ}")
        os.link(current, aside)
        for ending in ("-wal", "-shm"):  # only a damaged file has them still
            with suppress(FileNotFoundError):
                _beside(current, ending).rename(_beside(aside, ending))
    near = current.with_name(f".{current.name}.part")
    shutil.move(path, near)
    near.replace(current)
    return aside


def list_copies() -> list[Path]:
    """Name the copies of SQLite's file that restoring has left beside it."""
    if kind() != SQLITE:
        return []
    return sorted(_file().parent.glob(f"{_file().name}{_REPLACED}*"))


def put_back(path: Path) -> None:
    """Fill PostgreSQL's database, which has no tables, with a copy.

    Raise :exc:`Unavailable` if it refuses; nothing of it is then there.
    """
    close()
    sparing = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    _call("pg_restore", *sparing, str(path))


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _file() -> Path:
    return Path(str(db.engine.url.database))


def _call(program: str, *arguments: str) -> None:
    """Call a program of PostgreSQL; no secret stands among its arguments, which all can see."""
    _none, told = db.engine.dialect.create_connect_args(db.engine.url)
    # Beside what PostgreSQL knows there are objects of the driver.
    address = {name: str(value) for name, value in told.items() if isinstance(value, str | int)}
    secret = address.pop("password", None)
    environment = {**os.environ} | ({"PGPASSWORD": secret} if secret else {})
    where = " ".join(f"{name}='{_quoted(value)}'" for name, value in address.items())
    command = [program, f"--dbname={where}", "--no-password", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, without a shell
            command, env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise Unavailable(
            f"{program} is not there. Install PostgreSQL's client programs, of the server's version"
            " or a later one."
        ) from error
    if done.returncode:
        raise Unavailable(f"{program} refused: {' '.join(done.stderr.split())}")


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
