"""What was written for good cannot be changed or deleted, not even by our own code."""

import sqlite3

import pytest
from flask import Flask
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from register.config import Settings
from register.services.audit import audit_notes
from register.storage import transaction
from register.storage.database import db
from tests.desk import Desk, everything

TABLES = {
    "revision": "standard = 'v9'",
    "audit_event": "action = 'nothing'",
    "contribution": "version = 9",
    "source_row": "file_name = 'other.csv'",
    "standing": "kind = 'left'",
    "determination": "must = (1 = 2)",
    "agency_version": "level = 'local'",
    "audit_note": "text = 'other'",
}
WITH_KEYS = ("revision", "contribution", "source_row")  # given once, beside the id


@pytest.fixture
def written(context: Flask, desk: Desk) -> None:
    """A register in which each of the tables has rows."""
    reference = desk.publish()
    with transaction() as session:
        session.execute(
            text(
                "INSERT INTO source_row"
                " (id, revision_id, format, file_name, file_hash, row, raw, at)"
                " SELECT 1, revision.id, 'omb-2025', 'a.csv', 'abc', 1, '{}', revision.at"
                " FROM revision JOIN disclosure ON disclosure.id = revision.disclosure_id"
                " WHERE disclosure.reference = :reference"
            ),
            {"reference": reference},
        )
    audit_notes.write(desk["auditor"], "It was asked for.", reference=reference)


def attempt(statement: str) -> str:
    """Run a statement as the application itself could; give what the database says to it."""
    try:
        with transaction() as session:
            session.execute(text(statement))
    except DBAPIError as error:
        return str(error.orig)
    except Exception as error:
        return str(error.__cause__ or error)
    return "done"


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("table", TABLES)
def test_a_row_cannot_be_changed_or_deleted(table: str) -> None:
    before = everything()
    assert before[table]

    said = [
        attempt(f"UPDATE {table} SET {TABLES[table]}"),
        attempt(f"DELETE FROM {table}"),
        attempt(f"DELETE FROM {table} WHERE id = 1"),
    ]

    assert all(f"{table} is append-only" in each for each in said), said
    assert everything() == before


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("table", TABLES)
def test_a_row_cannot_be_replaced(table: str) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    before = everything()

    said = [
        attempt(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
        attempt(f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"),
    ]

    assert all(f"{table} is append-only" in each for each in said), said
    assert everything() == before


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("table", "number"),
    [*((table, "id") for table in TABLES), *((table, "id + 1000") for table in WITH_KEYS)],
)
def test_a_row_cannot_be_replaced_by_a_connection_that_asks_for_nothing(
    settings: Settings, table: str, number: str
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    before = everything()
    names = ", ".join(c.name for c in db.metadata.tables[table].columns if c.name != "id")

    bare = sqlite3.connect(make_url(settings.database_url).database or "")
    with bare, pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"):
        bare.execute(
            f"INSERT OR REPLACE INTO {table} (id, {names}) SELECT {number}, {names} FROM {table}"
        )
    bare.close()

    assert everything() == before


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("whole", ["{}", "{} CASCADE", "disclosure, {} CASCADE", "account CASCADE"])
def test_a_table_cannot_be_emptied(table: str, whole: str) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    before = everything()

    said = attempt(f"TRUNCATE {whole.format(table)}")

    assert "is append-only" in said or "referenced in a foreign key" in said
    assert everything() == before


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("table", TABLES)
def test_a_row_cannot_be_changed_by_an_insertion_that_turns_into_an_update(table: str) -> None:
    before = everything()
    names = ", ".join(
        column.name for column in db.metadata.tables[table].columns if column.name != "id"
    )

    said = attempt(
        f"INSERT INTO {table} (id, {names}) SELECT id, {names} FROM {table} WHERE true"
        f" ON CONFLICT (id) DO UPDATE SET {TABLES[table]}"
    )

    assert f"{table} is append-only" in said
    assert everything() == before
