"""A town: three agencies with their people, a register, and its search."""

import atexit
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from register import clock, create_app, storage
from register.services.accounts import people
from register.services.directory import directory, standings
from register.services.directory.standings import Decision
from register.standard.obligations import Rules
from register.storage import accounts, agencies, passwords, transaction
from register.storage.models import Account
from register.web.wiring import search_index
from tests.journeys.people import AGENCIES, PASSWORD, STAFF, Person

if TYPE_CHECKING:
    from tests.journeys.scene import Scene


class Town:
    """Gives the people, and lets the index catch up as its own process does in service."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._known: dict[str, Person] = {}

    def person(self, email: str) -> Person:
        """Somebody of the staff, signed in."""
        if email not in self._known:
            self._known[email] = Person(self.app, email)
            assert self._known[email].sign_in().status == 200
        return self._known[email]

    @property
    def officer(self) -> Person:
        return self.person("officer@city.example")

    @property
    def approver(self) -> Person:
        return self.person("approver@city.example")

    @property
    def auditor(self) -> Person:
        return self.person("auditor@register.example")

    @property
    def citizen(self) -> Person:
        return Person(self.app)

    def drain(self) -> None:
        """Let the index hear of what was published."""
        with self.app.app_context():
            search_index().drain()

    def close(self) -> None:
        with self.app.app_context():
            search_index().close()
            storage.close()


@cache
def password_hash() -> str:
    return passwords.hashed(PASSWORD)


@cache
def compiled_templates() -> FileSystemBytecodeCache:
    """Compiled templates, shared by the applications of all tests: compiling takes a second."""
    folder = TemporaryDirectory(prefix="templates-")
    atexit.register(folder.cleanup)
    return FileSystemBytecodeCache(folder.name)


def settle(app: Flask) -> None:
    """Set the agencies and the accounts up; one password, hashed once, saves a lot of time."""
    app.jinja_env.bytecode_cache = compiled_templates()
    with app.app_context(), transaction():
        directory.import_agencies(AGENCIES)
        for email, (role, agency) in STAFF.items():
            accounts.add_account(
                Account(
                    email=email,
                    role=role,
                    agency_id=agencies.get_agency(agency).id if agency else None,
                    password_hash=password_hash(),
                    created_at=clock.now(),
                )
            )


@pytest.fixture
def town(app: Flask) -> Iterator[Town]:
    settle(app)
    made = Town(app)
    yield made
    made.close()


@pytest.fixture
def secretariat(town: Town) -> Person:
    return town.person("secretariat@register.example")


@pytest.fixture(scope="module")
def lasting_town(
    new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """A town that several tests share: for those that are to change nothing."""
    folder = tmp_path_factory.mktemp("town")
    made = Town(create_app({"instance": folder, "database_url": new_database(folder)}))
    settle(made.app)
    yield made
    made.close()


@pytest.fixture(scope="module")
def scene(lasting_town: Town) -> "Scene":
    """A town with a marker in all that the public may not read; the tests only look at it."""
    from tests.journeys.scene import Scene

    made = Scene(lasting_town)
    made.play()
    return made


def in_scope_since(days: int, slug: str = "city") -> None:
    """Let a body have been in scope for so many days."""
    standings.bring_into_scope(
        people.get_actor("secretariat@register.example"),
        slug,
        Decision(citation="Register Act, section 2", reason={"en": "It always was."}),
        from_on=clock.today() - timedelta(days=days),
        rules=Rules(),
        is_past_confirmed=True,
    )
