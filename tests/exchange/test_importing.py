"""A mapping applied to small files: what comes through, what is refused, what is remarked upon."""

import pytest

from register.errors import Invalid, NotFound
from register.exchange.cells.addresses import PERSONAL_ADDRESS
from register.exchange.formats import FORMATS, get_format
from register.exchange.identity import Key, Keys, identities, normalised_name
from register.exchange.importing import import_file
from register.exchange.result import ImportedFile

HEADER = "agency,agency_name,id,use_case_name,development_stage,contact_email,has_pii,vendor_name"


def read(*rows: str, header: str = HEADER) -> ImportedFile:
    text = "\n".join([header, *rows])
    return import_file(text.encode(), get_format("omb-2025"), file="list.csv")


def test_an_unknown_format_is_named_with_those_there_are() -> None:
    with pytest.raises(NotFound, match=r"canada-2025, .*omb-2024, omb-2025"):
        get_format("atrs-9")


@pytest.mark.parametrize("name", [name for name, each in FORMATS.items() if each.is_read])
def test_a_file_of_another_kind_is_refused_with_the_columns_it_lacks(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        import_file(b"colour,size\nred,1\n", get_format(name), file="list.csv")

    message = str(refused.value)
    assert message.startswith(f"list.csv is not in the format {name}. It has no column ")
    assert all(f'"{column}"' in message for column in get_format(name).required)


def test_a_header_alone_gives_no_rows() -> None:
    assert read().rows == ()


def test_a_row_without_name_and_id_is_rejected_and_a_blank_one_is_none() -> None:
    result = read("DOL,Labor,,,Pilot,,,", ",,,,,,,", "DOL,Labor,2,Chat,Pilot,,,")

    reason = "The row has neither a name nor an id."
    assert [(row.number, row.reason) for row in result.rejected] == [(2, reason)]
    assert [row.number for row in result.imported] == [4]


def test_a_row_with_an_id_but_without_a_name_is_taken_in_and_remarked_upon() -> None:
    result = read("DOL,Labor,1,,Pilot,,,")

    assert [row.source_id for row in result.imported] == ["1"]
    assert "name" not in result.imported[0].content.answers
    assert [warning.kind for warning in result.imported[0].warnings] == ["nameless"]


def test_what_is_blank_stays_absent() -> None:
    row = read("DOL,Labor,,Chat,,,,").imported[0]

    assert row.source_id is None
    assert dict(row.content.answers) == {
        "record_kind": "system",
        "languages": ["en"],
        "name": {"en": "Chat"},
    }
    assert row.content.withheld == ()
    assert row.content.not_stated == ()


def test_an_unknown_value_is_left_out_remarked_upon_and_counted() -> None:
    result = read("DOL,Labor,1,A,Sandbox,,,", "DOL,Labor,2,B, sandbox,,maybe,")

    row = result.imported[0]
    assert "phase" not in row.content.answers
    assert [(w.row, w.column, w.field, w.kind) for w in row.warnings] == [
        (2, "development_stage", "phase", "unknown_value")
    ]
    assert '"Sandbox"' in row.warnings[0].message
    assert result.unmapped_values == {
        "development_stage": {"Sandbox": 1, "sandbox": 1},
        "has_pii": {"maybe": 1},
    }


@pytest.mark.parametrize(
    "spelling",
    [
        "Pilot",
        " pilot ",
        "b)  Pilot – The use case has been deployed in a limited capacity.",
        "b)  b)  Pilot ñ The use case has been deployed",
        "PILOT.",
    ],
)
def test_a_value_is_known_in_every_spelling(spelling: str) -> None:
    row = read(f"DOL,Labor,1,A,{spelling},,,").imported[0]

    assert row.content.answers["phase"] == "pilot"


def test_a_personal_address_is_not_taken_over_not_even_beside_the_answers() -> None:
    result = read("DOL,Labor,1,A,Pilot,Jane.Doe@dol.gov,,", "DOL,Labor,2,B,Pilot,ai@dol.gov,,")

    personal, role = result.imported
    assert "contact_point" not in personal.content.answers
    assert personal.raw["contact_email"] == PERSONAL_ADDRESS
    assert [warning.kind for warning in personal.warnings] == ["personal_address"]
    assert "Jane" not in personal.warnings[0].message
    assert role.content.answers["contact_point"] == {"email": "ai@dol.gov"}


def test_cells_beyond_the_header_are_kept_beside_the_answers() -> None:
    result = read("DOL,Labor,1,A,Pilot,,,,stray jane.doe@dol.gov")

    assert result.imported[0].raw["column 9"] == f"stray {PERSONAL_ADDRESS}"
    assert [warning.kind for warning in result.warnings if warning.row == 2] == ["ragged"]


def test_missing_and_unmapped_columns_are_listed() -> None:
    result = read("DOL,1,A,Pilot,x", header="agency,id,use_case_name,development_stage,colour")

    assert result.unmapped_columns == ("colour",)
    missing = [warning.column for warning in result.warnings if warning.kind == "missing_column"]
    assert "topic_area" in missing
    assert "agency" not in missing


def test_a_formula_and_markup_are_texts_like_any_other() -> None:
    row = read('DOL,Labor,1,"=HYPERLINK(""http://x"")<script>",Pilot,,,').imported[0]

    assert row.content.answers["name"] == {"en": '=HYPERLINK("http://x")<script>'}


def test_rows_are_identified_by_agency_and_id_else_by_agency_and_name() -> None:
    rows = read("DOL,Labor,DOL - 1,A,,,,", "DOL,Labor,,Ünï  Cøde!,,,,", "VA,,DOL-1,A,,,,").imported

    assert identities(rows) == ("dol/id/dol-1", "dol/name/uni cøde", "va/id/dol-1")
    assert identities(rows[:1], agency="labour") == ("labour/id/dol-1",)


def test_an_id_used_twice_is_told_apart_by_the_name_and_then_by_order() -> None:
    rows = read(
        "DOL,,34,Chat,,,,", "DOL,,34,Search,,,,", "DOL,,34,chat ,,,,", "DOL,,,Chat,,,,"
    ).imported

    assert identities(rows) == (
        "dol/shared/34/chat",
        "dol/shared/34/search",
        "dol/shared/34/chat#2",
        "dol/name/chat",
    )


def test_an_id_that_was_one_systems_is_no_licence_to_take_its_place() -> None:
    rows = read("DOL,,34,Chat,,,,", "DOL,,34,Search,,,,").imported
    alone, together = Keys(), Keys()
    alone.count(rows[0])
    for row in rows:
        together.count(row)

    once = alone.give(rows[0])
    keys = [together.give(row) for row in rows]

    assert once == Key("dol/id/34", ("dol/shared/34/chat", "dol/id/34"))
    assert keys == [
        Key(own, (own,), "dol/id/34") for own in ("dol/shared/34/chat", "dol/shared/34/search")
    ]


def test_names_are_compared_without_case_marks_or_accents() -> None:
    assert normalised_name("  État–du_Lac (2) ") == "etat du lac 2"
    assert normalised_name("اردو  نظام") == normalised_name("اردو نظام")


def test_disagreeing_columns_are_remarked_upon_and_the_first_stands() -> None:
    header = (
        "ai_register_id,name_ai_system_en,government_organization,"
        "ai_system_status_en,ai_system_status_fr,status_date"
    )
    text = f"{header}\n1,A,Health Canada / Santé Canada,In production,Mis hors service,2024\n"

    row = import_file(text.encode(), get_format("canada-2025")).imported[0]

    assert row.content.answers["phase"] == "in_use"
    assert row.content.answers["in_use_since"] == "2024"
    assert [warning.kind for warning in row.warnings] == ["disagreement"]


@pytest.mark.parametrize(
    ("status", "path"),
    [
        ("In development", "development_started"),
        ("In production", "in_use_since"),
        ("Retired", "ended_on"),
    ],
)
def test_the_year_of_a_status_goes_where_the_status_says(status: str, path: str) -> None:
    header = (
        "ai_register_id,name_ai_system_en,government_organization,ai_system_status_en,status_date"
    )

    text = f"{header}\n1,A,Health Canada,{status},2024\n"
    answers = import_file(text.encode(), get_format("canada-2025")).imported[0].content.answers

    assert answers[path] in ("2024", {"date": "2024"})
    dated = {"development_started", "in_use_since", "ended_on"}
    assert dated & set(answers) == {path}
