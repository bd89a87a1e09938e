"""A file may be anything at all: it is read, or refused in words, and never more."""

import contextlib
import io
import struct
import tracemalloc
import zipfile
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.errors import Invalid
from register.exchange.files.sheet_package import MAX_INFLATED
from register.exchange.sheet.sheet_reading import SheetFile, read_systems
from register.exchange.sheet.sheet_template import template
from tests.exchange.sheets import altered, filled, members, rebuilt, the_words

WORDS = the_words()
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"


@cache
def a_book() -> bytes:
    """A workbook in which one system is described."""
    return filled([("A-1", {"name": {"en": "One", "ur": "ایک"}, "phase": "in_use"})], WORDS)


def read(data: bytes, file: str = "file.xlsx") -> SheetFile:
    return read_systems(data, file, WORDS)


def refusal(data: bytes, file: str = "file.xlsx") -> str:
    with pytest.raises(Invalid) as refused:
        read(data, file)
    sentence = refused.value.args[0]
    return str(getattr(sentence, "english", sentence))


def test_one_cell_far_away_does_not_reserve_the_room_above_it() -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    book = altered(a_book(), SHEET, lambda part: part.replace(b"</sheetData>", far))

    assert "cell XFD1048576 is filled" in refusal(book)


def test_cells_without_a_reference_are_counted_too() -> None:
    many = b'<row r="4">' + b"<c><v>1</v></c>" * 401 + b"</row></sheetData>"
    book = altered(a_book(), SHEET, lambda part: part.replace(b"</sheetData>", many))

    assert "cell OK4 is filled" in refusal(book)


@pytest.mark.parametrize(
    ("name", "put"),
    [
        ("xl/styles.xml", b"<worksheet><sheetData/></worksheet>"),
        ("xl/workbook.xml", b"<worksheet><sheetData/></worksheet>"),
        ("xl/worksheets/texts.xml", b"<sst><si><t>long</t></si></sst>"),
        (TEXTS, b"<x><sst><si><t>long</t></si></sst></x>"),
    ],
)
def test_a_part_that_is_another_in_disguise_is_refused(name: str, put: bytes) -> None:
    assert "damaged" in refusal(rebuilt({**members(a_book()), name: put}))


def test_empty_cells_far_away_are_no_harm() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    book = altered(a_book(), SHEET, lambda part: part.replace(b"</sheetData>", far))

    assert [system.reference for system in read(book).systems] == ["A-1"]


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    book = rebuilt({**members(a_book()), "xl/media/image1.png": b"\0" * (MAX_INFLATED + 1)})

    assert "too large when it is unpacked" in refusal(book)


def test_a_bomb_that_lies_about_its_size_is_refused_without_unpacking_it() -> None:
    book = altered(a_book(), TEXTS, lambda part: part + b" " * 100_000_000)
    declared = struct.pack("<I", 100_000_000 + len(members(a_book())[TEXTS]))
    assert book.count(declared) == 2

    tracemalloc.start()
    said = refusal(book.replace(declared, struct.pack("<I", 5000)))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "too large" in said or "damaged" in said
    assert peak < 10_000_000


def test_what_repeats_itself_too_often_is_refused() -> None:
    book = altered(a_book(), TEXTS, lambda part: part + b" " * 8_000_000)

    assert "too large when it is unpacked" in refusal(book)


@pytest.mark.parametrize("name", [SHEET, TEXTS, "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused_before_they_multiply(name: str) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    book = altered(a_book(), name, lambda part: part.replace(b"?>", b"?>" + laughs, 1))

    assert "is damaged, or is not a workbook" in refusal(book)


def test_one_long_text_that_many_cells_share_is_refused() -> None:
    long = b"<si><t>" + b"x" * 50_000 + b"</t></si></sst>"
    book = altered(a_book(), TEXTS, lambda part: part.replace(b"</sst>", long))

    assert "a text has more than 20,000 characters" in refusal(book)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"xl/vbaProject.bin": b"x"}, "contains macros"),
        ({f"xl/media/{number}.png": b"x" for number in range(200)}, "too large"),
        ({"xl/workbook.xml": b"<workbook/>"}, "is empty"),
        ({"xl/workbook.xml": b"no XML at all"}, "damaged"),
        ({"xl/_rels/workbook.xml.rels": b"<Relationships/>"}, "damaged"),
        ({SHEET: b""}, "damaged"),
        ({SHEET: b"\xff\xfe<\0"}, "damaged"),
        ({TEXTS: b'<?xml version="1.0" encoding="no-such"?><sst/>'}, "damaged"),
        ({TEXTS: b"<sst/>"}, "damaged"),
    ],
)
def test_a_workbook_that_is_none_is_refused(change: dict[str, bytes], said: str) -> None:
    assert said in refusal(rebuilt({**members(a_book()), **change}))


def test_one_text_that_very_many_cells_show_is_refused_before_it_is_copied() -> None:
    parts = members(a_book())
    position = parts[TEXTS].count(b"<si>")
    text = "".join(chr(97 + number * number % 26) for number in range(19_000)).encode()
    cells = [
        b'<c t="s" s="%d"><v>%d</v></c>' % (pow(number, 3, 100_003) % 10, position)
        for number in range(300 * 100)
    ]
    rows = b"".join(
        b'<row r="%d">%s</row>' % (row, b"".join(cells[row * 300 - 300 : row * 300]))
        for row in range(4, 101)
    )

    book = rebuilt(
        {
            **parts,
            TEXTS: parts[TEXTS].replace(b"</sst>", b"<si><t>%s</t></si></sst>" % text),
            SHEET: parts[SHEET].replace(b"</sheetData>", rows + b"</sheetData>"),
        }
    )

    assert len(rows) < 1024 * 1024, "so that it is not refused for repeating itself"
    assert "too large when it is unpacked" in refusal(book)


def test_external_links_are_not_followed() -> None:
    link = {"xl/externalLinks/externalLink1.xml": b'<x r:id="file:///etc/passwd"/>'}

    found = read(rebuilt({**members(a_book()), **link}))

    assert found.systems[0].answers["phase"] == "in_use"


def test_an_encrypted_member_and_a_doubled_one_are_refused() -> None:
    locked = bytearray(a_book())
    central = locked.index(b"PK\x01\x02")
    locked[central + 8] |= 1
    doubled = io.BytesIO(a_book())
    with zipfile.ZipFile(doubled, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, b"<worksheet/>")

    assert "password" in refusal(bytes(locked))
    assert "damaged" in refusal(doubled.getvalue())


@pytest.mark.parametrize(
    ("data", "file", "said"),
    [
        (b"", "a.xlsx", "is empty"),
        (b" \n", "a.csv", "is empty"),
        (b",,\n,,\n", "a.csv", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xlsx", "password"),
        (b"PK\x03\x04" + b"0" * 100, "a.xlsx", "damaged"),
        (b"PK\x03\x04" + b"0" * 100, "a.csv", "not what the end of its name says"),
        (b"own_reference,phase\n1,in_use\n", "a.xlsx", "not what the end of its name says"),
        (b"own_reference,phase\n1,in_use\n", "a.docx", "neither XLSX nor CSV"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 9, "picture.csv", "not in UTF-8"),
        ("own_reference,phase\n1,é\n".encode("cp1252"), "a.csv", "not in UTF-8"),
        ("own_reference,phase\n1,in_use\n".encode("utf-16"), "a.csv", "not in UTF-8"),
        (b'own_reference,phase\n1,"in_use\n2,planned\n', "a.csv", "row 2: the table breaks off"),
        (b"own_reference,phase\n1,in\0use\n", "a.csv", "row 2, column B: a character"),
        (b"own_reference,phase\n" + b"1,x\n" * 5_100, "a.csv", "5,000 rows are the most"),
        (b"own_reference,phase" + b",x" * 400, "a.csv", "400 columns are the most"),
        (b"own_reference,phase\n1," + b"x" * 20_001, "a.csv", "column B: more than 20,000"),
        (b"a,b\n1,2\n", "a.csv", "no column"),
        (b"own_reference\n1\n", "a.csv", "no column"),
        (b"own_reference,phase,phase\n1,in_use,planned\n", "a.csv", "B, C of the sheet"),
    ],
)
def test_what_is_no_file_of_systems_is_refused_in_words(data: bytes, file: str, said: str) -> None:
    told = refusal(data, file)

    assert said in told
    assert told.startswith(file)


def test_a_template_cut_short_anywhere_is_refused() -> None:
    book = template(WORDS, "en")

    for length in range(1, len(book), 1499):
        refusal(book[:length])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_workbook_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(a_book())
    for position, byte in changes:
        damaged[position % len(damaged)] = byte

    try_to_read(bytes(damaged), "file.xlsx")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([SHEET, TEXTS, "xl/workbook.xml", "xl/styles.xml"]), st.data())
def test_a_workbook_with_damaged_parts_is_read_or_refused(name: str, data: st.DataObject) -> None:
    part = members(a_book())[name]
    start = data.draw(st.integers(0, len(part)))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.binary(max_size=12) | st.sampled_from([b"<", b"/>", b'"', b"&#0;", b"99"]))

    try_to_read(altered(a_book(), name, lambda p: p[:start] + put + p[start + length :]), "f.xlsx")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode()))
def test_any_bytes_as_csv_are_read_or_refused(data: bytes) -> None:
    try_to_read(data, "file.csv")
    try_to_read(b"own_reference,phase,tags,scale.count,cost.amount.amount\n1," + data, "file.csv")


def try_to_read(data: bytes, file: str) -> None:
    with contextlib.suppress(Invalid):
        read(data, file)
