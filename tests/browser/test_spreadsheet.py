"""An officer fills in the template, mends three rows of it, and finds the drafts on the desk."""

import io
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name

from register.standard import CURRENT
from register.web.languages import said_in
from tests.browser.filling import GO_ON
from tests.browser.prepared import a_bureau
from tests.browser.visitor import Visitor
from tests.browser.walker import WAYS, Walker, Way, walking
from tests.exchange.sheets import altered

pytestmark = pytest.mark.browser

FIRST = 3  # the row below the hidden paths and the headings
SHEET = "xl/worksheets/sheet1.xml"
MAKE = "main form[action*='/filing/upload/'] button"
NAMES = (
    ("Snow plough", "برف ہٹانے والا"),
    ("Kite finder", "پتنگ یاب"),
    ("Toll gate", "محصول چوکی"),
    ("Lamp timer", "چراغ گھڑی"),
)
Row = Mapping[str, str]
Table = list[list[str]]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_three_bad_rows_are_named_marked_mended_and_become_drafts(
    visitor: Visitor, way: Way
) -> None:
    bureau = a_bureau(visitor.service, f"table-office-{way.slug}")
    with walking(visitor, way, bureau.officer) as officer:
        officer.go("/filing/")
        officer.press(f"main a[href='{way.prefix}/filing/upload']")
        template = download(officer, f"main a[href*='lang={way.language}']")
        columns = rows_of(template)[0]
        assert officer.press_in_vain(GO_ON) == ["#file"]
        send(officer, filled(template, columns, systems(way)))
        assert named(officer) == {
            (FIRST + 1, xl_col_to_name(columns.index("phase"))),
            (FIRST + 2, xl_col_to_name(columns.index("scale.count"))),
            (FIRST + 3, xl_col_to_name(0)),
        }

        marked = rows_of(download(officer, "main a[href$='/marked.xlsx']"))
        assert [bool(row[-1]) for row in marked[FIRST - 1 :]] == [False, True, True, True]
        officer.press("main a.govuk-button--secondary")
        send(officer, mended(marked, way))
        assert named(officer) == set()
        officer.press(MAKE)
        made = officer.page.locator("main table a").count()
        officer.go("/filing/")
        desk = officer.page.inner_text("main")

    names = [row[f"name.{way.language}"] for row in systems(way)]
    assert made == len(names)
    assert [name for name in names if name not in desk] == []


def systems(way: Way) -> list[Row]:
    """A row that is right, and three that are not."""
    kind = said_in(CURRENT.field("record_kind").option("system").label, way.language)
    phase = said_in(CURRENT.field("phase").option("in_use").label, way.language)
    rest = (
        {"own_reference": "A-1", "phase": phase},
        {"own_reference": "B-1", "phase": "Flying"},
        {"own_reference": "B-2", "scale.count": "very many"},
        {"own_reference": ""},
    )
    return [
        {"record_kind": kind, "name.en": english, "name.ur": urdu, **each}
        for (english, urdu), each in zip(NAMES, rest, strict=True)
    ]


def mended(marked: Table, way: Way) -> bytes:
    """The file that came back, with the three places put right."""
    columns = marked[0]
    phase = said_in(CURRENT.field("phase").option("planned").label, way.language)
    marked[FIRST][columns.index("phase")] = phase
    marked[FIRST + 1][columns.index("scale.count")] = "۱۲۰۰"
    marked[FIRST + 2][0] = "B-3"
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(marked):
        sheet.write_row(number, 0, row)
    book.close()
    return written.getvalue()


def filled(template: bytes, columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """The template with these rows typed into its first sheet."""
    typed = "".join(_row(number, columns, row) for number, row in enumerate(rows, start=FIRST))
    return altered(
        template, SHEET, lambda sheet: re.sub(rb"(?=</sheetData>)", typed.encode(), sheet)
    )


def _row(number: int, columns: Sequence[str], row: Row) -> str:
    cells = [
        f'<c r="{xl_col_to_name(position)}{number}" t="inlineStr">'
        f"<is><t>{escape(row[path])}</t></is></c>"
        for position, path in enumerate(columns)
        if row.get(path)
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def rows_of(book: bytes) -> Table:
    """The cells of the first sheet."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def download(walker: Walker, link: str) -> bytes:
    """Follow a link to a file."""
    with walker.page.expect_download() as downloaded:
        walker.page.locator(link).first.click()
    return Path(downloaded.value.path()).read_bytes()


def send(walker: Walker, book: bytes) -> None:
    """Choose a file and send it."""
    file = {"name": "systems.xlsx", "mimeType": "application/octet-stream", "buffer": book}
    walker.control("file").set_input_files([file])  # type: ignore[list-item]
    walker.press(GO_ON)


def named(walker: Walker) -> set[tuple[int, str]]:
    """The rows and columns that the page asks to mend."""
    if not walker.page.locator("main a[href$='/marked.xlsx']").count():
        return set()
    rows = walker.page.locator("main table").first.locator("tbody tr").all()
    places = [(each.locator("th").inner_text(), each.locator("td bdi").first) for each in rows]
    return {(int(re.findall(r"\d+", row)[0]), column.inner_text()) for row, column in places}
