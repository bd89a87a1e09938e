"""The standard as documents: complete, in plain words, and the same each time."""

import csv
import json
import re
from io import StringIO

import pytest

from register.standard.field import ALWAYS, Kind, When
from register.standard.printed import (
    COLUMNS,
    condition_in_words,
    csv_text,
    json_schema,
    json_schema_text,
    markdown,
)
from register.standard.v1 import V1
from register.standard.v1.rules import FROM_SIGNIFICANT
from register.standard.wording import KIND_WORDS, asked_in_words, mandatory_in_words


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(csv_text(V1))))


def test_a_rule_is_printed_in_words() -> None:
    rule = mandatory_in_words(V1.field("benefits"), V1)

    assert rule == (
        "mandatory when impact tier is significant or high and kind of record is one system"
    )


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (ALWAYS, "always"),
        (When(field="phase", is_in=("pilot",)), "stage is on trial"),
        (
            When(field="phase", is_in=("suspended", "retired", "cancelled")),
            "stage is suspended, retired or cancelled",
        ),
        (When(field="impact_tier", is_not_in=("high",)), "impact tier is stated and is not high"),
        (
            When(field="techniques", is_in=("generative_ai", "agentic_ai")),
            "technology includes generative AI or AI agents",
        ),
        (When(field="techniques", is_not_in=("nlp",)), "technology does not include language"),
        (
            When(field="impact_determination.presumed", is_in=("yes",)),
            "presumed to be of high impact is yes",
        ),
        (When(field="", also=(FROM_SIGNIFICANT,)), "impact tier is significant or high and kind"),
    ],
)
def test_a_condition_is_said_in_plain_english(when: When, words: str) -> None:
    assert condition_in_words(when, V1).startswith(words)


def test_every_rule_has_words_of_its_own() -> None:
    assert mandatory_in_words(V1.field("name"), V1) == "always mandatory"
    assert mandatory_in_words(V1.field("tags"), V1) == "optional"
    assert mandatory_in_words(V1.field("withheld"), V1) == "kept by the system"
    assert ", or when impact tier is high" in mandatory_in_words(V1.field("models"), V1)
    assert asked_in_words(V1.field("name"), V1) == "always asked"
    assert asked_in_words(V1.field("version"), V1) == "never asked"
    assert asked_in_words(V1.field("ended_on"), V1).endswith(
        "and stage is suspended, retired or cancelled"
    )


def test_every_kind_has_a_word() -> None:
    assert set(KIND_WORDS) == set(Kind)


def test_the_page_has_a_heading_for_each_section_and_each_question() -> None:
    page = markdown(V1)

    assert page.startswith(f"# {V1.title}\n")
    assert re.findall("^## (.*)$", page, re.M)[:2] == [
        "A. Identity",
        "B. Accountability and contact",
    ]
    assert len(re.findall("^### ", page, re.M)) == 69
    for field in V1:
        assert f"- Name: `{field.name}`" in page
        assert field.help in page


def test_the_page_lists_every_option_and_every_part() -> None:
    page = markdown(V1)

    for field in V1:
        for part in field.parts:
            assert f"\n| `{part.name}` | {part.label}" in page
        for option in (*field.options, *(o for part in field.parts for o in part.options)):
            assert f"\n- `{option.value}`: {option.label}" in page


def test_the_rows_of_a_table_on_the_page_have_as_many_cells_as_its_head() -> None:
    for line in markdown(V1).splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 6


def test_the_data_dictionary_has_a_row_for_each_question_and_each_part() -> None:
    paths = [row["field"] for row in rows()]

    expected = [
        path
        for field in V1
        for path in (field.name, *(f"{field.name}.{part.name}" for part in field.parts))
    ]
    assert paths == expected
    assert tuple(rows()[0]) == COLUMNS


def test_the_data_dictionary_says_who_sees_an_answer_and_what_it_may_be() -> None:
    by_path = {row["field"]: row for row in rows()}

    assert by_path["filed_by.email"]["public"] == "no"
    assert by_path["name"]["max_length"] == "100"
    assert by_path["name"]["localized"] == "yes"
    assert by_path["phase"]["options"].startswith("planned = Planned; in_development = ")
    assert by_path["external_ids.id"]["mandatory"] == "mandatory in each entry"
    assert by_path["version.number"]["mandatory"] == "kept by the system"
    assert by_path["impact_determination.justification"]["mandatory"] == (
        "mandatory when presumed to be of high impact is yes and impact tier is stated and is"
        " not high"
    )


def test_printing_twice_gives_the_same() -> None:
    assert markdown(V1) == markdown(V1)
    assert csv_text(V1) == csv_text(V1)
    assert json_schema_text(V1) == json_schema_text(V1)
    assert json.loads(json_schema_text(V1)) == json_schema(V1)
