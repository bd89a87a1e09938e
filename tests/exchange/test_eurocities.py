"""The Eurocities standard: every column and value comes in, and goes out as it came."""

import csv
import io
from typing import Any

import pytest

from register.exchange.eu import eurocities_values
from register.exchange.eu.eurocities_columns import COLUMNS
from register.exchange.exporting import export_row, exported
from register.exchange.formats import get_format
from register.exchange.importing import import_file
from register.exchange.mapping import Row
from register.exchange.result import ImportedRow
from register.services.imports.import_content import content_of
from tests.exchange.json_tables import import_json, import_objects
from tests.exchange.real_files import FILES, FOLDER, imported, real_bytes
from tests.exchange.round_trip import differences_of, is_declared, record_of
from tests.exchange.sample_records import sample_records
from tests.exchange.shapes import strange_answers

CITIES = get_format("eurocities-0.3.1")
ENUMERATIONS = {
    "domain": eurocities_values.DOMAIN,
    "status": eurocities_values.PHASE,
    "risk_category": eurocities_values.RISK,
    "algorithm_type": eurocities_values.ALGORITHM_TYPE,
    "type": eurocities_values.USE,
}
LABELS = [
    (column, label)
    for column, values in ENUMERATIONS.items()
    for label in values.labels or tuple(values.pairs)
]
NUMBERS = {"domain": 21, "status": 7, "risk_category": 4, "algorithm_type": 3, "type": 4}
ADDRESSES = (
    "website",
    "documentation",
    "DPIA_url",
    "product_information",
    "codebase_url",
    "product_page",
    "AIA_url",
)
FILLED: dict[str, str] = {
    **{column: f"{column} één\nregel; “twee”, {column} <b>&amp;" for column in COLUMNS},
    **{column: f"https://stad.example/{column}?a=1&b=2" for column in ADDRESSES},
    "name": "Parkeren, “slim”",
    "description_short": "Kiest waar wordt gecontroleerd; met komma’s, en accenten é.",
    "organization": "Gemeente Rotterdam",
    "department": "Stadsbeheer, toezicht",
    "contact_email": "algoritmes@rotterdam.nl",
    "contact_phone": "14 010",
    "area": "Rotterdam, Hoek van Holland",
    "domain": "housing, living and living environment",
    "status": "evaluation",
    "risk_category": "unacceptable",
    "algorithm_type": "hybrid",
    "type": "diagnostic",
    "methods_and_models": "random forest, logistic regression",
    "standard_version": "0.3.1",
    "uuid": "6b1e0c1e-0000-4000-8000-000000000001",
    "lang": "nl",
    "publication_date": "2026-01-01",
    "last_change_date": "2026-01-01",
    "revision_date": "2027-06-30",
    "keywords": "parkeren, toezicht",
}
# What the standard asks and the register has no place for.
LEFT_OUT = {"contact_name", "remark", "revision_note"}


def taken_in(**cells: str) -> ImportedRow:
    return import_objects([{**FILLED, **cells}], CITIES).imported[0]


def written_again(row: ImportedRow) -> Row:
    return export_row(record_of(row), CITIES)


def as_csv(rows: list[Row], divider: str = ",") -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, delimiter=divider)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def test_the_standard_has_49_columns_and_every_value_of_its_lists() -> None:
    assert len(COLUMNS) == 49
    assert {c: sum(each == c for each, _ in LABELS) for c in ENUMERATIONS} == NUMBERS


def test_a_hostile_row_comes_in_as_text() -> None:
    hostile = dict.fromkeys(COLUMNS, "=cmd|'/c calc'!A1<script>alert(1)</script>\u202e")

    row = import_objects([hostile], CITIES).imported[0]

    assert list(strange_answers(dict(row.content.answers))) == []
    content_of(row, "gemeente-rotterdam")
    assert {"unknown_value", "not_a_url"} <= {warning.kind for warning in row.warnings}


def test_the_name_of_a_contact_and_a_personal_address_are_not_taken_over() -> None:
    row = taken_in(contact_name="Jan Jansen", contact_email="jan.jansen@rotterdam.nl")

    assert "ansen" not in str(row.content.answers)
    assert {"personal_name", "personal_address"} <= {warning.kind for warning in row.warnings}


def test_a_filled_row_goes_out_as_it_came_in_but_for_what_has_no_place() -> None:
    row = taken_in()

    written = written_again(row)

    assert list(written) == list(COLUMNS)
    for column, cell in FILLED.items():
        if column not in LEFT_OUT:
            assert written[column] == cell, column
    assert {c for c in COLUMNS if not written[c]} == LEFT_OUT
    different = list(differences_of([row], CITIES))
    assert {each.column for each in different} == LEFT_OUT
    assert all(is_declared(each, CITIES) for each in different)


def test_a_filled_row_has_the_shape_that_the_standard_demands() -> None:
    row = taken_in()

    assert list(strange_answers(dict(row.content.answers))) == []
    content_of(row, "gemeente-rotterdam")


@pytest.mark.parametrize(("column", "label"), LABELS)
def test_every_value_of_the_standard_comes_back_as_itself_or_as_a_declared_one(
    column: str, label: str
) -> None:
    row = taken_in(**{column: label})

    different = [d for d in differences_of([row], CITIES) if d.column == column]

    assert "unknown_value" not in {warning.kind for warning in row.warnings}
    assert all(is_declared(each, CITIES) for each in different)
    assert column == "algorithm_type" or different == []


@pytest.mark.parametrize("language", ["en", "ur", "fr", "nl", "ar", "de", "es"])
def test_texts_are_in_the_language_that_the_row_names(language: str) -> None:
    row = taken_in(lang=language, goal="متن")

    assert row.content.answers["languages"] == [language]
    assert row.content.answers["purpose"] == {language: "متن"}
    assert set(row.agency.names) == {language}
    assert written_again(row)["lang"] == language
    assert list(strange_answers(dict(row.content.answers))) == []


def test_a_language_that_the_register_does_not_know_is_reported() -> None:
    found = import_objects([{**FILLED, "lang": "ca"}], CITIES)

    assert found.unmapped_values == {"lang": {"ca": 1}}


def test_titles_of_the_templates_are_known_as_headings() -> None:
    data = b"Naam;Korte omschrijving;Responsible organization;Doelen\nN;K;Stad;Doel\n"

    row = import_file(data, CITIES).imported[0]

    assert row.content.answers["purpose"] == {"en": "Doel"}


@pytest.mark.parametrize("divider", [",", ";"])
def test_a_csv_file_of_rows_comes_in_and_goes_out_the_same(divider: str) -> None:
    rows = [written_again(taken_in(**{column: label})) for column, label in LABELS]

    found = import_file(as_csv(rows, divider), CITIES)

    assert [written_again(row) for row in found.imported] == rows


def test_a_json_file_of_rows_comes_in_and_goes_out_the_same() -> None:
    rows = [written_again(taken_in(**{column: label})) for column, label in LABELS]
    shaped: list[Any] = [CITIES.writing.shape(row) for row in rows]  # type: ignore[union-attr]

    found = import_objects(shaped, CITIES)

    assert [written_again(row) for row in found.imported] == rows


def test_the_sample_register_goes_out_and_is_stable_from_then_on() -> None:
    once = list(exported(map(with_an_office_address, sample_records()), CITIES))

    assert len(once) == 30
    again = import_file(as_csv([each.row for each in once]), CITIES)
    assert again.unmapped_values == {}
    second = [written_again(row) for row in again.imported]
    assert [_said(row) for row in second] == [_said(each.row) for each in once]
    assert {loss.field for each in once for loss in each.losses} >= {"cost", "benefits"}


@pytest.mark.parametrize("name", [*FILES, "nl-dump", "nl-1.0"])
def test_rows_of_other_registers_go_out_and_are_stable_from_then_on(name: str) -> None:
    rows = [*_rows_of(name)]

    once = [written_again(row) for row in rows]
    again = import_file(as_csv(once), CITIES)

    assert len(again.imported) == len(rows)
    assert again.unmapped_values == {}
    second = [written_again(row) for row in again.imported]
    assert [_said(row) for row in second] == [_said(row) for row in once]


def with_an_office_address(record: dict[str, Any]) -> dict[str, Any]:
    """Give a record an address that every import tells from a person's."""
    contact = {**record["answers"].get("contact_point", {}), "email": "info@zarwan.example"}
    return {**record, "answers": {**record["answers"], "contact_point": contact}}


def _rows_of(name: str) -> list[ImportedRow]:
    if name in FILES:
        return list(imported(name).imported)
    names = sorted(path.name for path in (FOLDER / "nl-full-1.0").glob("*.json"))
    files = [f"nl-full-1.0/{each}" for each in names] if name == "nl-1.0" else []
    dialect = get_format(name)
    found = [
        import_json(real_bytes(file), dialect) for file in files or ["nl-register-2026-05-13.json"]
    ]
    return [row for each in found for row in each.imported]


def _said(row: Row) -> Row:
    """Leave out the days of publication, which are the register's own."""
    return {c: cell for c, cell in row.items() if c not in {"publication_date", "last_change_date"}}
