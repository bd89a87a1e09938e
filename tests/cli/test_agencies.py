"""The directory of public bodies, taken in and listed from the command line."""

import json
from pathlib import Path

from tests.cli.conftest import Run

FIRST = (
    "slug,name_en,level,parent,in_scope_from\n"
    "weather,Weather,federal,,\ntides,Tides,local,weather,\n"
)


def a_file(folder: Path, text: str) -> Path:
    path = folder / "agencies.csv"
    path.write_text(text)
    return path


def test_a_wrong_row_is_named_and_nothing_is_stored(run: Run, tmp_path: Path) -> None:
    path = a_file(tmp_path, "slug,name_en,level\nweather,Weather,federal\ntides,Tides,galactic\n")

    result = run("agency", "import", path)

    assert result.exit_code == 1
    assert "row 2, column level: Use one of: federal" in result.stderr
    assert "Nothing was stored" in result.stderr
    assert run("agency", "list").stdout == ""


def test_agencies_are_imported_from_csv_and_listed(run: Run, tmp_path: Path) -> None:
    path = a_file(tmp_path, FIRST)

    imported = run("agency", "import", path)
    again = run("agency", "import", path)
    listed = run("agency", "list")

    assert "Row 2, tides: new, in scope from" in imported.stdout
    assert imported.stdout.endswith("2 rows: 2 new, 0 changed, 0 unchanged, 0 refused.\n")
    assert again.stdout == "2 rows: 0 new, 0 changed, 2 unchanged, 0 refused.\n"
    assert listed.stdout == "tides\tlocal\t0\tTides\nweather\tfederal\t0\tWeather\n"


def test_what_changes_is_printed_and_reported_first_without_being_done(
    run: Run, tmp_path: Path
) -> None:
    run("agency", "import", a_file(tmp_path, FIRST))
    path, report = a_file(tmp_path, "slug,level,colour\ntides,federal,blue\n"), tmp_path / "r.json"

    dry = run("agency", "import", path, "--dry-run", "--report", report)
    between = run("agency", "list").stdout
    wet = run("agency", "import", path)

    said = "Row 1, tides: level changed from “local” to “federal”\n"
    assert dry.exit_code == wet.exit_code == 0
    assert said in dry.stdout
    assert said in wet.stdout
    assert "Would be done: 1 row" in dry.stdout
    assert "tides\tlocal" in between
    assert "tides\tfederal" in run("agency", "list").stdout
    told = json.loads(report.read_text())
    assert (told["file"], told["dry_run"], told["stored"]) == ("agencies.csv", True, False)
    assert told["agencies"][0]["changes"] == {"level": {"old": "local", "new": "federal"}}
    assert told["unknown_columns"] == ["colour"]


def test_the_day_of_a_known_body_is_remarked_on(run: Run, tmp_path: Path) -> None:
    run("agency", "import", a_file(tmp_path, FIRST))

    result = run("agency", "import", a_file(tmp_path, "slug,in_scope_from\ntides,2026-01-01\n"))

    assert result.exit_code == 0
    assert "remark on in_scope_from: 2026-01-01 is not what is noted" in result.stdout
    assert "/review/agencies/tides" in result.stdout


def test_a_day_long_past_needs_to_be_confirmed(run: Run, tmp_path: Path) -> None:
    path = a_file(tmp_path, FIRST.replace("weather,\n", "weather,2006-07-01\n"))

    refused = run("agency", "import", path)
    done = run("agency", "import", path, "--confirm-past")

    assert refused.exit_code == 1
    assert "overdue at once with this day" in refused.stderr
    assert "--confirm-past" in refused.stderr
    assert done.exit_code == 0
    assert "tides: new, in scope from 2006-07-01" in done.stdout
