"""The template as teams fill it in, with a field a row, and how it is told from a table."""

from typing import Any

import pytest

from register.errors import Invalid
from register.exchange.atrs.atrs_4 import ATRS_4
from register.exchange.atrs.atrs_headings import COLUMNS, FACETS
from register.exchange.cells.items import split_items
from register.exchange.importing import import_file
from register.exchange.result import ImportedFile
from tests.exchange.atrs_files import FULL, RECORDS, csv_of, lines_of


def read(*lines: tuple[str, ...]) -> ImportedFile:
    return import_file(lines_of(*lines), ATRS_4, file="sheet.csv")


def number_and_label(column: str) -> tuple[str, str]:
    if column in FACETS:
        return "", column
    number, _, label = column.partition(" ")
    return number, label


def content(file: ImportedFile) -> list[dict[str, Any]]:
    return [dict(row.content.answers) for row in file.imported]


SHAPES = {
    "number, question, answer": lambda number, label, answer: (number, label, answer),
    "question, answer": lambda number, label, answer: (f"{number} {label}", answer),
    "number with the question, prompt, answer": lambda number, label, answer: (
        f"{number} – {label}",
        f"Provide {label.lower()}, in words that everybody understands.",
        answer,
    ),
    "tier, number, question, answer": lambda number, label, answer: (
        "Tier 2",
        number,
        label,
        answer,
    ),
}
HEADERS = {
    "number, question, answer": ("No.", "Question", "Answer"),
    "question, answer": ("Field", "Response"),
    "number with the question, prompt, answer": ("Field", "Prompt", "Entry"),
    "tier, number, question, answer": ("Tier", "Ref", "Field", "Your answer"),
}


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("has_header", [True, False])
def test_a_field_a_row_says_the_same_as_the_table(name: str, shape: str, has_header: bool) -> None:
    record = RECORDS[name]
    lines = [SHAPES[shape](*number_and_label(column), record[column]) for column in COLUMNS]
    header = [HEADERS[shape]] if has_header else []

    file = read(*header, *lines)

    (wanted,) = import_file(csv_of([record]), ATRS_4).imported
    assert content(file) == [dict(wanted.content.answers)]
    assert file.unmapped_columns == ()
    assert file.imported[0].agency == wanted.agency
    assert [w.kind for w in file.warnings if w.kind != "missing_column"] == ["layout"]


def test_a_table_whose_cells_are_names_of_fields_stays_a_table() -> None:
    rows = [{"1.1 Name": label} for _, label in map(number_and_label, COLUMNS)]

    file = import_file(csv_of(rows), ATRS_4)

    assert len(file.imported) == len(COLUMNS)


def test_titles_sections_and_blank_rows_are_passed_over() -> None:
    file = read(
        ("Algorithmic Transparency Record", "", ""),
        ("", "", ""),
        ("No.", "Question", "Answer"),
        ("", "Tier 1", ""),
        ("1.1", "Name", "Sorting"),
        ("", "", ""),
        ("2.1", "Owner and responsibility", ""),
        ("2.1.2", "Team", "Claims"),
    )

    assert content(file)[0]["unit"] == {"en": "Claims"}
    assert file.imported[0].number == 5
    assert file.unmapped_columns == ()


def test_a_question_that_is_not_known_is_reported_with_its_answer_kept() -> None:
    file = read(
        ("Question", "Answer"),
        ("1.1 Name", "Sorting"),
        ("2.2.2 Scope", "Claims only"),
        ("Colour", "Red"),
        ("1.2 Description", "It sorts."),
    )

    assert file.unmapped_columns == ("2.2.2 Scope", "Colour")
    assert file.imported[0].raw["Colour"] == "Red"
    assert "benefits" not in content(file)[0]


def test_rows_that_come_again_are_items_where_the_template_repeats_them() -> None:
    lines = [
        (*number_and_label(column), item)
        for place in (1, 2, 3)
        for column in COLUMNS
        if column.startswith("2.1.4.")
        for item in [(split_items(FULL[column], 3) or {}).get(place, "")]
    ]

    file = read(("No", "Question", "Answer"), ("1.1", "Name", "Sorting"), *lines)

    wanted = import_file(csv_of([FULL]), ATRS_4).imported[0].content.answers["suppliers"]
    assert content(file)[0]["suppliers"] == wanted
    assert "2.1.4.1 Third party (2)" in file.imported[0].raw


def test_each_column_of_answers_is_a_record() -> None:
    file = read(
        ("No.", "Question", "Sorter", "Reader"),
        ("1.1", "Name", "Sorting", "Reading"),
        ("1.2", "Description", "It sorts.", ""),
        ("2.1.2", "Team", "", "Letters"),
    )

    assert [each["name"]["en"] for each in content(file)] == ["Sorting", "Reading"]
    assert content(file)[1]["unit"] == {"en": "Letters"}
    assert "summary" not in content(file)[1]


def test_records_one_below_the_other_are_told_apart() -> None:
    file = read(
        ("No.", "Question", "Answer"),
        ("", "Title", "Sorting"),
        ("1.1", "Name", "Sorting"),
        ("2.1.2", "Team", "Claims"),
        ("", "Title", "Reading"),
        ("1.1", "Name", "Reading"),
    )

    assert [(row.number, row.content.answers["name"]["en"]) for row in file.imported] == [
        (2, "Sorting"),
        (5, "Reading"),
    ]
    assert "unit" not in content(file)[1]


def test_an_answer_over_several_rows_is_one() -> None:
    file = read(
        ("No.", "Question", "Answer"),
        ("1.1", "Name", "Sorting"),
        ("2.2.2", "Benefits", "Faster."),
        ("", "", "Fairer."),
    )

    assert content(file)[0]["benefits"] == {"en": "Faster.\nFairer."}


def test_a_sheet_without_a_name_is_refused_with_what_it_lacks() -> None:
    with pytest.raises(Invalid, match=r'no column "1\.1 Name"'):
        read(("2.1.2", "Team", "Claims"), ("2.2.2", "Benefits", "Faster."))


def test_hostile_answers_are_texts_and_a_question_like_another_changes_nothing() -> None:
    file = read(
        ("No.", "Question", "Answer"),
        ("1.1", "Name", "=cmd|' /C calc'!A0"),
        ("1.2", "Description", "2.1.2 Team"),
        ("2.2.2", "Benefits", "<script>alert(1)</script>\n1.1 Name"),
    )

    assert content(file)[0]["name"] == {"en": "=cmd|' /C calc'!A0"}
    assert content(file)[0]["summary"] == {"en": "2.1.2 Team"}
    assert content(file)[0]["benefits"] == {"en": "<script>alert(1)</script>\n1.1 Name"}
