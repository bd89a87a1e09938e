"""Where a cell stands: a file cannot make two readers see it in two places, or reserve much room.

What goes wrong here ends the process, so the hostile files are read in one of its own that may not
take much memory.
"""

import io
import json
import subprocess
import sys
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from register.errors import Invalid
from register.exchange.files.sheet_package import repacked
from register.exchange.files.sheet_tables import read_sheets
from tests.exchange.sheets import filled, members, rebuilt, the_words

SHEET = "xl/worksheets/sheet1.xml"
ONE = "<c><v>1</v></c>"
FAR = "cell {} is filled"
BAD = "damaged"
HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>own_reference</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>phase</t></is></c></row>'
)
REFUSED = {
    "a cell after one of another row": (f'<row r="1048576"><c r="OI2"/>{ONE}</row>', BAD),
    "a row that no spreadsheet has": (f'<row r="4000000000"><c r="OI2"/>{ONE}</row>', BAD),
    "a row beyond 32 bits": (f'<row r="99999999999">{ONE}</row>', BAD),
    "a far row": (f'<row r="1048576">{ONE}</row>', FAR.format("A1048576")),
    "a far row without a number": (
        f'<row r="1048575"><c r="B1048575"/></row><row>{ONE}</row>',
        FAR.format("A1048576"),
    ),
    "a far column": ('<row r="2"><c r="XFD2"><v>1</v></c></row>', FAR.format("XFD2")),
    "a far column without a letter": (f'<row r="2"><c r="OJ2"/>{ONE}</row>', FAR.format("OK2")),
    "a far column in other letters": ('<row r="2"><c r="xfd2"><v>1</v></c></row>', BAD),
    "a column that no spreadsheet has": ('<row r="2"><c r="ZZZZZZZ2"><v>1</v></c></row>', BAD),
    "a far text in the cell": (
        '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>',
        FAR.format("A1048576"),
    ),
    "a far number with a prefix": (
        f'<x:row xmlns:x="y" r="1048576">{ONE}</x:row>',
        FAR.format("A1048576"),
    ),
    "a name with two prefixes": (f'<row r="9"/><a:b:row r="2">{ONE}</a:b:row>', BAD),
    "a cell that names an earlier row": ('<row r="5000"><c r="A2"><v>1</v></c></row>', BAD),
    "a cell that names a later row": ('<row r="2"><c r="A1048576"><v>1</v></c></row>', BAD),
    "an earlier row": (f'<row r="9">{ONE}</row><row r="5">{ONE}</row>', BAD),
    "the same row again": (f'<row r="9">{ONE}</row><row r="9">{ONE}</row>', BAD),
    "an earlier cell": ('<row r="2"><c r="D2"/><c r="B2"><v>1</v></c></row>', BAD),
    "the same cell again": ('<row r="2"><c r="B2"/><c r="B2"><v>1</v></c></row>', BAD),
    "row zero": (f'<row r="0">{ONE}</row>', BAD),
    "a negative row": (f'<row r="-2">{ONE}</row>', BAD),
    "a row without a number": (f'<row r="">{ONE}</row>', BAD),
    "a row with letters before it": (f'<row r="A1048576">{ONE}</row>', BAD),
    "a row with letters behind it": (f'<row r="2x">{ONE}</row>', BAD),
    "a row with a space": (f'<row r=" 2">{ONE}</row>', BAD),
    "a row with an underscore": (f'<row r="1_0">{ONE}</row>', BAD),
    "a row in other digits": (f'<row r="٢">{ONE}</row>', BAD),
    "letters alone": ('<row r="2"><c r="B"><v>1</v></c></row>', BAD),
    "a number alone": ('<row r="2"><c r="2"><v>1</v></c></row>', BAD),
    "a fixed place": ('<row r="2"><c r="$B$2"><v>1</v></c></row>', BAD),
    "a row within a row": (f'<row r="2"><row r="1048576">{ONE}</row></row>', BAD),
    "a row within an extension": (f'<row r="2"><extLst><row>{ONE}</row></extLst></row>', BAD),
    "a cell within a cell": (f'<row r="2"><c r="A2">{ONE}</c></row>', BAD),
    "a cell without a row": (ONE, BAD),
    "a value without a cell": ('<row r="2"><v>1</v></row>', BAD),
    "a table within a table": (f'<sheetData><row r="2">{ONE}</row></sheetData>', BAD),
    "a second table": (f'</sheetData><sheetData><row r="2">{ONE}</row>', BAD),
    "a text that is not there": ('<row r="2"><c t="s"><v>999999</v></c></row>', BAD),
    "a text before the first": ('<row r="2"><c t="s"><v>-1</v></c></row>', BAD),
    "a text with letters behind it": ('<row r="2"><c t="s"><v>0x</v></c></row>', BAD),
    "a text with an underscore": ('<row r="2"><c t="s"><v>0_0</v></c></row>', BAD),
    "a text in two pieces": ('<row r="2"><c t="s"><v>0<x/>1</v></c></row>', BAD),
}
GOOD = '<row r="2"><c r="A2"><v>7</v></c></row>'
HARMLESS = {
    "empty cells far down": f'{GOOD}<row r="1048576"><c r="OI1048576" s="1"/><c/></row>',
    "values that are empty": f'{GOOD}<row r="1048576"><c><v/></c><c t="str"><v></v></c></row>',
    "texts that are empty": f'{GOOD}<row r="99999"><c t="inlineStr"><is><t/></is></c></row>',
    "formulas without a value": f'{GOOD}<row r="99999"><c><f>1+1</f></c></row>',
    "a number in pieces": '<row><c t="n"><v><!-- -->7<![CDATA[]]></v></c></row>',
    "places written in another way": '<row r="&#50;"><c r="&#65;2"><v>7</v></c></row>',
}
CHILD = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
from register.errors import Invalid
from tests.exchange.test_sheet_places import a_book, read_sheets
for name, rows in json.load(sys.stdin).items():
    try:
        found = [sheet.rows for sheet in read_sheets(a_book(rows), "file.xlsx")]
    except Invalid as error:
        found = error.args[0].english
    print(json.dumps([name, found]), flush=True)
"""


@cache
def other_parts() -> dict[str, bytes]:
    """The parts of a workbook with one sheet that people see."""
    parts = members(filled([("A-1", {"phase": "in_use"})], the_words()))
    book = parts["xl/workbook.xml"].decode()
    first, *_others = book[book.index("<sheets>") + 8 :].partition("/>")
    head, tail = book[: book.index("<sheets>")], book[book.index("</sheets>") :]
    kept = {name: part for name, part in parts.items() if "worksheets/" not in name}
    return {**kept, "xl/workbook.xml": f"{head}<sheets>{first}/>{tail}".encode()}


def a_book(rows: str, before: str = "", head: str = HEAD) -> bytes:
    """A workbook whose sheet has these rows under its headings."""
    data = f"<worksheet>{before}<sheetData>{head}{rows}</sheetData></worksheet>"
    return rebuilt({**other_parts(), SHEET: data.encode()})


@pytest.fixture(scope="module")
def told() -> dict[str, object]:
    """What was made of each file in a process that may take two gigabytes."""
    sent = json.dumps({name: rows for name, (rows, _said) in REFUSED.items()} | HARMLESS)
    ran = subprocess.run(
        [sys.executable, "-c", CHILD], input=sent, capture_output=True, text=True, check=False
    )
    return dict(json.loads(line) for line in ran.stdout.splitlines())


@pytest.mark.parametrize("name", REFUSED)
def test_a_cell_that_is_far_away_or_nowhere_is_refused_before_room_is_made(
    told: dict[str, object], name: str
) -> None:
    assert name in told, "the process ended before"
    assert REFUSED[name][1] in str(told[name])


@pytest.mark.parametrize("name", HARMLESS)
def test_what_says_nothing_does_not_make_a_table_larger(told: dict[str, object], name: str) -> None:
    assert told[name] == [[[1, ["own_reference", "phase"]], [2, ["7"]]]]


@pytest.mark.parametrize(
    "before",
    [
        "<dimension/>",
        *[f'<dimension ref="{said}"/>' for said in ("", "A1", "A1:", "A1:XFD1048576", "B9:A1")],
        *[f'<dimension ref="{said}"/>' for said in ("A0", "ZZZZZZZZ1:B2", "A1:B2:C3", "ا")],
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        "<controls><row>9</row><c/><v>7</v></controls>",
    ],
)
def test_what_stands_around_the_table_does_not_matter(before: str) -> None:
    (sheet,) = read_sheets(a_book(GOOD, before), "file.xlsx")

    assert sheet.rows == ((1, ("own_reference", "phase")), (2, ("7",)))


def test_a_hidden_sheet_is_bounded_too() -> None:
    parts = members(filled([("A-1", {"phase": "in_use"})], the_words()))
    far = f'<worksheet><sheetData><row r="1048576">{ONE}</row></sheetData></worksheet>'
    hidden = parts["xl/workbook.xml"].replace(b'sheetId="2"', b'sheetId="2" state="hidden"')

    book = rebuilt({**parts, "xl/workbook.xml": hidden, "xl/worksheets/sheet2.xml": far.encode()})

    with pytest.raises(Invalid, match="is filled"):
        read_sheets(book, "file.xlsx")


def test_each_sheet_counts_its_rows_from_one() -> None:
    parts = members(filled([("A-1", {"phase": "in_use"})], the_words()))
    other = f"<worksheet><sheetData><row>{ONE}</row></sheetData></worksheet>".encode()

    book = rebuilt({**parts, "xl/worksheets/sheet2.xml": other})

    assert read_sheets(book, "file.xlsx")[1].rows == ((1, ("1",)),)


def test_a_text_that_is_shared_is_the_one_that_was_measured() -> None:
    texts = b"<sst><si/><si><t>a&#13;<![CDATA[<b>]]>&amp;</t></si><si><r><t>c</t></r></si></sst>"
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in (0, 1, 2))
    parts = members(a_book(f"<row>{cells}</row>"))

    (sheet,) = read_sheets(rebuilt({**parts, "xl/sharedStrings.xml": texts}), "file.xlsx")

    assert sheet.rows[1] == (2, ("", "a\r<b>&", "c"))


def test_a_text_within_a_text_is_refused() -> None:
    texts = b"<sst><si><t>a</t><si><t>long</t></si></si><si><t>b</t></si></sst>"

    with pytest.raises(Invalid, match="damaged"):
        read_sheets(rebuilt({**members(a_book(GOOD)), "xl/sharedStrings.xml": texts}), "file.xlsx")


NUMBERS = st.none() | st.integers(-1, 12).map(str) | st.sampled_from(["6000", "A3", "", "x", "٣"])
COLUMNS = st.sampled_from(["", "A", "B", "C", "D", "Z", "OI", "OK", "c", "$B"])
CELLS = st.tuples(
    st.none() | st.tuples(COLUMNS, NUMBERS), st.sampled_from([ONE[3:], "/>", "><v/></c>"])
)
ROWS = st.lists(st.tuples(NUMBERS, st.lists(CELLS, max_size=5)), max_size=6)


@settings(max_examples=400, deadline=None)
@given(ROWS)
def test_what_is_let_through_stands_where_the_other_reader_sees_it(
    rows: list[tuple[str | None, list[tuple[tuple[str, str | None] | None, str]]]],
) -> None:
    sent = a_book("".join(_row(number, cells) for number, cells in rows), head="")

    try:
        ours = repacked(sent, "file.xlsx")
    except Invalid:
        return

    assert _extent(ours) == _extent(io.BytesIO(sent))


def _row(number: str | None, cells: list[tuple[tuple[str, str | None] | None, str]]) -> str:
    written = "".join(
        "<c" + ("" if place is None else f' r="{place[0]}{place[1] or number or 1}"') + value
        for place, value in cells
    )
    return "<row" + ("" if number is None else f' r="{number}"') + f">{written}</row>"


def _extent(file: io.BytesIO) -> tuple[object, object, list[list[object]]]:
    with CalamineWorkbook.from_filelike(file) as book:
        sheet = book.get_sheet_by_index(0)
        return sheet.start, sheet.end, list(sheet.iter_rows())
