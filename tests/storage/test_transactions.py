"""Reading only reads, and writing takes its lock at the start."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import DBAPIError

from register.storage import forget, transaction
from register.storage.database import SQLITE_PRAGMAS, db
from register.storage.models import Counter
from register.web.guard import EVERYBODY
from tests.databases import on_sqlite
from tests.desk import make_desk

IN_FORCE = {
    "journal_mode": "wal",
    "synchronous": 2,
    "busy_timeout": 15000,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
}
READING = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@contextmanager
def overheard(engine: Engine) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile, through connections that are lent then."""
    heard: list[str] = []
    traced: list[Any] = []

    def trace(connection: Any, *_rest: Any) -> None:
        connection.set_trace_callback(heard.append)
        traced.append(connection)

    def listen(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        heard.append(statement)

    is_sqlite = engine.dialect.name == "sqlite"
    name, hear = ("checkout", trace) if is_sqlite else ("before_cursor_execute", listen)
    event.listen(engine, name, hear)
    try:
        yield heard
    finally:
        event.remove(engine, name, hear)
        for connection in traced:
            connection.set_trace_callback(None)


@pytest.mark.parametrize("is_reading", [True, False])
def test_the_settings_of_sqlite_are_in_force_on_every_connection(
    context: Flask, is_reading: bool
) -> None:
    if not on_sqlite():
        pytest.skip("PostgreSQL has no such settings")
    engine = db.engine.execution_options(is_reading=True) if is_reading else db.engine

    with engine.connect() as first, engine.connect() as second:
        found = [
            {name: each.exec_driver_sql(f"PRAGMA {name}").scalar() for name in IN_FORCE}
            for each in ((first, second) if is_reading else (first,))
        ]

    assert all(each == IN_FORCE for each in found)
    assert {pragma.split("=")[0] for pragma in SQLITE_PRAGMAS} == set(IN_FORCE)


def test_a_write_outside_a_transaction_is_refused_by_the_database(context: Flask) -> None:
    db.session.add(Counter(name="sly", value=1))
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        db.session.flush()
    forget()
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        db.session.execute(text("DELETE FROM counter"))

    forget()

    assert db.session.get(Counter, "sly") is None


def test_after_a_refused_write_the_same_connection_can_be_written_through(context: Flask) -> None:
    with pytest.raises(DBAPIError):
        db.session.execute(text("DELETE FROM counter"))

    with transaction() as session:
        session.add(Counter(name="honest", value=1))
    with pytest.raises(DBAPIError):
        db.session.execute(text("DELETE FROM counter"))
    forget()

    assert db.session.get_one(Counter, "honest").value == 1


def test_a_writing_transaction_takes_the_lock_before_it_reads(context: Flask) -> None:
    forget()
    with overheard(db.engine) as heard, transaction() as session:
        session.get(Counter, "any")

    with overheard(db.engine) as heard_reading:
        forget()
        db.session.get(Counter, "any")

    if on_sqlite():
        assert next(each for each in heard if "query_only" not in each) == "BEGIN IMMEDIATE"
        assert heard_reading[:2] == ["PRAGMA query_only=ON", "BEGIN"]
    else:
        assert "READ ONLY" not in heard[0]
        assert heard_reading[0] == READING


def test_a_transaction_inside_another_joins_it(context: Flask) -> None:
    def write_and_fail() -> None:
        with transaction():
            with transaction() as session:
                session.add(Counter(name="inner", value=1))
                session.flush()
            raise RuntimeError

    with overheard(db.engine) as heard, pytest.raises(RuntimeError):
        write_and_fail()

    assert sum(statement.startswith("BEGIN") for statement in heard) == (1 if on_sqlite() else 0)
    assert db.session.get(Counter, "inner") is None


def test_no_public_page_takes_the_lock_for_writing(app: Flask) -> None:
    with app.app_context():
        engine, declared = db.engine, "BEGIN" if on_sqlite() else READING
        reference = make_desk().publish()
    values = {"reference": reference, "slug": "taxes", "version": 1}
    addresses = [
        filled(str(rule), values)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and EVERYBODY in getattr(app.view_functions[rule.endpoint], "audience", ())
        and "filename" not in rule.arguments
    ]
    begun: list[bool] = []

    def begin(connection: Connection) -> None:
        begun.append(bool(connection.get_execution_options().get("is_reading")))

    event.listen(engine, "begin", begin)
    with overheard(engine) as heard:
        codes = {e: app.test_client().get(e, buffered=True).status_code for e in addresses}
    event.remove(engine, "begin", begin)

    assert len(addresses) > 20
    assert sum(code == 200 for code in codes.values()) > 15, codes
    assert all(begun)
    assert "BEGIN IMMEDIATE" not in heard
    assert heard.count(declared) == len(begun) > 10


def filled(address: str, values: dict[str, Any]) -> str:
    """Put values into an address such as ``/disclosures/<reference>/v/<int:version>``."""
    for name, value in values.items():
        for kind in ("", "int:", "string:"):
            address = address.replace(
                f"<{kind}{name}>", "v1" if "/standard" in address else f"{value}"
            )
    return address


def test_whether_it_may_write_is_said_to_sqlite_only_where_it_is_news(context: Flask) -> None:
    if not on_sqlite():
        pytest.skip("PostgreSQL is told with each transaction")
    with overheard(db.engine) as heard:
        for _time in range(2):
            forget()
            db.session.get(Counter, "any")
        for _time in range(2):
            with transaction() as session:
                session.get(Counter, "any")
        db.session.get(Counter, "any")

    said = [each for each in heard if "query_only" in each]
    assert said[-2:] == ["PRAGMA query_only=OFF", "PRAGMA query_only=ON"]
    assert len(said) <= 3
