"""New York City's yearly reports: which one counts, and where their free words go."""

import csv
import io
from typing import Any

import pytest

from register.exchange.formats import get_format
from register.exchange.identity import identities
from register.exchange.importing import import_file
from register.exchange.result import ImportedFile

HEADER = (
    "year,agency,tool_name,tool_desc_brief,tool_desc_detail,data,vendor,date_use,data_training,"
    "data_input,data_output,vendor_name,vendor_desc,identifying_info,analysis_type,"
    "population_type,updated,updated_desc"
).split(",")


def read(*rows: dict[str, str]) -> ImportedFile:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({"agency": "FDNY", "tool_name": "Atoms", "year": "2023", **row})
    return import_file(out.getvalue().encode(), get_format("nyc-ll35"), file="list.csv")


def answers(**cells: str) -> dict[str, Any]:
    return dict(read(cells).imported[0].content.answers)


def kinds(**cells: str) -> list[tuple[str, str]]:
    return [(w.column, w.kind) for w in read(cells).imported[0].warnings]


def test_of_several_reports_on_a_tool_the_newest_counts_and_the_older_say_which_it_is() -> None:
    file = read({"year": "2022"}, {"year": "2024"}, {"year": "2023", "tool_name": " ATOMS "})

    assert [row.number for row in file.imported] == [3]
    assert [(row.number, row.reason) for row in file.idle] == [
        (2, "It reports a tool of 2022; row 3 reports the same tool of 2024."),
        (4, "It reports a tool of 2023; row 3 reports the same tool of 2024."),
    ]
    assert len(file.rows) == 3


@pytest.mark.parametrize("other", [{"agency": "NYPD"}, {"tool_name": "Tours"}, {"year": ""}])
def test_a_report_of_another_body_tool_or_of_no_year_is_not_an_older_one(
    other: dict[str, str],
) -> None:
    file = read({"year": "2022", **other}, {"year": "2023"})

    assert len(file.imported) == 2
    assert len(set(identities(file.imported))) == 2


def test_the_report_of_the_next_year_is_known_as_the_same_tool() -> None:
    before, after = read({"year": "2022"}), read({"year": "2023", "date_use": "2007/03"})

    assert identities(before.imported) == identities(after.imported) == ("fdny/name/atoms",)


def test_data_are_told_apart_in_the_one_column_of_2022() -> None:
    said = "Based on calls.\n\nTraining data:  Trips since 2007.\n\nInput data: A place.\n"
    read_answers = answers(year="2022", data=said + "Output data: A unit.")

    assert read_answers["data_sources"] == [
        {"name": {"en": "Training data"}, "description": {"en": "Trips since 2007."}}
        | {"role": "training"},
        {"name": {"en": "Input data"}, "description": {"en": "A place."}, "role": "input"},
        {"name": {"en": "Data"}, "description": {"en": "Based on calls."}},
    ]
    assert read_answers["outputs"] == {"en": "A unit."}


def test_a_named_vendor_is_a_supplier_and_its_description_the_role() -> None:
    found = answers(vendor_name="Deccan International", vendor_desc="Provides\nthe file.")

    assert found["suppliers"] == [
        {"name": "Deccan International", "role": {"en": "Provides the file."}}
    ]


@pytest.mark.parametrize(
    ("vendor", "field", "answer"),
    [
        ("No", "development_method", "in_house"),
        ("Blenderbox", "suppliers", [{"name": "Blenderbox"}]),
    ],
)
def test_the_one_vendor_column_may_say_no_or_name_one(
    vendor: str, field: str, answer: object
) -> None:
    found = answers(year="2022", vendor=vendor)

    assert {name: found[name] for name in ("development_method", "suppliers") if name in found} == {
        field: answer
    }


@pytest.mark.parametrize(
    ("column", "text", "kind"),
    [
        ("vendor", "Software developed and maintained by a firm.", "unplaced"),
        ("vendor", "Yes", "unplaced"),
        ("vendor", "N/A", "no_answer"),
        ("vendor_desc", "Built in-house by a team of analysts.", "unplaced"),
        ("vendor_name", "N/A", "no_answer"),
        ("updated_desc", "Retrained.", "unplaced"),
        ("data_training", "N/A", "no_answer"),
        ("data", "N/A", "no_answer"),
        ("date_use", "soon", "unreadable_date"),
        ("identifying_info", "perhaps", "unknown_value"),
        ("analysis_type", "Divination", "unknown_value"),
        ("population_type", "Ghosts", "unknown_value"),
        ("population_type", "N/A", "no_answer"),
    ],
)
def test_what_finds_no_place_or_is_not_known_is_remarked_upon(
    column: str, text: str, kind: str
) -> None:
    assert (column, kind) in kinds(**{column: text})


def test_the_words_of_other_are_kept_whatever_marks_they_hold() -> None:
    found = answers(
        analysis_type="Optimization; Other: A sampler, by Markov; twice",
        population_type="Individuals; Group, organization, or business; Property; Other: a, b; c",
    )

    assert found["techniques"] == ["optimisation", "other"]
    assert found["how_it_works"] == {"en": "A sampler, by Markov; twice"}
    assert found["affected_groups"] == {
        "groups": ["general_public", "businesses"],
        "description": {"en": "Property; a, b; c"},
    }


def test_an_unknown_value_is_counted_and_its_words_are_kept() -> None:
    file = read({"analysis_type": "Divination; Matching", "population_type": "Ghosts"})

    found = file.imported[0].content.answers
    assert file.unmapped_values == {
        "analysis_type": {"Divination": 1},
        "population_type": {"Ghosts": 1},
    }
    assert found["techniques"] == ["other"]
    assert found["tags"] == ["Matching"]
    assert found["how_it_works"] == {"en": "Divination"}
    assert found["affected_groups"] == {"description": {"en": "Ghosts"}}


@pytest.mark.parametrize(
    ("said", "meant"),
    [("true", "personal"), ("FALSE", "none"), ("Yes", "personal"), ("no", "none")],
)
def test_information_that_identifies_people_is_personal_data(said: str, meant: str) -> None:
    assert answers(identifying_info=said)["personal_data"] == meant


def test_headings_may_be_written_as_words() -> None:
    text = "Year,Agency,Tool Name,Date Use\n2023,FDNY,Atoms,2007/03\n"

    row = import_file(text.encode(), get_format("nyc-ll35")).imported[0]

    assert row.content.answers["in_use_since"] == "2007-03"


def test_markup_and_formulas_are_texts_like_any_other() -> None:
    found = answers(tool_desc_brief='=HYPERLINK("http://x")<script>', vendor_name="<b>Acme</b>")

    assert found["summary"] == {"en": '=HYPERLINK("http://x")<script>'}
    assert found["suppliers"] == [{"name": "<b>Acme</b>"}]
