"""The published inventories come in whole, and nothing is lost without being said."""

import csv
import io
import json
from typing import Any

import pytest

from register.exchange.cells.addresses import find_emails, is_role_mailbox
from register.exchange.cells.values import ValueMap, fold
from register.exchange.formats import FORMATS, get_format
from register.exchange.identity import identities
from register.exchange.importing import import_file
from register.exchange.result import ImportedRow
from register.standard import CURRENT
from tests.exchange.real_files import FILES, imported, real_bytes
from tests.exchange.shapes import strange_answers

every_file = pytest.mark.parametrize("name", FILES)
ENCODINGS = {"omb-2024": "cp1252"}
OLDER = "It reports a tool of 2022; row {} reports the same tool of 2023."


def records_of(name: str) -> list[list[str]]:
    text = real_bytes(FILES[name]).decode(ENCODINGS.get(name, "utf-8-sig"))
    return list(csv.reader(io.StringIO(text, newline="")))


def row_named(name: str, words: str) -> ImportedRow:
    rows = imported(name).imported
    return next(r for r in rows if words in r.content.answers.get("name", {}).get("en", ""))


@every_file
def test_every_row_that_says_something_is_imported_or_rejected_under_its_own_number(
    name: str,
) -> None:
    said = [n for n, r in enumerate(records_of(name), 1) if n > 1 and any(c.strip() for c in r)]

    assert [row.number for row in imported(name).rows] == said


@pytest.mark.parametrize(
    ("name", "rows", "idle"),
    [
        ("omb-2025", 1805, []),
        ("omb-2024", 1279, []),
        ("eo13960-2023", 355, []),
        ("canada-2025", 204, []),
        (
            "nyc-ll35",
            38,
            [(n, OLDER.format(m)) for n, m in ((2, 32), (3, 33), (9, 34), (11, 36), (12, 38))],
        ),
    ],
)
def test_no_row_is_rejected_and_one_with_a_newer_one_in_the_file_changes_nothing(
    name: str, rows: int, idle: list[tuple[int, str]]
) -> None:
    result = imported(name)

    assert len(result.rows) == rows
    assert result.rejected == ()
    assert [(row.number, row.reason) for row in result.idle] == idle


def test_a_common_use_that_does_not_occur_or_is_not_said_to_discloses_nothing() -> None:
    header, *records = records_of("omb-2025-cots")
    used, product = header.index("Agency Use (Y/N)?"), 3

    result = imported("omb-2025-cots")

    told = [
        record[used] == "Y" or bool(record[used] == "" and record[product]) for record in records
    ]
    assert result.rejected == ()
    assert [isinstance(row, ImportedRow) for row in result.rows] == told
    assert {row.content.answers["record_kind"] for row in result.imported} == {"grouped_cots"}
    assert {row.content.answers.get("phase") for row in result.imported} == {"in_use"}


@every_file
def test_all_answers_are_names_parts_and_options_of_the_standard(name: str) -> None:
    strange = [
        f"row {row.number}: {complaint}"
        for row in imported(name).imported
        for complaint in strange_answers(dict(row.content.answers))
    ]

    assert strange == []


@every_file
def test_every_cell_is_kept_beside_the_answers_but_for_personal_addresses(name: str) -> None:
    header, *records = records_of(name)

    for row, record in zip(imported(name).rows, records, strict=True):
        assert len(row.raw) == len(header)
        for kept, cell in zip(row.raw.values(), record, strict=True):
            assert kept == cell or any(not is_role_mailbox(e) for e in find_emails(cell))


@every_file
def test_no_personal_address_comes_through(name: str) -> None:
    result = imported(name)
    texts = [text for row in result.rows for text in row.raw.values()]
    texts += [json.dumps(row.content.answers) for row in result.imported]
    texts += [warning.message for warning in result.all_warnings]

    found = {address for text in texts for address in find_emails(text)}

    assert [address for address in found if not is_role_mailbox(address)] == []


@every_file
def test_every_enumeration_value_is_mapped_or_reported_with_its_count(name: str) -> None:
    result, dialect = imported(name), get_format(name)
    header, *records = records_of(name)
    known = {(link.column, link.occurrence): link for link in dialect.links if link.values}

    for (column, _), link in known.items():
        if link.transform != "choice":
            continue
        at = next(i for i, heading in enumerate(header) if fold(heading) == fold(column))
        values: ValueMap = link.values or ValueMap({})
        unknown = [
            " ".join(record[at].split())
            for row, record in zip(result.rows, records, strict=True)
            if isinstance(row, ImportedRow)
            and record[at].strip()
            and values.find(record[at]) is None
        ]
        reported = result.unmapped_values.get(" ".join(header[at].split()), {})
        assert {value: unknown.count(value) for value in unknown} == reported


@every_file
def test_a_warning_names_a_row_and_a_column_of_the_file(name: str) -> None:
    result = imported(name)
    numbers = {row.number for row in result.rows}
    columns = set(result.rows[0].raw)

    for warning in result.all_warnings:
        assert warning.row in numbers
        assert warning.column in columns
        assert warning.message.endswith(".")


@every_file
def test_a_second_run_gives_the_same_identities_and_each_only_once(name: str) -> None:
    again = import_file(real_bytes(FILES[name]), get_format(name))

    keys = identities(again.imported)

    assert keys == identities(imported(name).imported)
    assert len(set(keys)) == len(keys)


@every_file
def test_a_blank_cell_never_becomes_an_answer(name: str) -> None:
    dialect = get_format(name)
    columns: dict[str, set[str]] = {}
    for link in dialect.links:
        columns.setdefault(link.field, set()).add(fold(link.column))
    always = {"record_kind", "languages"}

    for row in imported(name).imported:
        filled = {fold(k.removesuffix(")").rsplit(" (", 1)[0]) for k, v in row.raw.items() if v}
        filled |= {fold(k) for k, v in row.raw.items() if v.strip() and v.strip() != "[]"}
        for field in set(row.content.answers) - always:
            assert columns[field] & filled, f"row {row.number}: {field} comes from nowhere"


def test_the_2025_inventory_gives_its_minimum_practices() -> None:
    row = row_named("omb-2025", "AI Headset")
    answers: dict[str, Any] = dict(row.content.answers)

    assert row.source_id == "DOL-44"
    assert row.agency.abbreviation == "DOL"
    assert row.agency.names == {"en": "Department of Labor"}
    assert answers["external_ids"] == [{"id": "DOL-44", "scheme": "omb-2025"}]
    assert answers["phase"] == "pilot"
    assert (row.withheld_ground, row.withheld_text) == (
        "prohibited_by_law",
        "Yes - Prohibited by Law",
    )


def test_a_withheld_case_of_which_nothing_is_described_is_a_stub() -> None:
    stub = row_named("omb-2025", "Web Scraping to Identify")
    flagged = [row for row in imported("omb-2025").imported if row.withheld_ground]

    assert stub.content.answers["record_kind"] == "withheld_stub"
    assert len(flagged) == 19
    assert all(row.withheld_text for row in flagged)


def test_a_use_presumed_to_be_of_high_impact_keeps_its_determination() -> None:
    answers = row_named("omb-2025", "AI Enabled Autonomous Underwater").content.answers

    assert answers["impact_tier"] == "significant"
    assert answers["impact_determination"]["presumed"] == "yes"
    assert answers["impact_determination"]["trigger_codes"] == ["omb_presumed"]
    assert "in_use_since" not in answers


def test_the_file_of_2024_is_windows_1252_and_keeps_columns_of_one_name_apart() -> None:
    result = imported("omb-2024")
    labels = list(result.rows[0].raw)

    assert result.encoding == "Windows-1252"
    assert [label for label in labels if label.startswith("If Other")] == [
        "If Other, please explain.",
        *(f"If Other, please explain. ({number})" for number in range(2, 10)),
    ]


def test_a_year_that_a_spreadsheet_took_for_a_day_is_read_as_that_year() -> None:
    row = row_named("omb-2024", "Machine Learning for Peace")

    assert row.content.answers["in_use_since"] == "2022"
    assert any(warning.kind == "doubtful_date" for warning in row.warnings)


def test_the_canadian_register_is_in_two_languages() -> None:
    row = imported("canada-2025").imported[0]
    answers = row.content.answers

    assert answers["languages"] == ["en", "fr"]
    assert answers["name"] == {
        "en": "AI Proof of Concept",
        "fr": "Projet de preuve de concept de l'IA",
    }
    assert row.agency.names == {
        "en": "Administrative Tribunals Support Service of Canada",
        "fr": "Service canadien d'appui aux tribunaux administratifs",
    }
    assert answers["development_started"] == "2025"
    assert answers["notice"] == {"given": "yes"}
    assert imported("canada-2025").unmapped_columns == ()


def test_an_agencys_own_file_in_the_template_is_read_below_its_title_row() -> None:
    folder = "us-agency-2025/federal-deposit-insurance-corporation__"
    data = real_bytes(f"{folder}fdic-2025-individual-ai-use-case-inventory-csv-version.csv")

    result = import_file(data, get_format("omb-2025"))

    assert (len(result.imported), len(result.rejected)) == (50, 0)
    assert result.rows[0].number == 3
    assert result.unmapped_columns == ("Does this project include custom-developed code?",)


@pytest.mark.parametrize("name", FORMATS)
def test_a_mapping_leads_only_to_fields_and_options_of_the_standard(name: str) -> None:
    dialect = get_format(name)
    fields = {field.name for field in CURRENT}

    assert {link.field for link in dialect.links} <= fields
    assert {loss.field for loss in dialect.losses} <= fields
    assert {loss.column for loss in dialect.losses} <= {column for column, _ in dialect.columns}
    for link in dialect.links:
        if link.values and link.transform in {"choice", "choices"}:
            field = CURRENT.field(link.field)
            for step in link.path.split(".")[1:]:
                field = field if step.isdigit() else field.part(step)
            assert link.values.options | {link.otherwise} - {""} <= {o.value for o in field.options}
