"""Whatever a file is, it is read as a table or refused with the place that is wrong."""

import io
import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest

from register.errors import Invalid
from register.exchange.files import reading, records
from register.exchange.files.reading import Row, Table, read_csv


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
        ("name,b\nاردو,1".encode("utf-16"), "UTF-16", "اردو"),
        ("\ufeffname\tb\nاردو\t1".encode("utf-16-be"), "UTF-16", "اردو"),
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


def test_a_row_longer_than_any_is_refused_before_it_is_read_to_its_end() -> None:
    lines = b'name,what\nA,"' + b"x\n" * (records.MAX_RECORD // 2 + 10)
    cells = b"name,what\n" + b"x" * 90_000 + (b"," + b"x" * 90_000) * 60

    assert refusal(lines).startswith('list.csv, row 2, column 2 ("what"): more than 1,000,000')
    assert refusal(cells).startswith("list.csv, row 2: more than 4,000,000 characters in a row")


def test_a_row_of_very_many_cells_is_refused_with_its_number() -> None:
    assert refusal(b"a,b\n1,2\n" + b"," * 1_000_000).startswith("list.csv, row 3: 1000001 columns")


def test_what_a_file_takes_does_not_grow_with_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as written:
        written.write("name,what\n".encode("utf-16"))
        for number in range(100_000):
            written.write(f"{number},{'é' * 50}\n".encode("utf-16-le"))

    with path.open("rb") as source:
        tracemalloc.start()
        rows = sum(1 for _ in read_csv(source).rows)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert rows == 100_000
    assert peak < path.stat().st_size / 4


def test_two_tables_of_one_file_do_not_disturb_each_other() -> None:
    source = io.BytesIO(b"name,what\n" + b"A,1\n" * 80_000)

    first, second = read_csv(source), read_csv(source)

    pairs = list(zip(first.rows, second.rows, strict=True))
    assert len(pairs) == 80_000
    assert all(one == other for one, other in pairs)
    assert not source.closed


def test_blank_rows_above_the_header_are_counted_and_passed_over() -> None:
    table = read_csv(b",,\n" * 40 + b"name,what,when\nA,1,2\n")

    assert (table.header, table.header_number) == (("name", "what", "when"), 41)
    assert rows_of(table) == [Row(42, ("A", "1", "2"))]


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1024 * 1024)

    assert refusal(b"x" * (1024 * 1024 + 1)) == "list.csv is larger than 1 MB."


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, b'"', b'a,"b', b"\r\r\r", b"\x1f\x8b\x08"]
)
def test_rubbish_is_read_or_refused_but_never_crashes(data: bytes) -> None:
    with suppress(Invalid):
        assert all(row.number > 1 for row in rows_of(read_csv(data)))
