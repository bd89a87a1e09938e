"""The file that an officer sends, as sheets of text: XLSX and CSV look the same from here on."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from register.errors import Invalid, Message
from register.exchange.files.records import records_of
from register.exchange.files.sheet_package import repacked
from register.exchange.files.sheet_parts import (
    HEADER_ROWS,
    MAX_AREA,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    NOT_A_WORKBOOK,
    TOO_LARGE,
    letters_of,
)
from register.standard.marking import _

MAX_SHEETS = 40
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an old or an encrypted workbook begins
_DIVIDERS = (",", ";", "\t")
_SHORT = 40  # characters below which a text is not worth looking up
_OPENING = 200_000  # characters among which the first line is looked for
_NO_TEXT = re.compile("[\0\ud800-\udfff]")

OLD_OR_LOCKED = _(
    "%(file)s is an old workbook (XLS) or is protected with a password. Save it as XLSX."
)
NEITHER = _("%(file)s is neither XLSX nor CSV. Save it as one of these.")
OTHERWISE_NAMED = _("%(file)s is not what the end of its name says. Save it again as XLSX or CSV.")
NOT_UTF_8 = _("%(file)s is not in UTF-8. Save it as “CSV UTF-8”, or as XLSX.")
BROKEN_OFF = _("%(file)s, row %(row)s: the table breaks off here. A quotation mark may be missing.")
EMPTY = _("%(file)s is empty.")
MANY_ROWS = _("%(file)s, %(sheet)srow %(row)s: %(rows)s rows are the most. Divide the file.")
MANY_COLUMNS = _("%(file)s, %(sheet)srow %(row)s: %(columns)s columns are the most.")
LONG_CELL = _(
    "%(file)s, %(sheet)srow %(row)s, column %(column)s: more than %(most)s characters. Shorten it."
)
NUL = _("%(file)s, %(sheet)srow %(row)s, column %(column)s: a character that is no text.")


@dataclass(frozen=True)
class Sheet:
    """The rows that say anything, each with its number from 1; a CSV's sheet has no name."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheets(data: bytes, file: str) -> tuple[Sheet, ...]:
    """Read a workbook's visible sheets, or the one table of a CSV file.

    Raise :exc:`Invalid`, naming what and where, if the file cannot be read or a limit is passed.
    """
    if not data.strip():
        raise Invalid(Message(EMPTY, file=file))
    if data.startswith(_COMPOUND):
        raise Invalid(Message(OLD_OR_LOCKED, file=file))
    ending = file.rpartition(".")[2].lower()
    if ending not in {"xlsx", "csv"}:
        raise Invalid(Message(NEITHER, file=file))
    if data.startswith(_ZIP) is not (ending == "xlsx"):
        raise Invalid(Message(OTHERWISE_NAMED, file=file))
    reader = _Reader(file)
    sheets = reader.workbook(data) if ending == "xlsx" else [reader.csv(data)]
    if not any(sheet.rows for sheet in sheets):
        raise Invalid(Message(EMPTY, file=file))
    return tuple(sheets)


@dataclass
class _Reader:
    """Reads one file and counts what it takes; equal texts are kept once."""

    file: str
    area: int = 0
    length: int = 0
    texts: dict[str, str] = field(default_factory=dict)

    def workbook(self, data: bytes) -> list[Sheet]:
        """Read the sheets of a workbook that people see."""
        try:
            with CalamineWorkbook.from_filelike(repacked(data, self.file)) as book:
                names = [
                    each.name
                    for each in book.sheets_metadata
                    if each.visible == SheetVisibleEnum.Visible
                ]
                if len(names) > MAX_SHEETS:
                    raise Invalid(Message(TOO_LARGE, file=self.file))
                return [self._sheet(name, book.get_sheet_by_name(name)) for name in names]
        except CalamineError as error:
            raise Invalid(Message(NOT_A_WORKBOOK, file=self.file)) from error

    def csv(self, data: bytes) -> Sheet:
        """Read the one table of a CSV file."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Invalid(Message(NOT_UTF_8, file=self.file)) from error
        return Sheet("", tuple(self._rows("", self._records(text))))

    def _records(self, text: str) -> Iterator[tuple[int, list[str]]]:
        number = 0
        lines = io.StringIO(text, newline="")
        try:
            for number, cells in records_of(lines, _divider_of(text), self.file):
                yield number, cells
        except Invalid as error:
            raise Invalid(Message(BROKEN_OFF, file=self.file, row=number + 1)) from error

    def _sheet(self, name: str, sheet: CalamineSheet) -> Sheet:
        self.area += sheet.total_height * sheet.total_width
        if self.area > MAX_AREA:
            raise Invalid(Message(TOO_LARGE, file=self.file))
        before = [""] * (sheet.start[1] if sheet.start else 0)
        rows = enumerate(sheet.iter_rows(), start=1)
        texts = ((number, before + [text_of(cell) for cell in cells]) for number, cells in rows)
        return Sheet(name, tuple(self._rows(name, texts)))

    def _rows(
        self, sheet: str, records: Iterable[tuple[int, list[str]]]
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        for number, cells in records:
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                self._check(sheet, number, cells)
                yield number, tuple(map(self._once, cells))

    def _once(self, text: str) -> str:
        """Give the text that was read before if it is the same: long ones may come often."""
        return text if len(text) < _SHORT else self.texts.setdefault(text, text)

    def _check(self, sheet: str, row: int, cells: Sequence[str]) -> None:
        """Raise :exc:`Invalid` at the first place where a limit is passed."""
        if row > MAX_ROWS + HEADER_ROWS:
            raise Invalid(self._said(MANY_ROWS, sheet, row, rows=f"{MAX_ROWS:,}"))
        if len(cells) > MAX_COLUMNS:
            raise Invalid(self._said(MANY_COLUMNS, sheet, row, columns=MAX_COLUMNS))
        for position, cell in enumerate(cells):
            self.length += len(cell)
            if _NO_TEXT.search(cell):
                raise Invalid(self._said(NUL, sheet, row, column=letters_of(position)))
            if len(cell) > MAX_CELL:
                most, column = f"{MAX_CELL:,}", letters_of(position)
                raise Invalid(self._said(LONG_CELL, sheet, row, column=column, most=most))
        if self.length > MAX_TEXT:
            raise Invalid(Message(TOO_LARGE, file=self.file))

    def _said(self, sentence: str, sheet: str, row: int, **values: object) -> Message:
        place = f"“{sheet}”, " if sheet else ""
        return Message(sentence, file=self.file, sheet=place, row=row, **values)


def _divider_of(text: str) -> str:
    """Give the character by which the first line that says anything has most columns."""
    opening = text[:_OPENING].splitlines()
    first = next((line for line in opening if line.strip(" ,;\t")), "")
    return max(_DIVIDERS, key=lambda each: len(next(csv.reader([first], delimiter=each), [])))


def text_of(cell: Any) -> str:
    """Write a cell as a person would: a whole number without a point, a day as ``2026-11-23``."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e18 else repr(cell)
    if isinstance(cell, datetime):
        is_day = cell.time() == time()
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    return str(cell)
