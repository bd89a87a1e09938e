"""The files that agencies publish themselves, each with a table of its own, all come in."""

import csv
import io
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from register.errors import Invalid
from register.exchange.cells.values import fold
from register.exchange.formats import get_format
from register.exchange.importing import import_file
from register.exchange.result import ImportedFile
from tests.exchange.real_files import FOLDER, real_bytes
from tests.exchange.shapes import strange_answers

AGENCIES = "us-agency-2025"
#: By the beginning of its name: the rows of a file, its columns, and those known to no format.
FILES = {
    "commodity": (3, 5, 0),
    "department-of-education": (77, 34, 1),
    "department-of-housing": (11, 33, 1),
    "department-of-labor": (28, 4, 0),
    "election": (4, 34, 1),
    "federal-deposit": (50, 25, 1),
    "federal-trade": (16, 34, 1),
    "national-science": (17, 7, 0),
    "office-of-personnel": (5, 7, 1),
    "tennessee": (59, 5, 0),
}
every_file = pytest.mark.parametrize("name", FILES)


def the_path(name: str) -> Path:
    found = sorted((FOLDER / AGENCIES).glob(f"{name}*"))
    if not found:
        pytest.skip(f"The agencies' files are not on this machine: {FOLDER / AGENCIES} is missing.")
    return found[0]


@cache
def imported(name: str) -> ImportedFile:
    path = the_path(name)
    return import_file(path.read_bytes(), get_format("omb-2025"), file=path.name)


@cache
def records_of(name: str) -> list[list[str]]:
    """Every row of the file that says anything, read without any of our own code."""
    path = the_path(name)
    if path.suffix == ".xlsx":
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        rows = [[str(cell) for cell in row] for row in sheet.iter_rows()]
    else:
        data = path.read_bytes()
        is_utf_8 = data.decode(errors="replace").count("\ufffd") == 0
        text = data.decode("utf-8-sig" if is_utf_8 else "cp1252")
        rows = list(csv.reader(io.StringIO(text, newline="")))
    return [row for row in rows if any(cell.strip() for cell in row)]


def test_every_agency_file_is_among_those_that_are_tested() -> None:
    the_path("commodity")

    unknown = [p.name for p in (FOLDER / AGENCIES).iterdir() if not p.name.startswith(tuple(FILES))]

    assert unknown == []


@every_file
def test_every_row_of_an_agency_file_is_taken_in_and_every_column_is_known(name: str) -> None:
    rows, columns, unknown = FILES[name]

    result = imported(name)

    assert (len(result.imported), len(result.rejected)) == (rows, 0)
    assert len(result.imported[0].raw) == columns
    assert len(result.unmapped_columns) == unknown


@every_file
def test_the_rows_are_those_below_the_headings_and_none_is_missed(name: str) -> None:
    records = records_of(name)
    labels = list(imported(name).rows[0].raw)
    at = next(n for n, row in enumerate(records) if fold(row[0]) == fold(labels[0]))

    said = records[at + 1 :]

    assert len(imported(name).rows) == len(said)
    for row, record in zip(imported(name).rows, said, strict=True):
        second = list(row.raw.values())[1]
        assert fold(second) == fold(record[1])


@every_file
def test_every_row_of_an_agency_file_has_a_name_and_what_it_says_is_of_the_standard(
    name: str,
) -> None:
    for row in imported(name).imported:
        assert row.content.answers["name"]["en"].strip()
        assert list(strange_answers(dict(row.content.answers))) == []


@every_file
def test_every_value_that_is_not_understood_is_counted(name: str) -> None:
    result = imported(name)
    doubtful = {"unknown_value"}

    remarks = Counter(
        warning.column
        for row in result.imported
        for warning in row.warnings
        if warning.kind in doubtful
    )

    for column, count in remarks.items():
        assert sum(result.unmapped_values[column].values()) >= count


def test_numbers_of_a_workbook_are_ids_and_years_as_a_person_writes_them() -> None:
    row = imported("national-science").imported[0]

    assert row.source_id == "7"
    assert row.number == 3
    assert row.agency.abbreviation == "NSF"
    assert row.content.answers["in_use_since"] == "2025"


def test_a_day_in_a_workbook_is_read_as_that_day() -> None:
    assert imported("department-of-education").imported[0].content.answers["in_use_since"] == (
        "2021-05-16"
    )


def test_an_agencys_own_words_for_phase_and_impact_are_understood() -> None:
    phases = Counter(r.content.answers.get("phase") for r in imported("office-of").imported)
    tiers = Counter(r.content.answers.get("impact_tier") for r in imported("tennessee").imported)

    assert phases == {"in_use": 3, "pilot": 1, None: 1}
    assert imported("office-of").unmapped_values["Deployment Phase"] == {"Sandbox": 1}
    assert tiers == {"limited": 59}


@pytest.mark.parametrize(
    "file",
    [
        "us-omb-2024.csv",
        "us-omb-2025-cots.csv",
        "us-eo13960-2023.csv",
        "us-nyc-ll35.csv",
        "ca-register-2025.csv",
        "nl-register-2026-05-13.json",
        "nl-full-1.0/Centric.json",
    ],
)
def test_a_file_of_another_standard_is_refused(file: str) -> None:
    with pytest.raises(Invalid, match="is not in the format omb-2025"):
        import_file(real_bytes(file), get_format("omb-2025"), file=file)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Agency,Use Case Name,Status\nNSF,A,Pilot\n", ({}, "NSF")),
        ("Agency,Use Case Name,Status\nState Department,A,Pilot\n", ("State Department", None)),
        ("AI Use Case,Description,Office\nA,What it does,B\n", ({}, None)),
        ("Inventory\nName;Summary;Vendor\nA;What it does;B\n", ({}, None)),
    ],
)
def test_a_table_of_three_columns_is_enough(text: str, agency: tuple[object, object]) -> None:
    result = import_file(text.encode(), get_format("omb-2025"))

    hint = result.imported[0].agency
    assert result.imported[0].content.answers["name"] == {"en": "A"}
    assert result.unmapped_columns == ()
    assert (hint.names.get("en", {}), hint.abbreviation) == agency
