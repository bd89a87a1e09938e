"""The register out, from the command line."""

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from register import clock, create_app, storage
from register.storage.database import db
from register.storage.models import Presentation
from tests.cli.conftest import Run
from tests.exchange.standing_in import COLUMNS, foreign
from tests.exchange.standing_in import NAME as FOREIGN

__all__ = ["foreign"]
INVENTORY = (
    "agency,agency_name,id,use_case_name,development_stage,problem_solved\n"
    "DOW,Department of Weather,DOW-1,=Storm forecast,Deployed,Storms came unannounced.\n"
    "DOW,Department of Weather,DOW-2,Tide tables,Deployed,Tides came late.\n"
)


@pytest.fixture
def filled(run: Run, foreign: str, tmp_path: Path) -> Run:
    """The command line over a register with two systems in it."""
    path = tmp_path / "inventory.csv"
    path.write_text(INVENTORY, encoding="utf-8")
    assert run("import", path, "--format", "omb-2025", "--publish").exit_code == 0
    return run


def test_what_cannot_be_is_wrong_usage_and_leaves_no_file(filled: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"

    unknown = filled("export", "--format", "nowhere", "--out", out)
    mismatched = filled("export", "--format", "ndjson", "--file", "xlsx", "--out", out)
    nowhere = filled("export", "--format", "table", "--file", "xlsx")
    unwritable = filled("export", "--out", tmp_path / "none" / "out.ndjson")

    assert (unknown.exit_code, mismatched.exit_code, nowhere.exit_code) == (2, 2, 2)
    assert FOREIGN in unknown.stderr
    assert unwritable.exit_code == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["instance", "inventory.csv"]


def test_the_formats_are_listed_with_their_files(filled: Run) -> None:
    listed = filled("export", "--list").stdout.splitlines()

    assert ["ndjson", "ndjson"] in [line.split() for line in listed]
    assert [FOREIGN, "csv,", "xlsx,", "json"] in [line.split() for line in listed]


def test_a_file_has_beside_it_what_it_leaves_out(filled: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"

    told = filled("export", "--format", FOREIGN, "--out", out)

    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    losses = list(csv.DictReader((tmp_path / "out.losses.csv").read_text("utf-8-sig").splitlines()))
    assert told.exit_code == 0
    assert told.stdout.startswith(f"{out}: 2 records; {len(losses)} losses in ")
    assert tuple(rows[0]) == COLUMNS
    assert [row["title"] for row in rows] == ["'=Storm forecast", "Tide tables"]
    assert {each["field"] for each in losses} >= {"phase"}


def test_a_workbook_says_what_it_leaves_out_too(filled: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"

    told = filled("export", "--format", FOREIGN, "--file", "xlsx", "--out", out)

    assert told.exit_code == 0
    with CalamineWorkbook.from_path(out) as book:
        rows, losses = (list(book.get_sheet_by_index(at).iter_rows()) for at in (0, 1))
    beside = (tmp_path / "out.losses.csv").read_text("utf-8-sig").splitlines()
    assert [row[1] for row in rows] == ["title", "=Storm forecast", "Tide tables"]
    assert len(losses) == len(beside) > 2


def test_without_a_name_for_the_file_it_goes_to_the_output(filled: Run, tmp_path: Path) -> None:
    lines = filled("export").stdout
    array = filled("export", "--format", "json").stdout
    table = filled("export", "--format", "table").stdout_bytes
    filled("export", "--format", "table", "--out", tmp_path / "table.csv")

    assert json.loads(array) == [json.loads(line) for line in lines.splitlines()]
    assert (tmp_path / "table.csv").read_bytes() == table
    assert not (tmp_path / "table.losses.csv").exists()


def test_the_register_is_written_as_it_was(filled: Run, tmp_path: Path) -> None:
    yesterday = (clock.now() - timedelta(days=1)).date()
    out, earlier = tmp_path / "now.ndjson", tmp_path / "then.ndjson"

    refused = filled("export", "--as-of", "2999-01-01", "--out", earlier)
    now = filled("export", "--out", out)
    then = filled("export", "--as-of", yesterday, "--out", earlier)
    this_minute = filled("export", "--as-of", clock.stamp(clock.now()), "--format", "table")

    assert (refused.exit_code, "still to come" in refused.stderr) == (1, True)
    assert (now.exit_code, then.exit_code, this_minute.exit_code) == (0, 0, 0)
    assert len(out.read_text("utf-8").splitlines()) == 2
    assert earlier.read_bytes() == b""
    assert f"as of {clock.stamp(clock.end_of(yesterday))}." in then.stdout
    assert "long enough past" not in now.stdout + then.stdout
    assert "long enough past" in this_minute.stderr


def test_what_the_public_reads_is_kept_as_text_by_whoever_drains(filled: Run) -> None:
    before = filled("export").stdout_bytes

    drained = filled("index", "drain")

    with create_app().app_context():
        count = db.session.query(Presentation).count()
        storage.close()
    assert (drained.exit_code, count) == (0, 2)
    assert filled("export").stdout_bytes == before
