"""Files of every kind that say the same, and ways to damage them."""

import csv
import datetime
import io
import json
from collections.abc import Sequence
from functools import cache

import pytest
import xlsxwriter

from register.errors import Invalid
from register.exchange.files.opening import open_table
from register.exchange.files.reading import Row, Table

HEADER = ("Use Case ID", "Use Case Name", "Stage of Development")
RECORDS = (
    ("DOL-1", "Chat “for” all,\nwith a line", "Pilot"),
    ("DOL-2", "اردو", "a) Pre-deployment – The use case is in development"),
)


def is_heading(text: str) -> bool:
    return text in HEADER


def opened(data: bytes, file: str = "list.file") -> tuple[Table, list[Row]]:
    """The table in a file, and its rows read to the end."""
    table = open_table(io.BytesIO(data), file=file, is_heading=is_heading)
    return table, list(table.rows)


def refusal(data: bytes) -> str:
    """What is said of a file that is refused; it always names the file."""
    with pytest.raises(Invalid) as refused:
        opened(data)
    assert str(refused.value).startswith("list.file")
    return str(refused.value)


@cache
def as_csv(encoding: str = "utf-8") -> bytes:
    """The records as CSV below a title row."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("Inventory",), HEADER, *RECORDS])
    return written.getvalue().encode(encoding, "replace")


@cache
def as_json() -> bytes:
    """The records as a list of objects."""
    objects = [dict(zip(HEADER, record, strict=True)) for record in RECORDS]
    return json.dumps(objects, ensure_ascii=False, indent=1).encode()


@cache
def as_workbook() -> bytes:
    """The records on the third sheet of a workbook, below a title row."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet("Selections").write_column(0, 0, ["Pilot", "Deployed"])
        book.add_worksheet("Sheet4").hide()
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["Inventory"])
        for number, record in enumerate((HEADER, *RECORDS), start=1):
            sheet.write_row(number, 0, record)
    return written.getvalue()


def workbook(*sheets: tuple[str, Sequence[Sequence[object]]], hidden: Sequence[str] = ()) -> bytes:
    """A workbook of these sheets, each a name and its rows."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                for position, cell in enumerate(cells):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(number, position, cell)
                    else:
                        sheet.write(number, position, cell)
            if name in hidden:
                sheet.hide()
            else:
                sheet.activate()
    return written.getvalue()
