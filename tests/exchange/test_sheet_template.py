"""The template asks all that the standard asks, in the officer's language."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from register.exchange.files.sheet_tables import read_sheets
from register.exchange.sheet.sheet_columns import REFERENCE, SET_BY_THE_ACCOUNT, layout_of
from register.exchange.sheet.sheet_hints import HINTS
from register.exchange.sheet.sheet_reading import read_systems
from register.exchange.sheet.sheet_template import template
from register.exchange.sheet.sheet_words import Words, plain
from register.standard import CURRENT
from register.standard.field import Field, Kind
from register.web.languages import said_in
from tests.exchange.sheets import CITY, LANGUAGES, members, the_words

WORDS = the_words()


def leaves(fields: tuple[Field, ...], path: str = "") -> Iterator[tuple[str, Field]]:
    """Every question that has an answer of its own."""
    for field in fields:
        if field.kind in {Kind.GROUP, Kind.GROUPS}:
            yield from leaves(field.parts, f"{path}{field.name}.")
        else:
            yield path + field.name, field


def test_every_question_and_every_part_of_one_has_a_column() -> None:
    asked = tuple(f for f in CURRENT.asked_fields if f.name not in SET_BY_THE_ACCOUNT)

    paths = [column.path for column in WORDS.layout.columns]

    for path, field in leaves(asked):
        wanted = [f"{path}.{code}" for code in LANGUAGES] if field.localized else [path]
        wanted = [f"{path}.amount", f"{path}.currency"] if field.kind is Kind.MONEY else wanted
        assert set(wanted) <= set(paths), path
    assert len(paths) == len(set(paths))
    assert all(kind in HINTS for kind in Kind if kind not in {Kind.GROUP, Kind.GROUPS})


def test_a_new_question_gets_its_column_by_itself() -> None:
    new = Field(name="colour", kind=Kind.LINE, label="Colour", public=True, localized=True)
    identity = CURRENT.section("identity")
    longer = replace(identity, fields=(*identity.fields, new))
    standard = replace(CURRENT, sections=(longer, *CURRENT.sections[1:]))

    words = replace(WORDS, layout=layout_of(standard, LANGUAGES))
    (header, _labels), *_rest = [
        sheet.rows for sheet in read_sheets(template(words, "en"), "template.xlsx") if sheet.rows
    ][0:1]

    assert {"colour.en", "colour.ur"} <= set(header[1])


@pytest.mark.parametrize("code", LANGUAGES)
def test_headings_of_one_sheet_differ_from_each_other(code: str) -> None:
    tables = {"": WORDS.layout.systems, **WORDS.layout.lists}
    names = [plain(WORDS.list_name(name, code)) for name in WORDS.layout.lists]

    for columns in tables.values():
        headings = [plain(WORDS.heading(column, code)) for column in columns]
        assert len(headings) == len(set(headings))
    assert len(names) == len(set(names))


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_two_options_of_a_question_are_spelled_alike_in_any_language(code: str) -> None:
    for column in WORDS.layout.columns:
        for value, label in WORDS.choices(column, code):
            assert WORDS.find_choice(column, label) == value, (column.path, label)
            assert WORDS.find_choice(column, value) == value, (column.path, value)
            assert not set(label) & set(";؛\n"), (column.path, label)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_template_is_read_back_as_a_file_without_systems(code: str) -> None:
    book = template(WORDS, code)

    read = read_systems(book, "template.xlsx", WORDS)

    assert (read.systems, read.problems, read.unknown) == ((), (), ())
    assert len(read.unread) == 1  # the sheet that says how to fill the others in
    assert {header.list for header in read.headers.values()} == {"", *WORDS.layout.lists}


@pytest.mark.parametrize(("code", "is_right_to_left"), [("en", False), ("ur", True)])
def test_a_sheet_reads_in_the_direction_of_its_language(code: str, is_right_to_left: bool) -> None:
    parts = members(template(WORDS, code))

    sheets = [part for name, part in parts.items() if name.startswith("xl/worksheets/sheet")]

    visible = sheets[:-1]
    assert all((b'rightToLeft="1"' in sheet) is is_right_to_left for sheet in visible)


def test_choices_have_drop_downs_headings_stay_and_technical_names_are_hidden() -> None:
    parts = members(template(WORDS, "en"))
    first = parts["xl/worksheets/sheet1.xml"].decode()
    chosen = [c for c in WORDS.layout.systems if WORDS.choices(c, "en")]

    drop_downs = re.findall(r'<dataValidation type="list"[^>]*sqref="([A-Z]+)3:', first)

    assert len(drop_downs) == len(chosen)
    assert re.search(r'<pane [^>]*topLeftCell="B3"[^>]*state="frozen"', first)
    assert re.search(r'<row r="1"[^>]*hidden="1"', first)
    assert re.search(r'<sheet name="options"[^>]*state="hidden"', parts["xl/workbook.xml"].decode())
    assert b"<comments" in parts["xl/comments1.xml"]


def test_the_options_that_are_offered_are_all_but_those_that_need_the_form() -> None:
    kinds = next(column for column in WORDS.layout.systems if column.path == "record_kind")

    values = [value for value, _label in WORDS.choices(kinds, "en")]

    assert "system" in values
    assert "nil_return" not in values


def test_bodies_of_the_directory_are_offered_by_name() -> None:
    words = Words(layout=WORDS.layout, languages=LANGUAGES, translate=said_in, bodies=CITY)
    column = next(c for c in words.layout.systems if c.question.kind is Kind.AGENCY)

    assert words.choices(column, "ur") == (("city", "شہرِ چراغ"),)
    assert words.find_choice(column, "City of Lantern Bay") == "city"


def test_the_first_column_is_the_agency_s_own_reference() -> None:
    for sheet in read_sheets(template(WORDS, "en"), "template.xlsx"):
        if len(sheet.rows[0][1]) > 1:
            assert sheet.rows[0][1][0] == REFERENCE
