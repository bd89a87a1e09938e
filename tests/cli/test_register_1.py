"""A whole register carried to another instance, as an operator types it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

INVENTORY = (
    "agency,agency_name,id,use_case_name,development_stage,problem_solved\n"
    "DOW,Department of Weather,DOW-1,Storm forecast,Deployed,Storms came unannounced.\n"
    "DOW,Department of Weather,DOW-2,Tide tables,Deployed,Tides came late.\n"
)
FORMAT = ("--format", "register-1")


@pytest.fixture
def file(run: Run, tmp_path: Path) -> Path:
    """A register of two imported disclosures, written to a file."""
    (tmp_path / "inventory.csv").write_text(INVENTORY, encoding="utf-8")
    run("import", tmp_path / "inventory.csv", "--format", "omb-2025", "--publish")
    path = tmp_path / "register.ndjson"
    assert run("export", *FORMAT, "--out", path).exit_code == 0
    return path


@pytest.fixture
def elsewhere(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """The command line over another instance, just made."""
    monkeypatch.setenv("REGISTER_INSTANCE", str(tmp_path / "elsewhere"))
    monkeypatch.delenv("REGISTER_DATABASE_URL")
    assert run("init").exit_code == 0
    return run


def test_an_empty_instance_that_takes_the_file_in_gives_out_the_same_file(
    file: Path, elsewhere: Run, tmp_path: Path
) -> None:
    words = ("import", file, *FORMAT, "--publish")

    dry = elsewhere(*words, "--dry-run")
    done = elsewhere(*words)
    again = elsewhere("export", *FORMAT, "--out", tmp_path / "again.ndjson")
    index = (elsewhere("index", "drain"), elsewhere("index", "check"))

    assert dry.stdout.startswith("Would be done: 2 rows: 2 created, 0 updated")
    assert done.stdout.startswith("2 rows: 2 created, 0 updated, 0 unchanged, 0 rejected.")
    assert (dry.exit_code, done.exit_code, again.exit_code) == (0, 0, 0)
    assert (tmp_path / "again.ndjson").read_bytes() == file.read_bytes()
    assert [each.exit_code for each in index] == [0, 0]


def test_it_does_not_become_drafts_and_says_why(file: Path, elsewhere: Run) -> None:
    refused = elsewhere("import", file, *FORMAT)

    assert refused.exit_code == 1
    assert "--publish" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert elsewhere("export").stdout == ""


def test_a_wrong_line_is_told_with_its_number_and_its_place(file: Path, elsewhere: Run) -> None:
    text = file.read_text("utf-8").replace('"phase":"in_use"', '"phase":"asleep"', 1)
    file.write_text(text, encoding="utf-8")

    result = elsewhere("import", file, *FORMAT, "--publish")

    assert result.exit_code == 1
    assert result.stdout.startswith("2 rows: 1 created, 0 updated, 0 unchanged, 1 rejected.")
    assert "Row 3, answer versions.0.answers.phase: Choose one" in result.stderr
