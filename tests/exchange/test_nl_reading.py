"""What the Dutch register asks and answers, read question by question."""

import json
from typing import Any

import pytest

from register.exchange.cells.values import ValueMap
from register.exchange.exporting import export_row
from register.exchange.formats import get_format
from register.exchange.mapping import Link
from register.standard import CURRENT
from tests.exchange.json_tables import import_objects
from tests.exchange.nl_records import WHOLE_RECORD
from tests.exchange.round_trip import record_of
from tests.exchange.shapes import strange_answers

NL, DUMP = get_format("nl-1.0"), get_format("nl-dump")

MALFORMED = [
    "geen lijst",
    [1, 2],
    [[["diep"]]],
    {"title": "los"},
    [{"title": {"a": 1}}],
    [None],
    "[" * 100_000,
]


def answers_of(**cells: Any) -> dict[str, Any]:
    found = import_objects([{"name": "Naam", "description_short": "Kort", **cells}], NL)
    return dict(found.imported[0].content.answers)


def kinds_of(**cells: Any) -> set[str]:
    found = import_objects([{"name": "Naam", "description_short": "Kort", **cells}], NL)
    return {warning.kind for warning in found.imported[0].warnings}


def options_of(path: str) -> set[str]:
    field = CURRENT.field(path)
    return {option.value for option in field.options}


@pytest.mark.parametrize(
    "column",
    [
        "goal",
        "proportionality",
        "human_intervention",
        "risks",
        "lawful_basis",
        "impacttoetsen",
        "source_data",
        "methods_and_models",
        "description_short",
    ],
)
def test_no_markup_of_a_hostile_text_comes_in_or_goes_out(column: str) -> None:
    cells = {column: "<p onclick=x>een</p><script>alert(1)</script><ul><li>twee<img onerror=x>"}
    found = import_objects([{"name": "Naam", "description_short": "Kort", **cells}], NL)
    row = found.imported[0]

    written = export_row(record_of(row), NL)

    assert "een" in written[column]
    assert "twee" in written[column]
    assert "<" not in json.dumps(dict(row.content.answers))
    assert not any(part in written[column] for part in ("script", "alert", "onerror", "onclick"))
    assert "markup" in {warning.kind for warning in row.warnings}


@pytest.mark.parametrize(
    "cell",
    ["geen lijst", [1, 2], [[["diep"]]], {"title": "los"}, [{"title": {"a": 1}}], [None], "["],
)
def test_a_list_of_another_shape_is_read_as_far_as_it_says_something(cell: Any) -> None:
    found = import_objects(
        [{"name": "N", "description_short": "K", "lawful_basis_grouping": cell}], NL
    )

    assert len(found.imported) == 1
    assert list(strange_answers(dict(found.imported[0].content.answers))) == []


def test_a_personal_address_behind_a_character_reference_is_not_taken_over() -> None:
    cells = {"goal": "<p>Vraag jan.jansen&#64;bergen.nl</p>"}

    assert "jansen" not in answers_of(**cells)["purpose"]["nl"]
    assert "personal_address" in kinds_of(**cells)


def test_lists_become_items_one_by_one() -> None:
    answers = import_objects([WHOLE_RECORD], NL).imported[0].content.answers

    assert [item.get("title") for item in answers["legal_basis"]] == [
        None,
        {"nl": "AVG"},
        {"nl": "Woo"},
    ]
    assert [(i["type"], i["status"]) for i in answers["impact_assessments"]] == [
        ("other", "not_stated"),
        ("dpia_pia", "done"),
        ("human_rights", "done"),
    ]
    assert [item["name"]["nl"] for item in answers["data_sources"]] == ["Gegevens", "BRP", "BAG"]
    assert answers["policy_domains"] == [
        "housing_community",
        "general_public_services",
        "transport",
    ]
    assert answers["tags"] == [
        "Schulden",
        "Vroeg",
        "Wonen",
        "Ruimte en infrastructuur",
        "Internationaal",
    ]


@pytest.mark.parametrize(
    ("values", "options"),
    [
        (link.values, options_of(link.field))
        for link in NL.links
        if link.values and link.transform in {"choice", "choices"}
    ],
)
def test_every_value_of_every_version_means_an_option(values: ValueMap, options: set[str]) -> None:
    assert values.options <= options


def test_the_kinds_of_assessment_and_their_names_are_options() -> None:
    parts = next(link for link in NL.links if link.column == "impacttoetsen_grouping").parts
    known: Link = next(part for part in parts if part.values)
    kinds = {o.value for o in CURRENT.field("impact_assessments").part("type").options}

    assert known.values is not None
    assert known.values.options | {known.otherwise} == kinds


def test_a_number_of_the_national_register_is_the_same_in_dump_and_record() -> None:
    whole = import_objects([WHOLE_RECORD], NL).imported[0]
    dumped = import_objects(
        [{"id": "12345678", "title": "Vroegsignalering", "organisatie": "Gemeente Bergen (NH)"}],
        DUMP,
    ).imported[0]

    assert whole.source_id == dumped.source_id
    numbers = [row.content.answers["external_ids"][0] for row in (whole, dumped)]
    assert {(each["scheme"], each["id"]) for each in numbers} == {("Algoritmeregister", "12345678")}


def test_a_record_without_a_national_number_is_known_by_another() -> None:
    named = {"name": "Naam", "description_short": "Kort", "lars": None}
    rows = import_objects([{**named, "source_id": "n.v.t.", "id": "bm-1"}], NL).imported

    assert rows[0].source_id == "bm-1"


@pytest.mark.parametrize(
    ("name", "level", "abbreviation"),
    [
        ("Gemeente Bergen (L)", "local", None),
        ("Provincie Zeeland", "provincial", None),
        ("Ministerie van Justitie en Veiligheid", "federal", None),
        ("Waterschap Amstel, Gooi en Vecht", "local", None),
        ("Nederlandse Zorgautoriteit (NZa)", None, "NZa"),
        ("Belastingdienst", None, None),
    ],
)
def test_a_name_tells_the_level_of_its_body_or_nothing(
    name: str, level: str | None, abbreviation: str | None
) -> None:
    row = import_objects([{"id": "1", "title": "N", "organisatie": name}], DUMP).imported[0]

    assert row.agency.names == {"nl": name}
    assert (row.agency.level, row.agency.abbreviation) == (level, abbreviation)


def test_what_former_versions_asked_is_read() -> None:
    answers = answers_of(
        lang="NLD",
        type="Zelflerend",
        department="Afdeling Werk",
        impact="Mensen krijgen een brief.",
        iama="Nee",
        dpia="Ja",
        dpia_description="https://bergen.nl/dpia",
        objection_procedure="Schrijf aan de gemeente.",
        revision_date="2027-01-31",
        area="Bergen",
        source_data_link="BRP: https://www.rvig.nl/brp \nBAG: https://www.kadaster.nl/bag",
        impacttoetsen=["DPIA"],
    )

    assert answers["techniques"] == ["classical_ml"]
    assert answers["unit"] == {"nl": "Afdeling Werk"}
    assert answers["next_review_due"] == "2027-01-31"
    assert answers["appeal_status"] == "established"
    assert {(i["type"], i["status"]) for i in answers["impact_assessments"]} == {
        ("dpia_pia", "done"),
        ("human_rights", "not_done"),
    }
    assert [item["name"]["nl"] for item in answers["data_sources"]] == ["BRP", "BAG"]


def test_that_nobody_can_object_is_not_taken_for_a_way_to_object() -> None:
    answers = answers_of(objection_procedure="Er is geen bezwaar mogelijk.")

    assert "how_to_challenge" not in answers
    assert "appeal_status" not in answers
