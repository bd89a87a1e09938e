"""A file may be anything at all: it opens as a table that can be read to its end, or is refused."""

import io
import json
import tracemalloc
import zipfile
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.errors import Invalid
from register.exchange.files import json_text, reading, records
from register.exchange.files.reading import MAX_CELL, MAX_COLUMNS
from register.exchange.files.sheet_package import MAX_INFLATED
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
from tests.exchange.sheets import altered, members, rebuilt

SHEET, TEXTS = "xl/worksheets/sheet3.xml", "xl/sharedStrings.xml"
PARTS = (SHEET, TEXTS, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels")
MEGABYTE = 1024 * 1024
many = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))

PIECES = st.sampled_from(
    [
        *(b'"', b",", b";", b"\t", b"\r", b"\n", b"\r\n", b"\0", b"\xef\xbb\xbf", b"\xff\xfe"),
        *(b"[", b"]", b"{", b"}", b":", b'"a":', b"null", b"1e999", b"\\ud800", b"-", b"\\u0000"),
        *(b"PK\x03\x04", b"PK\x01\x02", b"<x>", b"\x81\x8d", "اردو".encode(), b"Use Case Name"),
        b"\xed\xa0\x80",
    ]
)
anything = st.lists(PIECES | st.binary(max_size=6), max_size=40).map(b"".join)


def try_to_open(data: bytes) -> None:
    """Open a file and read it to its end; nothing but a refusal that names the file is allowed."""
    try:
        table, rows = opened(data)
    except Invalid as error:
        said = str(error)
        assert said.startswith("list.file"), said
        assert "%(file)" not in said
        return
    assert len(table.header) <= MAX_COLUMNS
    assert len(set(table.labels)) == len(table.header) or not all(table.header)
    for row in rows:
        assert row.number > table.header_number
        assert len(row.cells) == len(table.header)
        for cell in (*row.cells, *row.beyond):
            assert len(cell) <= MAX_CELL
            assert "\0" not in cell
            cell.encode()  # which halves of letters do not bear


def peak_of_refusal(data: bytes) -> tuple[str, int]:
    tracemalloc.start()
    said = refusal(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return said, peak


@many
@given(anything)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try_to_open(data)
    try_to_open(b"Use Case ID,Use Case Name\n1," + data)
    try_to_open(b'[{"Use Case ID": 1, "Use Case Name": ' + data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32", "cp037"])
def test_csv_cut_short_anywhere_in_any_encoding_is_read_or_refused(encoding: str) -> None:
    whole = as_csv(encoding)

    for length in range(len(whole)):
        try_to_open(whole[:length])


def test_json_cut_short_anywhere_is_refused() -> None:
    whole = as_json()

    for length in range(1, len(whole)):
        refusal(whole[:length])


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-32"])
def test_json_in_another_encoding_is_read_or_refused(encoding: str) -> None:
    whole = as_json().decode().encode(encoding, "replace")

    for length in range(len(whole) - 40, len(whole) + 1):
        try_to_open(whole[:length])


def test_a_workbook_cut_short_anywhere_is_refused() -> None:
    whole = as_workbook()

    for length in range(4, len(whole), 101):
        refusal(whole[:length])


@many
@given(st.sampled_from(["csv", "json"]), st.data())
def test_a_damaged_text_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    whole = as_csv() if kind == "csv" else as_json()
    start = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 30))

    try_to_open(whole[:start] + data.draw(anything) + whole[start + length :])


@many
@given(st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_workbook_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(as_workbook())
    for position, byte in changes:
        damaged[position % len(damaged)] = byte

    try_to_open(bytes(damaged))


@many
@given(st.sampled_from(PARTS), st.data())
def test_a_workbook_with_damaged_parts_is_read_or_refused(name: str, data: st.DataObject) -> None:
    part = members(as_workbook())[name]
    start = data.draw(st.integers(0, len(part)))
    length = data.draw(st.integers(0, 40))
    put = data.draw(anything | st.sampled_from([b"<", b"/>", b'"', b"&#0;", b"99", b'r="A1"']))

    try_to_open(altered(as_workbook(), name, lambda p: p[:start] + put + p[start + length :]))


@many
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
        max_leaves=20,
    )
)
def test_any_json_is_read_or_refused(value: object) -> None:
    try_to_open(json.dumps(value).encode())
    try_to_open(json.dumps([{"a": value}, value], ensure_ascii=False).encode(errors="replace"))


@cache
def a_bomb() -> bytes:
    """A workbook that unpacks to far more than it is."""
    return rebuilt({**members(as_workbook()), "xl/media/image1.png": b"\0" * (MAX_INFLATED + 1)})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'a,b\n1,"' + b"x" * 20 * MEGABYTE, "row 2, column 2"),
        (b"a,b\n1," + b"x" * 20 * MEGABYTE, "row 2, column 2"),
        (b'"' + b"a,b\n" * 5 * MEGABYTE, "row 1, column 1"),
        (b"a,b\n1,2\n" + b"," * 20 * MEGABYTE, "row 3: "),
        (b"[" * 20 * MEGABYTE, "nested too deeply"),
        (b"[" + b"{}," * 20_000, "is not JSON"),
        (b'[{"a":[' + b"[]," * 10 * MEGABYTE, "row 1: more than 400,000 characters"),
        (b'{"a":"' + b"x" * 20 * MEGABYTE, "row 1: more than 400,000 characters"),
        (b"{" + b'"a":1,' * 5 * MEGABYTE, "the name stands twice"),
        (b'{"a":1}\n' * 20_000 + b'{"a":', "row 20001: this is not JSON"),
        (b"PK\x03\x04" + b"\0" * 60 * MEGABYTE, "too large"),
        (b"PK\x03\x04" + b"PK\x01\x02" * MEGABYTE, "too large"),
        (b"\0" * 20 * MEGABYTE, "row 1"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:12]),
)
def test_a_file_that_asks_for_too_much_is_refused_before_it_gets_it(
    data: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A tenth of what is allowed otherwise, since a peak is measured slowly.
    monkeypatch.setattr(reading, "MAX_CELL", reading.MAX_CELL // 10)
    monkeypatch.setattr(records, "MAX_RECORD", records.MAX_RECORD // 10)
    monkeypatch.setattr(json_text, "MAX_RECORD", json_text.MAX_RECORD // 10)

    told, peak = peak_of_refusal(data)

    assert said in told
    assert peak < 25 * MEGABYTE + (len(data) if data.startswith(b"PK") else 0)


def test_a_workbook_that_asks_for_too_much_is_refused_before_it_gets_it() -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    book = altered(as_workbook(), SHEET, lambda part: part.replace(b"</sheetData>", far))

    assert "cell XFD1048576 is filled" in refusal(book)
    said, peak = peak_of_refusal(a_bomb())
    assert "too large when it is unpacked" in said
    assert peak < 30 * MEGABYTE


def test_a_row_of_columns_without_end_is_refused_in_every_kind_of_file() -> None:
    wide = workbook(("A", [HEADER, range(300)]))
    named = {str(number): number for number in range(100_000)}

    assert "row 2: 300 columns" in refusal(wide)
    assert "row 2: 1000001 columns" in refusal(b"a,b\n" + b"," * 1_000_000)
    assert "row 1: 100000 columns" in refusal(json.dumps([named]).encode())


def test_a_nul_is_refused_with_its_row_and_column_in_every_kind_of_file() -> None:
    place = 'row 3, column 2 ("Use Case Name"): a NUL byte'
    csv = as_csv().replace(b"Chat", b"Ch\0t")
    objects = as_json().replace(RECORDS[1][1].encode(), b"\\u0000")

    assert place in refusal(csv)
    assert place.replace("row 3", "row 2") in refusal(objects)


def test_an_archive_within_an_archive_is_not_followed() -> None:
    inner = rebuilt({**members(as_workbook()), "xl/media/inner.zip": a_bomb()})
    linked = {"xl/externalLinks/externalLink1.xml": b'<x r:id="file:///etc/passwd"/>'}

    _table, rows = opened(rebuilt({**members(inner), **linked}))

    assert len(rows) == len(RECORDS)


def test_a_file_of_one_kind_under_the_name_of_another_is_read_by_its_content() -> None:
    text = io.BytesIO(as_workbook())
    with zipfile.ZipFile(text) as archive:
        assert "xl/workbook.xml" in archive.namelist()

    assert opened(as_workbook(), "list.csv")[0].encoding == "XLSX"
    assert opened(as_csv(), "list.xlsx")[0].encoding == "UTF-8"
    assert opened(as_json(), "list.csv")[0].encoding == "JSON in UTF-8"
