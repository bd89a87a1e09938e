"""The United Kingdom's template: what each field means, and how its headings are spelled."""

from typing import Any

import pytest

from register.exchange.atrs.atrs_4 import ATRS_4
from register.exchange.atrs.atrs_headings import find_heading
from register.exchange.exporting import export_row
from register.exchange.importing import import_file
from register.exchange.result import ImportedRow
from tests.exchange.atrs_files import FULL, csv_of, json_rows_of
from tests.exchange.native_records import record
from tests.exchange.round_trip import record_of

SUPPLIERS = "2.1.4.1 Third party"


def read(*rows: dict[str, str]) -> tuple[ImportedRow, ...]:
    return import_file(csv_of(rows), ATRS_4, file="list.csv").imported


def read_one(**cells: str) -> ImportedRow:
    named = {
        find_heading(column.replace("_", ".")) or column: cell for column, cell in cells.items()
    }
    return read({"1.1 Name": "Sorting", **named})[0]


def answers(**cells: str) -> dict[str, Any]:
    return dict(read_one(**cells).content.answers)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("1.1", "1.1 Name"),
        ("Name", "1.1 Name"),
        ("1.1 - Name:", "1.1 Name"),
        ("1.1. NAME *", "1.1 Name"),
        ("Name (1.1)", "1.1 Name"),
        ("1 - Name", "1.1 Name"),
        ("2.1.1 Organisation", "2.1.1 Organisation or department"),
        ("Organisation", "2.1.1 Organisation or department"),
        ("2.1.3 Senior responsible owner", "2.1.3 Senior responsible owner (role title)"),
        ("2.1.4.1 - External supplier", SUPPLIERS),
        ("2.2.3 Benefit", "2.2.2 Benefits"),
        ("2.2.1 Say how it works in detail", "2.2.1 Detailed description (incl. scope)"),
        ("43 - Model performance", "2.4.2.7 Model performance"),
        ("2.4.4.2: Sensitive attributes", "2.4.4.2 Sensitive attributes"),
        ("2.5.2 – Risks & mitigations", "2.5.2 Risks and mitigations"),
        ("senior_responsible_owner", "2.1.3 Senior responsible owner (role title)"),
        ("2.2.2 Scope", None),
        ("47", None),
        ("9.9.9 Colour", None),
        ("", None),
    ],
)
def test_a_heading_is_known_by_number_or_label_and_the_label_counts_more(
    heading: str, column: str | None
) -> None:
    assert ATRS_4.column_of(heading) == column


def test_a_label_that_stands_twice_is_told_by_those_around_it() -> None:
    header = ["Name", "Data sources", "Sensitive attributes", "Data quantities"]
    header += ["Sensitive attributes", "Data sharing agreements"]
    row = ["X", "Claims", "Age", "Many", "Health", "None needed"]

    text = ",".join(header) + "\n" + ",".join(row)
    raw = import_file(text.encode(), ATRS_4).imported[0].raw

    assert raw == {
        "Name": "X",
        "Data sources": "Claims",
        "2.4.4.2 Sensitive attributes": "Age",
        "Data quantities": "Many",
        "2.4.3.4 Sensitive attributes": "Health",
        "2.4.3.9 Data sharing agreements": "None needed",
    }


def test_suppliers_are_read_item_by_item_and_keep_their_gaps() -> None:
    found = answers(**{"2_1_4_1": FULL[SUPPLIERS], "2_1_4_2": "1. 02070588\n3. SC123456"})

    assert found["suppliers"] == [
        {"name": "Acme Ltd", "id": "02070588", "id_scheme": "Companies House"},
        {"name": "Beta plc"},
        {"name": "Gamma, Delta & Co", "id": "SC123456", "id_scheme": "Companies House"},
    ]


def test_suppliers_in_a_plain_list_are_told_apart_and_words_on_all_stand_with_the_first() -> None:
    row = read_one(**{"2_1_4_1": "Acme Ltd; Beta plc", "2_1_4_3": "They build and host it."})

    assert row.content.answers["suppliers"] == [
        {"name": "Acme Ltd", "role": {"en": "They build and host it."}},
        {"name": "Beta plc"},
    ]
    assert [(w.column, w.kind) for w in row.warnings] == [("2.1.4.3 Third party role", "several")]


def test_repeated_columns_and_lists_in_json_are_read_like_numbered_cells() -> None:
    wanted = [{"name": "Sorter", "version": "2"}, {"name": "Reader"}, {"version": "4"}]
    header = "1.1 Name,2.4.2.1,2.4.2.2,Model name,Model version,2.4.2.1 Model name,2.4.2.2"
    repeated = f"{header}\nX,Sorter,2,Reader,,,4\n".encode()
    listed = json_rows_of(
        [{"Name": "X", "2.4.2.1": ["Sorter", "Reader", None], "Model version": ["2", None, "4"]}]
    )
    numbered = csv_of([{"1.1 Name": "X", "2.4.2.1 Model name": "1. Sorter\n2. Reader\n3. ?"}])

    found = [
        import_file(data, ATRS_4).imported[0].content.answers["models"]
        for data in (repeated, listed, numbered)
    ]

    assert found[0][:2] == wanted[:2]
    assert found[1][:2] == wanted[:2]
    assert [each["name"] for each in found[2]] == ["Sorter", "Reader", "?"]


def test_models_that_are_only_listed_are_models_and_a_sentence_on_them_is_none() -> None:
    listed = answers(**{"2_4_1_5": "GPT-4o; Whisper large"})
    told = answers(**{"2_4_1_5": "The tool has one model, which sorts."})

    assert listed["models"] == [{"name": "GPT-4o"}, {"name": "Whisper large"}]
    assert "models" not in told
    assert told["how_it_works"] == {"en": "Models: The tool has one model, which sorts."}


@pytest.mark.parametrize(
    ("said", "method", "kinds"),
    [
        ("No", "in_house", []),
        ("no.", "in_house", []),
        ("Yes", None, ["unplaced"]),
        ("Yes - see below", None, ["unplaced", "unplaced"]),
        ("No, built by us", "in_house", ["unplaced"]),
        ("N/A", None, ["no_answer"]),
        ("Partly", None, ["unknown_value"]),
    ],
)
def test_third_party_involvement_is_yes_or_no(
    said: str, method: str | None, kinds: list[str]
) -> None:
    row = read_one(**{"2_1_4": said})

    assert row.content.answers.get("development_method") == method
    assert [w.kind for w in row.warnings] == kinds


def test_a_no_beside_a_supplier_is_remarked_upon() -> None:
    row = read_one(**{"2_1_4": "No", "2_1_4_1": "Acme Ltd"})

    assert "development_method" not in row.content.answers
    assert [w.kind for w in row.warnings] == ["contradiction"]


@pytest.mark.parametrize(
    ("phase", "option", "written"),
    [
        ("Pre-deployment", "in_development", "Pre-deployment"),
        ("pre-deployment", "in_development", "Pre-deployment"),
        ("Private beta", "pilot", "Private beta"),
        ("public-beta", "pilot", "Public beta"),
        ("Beta/Pilot", "pilot", "Private beta"),
        ("Production", "in_use", "Production"),
        ("Retired", "retired", "Retired"),
    ],
)
def test_every_phase_maps_and_is_written_as_the_template_has_it(
    phase: str, option: str, written: str
) -> None:
    row = read_one(Phase=phase)

    assert row.content.answers["phase"] == option
    assert export_row(record_of(row), ATRS_4)["Phase"] == written


def test_a_beta_that_has_gone_live_is_not_written_as_a_beta() -> None:
    made = record(phase="in_use", tags=["Public beta"])

    assert export_row(made, ATRS_4)["Phase"] == "Production"


def test_regions_are_places_and_an_unknown_function_is_another_area() -> None:
    row = read_one(Region="uk; yorkshire-and-the-humber, Leeds", Function="Health; Sorting")

    found = row.content.answers
    assert found["territory"] == ["UK", "Yorkshire and the Humber", "Leeds"]
    assert found["policy_domains"] == ["health", "other"]
    assert [(w.column, w.kind) for w in row.warnings] == [("Function", "unknown_value")]


def test_answers_that_share_a_field_and_fields_that_share_an_answer_are_told_apart() -> None:
    found = answers(
        **{
            "2_2_3": "By hand.",
            "2_2_4": "Rules.",
            "2_3_2": "A person looks.\n\nLevel: Spot checks",
            "2_4_1_4": "Each month.\nStatus: In place\nNext review: 2027-02-10",
            "2_4_4_4": "On servers.\nRetention: Two years",
            "2_4_3_8": "At the supplier's.",
        }
    )

    assert found["alternatives"] == {"en": "Rules.\nPrevious process: By hand."}
    assert found["human_oversight"] == {"text": {"en": "A person looks."}, "level": "spot_checks"}
    assert found["monitoring"] == {"text": {"en": "Each month."}, "status": "established"}
    assert found["next_review_due"] == "2027-02-10"
    assert found["data_governance"] == {
        "retention": {"en": "Two years"},
        "access_storage": {"en": "On servers.\nDevelopment data: At the supplier's."},
    }


def test_risks_and_assessments_are_items_of_their_own() -> None:
    found = answers(
        **{
            "2_5_1": FULL["2.5.1 Impact assessments"],
            "2_5_2": FULL["2.5.2 Risks and mitigations"],
        }
    )

    assert found["impact_assessments"] == [
        {"summary": {"en": "DPIA, done in May 2024."}, "type": "dpia_pia", "status": "not_stated"},
        {
            "summary": {"en": "Equality impact assessment"},
            "status": "in_progress",
            "url": "https://sorting.gov.uk/eia",
            "type": "equality",
        },
    ]
    assert found["risks"] == [
        {"description": {"en": "Risk: wrong order."}, "mitigation": {"en": "a person looks."}},
        {"description": {"en": "Bias."}},
    ]


def test_data_for_development_and_operation_are_sources_of_their_own() -> None:
    (row,) = read(FULL)

    sources = row.content.answers["data_sources"]
    assert [(each["name"]["en"], each["role"]) for each in sources] == [
        ("Claims", "training"),
        ("Letters", "training"),
        ("Operational data", "input"),
        ("Postcodes", "input"),
        ("System-level input", "input"),
        ("Model input", "input"),
        ("Datasets and their purposes", "training"),
    ]
    assert sources[1]["modality"] == ["text", "image"]
    assert sources[1]["quality_notes"] == {
        "en": "Few from Wales\nSensitive attributes: Age and gender of the senders"
    }
    assert row.content.answers["sensitive_attributes"] == [
        "age",
        "sex_gender",
        "residency_migration_status",
    ]


def test_what_is_said_of_all_data_is_not_said_of_the_first_source_alone() -> None:
    found = answers(**{"2_4_3_1": "1. Claims\n2. Letters", "2_4_3_3": "40,000 in all"})

    assert len(found["data_sources"]) == 1
    assert found["data_sources"][0]["description"] == {"en": "1. Claims\n2. Letters"}


def test_a_title_or_body_that_disagrees_is_remarked_upon() -> None:
    row = read_one(**{"Title": "Another", "Organisation name": "A", "2_1_1": "B"})

    assert row.agency.names == {"en": "B"}
    assert {(w.column, w.kind) for w in row.warnings} == {
        ("Title", "disagreement"),
        ("Organisation name", "disagreement"),
    }
