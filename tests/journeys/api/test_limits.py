"""So much may be asked of the API in a minute, by address or token, of all processes together."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from register import clock, config
from register.services.accounts import tokens
from register.services.actor import SYSTEM
from tests.desk import make_desk
from tests.journeys.api.conftest import OFFICER, refusal

START = datetime(2026, 3, 1, 9, 0, 18, tzinfo=UTC)
MakeApp = Callable[..., Flask]


def ask(
    app: Flask, address: str = "192.0.2.1", path: str = "/agencies", **headers: str
) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    where = {"REMOTE_ADDR": address}
    return app.test_client().get(
        f"/api/v1{path}", headers=named, environ_overrides=where, buffered=True
    )


def statuses(times: int, send: Callable[[], TestResponse]) -> list[int]:
    return [send().status_code for _each in range(times)]


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(reads_per_minute=3, filings_per_minute=2)


@pytest.fixture
def token(app: Flask) -> str:
    with app.app_context():
        make_desk()
        return "Bearer " + tokens.make(SYSTEM, OFFICER, "file")[1]


def test_who_asks_too_much_is_told_when_to_go_on_and_nobody_else_is_shut_out(app: Flask) -> None:
    with clock.at(START):
        answers = [ask(app) for _each in range(5)]
        other = ask(app, "192.0.2.2")
    with clock.at(START + timedelta(seconds=41)):
        late = ask(app)
    with clock.at(START + timedelta(seconds=42)):
        next_minute = ask(app)

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    told = refusal(answers[3], 429)
    assert told["title"] == "Too many requests"
    assert answers[3].headers["Retry-After"] == "42"
    assert [answer.headers["RateLimit"] for answer in answers] == [
        f'"reads";r={left};t=42' for left in (2, 1, 0, 0, 0)
    ]
    assert answers[0].headers["RateLimit-Policy"] == '"reads";q=3;w=60'
    assert (other.status_code, late.status_code, next_minute.status_code) == (200, 429, 200)


def test_an_address_that_a_visitor_only_claims_is_not_believed(make_app: MakeApp) -> None:
    alone, behind = make_app(reads_per_minute=1), make_app(reads_per_minute=1, proxies=1)

    with clock.at(START):
        claimed = [ask(alone, X_Forwarded_For=f"198.51.100.{number}") for number in range(2)]
        passed_on = [
            ask(behind, "192.0.2.9", X_Forwarded_For=f"203.0.113.9, 198.51.100.{number}")
            for number in (1, 2, 2)
        ]

    assert [answer.status_code for answer in claimed] == [200, 429]
    assert [answer.status_code for answer in passed_on] == [200, 200, 429]


def test_one_house_of_the_sixth_version_is_one_visitor(app: Flask) -> None:
    with clock.at(START):
        house = [ask(app, f"2001:db8:1:2::{number}").status_code for number in range(4)]
        neighbour = ask(app, "2001:db8:1:3::1").status_code
        mapped = [ask(app, each).status_code for each in ("::ffff:192.0.2.7", "192.0.2.7") * 2]
        odd = ask(app, "no address at all").status_code

    assert house == [200, 200, 200, 429]
    assert neighbour == odd == 200
    assert mapped == [200, 200, 200, 429]


def test_a_token_is_counted_by_itself_and_its_filings_apart(app: Flask, token: str) -> None:
    def file() -> TestResponse:
        return app.test_client().post(
            "/api/v1/disclosures", json={}, headers={"Authorization": token}
        )

    with clock.at(START):
        anybody = statuses(4, lambda: ask(app))
        reading = statuses(4, lambda: ask(app, Authorization=token))
        filing = statuses(3, file)
        left = file().headers["RateLimit-Policy"]

    assert anybody == reading == [200, 200, 200, 429]
    assert filing == [400, 400, 429]  # without a key nothing is begun
    assert left == '"filings";q=2;w=60'


def test_whoever_tries_tokens_is_counted_too(app: Flask) -> None:
    with clock.at(START):
        tried = statuses(5, lambda: ask(app, Authorization="Bearer air_x"))

    assert tried == [401, 401, 401, 429, 429]


def test_a_file_counts_as_many_reads(make_app: MakeApp) -> None:
    app = make_app(reads_per_minute=45)

    with clock.at(START):
        files = statuses(3, lambda: ask(app, path="/export.ndjson"))

    assert files == [200, 200, 429]


def test_what_need_not_be_sent_counts_as_one_read(make_app: MakeApp) -> None:
    app = make_app(reads_per_minute=45)

    with clock.at(START):
        first = ask(app, path="/export.ndjson")
        again = [
            ask(app, path="/export.ndjson", If_None_Match=first.headers["ETag"])
            for _each in range(5)
        ]
        wrong = ask(app, path="/export.ndjson?as_of=soon")
        last = ask(app, path="/export.ndjson")

    assert [answer.status_code for answer in (first, *again)] == [200, *[304] * 5]
    assert again[-1].headers["RateLimit"] == '"reads";r=20;t=42'
    assert wrong.headers["RateLimit"] == '"reads";r=19;t=42'
    assert last.status_code == 429


def test_a_file_that_was_made_and_not_sent_counts_as_one_that_was(make_app: MakeApp) -> None:
    app = make_app(reads_per_minute=45)

    with clock.at(START):
        path = "/export.ndjson?as_of=2025-01-01"
        beyond = statuses(3, lambda: ask(app, path=path, Range="bytes=99999999999-"))

    assert beyond == [416, 416, 429]


def test_a_browser_that_asks_before_it_asks_is_neither_counted_nor_turned_away(app: Flask) -> None:
    with clock.at(START):
        answer = app.test_client().options(
            "/api/v1/agencies", headers={"Authorization": "Bearer air_x"}
        )
        after = ask(app, "127.0.0.1")

    assert answer.status_code == 200
    assert after.headers["RateLimit"] == '"reads";r=2;t=42'


def test_processes_count_together_and_nobody_is_counted_twice(make_app: MakeApp) -> None:
    apps = [make_app(reads_per_minute=20) for _each in range(2)]

    with clock.at(START), ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: ask(apps[number % 2]), range(40)))

    left = sorted(int(answer.headers["RateLimit"].split(";")[1][2:]) for answer in answers)
    assert sum(answer.status_code == 200 for answer in answers) == 20
    assert left == [0] * 20 + list(range(20))


def test_the_store_tells_nobody_who_asked_and_forgets(app: Flask, tmp_path: Path) -> None:
    with clock.at(START):
        ask(app)
        ask(app, "192.0.2.222")
    with clock.at(START + timedelta(minutes=2)):
        ask(app, "192.0.2.3")

    store = config.load({"instance": tmp_path / "instance"}).ratelimit_url
    path = Path(store.removeprefix("sqlite:///"))
    with app.app_context():
        from register.storage import counting

        with counting._store().engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT * FROM asked").all()
    assert path.exists()
    assert len(rows) == 1
    assert "192.0.2" not in str(rows)


def test_a_store_that_does_not_work_shuts_nobody_out(make_app: MakeApp, tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database at all, and longer than a page of one" * 100)
    app = make_app(reads_per_minute=1, ratelimit_url=f"sqlite:///{broken}")
    nowhere = make_app(reads_per_minute=1, ratelimit_url=f"sqlite:///{tmp_path}/no/folder.sqlite")

    for each in (app, nowhere):
        answers = [ask(each) for _each in range(3)]
        assert {answer.status_code for answer in answers} == {200}
        assert "RateLimit" not in answers[0].headers


def test_a_store_that_is_held_by_somebody_is_left_alone_for_a_while(
    make_app: MakeApp, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = tmp_path / "counts.sqlite"
    app = make_app(reads_per_minute=1, ratelimit_url=f"sqlite:///{store}")
    with clock.at(START):
        ask(app)
        with closing(sqlite3.connect(store, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            held = statuses(3, lambda: ask(app))

    assert held == [200, 200, 200]
    assert len([each for each in caplog.messages if "cannot be counted" in each]) == 1


def test_without_a_limit_nothing_is_counted(make_app: MakeApp) -> None:
    app = make_app(reads_per_minute=0)

    answers = [ask(app) for _each in range(3)]

    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0].headers


@pytest.mark.parametrize("number", [-1, 1_000_001, "many"])
def test_a_limit_that_is_no_number_stops_the_service_by_name(number: object) -> None:
    with pytest.raises(ValueError, match="REGISTER_READS_PER_MINUTE must be a number from 0 to"):
        config.load({"reads_per_minute": number})


def test_pages_are_not_counted(app: Flask) -> None:
    client = app.test_client()

    answers = [client.get(path) for path in ("/search", "/agencies.json") for _each in range(4)]

    assert {answer.status_code for answer in answers} == {200}
