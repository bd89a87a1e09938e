"""A table out of a file, with the limits that hold for every kind of file; and CSV read as one.

Nothing here knows a standard. Every row carries the number under which a spreadsheet shows it, so
that a person can find what is complained of.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from register.errors import Invalid, Message
from register.exchange.cells.values import fold, one_line
from register.exchange.files.decoding import find_encoding, open_text
from register.exchange.files.records import records_of
from register.exchange.result import RowWarning
from register.standard.marking import _

MAX_BYTES = 64 * 1024 * 1024
MAX_COLUMNS = 200
MAX_CELL = 1_000_000  # characters
_MAX_HEADING = 2_000  # characters; no heading is longer
_SHOWN = 80  # characters of a heading in a message
_SEARCHED_ROWS = 25  # with text, among which the header is looked for
_SEARCHED_CHARACTERS = 200_000
_DIVIDERS = ",;\t"
_BLANK = ' ,;"\t\r\n'

LARGE = _("%(file)s is larger than %(most)s MB.")
EMPTY = _("%(file)s is empty.")
NO_HEADINGS = _("%(file)s has no row of headings near its beginning.")
WIDE = _("%(file)s has %(columns)s columns; %(most)s is the most.")
WIDE_ROW = _("%(file)s, %(sheet)srow %(row)s: %(columns)s columns; %(most)s is the most.")
LONG_CELL = _(
    "%(file)s, %(sheet)srow %(row)s, column %(column)s: more than %(most)s characters."
    " A quotation mark may be missing."
)
NUL = _("%(file)s, %(sheet)srow %(row)s, column %(column)s: a NUL byte; this is not a text file.")

IsHeading = Callable[[str], bool]
Record = tuple[int, list[str]]  # a row's number, and its cells


@dataclass(frozen=True)
class Row:
    """One record: its number in the file, from 1, and a cell for each heading of the table.

    ``beyond`` holds cells to the right of the last heading, if any of them says something.
    ``idle`` says why it discloses nothing, if other rows of its file are the reason.
    """

    number: int
    cells: tuple[str, ...]
    beyond: tuple[str, ...] = ()
    idle: str = ""


@dataclass(frozen=True)
class Table:
    """A table whose rows are read while one goes through them, once.

    ``header`` holds the headings as they stand in the file, ``labels`` the same made unique by
    their position ("Comments", "Comments (2)"); ``header_number`` is their row, 0 if they stand in
    none. Rows without any text are left out. Going through ``rows`` raises :exc:`Invalid` at the
    first row that cannot be read, and adds to ``warnings``.
    """

    encoding: str
    header: tuple[str, ...]
    header_number: int
    rows: Iterator[Row]
    warnings: list[RowWarning]

    @property
    def labels(self) -> tuple[str, ...]:
        """The headings, each different from the others."""
        seen: Counter[str] = Counter()
        labels = []
        for position, cell in enumerate(self.header, start=1):
            heading = cell or f"column {position}"
            seen[fold(heading)] += 1
            count = seen[fold(heading)]
            labels.append(heading if count == 1 else f"{heading} ({count})")
        return tuple(labels)


@dataclass(frozen=True)
class Place:
    """Where cells stand: in which file, and under which headings of which sheet."""

    file: str
    header: tuple[str, ...] = ()
    sheet: str = ""

    def check(self, number: int, cells: Sequence[str]) -> None:
        """Raise :exc:`Invalid`, naming file, row and column, if a limit is passed."""
        if len(cells) > MAX_COLUMNS:
            values = {"columns": len(cells), "most": MAX_COLUMNS}
            raise self.refusal(WIDE_ROW, row=number, **values)
        for position, cell in enumerate(cells):
            if len(cell) <= MAX_CELL and "\0" not in cell:
                continue
            sentence, most = (NUL if "\0" in cell else LONG_CELL), f"{MAX_CELL:,}"
            column = self.column(position)
            raise self.refusal(sentence, row=number, column=column, most=most)

    def column(self, position: int) -> str:
        """Name the column at a position from 0: by its number, and its heading if it has one."""
        heading = self.header[position] if position < len(self.header) else ""
        shown = heading if len(heading) <= _SHOWN else f"{heading[:_SHOWN]}…"
        return f"{position + 1}" + (f' ("{shown}")' if heading else "")

    def refusal(self, sentence: str, **values: object) -> Invalid:
        """Give the error that says so, with the name of the file and of the sheet."""
        sheet = f"“{self.sheet}”, " if self.sheet else ""
        return Invalid(Message(sentence, file=self.file, sheet=sheet, **values))


def read_csv(
    data: bytes | BinaryIO,
    *,
    file: str = "The file",
    is_heading: IsHeading = lambda _: False,
) -> Table:
    """Read comma, semicolon or tab separated values, keeping no more than a row at a time.

    ``is_heading`` tells the header from title rows above it; if it knows no heading, the header is
    the first row at least half as full as any near it. Raise :exc:`Invalid`, naming
    ``file``, row and column, if a limit is passed or the file cannot be a table.
    """
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    check_size(source, file)
    encoding = find_encoding(source)
    beginning = open_text(source, encoding).read(_SEARCHED_CHARACTERS)
    if not beginning.strip(_BLANK):
        raise Invalid(
            Message(NO_HEADINGS if len(beginning) == _SEARCHED_CHARACTERS else EMPTY, file=file)
        )
    divider = max(_DIVIDERS, key=lambda each: _likeness(_opening(beginning, each), is_heading))
    number, header = find_header(_opening(beginning, divider), is_heading, file)
    place = Place(file, header)
    records = records_of(open_text(source, encoding), divider, file, place.check)
    warnings = encoding.warnings
    return Table(
        encoding.name, header, number, rows_below(records, header, number, warnings), warnings
    )


def check_size(source: BinaryIO, file: str) -> None:
    """Raise :exc:`Invalid` if a file is larger than any may be."""
    if source.seek(0, io.SEEK_END) > MAX_BYTES:
        raise Invalid(Message(LARGE, file=file, most=MAX_BYTES // 1024 // 1024))


def find_header(
    records: Iterable[Record], is_heading: IsHeading, file: str
) -> tuple[int, tuple[str, ...]]:
    """Find the row of headings among the first records that say anything, and its number.

    Raise :exc:`Invalid` if there is none, or it has too many columns.
    """
    near = with_text(records)
    if not near:
        raise Invalid(Message(NO_HEADINGS, file=file))
    number, cells = max(near, key=lambda record: hits(record[1], is_heading))
    if not hits(cells, is_heading):
        half = max(_filled(cells) for _, cells in near) / 2
        number, cells = next(record for record in near if _filled(record[1]) >= half)
    header = tuple(one_line(cell) for cell in cells)
    while header and not header[-1]:
        header = header[:-1]
    if len(header) > MAX_COLUMNS:
        raise Invalid(Message(WIDE, file=file, columns=len(header), most=MAX_COLUMNS))
    return number, header


def hits(cells: Sequence[str], is_heading: IsHeading) -> int:
    """Count the cells that are headings, as far as a table may be wide."""
    near = [cell for cell in cells[:MAX_COLUMNS] if cell.strip() and len(cell) <= _MAX_HEADING]
    return sum(is_heading(cell) for cell in near)


def with_text(records: Iterable[Record]) -> list[Record]:
    """Give the first records that say anything, as many as a header is looked for among."""
    found: list[Record] = []
    for number, cells in records:
        if _filled(cells):
            found.append((number, cells))
        if len(found) == _SEARCHED_ROWS:
            break
    return found


def rows_below(
    records: Iterable[Record],
    header: tuple[str, ...],
    header_number: int,
    warnings: list[RowWarning],
) -> Iterator[Row]:
    """Yield the rows below the header, as wide as it is, with a remark on each that was not."""
    width = len(header)
    for number, cells in records:
        if number <= header_number or not _filled(cells):
            continue
        beyond = tuple(cells[width:]) if _filled(cells[width:]) else ()
        if beyond or len(cells) < width:
            message = f"The row has {len(cells)} cells under {width} headings."
            warnings.append(RowWarning(number, "", "", message, "ragged"))
        padded = cells[:width] + [""] * (width - len(cells))
        yield Row(number, tuple(padded), beyond)


def _opening(text: str, divider: str) -> list[Record]:
    """Read the first records that say anything, as far as they can be read."""
    lines = io.StringIO(text, newline="")
    return with_text(enumerate(csv.reader(lines, delimiter=divider), start=1))


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _likeness(records: Sequence[Record], is_heading: IsHeading) -> tuple[int, int, int]:
    """Tell how much records look like a table: by headings, then by width, at first or at all."""
    rows = [cells for _, cells in records] or [[]]
    return (
        max(hits(cells, is_heading) for cells in rows),
        len(rows[0]),
        max(len(cells) for cells in rows),
    )
