"""A workbook read as a table: the one sheet that holds it is found among title, look-up and others.

What an archive may ask for is limited where it is packed anew: see
:mod:`register.exchange.files.sheet_package`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from register.errors import Invalid, Message
from register.exchange.files.reading import (
    EMPTY,
    IsHeading,
    Place,
    Record,
    Table,
    find_header,
    hits,
    rows_below,
    with_text,
)
from register.exchange.files.sheet_package import MAX_INFLATED, repacked
from register.exchange.files.sheet_parts import MAX_AREA, NOT_A_WORKBOOK, TOO_LARGE
from register.exchange.files.sheet_tables import MAX_SHEETS, text_of
from register.exchange.result import RowWarning
from register.standard.marking import _

_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"  # its first member, never packed
_BINARY = b"xl/workbook.bin"

OTHER_KIND = _("%(file)s is a workbook of another kind (ODS or XLSB). Save it as XLSX or CSV.")


@dataclass(frozen=True)
class _Sheet:
    """A sheet: its rows, none with blanks at its end, and how like a table it is."""

    name: str
    is_visible: bool
    records: tuple[Record, ...]
    known: int
    length: int

    @property
    def rank(self) -> tuple[bool, int, int]:
        """What makes one sheet rather the table than another."""
        return self.is_visible, self.known, self.length


def read_workbook(source: BinaryIO, *, file: str, is_heading: IsHeading) -> Table:
    """Read the sheet of a workbook on which most headings are known, of equal ones the longest.

    Cells are texts as a person would write them, formulas what they last came to. The sheets that
    people do not see are not read. Raise :exc:`Invalid`, naming ``file``, sheet, row and column, if
    a limit is passed or the file is no workbook.
    """
    source.seek(0)
    data = source.read(MAX_INFLATED + 1)
    if len(data) > MAX_INFLATED:
        raise Invalid(Message(TOO_LARGE, file=file))
    if data[30:].startswith(_OPEN_DOCUMENT) or _BINARY in data:
        raise Invalid(Message(OTHER_KIND, file=file))
    sheets = _sheets(data, file, is_heading)
    chosen = max(sheets, key=lambda sheet: sheet.rank, default=None)
    if chosen is None or not chosen.is_visible:
        raise Invalid(Message(EMPTY, file=file))
    number, header = find_header(chosen.records, is_heading, file)
    place = Place(file, header, chosen.name)
    for record in chosen.records:
        place.check(*record)
    warnings = [_unread(sheet, chosen, number) for sheet in sheets if _is_missed(sheet, chosen)]
    full = ((at, cells + [""] * (len(header) - len(cells))) for at, cells in chosen.records)
    return Table("XLSX", header, number, rows_below(full, header, number, warnings), warnings)


def _sheets(data: bytes, file: str, is_heading: IsHeading) -> list[_Sheet]:
    try:
        with CalamineWorkbook.from_filelike(repacked(data, file)) as book:
            found = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
            if len(found) > MAX_SHEETS:
                raise Invalid(Message(TOO_LARGE, file=file))
            reader = _Reader(book, file, is_heading)
            return [sheet for each in found if (sheet := reader.sheet(each)).length]
    except CalamineError as error:
        raise Invalid(Message(NOT_A_WORKBOOK, file=file)) from error


@dataclass
class _Reader:
    """Reads the sheets of one workbook, and counts the room that they take together."""

    book: CalamineWorkbook
    file: str
    is_heading: IsHeading
    area: int = 0

    def sheet(self, about: SheetMetadata) -> _Sheet:
        """Read a sheet, and tell how many headings are known on it."""
        is_visible = about.visible == SheetVisibleEnum.Visible
        records = tuple(self._records(self.book.get_sheet_by_name(about.name)))
        near = with_text(records)
        return _Sheet(
            name=about.name,
            is_visible=is_visible,
            records=records,
            known=max((hits(cells, self.is_heading) for _, cells in near), default=0),
            length=sum(bool(cells) for _, cells in records),
        )

    def _records(self, sheet: CalamineSheet) -> Iterator[Record]:
        self.area += sheet.total_height * sheet.total_width
        if self.area > MAX_AREA:
            raise Invalid(Message(TOO_LARGE, file=self.file))
        before = [""] * (sheet.start[1] if sheet.start else 0)
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            texts = before + [text_of(cell) for cell in cells]
            while texts and not texts[-1].strip():
                texts.pop()
            yield number, texts


def _is_missed(sheet: _Sheet, chosen: _Sheet) -> bool:
    """Whether somebody may miss a sheet: any that they see, and a hidden one if it is such a table.

    Hidden sheets commonly hold what the cells of another may be chosen from.
    """
    return sheet is not chosen and (sheet.is_visible or 0 < chosen.known <= 2 * sheet.known)


def _unread(sheet: _Sheet, chosen: _Sheet, header_number: int) -> RowWarning:
    hidden = "" if sheet.is_visible else "hidden "
    message = (
        f"The sheet “{chosen.name}” was read, and not the {hidden}sheet “{sheet.name}” with"
        f" {sheet.length} rows. To read that too, save it as a file of its own."
    )
    return RowWarning(header_number, "", "", message, "unread_sheet")
