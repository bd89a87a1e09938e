"""Whatever a file is, it is read as a table or refused with the place that is wrong."""

from contextlib import suppress

import pytest

from register.errors import Invalid
from register.exchange import reading
from register.exchange.reading import Row, Table, read_csv


def rows_of(table: Table) -> list[Row]:
    return list(table.rows)


def refusal(data: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        rows_of(read_csv(data, file="list.csv"))
    return str(refused.value)


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    data = b'name,what\r\nA,"one\r\ntwo"\r\n\r\nB,three\r\n'

    table = read_csv(data)

    assert table.header == ("name", "what")
    assert rows_of(table) == [Row(2, ("A", "one\r\ntwo")), Row(4, ("B", "three"))]


@pytest.mark.parametrize(
    ("data", "encoding", "cell"),
    [
        ("﻿name,b\né,1".encode(), "UTF-8 with a byte order mark", "é"),
        ("name,b\nاردو,1".encode(), "UTF-8", "اردو"),
        ("name,b\nagency’s – own,1".encode("cp1252"), "Windows-1252", "agency’s – own"),
    ],
)
def test_the_encoding_is_found(data: bytes, encoding: str, cell: str) -> None:
    table = read_csv(data)

    assert table.encoding == encoding
    assert table.header[0] == "name"
    assert rows_of(table)[0].cells[0] == cell
    assert table.warnings == []


def test_bytes_that_are_in_no_encoding_are_counted_and_shown() -> None:
    table = read_csv(b"name,b\nna\xefve \x81\x8d,1")

    assert table.encoding == "Windows-1252"
    assert rows_of(table)[0].cells[0] == "naïve \ufffd\ufffd"
    assert [warning.kind for warning in table.warnings] == ["undecodable"]
    assert "2 characters" in table.warnings[0].message


def test_a_file_cut_within_a_letter_is_still_utf_8() -> None:
    whole = "name,b\nÉtat des données québécoises,déjà".encode()

    table = read_csv(whole[:-1])

    assert table.encoding == "UTF-8"
    assert rows_of(table)[0].cells == ("État des données québécoises", "déj\ufffd")
    assert table.warnings[0].kind == "undecodable"


def test_semicolons_divide_where_commas_do_not() -> None:
    table = read_csv(b"name;what\nA;one, two; three\n")

    assert table.header == ("name", "what")
    assert rows_of(table)[0].cells == ("A", "one, two")


def test_title_rows_above_the_header_are_passed_over() -> None:
    data = b"Inventory of 2025,,\n,,\nname,phase,unit\nA,pilot,X\n"

    table = read_csv(data, is_heading=lambda text: text in {"name", "phase"})

    assert (table.header, table.header_number) == (("name", "phase", "unit"), 3)
    assert rows_of(table) == [Row(4, ("A", "pilot", "X"))]


def test_a_row_with_hardly_a_cell_is_a_title_where_no_heading_is_known() -> None:
    table = read_csv(b"Inventory,,\nname,phase,unit\nA,pilot,X\n")

    assert table.header == ("name", "phase", "unit")


def test_columns_of_one_name_are_told_apart_by_their_position() -> None:
    table = read_csv(b"name,note,Note ,\nA,1,2,3\n")

    assert table.labels == ("name", "note", "Note (2)")


def test_a_ragged_row_is_read_and_remarked_upon() -> None:
    table = read_csv(b"a,b,c\n1,2\n1,2,3,4\n1,2,3,,,\n")

    assert rows_of(table) == [
        Row(2, ("1", "2", "")),
        Row(3, ("1", "2", "3"), ("4",)),
        Row(4, ("1", "2", "3")),
    ]
    assert [(warning.row, warning.kind) for warning in table.warnings] == [
        (2, "ragged"),
        (3, "ragged"),
    ]


def test_a_header_alone_has_no_rows() -> None:
    assert rows_of(read_csv(b"name,phase\r\n")) == []


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", b",,,\n,,,\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refusal(data) == "list.csv is empty."


def test_a_nul_byte_is_refused_with_its_place() -> None:
    assert refusal(b"name,what\nA,1\nB,2\0\n").startswith(
        'list.csv, row 3, column 2 ("what"): a NUL byte'
    )


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_row() -> None:
    assert refusal(b'name,what\nA,1\nB,"two\nC,3\n').startswith(
        "list.csv, row 3: a quotation mark is opened and never closed"
    )


def test_a_file_that_ends_in_a_closed_quotation_is_whole() -> None:
    assert rows_of(read_csv(b'name,what\nA,"one"'))[0].cells == ("A", "one")


def test_too_many_columns_are_refused() -> None:
    assert "300 columns" in refusal(b",".join([b"x"] * 300) + b"\n")
    assert refusal(b"a," * 199 + b"a\n" + b"x," * 299 + b"x\n").startswith(
        "list.csv, row 2: 300 columns"
    )


def test_a_huge_cell_is_refused_with_its_place() -> None:
    data = b'name,what\nA,"' + b"x" * (reading.MAX_CELL + 1) + b'"\n'

    assert refusal(data).startswith('list.csv, row 2, column 2 ("what"): more than 1,000,000')


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1024 * 1024)

    assert refusal(b"x" * (1024 * 1024 + 1)) == "list.csv is larger than 1 MB."


@pytest.mark.parametrize("data", ["a,b\n1,2".encode("utf-16"), b"\xff\xfe\x00"])
def test_utf_16_is_refused_with_advice(data: bytes) -> None:
    assert "UTF-16" in refusal(data)


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, b'"', b'a,"b', b"\r\r\r", b"\x1f\x8b\x08"]
)
def test_rubbish_is_read_or_refused_but_never_crashes(data: bytes) -> None:
    with suppress(Invalid):
        assert all(row.number > 1 for row in rows_of(read_csv(data)))
