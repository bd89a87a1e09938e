"""A register whose people have programs, and what they send."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from register import create_app, storage
from register.services.filings import filing
from register.storage import disclosures
from tests.desk import Desk, everything, make_desk
from tests.events import list_events
from tests.journeys.programs import Program

OFFICER, COLLEAGUE = "officer@taxes", "second-officer@taxes"


@dataclass(frozen=True)
class House:
    """A register, its people, and an officer's program."""

    app: Flask
    desk: Desk
    program: Program

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row, but when a token was last used."""
        with self.app.app_context():
            return {name: rows for name, rows in everything().items() if name != "token"}

    def filing(self, reference: str) -> filing.Filing:
        with self.app.app_context():
            return filing.get_filing(self.desk[OFFICER], reference)

    def trail(self, reference: str) -> list[tuple[str, dict[str, Any]]]:
        with self.app.app_context():
            found = disclosures.get_disclosure(reference)
            return [(e.action, e.details) for e in reversed(list_events(50, found))]


def opened(app: Flask) -> House:
    with app.app_context():
        desk = make_desk()
    return House(app, desk, Program(app, OFFICER))


@pytest.fixture
def house(app: Flask) -> House:
    return opened(app)


@pytest.fixture(scope="module")
def lasting_house(
    new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A register that several tests share."""
    folder = tmp_path_factory.mktemp("house")
    app = create_app({"instance": folder, "database_url": new_database(folder)})
    yield opened(app)
    with app.app_context():
        storage.close()


def refusal(answer: TestResponse, status: int) -> dict[str, Any]:
    """The problem document of an answer."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    told = answer.get_json()
    assert (told["status"], told["request_id"]) == (status, answer.headers["X-Request-Id"])
    return dict(told)


def shared(answer: TestResponse) -> bool:
    """Whether the pages of other sites may read it."""
    assert "Access-Control-Allow-Credentials" not in answer.headers
    return answer.headers.get("Access-Control-Allow-Origin") == "*"


def begun(program: Program) -> tuple[str, str]:
    """A filing with everything in it: its reference and its state."""
    answer = program.begin()
    assert answer.status_code == 201, answer.text
    return answer.get_json()["reference"], answer.headers["ETag"]


def put_raw(
    program: Program, reference: str, etag: str, body: bytes, kind: str = "application/json"
) -> TestResponse:
    path = f"/disclosures/{reference}/draft"
    return program.ask("PUT", path, data=body, content_type=kind, If_Match=etag)


def at_once(send: Callable[[int], TestResponse], times: int) -> list[TestResponse]:
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(send, range(times)))
