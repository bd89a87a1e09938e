"""The tables that the migrations make are the tables that the code expects."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from register.storage import migrating
from register.storage.base import Base
from register.storage.database import db, migrate


def test_nothing_is_left_to_migrate(context: Flask) -> None:
    with db.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        differences = compare_metadata(
            MigrationContext.configure(connection, opts=options), Base.metadata
        )

    assert differences == []


def test_the_migrations_are_one_line_and_the_database_is_at_its_end(context: Flask) -> None:
    scripts = ScriptDirectory.from_config(migrate.get_config())

    heads = scripts.get_heads()

    assert heads == [migrating.wanted_revision()]
    assert migrating.present_revision() == heads[0]


def test_migrating_twice_changes_nothing(context: Flask) -> None:
    before = migrating.present_revision()

    migrating.upgrade()

    assert migrating.present_revision() == before


@pytest.mark.parametrize(
    "table",
    ["revision", "audit_event", "contribution", "source_row", "agency_version", "audit_note"],
)
def test_what_must_stay_is_guarded_by_the_database_itself(context: Flask, table: str) -> None:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[db.engine.dialect.name]

    with db.engine.connect() as connection:
        names = {row[0] for row in connection.exec_driver_sql(query)}

    assert {f"{table}_refuses_update", f"{table}_refuses_delete"} <= names
