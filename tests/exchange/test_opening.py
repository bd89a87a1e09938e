"""Whatever kind of file a table comes in, its content tells, and the same rows come out."""

import datetime
import io
import json
import zipfile

import pytest
import xlsxwriter

from register.exchange.cells.values import parse_list
from tests.exchange.files import (
    HEADER,
    RECORDS,
    as_csv,
    as_json,
    as_workbook,
    opened,
    refusal,
    workbook,
)
from tests.exchange.sheets import altered


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "list.file is empty"),
        (b"\xef\xbb\xbf \n", "list.file is empty"),
        (b"[]", "list.file is empty"),
        (b" {} ", "list.file is empty"),
        (workbook(("A", [])), "list.file is empty"),
        (workbook(("A", []), ("B", [HEADER]), hidden=["B"]), "list.file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Save it as XLSX or CSV"),
        (b"%PDF-1.7\n", "not XLSX, CSV or JSON"),
        (b"{\\rtf1 text}", "not XLSX, CSV or JSON"),
        (b'<?xml version="1.0"?><Workbook/>', "not XLSX, CSV or JSON"),
        ("<HTML><table>".encode("utf-16"), "not XLSX, CSV or JSON"),
    ],
)
def test_what_holds_no_table_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_a_workbook_of_another_kind_is_refused_with_what_to_do() -> None:
    other, binary = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with zipfile.ZipFile(binary, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\0")

    assert "(ODS or XLSB). Save it as XLSX or CSV" in refusal(other.getvalue())
    assert "(ODS or XLSB). Save it as XLSX or CSV" in refusal(binary.getvalue())


@pytest.mark.parametrize(
    ("data", "encoding", "first"),
    [
        (as_csv(), "UTF-8", 3),
        (as_csv("utf-8-sig"), "UTF-8 with a byte order mark", 3),
        (as_csv("utf-16"), "UTF-16", 3),
        (as_json(), "JSON in UTF-8", 1),
        (as_workbook(), "XLSX", 3),
    ],
)
def test_the_same_rows_come_out_of_every_kind_of_file(
    data: bytes, encoding: str, first: int
) -> None:
    table, rows = opened(data)

    assert (table.encoding, table.header) == (encoding, HEADER)
    assert [row.number for row in rows] == [first, first + 1]
    assert [tuple(cell.replace("\r\n", "\n") for cell in row.cells) for row in rows] == [*RECORDS]


def test_a_heading_in_brackets_does_not_make_a_file_json() -> None:
    table, rows = opened(b"[Agency] Id,{Name}\n1,A\n")

    assert table.header == ("[Agency] Id", "{Name}")
    assert rows[0].cells == ("1", "A")


def test_the_sheet_with_most_known_headings_is_read_and_the_others_are_named() -> None:
    individual = [["", "Inventory"], [], ["", *HEADER], [], ["", "1", "A", "Pilot"]]
    table, rows = opened(
        workbook(
            ("Instructions", [["Read this"], ["and this"]]),
            ("Commercial", [["Use Case Name", "Users"], *[["Writing", n] for n in range(9)]]),
            ("Individual", individual),
            ("Last year", [HEADER, ["1", "B", "Pilot"], ["2", "C", "Pilot"]]),
            ("Selections", [["Pilot"]]),
            hidden=["Last year", "Selections"],
        )
    )

    assert (table.header, table.header_number) == (("", *HEADER), 3)
    assert [(row.number, row.cells) for row in rows] == [(5, ("", "1", "A", "Pilot"))]
    assert [warning.kind for warning in table.warnings] == ["unread_sheet"] * 3
    named = [warning.message.partition(" and not the ")[2] for warning in table.warnings]
    assert named[0].startswith("sheet “Instructions” with 2 rows")
    assert named[1].startswith("sheet “Commercial” with 10 rows")
    assert named[2].startswith("hidden sheet “Last year” with 3 rows")


def test_a_hidden_sheet_is_not_read_even_if_it_is_more_like_a_table() -> None:
    table, _rows = opened(
        workbook(
            ("Old", [HEADER, ["1", "A", "x"]]), ("New", [HEADER[:2], ["2", "B"]]), hidden="Old"
        )
    )

    assert table.header == HEADER[:2]


def test_cells_are_texts_as_a_person_would_write_them() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["Use Case ID", "number", "large", "yes", "sum", "words", "rich"])
        sheet.write_row(1, 0, [34, 0.5, 123456789012, True])
        sheet.write_formula(1, 4, "=1+1", None, 2)
        sheet.write_formula(1, 5, '="a"&"b"', None, "ab")
        sheet.write_rich_string(1, 6, "plain ", book.add_format({"bold": True}), "bold")

    _table, rows = opened(written.getvalue())

    assert rows[0].cells == ("34", "0.5", "123456789012", "true", "2", "ab", "plain bold")


def test_a_day_is_written_as_iso_has_it() -> None:
    day = datetime.date(2025, 9, 8)
    book = workbook(("A", [[*HEADER], [day, "x", 2024]]))

    _table, rows = opened(book)

    assert rows[0].cells == ("2025-09-08", "x", "2024")


def test_charts_and_merged_titles_are_no_harm() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Data!$A$3:$A$4"})
        book.add_chartsheet("Chart").set_chart(chart)
        sheet = book.add_worksheet("Data")
        sheet.merge_range("A1:C1", "Inventory")
        sheet.write_row(1, 0, HEADER)
        sheet.write_row(2, 0, [1, "A", "Pilot"])

    table, rows = opened(written.getvalue())

    assert (table.header_number, rows[0].cells) == (2, ("1", "A", "Pilot"))
    assert table.warnings == []


def test_a_limit_that_a_sheet_passes_is_named_with_sheet_and_row() -> None:
    wide = workbook(("Big", [HEADER, ["x"] * 201]))

    assert refusal(wide) == "list.file, “Big”, row 2: 201 columns; 200 is the most."


def test_a_workbook_with_macros_is_refused() -> None:
    with_macros = io.BytesIO(as_workbook())
    with zipfile.ZipFile(with_macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")

    assert "contains macros" in refusal(with_macros.getvalue())


def test_entities_in_a_workbook_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'

    for part in ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet3.xml"):
        book = altered(as_workbook(), part, lambda xml: xml.replace(b"?>", b"?>" + laughs, 1))
        assert "is damaged" in refusal(book)


@pytest.mark.parametrize(
    ("data", "header", "cells"),
    [
        ('{"id": 1, "s": [{"a": 1}]}', ("a",), ["1"]),
        ('{"Use Case ID": 1, "s": [{"a": 1}]}', ("Use Case ID", "s"), ["1", '[{"a": 1}]']),
        ('{"s": [{"Use Case ID": 1}], "t": [{"a": 1}]}', ("Use Case ID",), ["1"]),
        ('{"s": [{"b": 1}], "t": [{"a": 1}]}', ("s", "t"), ['[{"b": 1}]', '[{"a": 1}]']),
        ('{"a": 1, "b": []}', ("a", "b"), ["1", "[]"]),
        ('{"a": 1}\n\n{"b": 2}', ("a", "b"), ["1", ""]),
        ('{"s": [{"a": 1}]}\n{"s": []}', ("s",), ['[{"a": 1}]']),
    ],
)
def test_the_rows_of_a_json_file_are_found(
    data: str, header: tuple[str, ...], cells: list[str]
) -> None:
    table, rows = opened(data.encode())

    assert table.header == header
    assert list(rows[0].cells) == cells
    assert rows[0].number == 1


def test_values_of_json_become_cells() -> None:
    values = {"a": "x\ny", "b": 34.0, "c": -1.5, "d": True, "e": None, "f": ["é", 2], "g": {"h": 1}}

    _table, rows = opened(json.dumps([values]).encode())

    assert rows[0].cells == ("x\ny", "34", "-1.5", "true", "", '["é", 2]', '{"h": 1}')
    assert parse_list(rows[0].cells[5]) == ("é", "2")


def test_what_stands_beside_the_list_of_a_json_file_is_named() -> None:
    table, _rows = opened(b'{"count": 1, "next": null, "results": [{"a": 1}]}')

    assert [warning.kind for warning in table.warnings] == ["unread"]
    assert "“results” was read, and not “count”, “next”" in table.warnings[0].message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('[{"a": 1}, 2]', "row 2: this is not an object"),
        ("[[1]]", "row 1: this is not an object"),
        ('{"a": 1}\n[2]', "row 2: this is not an object"),
        ('[{"a": 1}, {"a": 1', "row 2: this is not JSON"),
        ('[{"a": 1}] and', "row 2: this is not JSON"),
        ('[{"a": 1, "a": 2}]', 'row 1, column "a": the name stands twice'),
        ('[{"a": 1}, {"b": {"c": 1, "c": 2}}]', 'row 2, column "c": the name stands twice'),
        ('{"s": [{"a": 1}], "s": 2}', 'row 1, column "s": the name stands twice'),
        ('[{"a": "\\u0000"}]', 'row 1, column 1 ("a"): a NUL byte'),
        ('[{"a": 1}, {"b": "' + "x" * 1_000_001 + '"}]', 'row 2, column 2 ("b"): more than'),
        ('[{"a": 1}, {"b": "' + "x" * 9_000_000 + '"}]', "row 2: more than 4,000,000"),
        ('[{"a": ' + "[" * 50_000, "row 1: lists and objects are nested too deeply"),
        ('{"a": ' * 50_000, "row 1: lists and objects are nested too deeply"),
        ("[" * 900 + "]" * 900, "row 1: this is not an object"),
        ("{" + ",".join(f'"{n}": 1' for n in range(300)) + "}", "row 1: 201 columns"),
        ("[" + ",".join(f'{{"{n}": 1}}' for n in range(300)) + "]", "row 201: 201 columns"),
    ],
)
def test_json_that_cannot_be_read_is_refused_with_its_place(data: str, said: str) -> None:
    assert said in refusal(data.encode())


def test_numbers_beyond_any_measure_stay_as_they_are_written() -> None:
    long = "9" * 5_000

    _table, rows = opened(f'[{{"a": {long}, "b": 1e999, "c": NaN, "d": [{long}]}}]'.encode())

    assert rows[0].cells == (long, "1e999", "NaN", f'["{long}"]')


def test_halves_of_letters_are_shown_as_lost_and_remarked_upon() -> None:
    table, rows = opened(b'[{"a": "x\\ud800", "b": ["\\udfff"], "c": "\\ud83d\\ude00"}]')

    assert rows[0].cells == ("x\ufffd", '["\ufffd"]', "😀")
    assert [(each.column, each.kind) for each in table.warnings] == [
        ("a", "undecodable"),
        ("b", "undecodable"),
    ]
