"""Our own format gives out the whole public register, and another instance has it whole again."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.config import ROOT
from register.services.directory import directory
from register.services.exports import exports
from register.services.filings import determinations
from register.services.sample import sampling
from register.storage import events, outbox
from register.storage.database import db
from register.storage.models import AuditEvent, Revision
from tests.databases import PostgresDatabases
from tests.desk import Desk, everything, make_desk
from tests.services.histories import Chronicle, exported, instance, rows, taken_in, then
from tests.services.inventories import counts, imported

NewDatabase = Callable[[Path], str]


def a_history(desk: Desk, seed: int = 7, deeds: int = 8) -> tuple[Chronicle, str]:
    chronicle = Chronicle(desk, seed)
    chronicle.tell(deeds)
    return chronicle, exported()


def records() -> list[dict[str, Any]]:
    """Every record as it is exported, but for its place in the log: each register has its own."""
    return [{k: v for k, v in each.items() if k != "ledger"} for each in exports.export_records()]


def test_the_sample_register_is_the_same_again_byte_for_byte(
    context: Flask, other: tuple[Path, str]
) -> None:
    sampling.load_sample(ROOT / "sample", password="a sample password", reference_prefix="AIR")
    text, plain = exported(), records()

    with instance(*other):
        report = taken_in(text)
        again, plain_again = exported(), records()

    assert counts(report) == (33, 0, 0, 0)
    assert again == text
    assert plain_again == plain


def test_a_real_inventory_is_the_same_again_with_its_provenance(
    context: Flask, other: tuple[Path, str], real_file: Callable[[str], bytes]
) -> None:
    name = "ca-register-2025.csv"
    imported(real_file(name), file_name=name, format_name="canada-2025")
    text = exported()

    with instance(*other):
        report = taken_in(text)
        again = exported()

    assert report.created == rows(text)[0]["disclosures"] > 100
    assert rows(text)[-1]["versions"][0]["import_provenance"]["file"] == name
    assert again == text


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_whatever_was_published_amended_and_withdrawn_is_the_same_again(
    tmp_path_factory: pytest.TempPathFactory, new_database: NewDatabase, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("register")
    (folder / "one").mkdir()
    (folder / "two").mkdir()

    with instance(folder / "one", new_database(folder / "one")):
        chronicle, text = a_history(make_desk(), seed)
    with instance(folder / "two", new_database(folder / "two")):
        report = taken_in(text)
        again = exported()

    assert report.rejected == 0
    assert again == text
    assert chronicle.marks.found_in(text.encode()) == set()


@pytest.mark.postgres
def test_a_register_on_one_kind_of_database_is_the_same_on_the_other(
    desk: Desk, tmp_path: Path, postgres_url: str
) -> None:
    _chronicle, text = a_history(desk, deeds=12)
    on_server = PostgresDatabases(postgres_url, tmp_path)

    url = on_server.make(tmp_path)
    with instance(tmp_path / "other", url):
        taken_in(text)
        again = exported()
    on_server.drop(url)
    on_server.close()

    assert again == text


def test_nothing_that_is_not_public_stands_in_any_version(desk: Desk) -> None:
    chronicle, text = a_history(desk, seed=3, deeds=25)

    versions = [version for row in rows(text) for version in row.get("versions", ())]
    assert len(chronicle.marks.places) > 200
    assert sum(len(version["withheld"]) > 9 for version in versions) > 3
    assert chronicle.marks.found_in(text.encode()) == set()
    assert "decided_by" not in text
    assert "@taxes" not in text


def test_moments_are_exact_and_in_the_order_in_which_they_were(
    desk: Desk, other: tuple[Path, str]
) -> None:
    _chronicle, text = a_history(desk)
    moments = sorted(db.session.scalars(db.select(Revision.at)))

    with instance(*other):
        taken_in(text)
        again = sorted(db.session.scalars(db.select(Revision.at)))

    assert again == moments
    assert any(moment.microsecond for moment in moments)


def test_a_day_in_the_past_is_given_out_as_it_was(context: Flask) -> None:
    with then(datetime(2026, 1, 15, tzinfo=UTC)):
        desk = make_desk()
    with then(datetime(2026, 3, 1, tzinfo=UTC)):
        first = desk.publish()
    before = exported()
    with then(datetime(2026, 4, 1, tzinfo=UTC)):
        desk.withdraw(first)
        desk.publish("officer@health")

    assert exported(before=datetime(2026, 3, 2, tzinfo=UTC)) == before
    assert (
        exported(before=datetime(2026, 2, 1, tzinfo=UTC))
        .splitlines()[0]
        .endswith('"standards":[],"agencies":4,"disclosures":0}')
    )


def test_bodies_come_after_those_that_they_stand_below(
    context: Flask, other: tuple[Path, str]
) -> None:
    names = {"en": "A body"}
    directory.import_agencies(
        [
            {"slug": "a", "names": names, "level": "local", "parent": "b"},
            {"slug": "b", "names": names, "level": "federal", "parent": "c"},
            {"slug": "c", "names": {"ur": "ادارہ"}, "level": "federal", "abbreviation": "C"},
        ]
    )
    text = exported()

    with instance(*other):
        report = taken_in(text)
        again = exported()

    assert [row["slug"] for row in rows(text)[1:]] == ["c", "b", "a"]
    assert report.agencies_created == ["c", "b", "a"]
    assert again == text


def test_a_dry_run_foretells_what_is_done_and_writes_nothing(
    desk: Desk, other: tuple[Path, str]
) -> None:
    _chronicle, text = a_history(desk)

    with instance(*other):
        before = everything()
        dry = taken_in(text, is_dry_run=True)
        after = everything()
        done = taken_in(text)

    assert after == before
    assert {**dry.to_json(), "dry_run": False} == done.to_json()
    assert done.created > 2


def test_a_second_time_changes_nothing(desk: Desk) -> None:
    _chronicle, text = a_history(desk)
    before = everything()

    report = taken_in(text)

    assert report.unchanged == report.rows > 2
    assert everything() == before


def test_further_versions_follow_those_that_are_here(desk: Desk, other: tuple[Path, str]) -> None:
    reference = desk.publish()
    first = exported()
    desk.withdraw(reference)
    second = exported()

    with instance(*other):
        created = taken_in(first)
        updated = taken_in(second)
        older = taken_in(first)
        again = exported()

    assert counts(created) == (1, 0, 0, 0)
    assert counts(updated) == (0, 1, 0, 0)
    assert counts(older) == (0, 0, 1, 0)
    assert again == second


def test_what_comes_in_is_told_to_the_index_and_to_the_trail(
    desk: Desk, other: tuple[Path, str]
) -> None:
    reference = desk.publish()
    desk.withdraw(reference)
    text = exported()

    with instance(*other):
        report = taken_in(text)
        notices = [notice.reference for notice in outbox.list_waiting(9)]
        query = db.select(AuditEvent).where(AuditEvent.action == "imported")
        told = db.session.scalars(query).one()
        is_framed = events.has_event("import_started") and events.has_event("import_finished")

    assert notices == [reference]
    assert (told.actor_id, told.details["versions"]) == (None, [1, 2])
    assert told.details["sha256"] == report.sha256
    assert is_framed


def test_the_ledger_of_tiers_tells_when_a_tier_was_published_and_not_when_it_came_in(
    desk: Desk, other: tuple[Path, str]
) -> None:
    with then(datetime(2026, 3, 1, 8, tzinfo=UTC)):
        reference = desk.publish()
    text = exported()

    with instance(*other):
        taken_in(text)
        told = [(each.tier, each.at) for each in determinations.list_tiers(reference)]

    assert told == [("high", datetime(2026, 3, 1, 8, tzinfo=UTC))]
