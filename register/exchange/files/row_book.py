"""A workbook of rows: every cell a text, written row by row, with a sheet that says what is lost.

XlsxWriter keeps one row of each sheet; what was written waits in files until the end.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

import xlsxwriter

from register.exchange.files.row_files import LOSS_COLUMNS, SHORTENED, Entry, LossRow

MOST_ROWS = 1_048_576  # of a sheet, the heading among them
LONGEST_CELL = 32_767  # as spreadsheets count: a letter beyond the first 65,536 counts twice
LOSSES_TITLE = "What was lost"
TOO_LONG = "A cell of a workbook has room for 32,767 characters."
NO_ROOM = "{} more did not fit on this sheet. The CSV files have all of them."
_SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_TEXT = {"num_format": "@", "valign": "top"}
_TEXT_RTL = {**_TEXT, "reading_order": 2, "align": "right"}
_HEADING = {"num_format": "@", "bold": True, "valign": "top", "bg_color": "#f3f2f1"}
_WIDTH = 24
_RTL_LETTERS = frozenset({"R", "AL"})


def write_book(
    out: BinaryIO,
    columns: Sequence[str],
    entries: Iterable[Entry],
    *,
    title: str,
    moment: datetime,
) -> None:
    """Write entries as a workbook into ``out``, whose bytes depend on nothing else.

    ``moment`` is what the workbook says of when it was made. A text that is too long for a cell is
    cut, and that is said among the losses.
    """
    with xlsxwriter.Workbook(out, _SAFE) as book:
        book.set_properties({"created": moment.replace(tzinfo=None)})
        rows = _Sheet(book, title, columns)
        losses = _Sheet(book, LOSSES_TITLE, LOSS_COLUMNS)
        for entry in entries:
            if entry.row is not None:
                cells, cut = _cells(entry.reference, columns, entry.row)
                rows.add(cells)
                losses.add_all(each.cells for each in cut)
            losses.add_all(each.cells for each in entry.losses)
        rows.close()
        losses.close()


class _Sheet:
    """A sheet that is filled from top to bottom, and says at its end what did not fit."""

    def __init__(self, book: Any, title: str, columns: Sequence[str]) -> None:
        self._sheet = book.add_worksheet(title)
        self._text = book.add_format(_TEXT)
        self._text_rtl = book.add_format(_TEXT_RTL)
        self._sheet.set_column(0, max(len(columns) - 1, 0), _WIDTH, self._text)
        self._sheet.freeze_panes(1, 0)
        for position, column in enumerate(columns):
            self._sheet.write_string(0, position, column, book.add_format(_HEADING))
        self._next = 1
        self._left_out = 0

    def add_all(self, rows: Iterable[Sequence[str]]) -> None:
        for cells in rows:
            self.add(cells)

    def add(self, cells: Sequence[str]) -> None:
        """Write a row beneath the others; the last row is kept for what did not fit."""
        if self._next >= MOST_ROWS - 1:
            self._left_out += 1
            return
        for position, text in enumerate(cells):
            if text:
                look = self._text_rtl if _is_rtl(text) else self._text
                self._sheet.write_string(self._next, position, text, look)
        self._next += 1

    def close(self) -> None:
        if self._left_out:
            said = NO_ROOM.format(f"{self._left_out:,}")
            self._sheet.write_string(self._next, 0, said, self._text)


def _cells(
    reference: str, columns: Sequence[str], row: Mapping[str, str]
) -> tuple[list[str], list[LossRow]]:
    cells = [row.get(column, "") for column in columns]
    lost = []
    for position, text in enumerate(cells):
        if len(text) > LONGEST_CELL // 2 and _length(text) > LONGEST_CELL:
            cells[position] = _cut(text)
            lost.append(LossRow(reference, columns[position], "", SHORTENED, TOO_LONG))
    return cells, lost


def _cut(text: str) -> str:
    """Cut a text to what a cell holds, between letters; its end says so."""
    kept = text[: LONGEST_CELL - 1]
    while _length(kept) > LONGEST_CELL - 1:
        kept = kept[: -max(1, (_length(kept) - LONGEST_CELL + 1) // 2)]
    return kept + "…"


def _length(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def _is_rtl(text: str) -> bool:
    """Tell whether a text reads from right to left, as its first letter does."""
    return next(_directions(text), "L") in _RTL_LETTERS


def _directions(text: str) -> Iterator[str]:
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction == "L" or direction in _RTL_LETTERS:
            yield direction
