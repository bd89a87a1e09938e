"""The United Kingdom's template: what was read is written the same, and nothing lost in silence."""

import re

import pytest

from register.exchange.atrs.atrs_4 import ATRS_4, LINKS, LOSSES
from register.exchange.atrs.atrs_cells import PHASES
from register.exchange.atrs.atrs_headings import COLUMNS, FACETS, REPEATED
from register.exchange.cells.items import join_items, split_items, squeezed
from register.exchange.cells.suppliers import split_suppliers
from register.exchange.exporting import export_row, exported, is_exportable
from register.exchange.importing import import_file
from register.exchange.result import ImportedRow
from tests.exchange.atrs_files import FULL, RECORDS, csv_of, json_rows_of
from tests.exchange.native_records import record, samples
from tests.exchange.real_files import FILES, imported
from tests.exchange.round_trip import record_of
from tests.exchange.shapes import strange_answers

SUPPLIERS = "2.1.4.1 Third party"
# Columns that are written from an answer which another column gave, if they were blank.
IMPLIED = {
    *("Title", "Organisation name", "One sentence description", "1.2 Description"),
    *("2.1.4 Third party involvement (Yes/No)", "2.4.1.5 Models", "2.4.2.1 Model name"),
}
GENERAL = {"no_answer", "unknown_value", "personal_address", "withheld"}
every_record = pytest.mark.parametrize("name", RECORDS)


def read(*rows: dict[str, str]) -> tuple[ImportedRow, ...]:
    return import_file(csv_of(rows), ATRS_4, file="list.csv").imported


def normal(cell: str, column: str) -> str:
    if column == SUPPLIERS and split_items(cell) is None:
        names = split_suppliers(cell)
        cell = join_items(dict(enumerate(names, start=1)), len(names))
    if column == "Phase":
        cell = PHASES.label_of(cell) or cell
    return squeezed(cell)


def changed(row: ImportedRow, before: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Give the cells that come back as others, but for declared losses and implied answers."""
    written = export_row(record_of(row), ATRS_4)
    declared = {(loss.column, loss.kind) for loss in LOSSES}
    excused = {
        w.column for w in row.warnings if w.kind in GENERAL or (w.column, w.kind) in declared
    }
    return {
        column: (before[column], written[column])
        for column in COLUMNS
        if normal(written[column], column) != normal(before[column], column)
        and column not in excused
        and not (column in IMPLIED and not before[column])
    }


@every_record
def test_every_field_comes_back_as_it_was(name: str) -> None:
    before = RECORDS[name]
    (row,) = read(before)

    assert changed(row, before) == {}


@every_record
def test_no_field_that_is_answered_is_left_in_silence(name: str) -> None:
    before = RECORDS[name]

    for column in [each for each in COLUMNS if before[each] and each != "1.1 Name"]:
        (row,) = read({**dict.fromkeys(COLUMNS, ""), "1.1 Name": "X", column: before[column]})
        said = set(row.content.answers) - {"record_kind", "languages", "name"}
        is_heard = said or row.agency.names or any(w.column == column for w in row.warnings)
        assert is_heard, column


@every_record
def test_all_answers_are_names_parts_and_options_of_the_standard(name: str) -> None:
    (row,) = read(RECORDS[name])

    strange = list(strange_answers(dict(row.content.answers)))

    assert [each for each in strange if " lacks " not in each] == []


def test_what_was_exported_comes_back_the_same_but_for_what_is_withheld() -> None:
    records = [each for each in samples() if is_exportable(each, ATRS_4)]
    rows = [export_row(each, ATRS_4) for each in records]

    again = read(*rows)

    assert len(again) == len(rows) == 30
    assert {at: found for at, row in enumerate(rows) if (found := changed(again[at], row))} == {}


@pytest.mark.parametrize("name", FILES)
def test_what_other_registers_gave_comes_back_the_same(name: str) -> None:
    named = [row for row in imported(name).imported if "name" in row.content.answers]
    rows = [export_row(record_of(row), ATRS_4) for row in named]

    again = read(*rows)

    assert len(again) == len(rows)
    assert {at: found for at, row in enumerate(rows) if (found := changed(again[at], row))} == {}


def test_the_header_is_that_of_the_template() -> None:
    numbers = [column.partition(" ")[0] for column in COLUMNS if column not in FACETS]

    assert len(numbers) == 51
    assert numbers == sorted(numbers, key=lambda number: [int(step) for step in number.split(".")])
    assert {link.column for link in LINKS} == set(COLUMNS)


def test_the_json_of_a_record_lists_what_repeats_and_is_read_again() -> None:
    assert ATRS_4.writing is not None
    (row,) = read(FULL)

    shaped = ATRS_4.writing.shape(export_row(record_of(row), ATRS_4))
    again = import_file(json_rows_of([shaped]), ATRS_4).imported[0]

    assert shaped["2.1.4.2 Companies House Number"] == ["02070588", None, "SC123456"]
    assert shaped["2.2.2 Benefits"] == FULL["2.2.2 Benefits"]
    assert again.content.answers == row.content.answers


def test_losses_of_the_sample_are_of_one_language_or_of_what_has_no_field() -> None:
    lost = {
        (loss.field, loss.is_whole) for each in exported(samples(), ATRS_4) for loss in each.losses
    }

    whole = {field for field, is_whole in lost if is_whole}
    assert not whole & {"risks", "performance", "models", "suppliers", "data_sources", "scale"}
    assert not whole & {"impact_assessments", "human_oversight", "monitoring", "appeal_status"}
    assert {"cost", "notice", "legal_basis", "impact_tier"} <= whole


def test_the_losses_of_a_column_name_a_field_that_it_links() -> None:
    linked = {(link.column, link.field) for link in LINKS}

    assert [loss for loss in LOSSES if (loss.column, loss.field) not in linked] == []
    assert all(re.match(r"2\.", column) for column in REPEATED)


def test_a_withheld_answer_is_written_in_all_its_fields_and_read_as_not_stated() -> None:
    made = record(
        withheld=(
            {
                "field": "models",
                "ground": "law_enforcement",
                "citation": "section 9",
                "public_reason": {"ur": "نام بتانے سے نقصان ہوگا۔"},
            },
            {"field": "how_it_works", "ground": "other"},
        ),
        languages=["ur"],
    )

    row = export_row(made, ATRS_4)
    back = read(row)[0]

    said = "Withheld: نام بتانے سے نقصان ہوگا۔ (Prevention and prosecution of crime, section 9)"
    assert row["2.4.2.1 Model name"] == row["2.4.2.6 Model architecture"] == said
    assert row["2.4.1.1 System architecture"] == "Withheld: Other"
    assert not {"models", "how_it_works"} & set(back.content.answers)
    assert {w.kind for w in back.warnings} == {"withheld"}
    assert "2.4.2.1 Model name" in {w.column for w in back.warnings}


def test_only_a_number_in_the_companies_house_is_written_as_one() -> None:
    suppliers = [
        {"name": "Acme", "id": "12", "id_scheme": "Companies House"},
        {"name": "Beta", "id": "34", "id_scheme": "Handelsregister"},
    ]

    row = export_row(record(suppliers=suppliers), ATRS_4)

    assert row["2.1.4.2 Companies House Number"] == "1. 12"
