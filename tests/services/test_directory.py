"""The directory taken in again: what a file leaves out stays, and whatever changes is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from register import clock
from register.errors import Invalid
from register.services.directory import directory, standings
from register.services.directory.directory import Order
from register.services.directory.directory_report import Report, RowState
from register.standard.publication import Body
from register.storage.database import db, forget
from register.storage.models import AuditEvent
from tests.desk import Desk, everything
from tests.services.duty_desk import WHY

WATER = {
    "slug": "water",
    "names": {"en": "Water Board", "ur": "آب بورڈ"},
    "abbreviation": "WB",
    "level": "local",
    "sector": "environment",
    "parent": "taxes",
    "approval": "secretariat",
    "in_scope_from": "2026-07-01",
}
CONFIRMED = Order(is_past_confirmed=True)


@pytest.fixture
def water(desk: Desk) -> Desk:
    """A body with everything that the directory can say of one."""
    directory.import_agencies([WATER])
    return desk


def take_in(text: str, order: Order = CONFIRMED) -> Report:
    forget()
    return directory.take_in(directory.read_agencies(text), order)


def body() -> Body:
    forget()
    return directory.get_body("water")


def told(action: str) -> list[dict[str, Any]]:
    forget()
    query = select(AuditEvent.details).where(AuditEvent.action == action)
    return [each for each in db.session.scalars(query) if each["agency"] == "water"]


def test_a_file_without_a_column_keeps_what_is_there(water: Desk) -> None:
    before = body()

    report = take_in("slug,name_en,level\nwater,Water Board,local\n")

    assert report.rows[0].state is RowState.UNCHANGED
    assert body() == before
    assert told("agency_changed") == []


def test_an_empty_cell_empties_what_may_be_empty(water: Desk) -> None:
    take_in("slug,name_ur,abbreviation,sector,parent\nwater,,,,\n")

    after = body()
    assert (dict(after.names), after.abbreviation, after.sector, after.parent) == (
        {"en": "Water Board"},
        "",
        "",
        None,
    )
    assert (after.level, after.approval) == ("local", "secretariat")


@pytest.mark.parametrize("text", ["slug,level\nwater,\n", "slug,name_en,name_ur\nwater,,\n"])
def test_what_may_not_be_empty_is_not_emptied(water: Desk, text: str) -> None:
    before = everything()

    assert take_in(text).is_refused
    assert everything() == before


def test_an_empty_approval_keeps_the_one_that_is_there_and_says_so(water: Desk) -> None:
    report = take_in("slug,approval\nwater,\n")

    assert body().approval == "secretariat"
    assert [each.column for each in report.rows[0].remarks] == ["approval"]


def test_names_are_merged_language_by_language(water: Desk) -> None:
    directory.import_agencies([{"slug": "water", "names": {"en": "Water Works"}}])

    assert dict(body().names) == {"en": "Water Works", "ur": "آب بورڈ"}


def test_every_change_is_told_with_what_it_was_and_what_it_is(water: Desk) -> None:
    report = take_in("slug,name_en,approval,parent\nwater,Water Works,agency,health\n")

    changes = {
        "name_en": {"old": "Water Board", "new": "Water Works"},
        "parent": {"old": "taxes", "new": "health"},
        "approval": {"old": "secretariat", "new": "agency"},
    }
    assert told("agency_changed") == [{"agency": "water", "changes": changes}]
    assert report.to_json()["agencies"][0]["changes"] == changes


def test_every_body_that_comes_in_is_told_with_all_that_is_said_of_it(water: Desk) -> None:
    names = {f"name_{code}": name for code, name in WATER["names"].items()}  # type: ignore[attr-defined]
    values = {**names, **{k: v for k, v in WATER.items() if k not in {"slug", "names"}}}

    assert told("agency_added") == [{"agency": "water", "values": values}]


def test_the_same_file_again_changes_nothing_and_tells_nothing(water: Desk) -> None:
    before = everything()

    report = directory.import_agencies([WATER])

    assert report.count(RowState.UNCHANGED) == 1
    assert everything() == before


@pytest.mark.parametrize(("day", "agrees"), [("2026-07-01", True), ("2025-01-01", False)])
def test_the_day_of_a_known_body_changes_nothing_and_is_compared(
    water: Desk, day: str, agrees: bool
) -> None:
    before = everything()

    report = take_in(f"slug,in_scope_from\nwater,{day}\n").rows[0]

    assert everything() == before
    assert report.since is not None
    assert (report.since.is_noted, report.since.noted) == (agrees, date(2026, 7, 1))
    remarks = [each.text for each in report.remarks]
    assert len(remarks) == (0 if agrees else 1)
    assert all("2026-07-01" in text and "/review/agencies/water" in text for text in remarks)


def test_the_first_day_in_scope_is_compared_whatever_was_decided_since(desk: Desk) -> None:
    later = {**WATER, "in_scope_from": "2999-01-01"}
    directory.import_agencies([later])
    standings.exempt_agency(desk["secretariat"], "water", WHY, from_on=clock.today())

    report = directory.import_agencies([later])

    assert [row.since.is_noted for row in report.rows if row.since] == [True]


def test_a_dry_run_tells_the_same_and_stores_nothing(water: Desk) -> None:
    text = "slug,name_en,level,approval\nwater,Water Works,local,agency\ntides,Tides,local,\n"
    before = everything()

    dry = take_in(text, Order(is_dry_run=True))
    kept = everything() == before
    wet = take_in(text)

    assert kept
    assert dry.to_json()["agencies"] == wet.to_json()["agencies"]
    assert [row.state for row in wet.rows] == [RowState.CHANGED, RowState.NEW]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("water,local,\nwater,local,\n", "2.slug"),
        ("tides,local,nowhere\n", "1.parent"),
        ("tides,local,moon\nmoon,local,tides\n", "1.parent"),
        ("taxes,local,water\n", "1.parent"),
        ("water,galactic,\n", "1.level"),
    ],
)
def test_one_wrong_row_refuses_the_file(water: Desk, rows: str, wrong: str) -> None:
    before = everything()

    report = take_in(f"slug,level,parent,name_en\nharbour,local,,Harbour\n{_named(rows)}")

    assert wrong.replace(wrong[0], str(int(wrong[0]) + 1), 1) in report.errors
    assert report.to_json()["stored"] is False
    assert everything() == before


def _named(rows: str) -> str:
    return "".join(f"{line},Somebody\n" for line in rows.splitlines())


def test_a_child_may_stand_before_its_parent(desk: Desk) -> None:
    take_in("slug,name_en,level,parent\nwater,Water,local,moon\nmoon,Moon,local,\n")

    assert body().parent == "moon"


def test_a_column_that_is_misspelt_is_named(water: Desk) -> None:
    assert take_in("slug,aproval\nwater,agency\n").unknown_columns == ("aproval",)


@pytest.mark.parametrize("text", ["slug,slug\na,b\n", "slug,level\na,local,more\n"])
def test_a_table_whose_cells_may_have_moved_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises(Invalid):
        take_in(text)


def test_a_sector_that_the_standard_does_not_have_is_remarked_on(desk: Desk) -> None:
    text = "slug,name_en,level,sector\nwater,Water,local,Helth\ntides,Tides,local,health\n"

    report = take_in(text)

    assert [len(row.remarks) for row in report.rows] == [1, 0]
    assert "Helth" in report.rows[0].remarks[0].text


def test_a_day_that_makes_returns_overdue_at_once_is_refused_until_it_is_confirmed(
    desk: Desk,
) -> None:
    long_ago = clock.today() - timedelta(days=20 * 365)
    text = f"slug,name_en,level,in_scope_from\nwater,Water,local,{long_ago.isoformat()}\n"
    before = everything()

    refused = take_in(text, Order())
    untouched = everything() == before
    done = take_in(text, Order(is_past_confirmed=True))

    assert untouched
    assert list(refused.errors) == ["1.in_scope_from"]
    assert done.is_stored
    assert standings.list_entries("water")[0].from_on == long_ago
