"""The migrations lead up, down and up again, also where there are data."""

from alembic import command
from flask import Flask
from sqlalchemy import inspect

from register import clock
from register.services.ledger import ledgering
from register.storage import agencies, forget, ledger, migrating, standings
from register.storage.base import Base
from register.storage.database import db, migrate
from tests.desk import Desk, everything, make_desk

STEPS = ("0006", "0005", "0004", "0003", "0002", "0001", "base")
LEDGER = ("ledger_entry", "ledger_node", "ledger_checkpoint", "erasure")
ADDED = (*LEDGER, "agency_version", "presentation", "token", "sent_once", "audit_note")


def go_down(revision: str) -> None:
    forget()
    command.downgrade(migrate.get_config(), revision)


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def numbers() -> dict[str, int]:
    """How many rows each table has, whatever its columns."""
    with db.engine.connect() as connection:
        counts = {name: f'SELECT COUNT(*) FROM "{name}"' for name in tables()}
        return {
            name: connection.exec_driver_sql(query).scalar_one() for name, query in counts.items()
        }


def test_the_last_step_back_and_forth_keeps_every_row(context: Flask, desk: Desk) -> None:
    desk.publish()
    desk.submit()
    before, counted = everything(), numbers()
    entries = ledger.size()

    go_down("0006")
    halfway = numbers()
    migrating.upgrade()
    told_again = ledgering.catch_up()

    assert halfway | {name: counted[name] for name in ADDED} == counted
    assert told_again == entries
    assert {name: rows for name, rows in everything().items() if name not in ADDED} == {
        name: rows for name, rows in before.items() if name not in ADDED
    }


def guards() -> set[tuple[str, ...]]:
    """Every trigger and every function of ours, word by word."""
    sqlite = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    postgresql = (
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal UNION ALL"
        " SELECT proname, pg_get_functiondef(oid) FROM pg_proc"
        " WHERE pronamespace = current_schema()::regnamespace"
    )
    with db.engine.connect() as connection:
        query = {"sqlite": sqlite, "postgresql": postgresql}[db.engine.dialect.name]
        return {tuple(row) for row in connection.exec_driver_sql(query)}


def test_the_guards_of_before_come_back_as_they_were(context: Flask) -> None:
    now = guards()
    go_down("0003")
    command.upgrade(migrate.get_config(), "0004")
    before = guards()
    migrating.upgrade()

    again = guards()
    go_down("0004")

    assert again == now
    assert guards() == before


def test_an_agency_of_before_the_duties_is_in_scope_since_it_was_added(
    context: Flask, desk: Desk
) -> None:
    desk.publish()
    slugs = [agency.slug for agency in agencies.list_agencies()]

    go_down("0002")
    migrating.upgrade()

    kept = standings.list_standings()
    assert sorted(standing.agency.slug for standing in kept) == sorted(slugs)
    assert {(each.kind, each.from_on) for each in kept} == {("in_scope", clock.today())}


def test_all_the_way_down_leaves_nothing_and_up_again_it_works(context: Flask, desk: Desk) -> None:
    desk.publish()

    for step in STEPS:
        go_down(step)
    left = tables()
    migrating.upgrade()
    migrating.upgrade()

    assert left <= {"alembic_version"}
    assert tables() == {*Base.metadata.tables, "alembic_version"}
    assert migrating.present_revision() == migrating.wanted_revision()
    assert make_desk().publish().endswith("-00001")


def test_a_fresh_database_has_no_rows(context: Flask) -> None:
    assert all(rows == [] for rows in everything().values())
