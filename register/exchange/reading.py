"""A file's bytes read as a table, whatever its encoding, divider and title rows.

Nothing here knows a standard. Every row carries the number under which a spreadsheet shows it, so
that a person can find what is complained of.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from register.errors import Invalid
from register.exchange.result import RowWarning
from register.exchange.values import fold, one_line

MAX_BYTES = 64 * 1024 * 1024
MAX_COLUMNS = 200
MAX_CELL = 1_000_000  # characters
_SEARCHED_ROWS = 25  # among which the header is looked for
_SEARCHED_CHARACTERS = 200_000

csv.field_size_limit(MAX_BYTES)  # The limit that counts is MAX_CELL: it can name the column.


@dataclass(frozen=True)
class Row:
    """One record: its number in the file, from 1, and a cell for each heading of the table.

    ``beyond`` holds cells to the right of the last heading, if any of them says something.
    ``refusal`` says why it cannot be taken in, if other rows of its file are the reason.
    """

    number: int
    cells: tuple[str, ...]
    beyond: tuple[str, ...] = ()
    refusal: str = ""


@dataclass(frozen=True)
class Table:
    """A table whose rows are read while one goes through them, once.

    ``header`` holds the headings as they stand in the file, ``labels`` the same made unique by
    their position ("Comments", "Comments (2)"). Rows without any text are left out. Going through
    ``rows`` raises :exc:`Invalid` at the first row that cannot be read, and adds to ``warnings``.
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


def read_csv(
    data: bytes, *, file: str = "The file", is_heading: Callable[[str], bool] = lambda _: False
) -> Table:
    """Read comma or semicolon separated values.

    ``is_heading`` tells the header from title rows above it; if it knows no heading, the header is
    the first row at least half as full as any near it. Raise :exc:`Invalid`, naming
    ``file``, row and column, if a limit is passed or the file cannot be a table.
    """
    if len(data) > MAX_BYTES:
        raise Invalid(f"{file} is larger than {MAX_BYTES // 1024 // 1024} MB.")
    text, encoding, warnings = decode(data, file)
    if not text.strip(' ,;"\t\r\n'):
        raise Invalid(f"{file} is empty.")
    divider = max(",;", key=lambda each: _likeness(_opening(text, each), is_heading))
    opening = _opening(text, divider)
    index = _find_header(opening, is_heading)
    header = tuple(one_line(cell) for cell in opening[index])
    while header and not header[-1]:
        header = header[:-1]
    if len(header) > MAX_COLUMNS:
        raise Invalid(f"{file} has {len(header)} columns; {MAX_COLUMNS} is the most.")
    records = records_of(text, divider, file)
    rows = _rows(records, header, index + 1, file=file, warnings=warnings)
    return Table(encoding, header, index + 1, rows, warnings)


def decode(data: bytes, file: str) -> tuple[str, str, list[RowWarning]]:
    """Decode bytes as UTF-8 or Windows-1252; give the text, the encoding and what was lost.

    Bytes that are not UTF-8 are read as Windows-1252, unless most of the file is UTF-8: then it is
    damaged, and each damaged place becomes U+FFFD.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Invalid(f"{file} is in UTF-16. Save it as CSV in UTF-8.")
    encoding = "UTF-8 with a byte order mark" if data.startswith(b"\xef\xbb\xbf") else "UTF-8"
    try:
        return data.decode("utf-8-sig"), encoding, []
    except UnicodeDecodeError:
        text = data.decode("utf-8-sig", errors="replace")
    lost = text.count("\ufffd")
    if sum(character > "\x7f" for character in text) - lost <= lost:
        text, encoding = data.decode("cp1252", errors="replace"), "Windows-1252"
        lost = text.count("\ufffd")
    message = f"{lost} characters could not be read as {encoding} and are shown as \ufffd."
    return text, encoding, [RowWarning(1, "", "", message, "undecodable")] if lost else []


def _opening(text: str, divider: str) -> list[list[str]]:
    """Read the first records, as far as they can be read."""
    records: list[list[str]] = []
    opening = io.StringIO(text[:_SEARCHED_CHARACTERS], newline="")
    for cells in csv.reader(opening, delimiter=divider):
        records.append(cells)
        if len(records) == _SEARCHED_ROWS:
            break
    return records


def _hits(cells: Sequence[str], is_heading: Callable[[str], bool]) -> int:
    return sum(bool(cell.strip()) and is_heading(cell) for cell in cells)


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _likeness(
    records: Sequence[Sequence[str]], is_heading: Callable[[str], bool]
) -> tuple[int, int, int]:
    """Tell how much records look like a table: by headings, then by width, at first or at all."""
    filled = [cells for cells in records if _filled(cells)] or [[]]
    return (
        max(_hits(cells, is_heading) for cells in filled),
        len(filled[0]),
        max(len(cells) for cells in records or [[]]),
    )


def _find_header(records: Sequence[Sequence[str]], is_heading: Callable[[str], bool]) -> int:
    best = max(range(len(records)), key=lambda index: _hits(records[index], is_heading))
    if _hits(records[best], is_heading):
        return best
    half = max(_filled(cells) for cells in records) / 2
    return next(index for index, cells in enumerate(records) if _filled(cells) >= half)


def records_of(text: str, divider: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every record with its number; raise :exc:`Invalid` at one that never ends."""
    lines = _Lines(text)
    records = enumerate(csv.reader(lines, delimiter=divider), start=1)
    try:
        for number, cells in records:
            if lines.is_exhausted:
                raise Invalid(
                    f"{file}, row {number}: a quotation mark is opened and never closed. "
                    "The file may have been cut short."
                )
            yield number, cells
    except csv.Error as error:
        raise Invalid(f"{file} cannot be read as a table: {error}.") from error


class _Lines:
    """The lines of a text, which remember whether more were asked for than there are.

    A reader of CSV asks for another line when a quotation mark is still open: if there is none
    and it gives a record all the same, that record swallowed the rest of the file.
    """

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.is_exhausted = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._lines.readline()
        if not line:
            self.is_exhausted = True
            raise StopIteration
        return line


def _rows(
    records: Iterator[tuple[int, list[str]]],
    header: tuple[str, ...],
    header_number: int,
    *,
    file: str,
    warnings: list[RowWarning],
) -> Iterator[Row]:
    """Yield the rows below the header, as long as it is, within the limits."""
    width = len(header)
    for number, cells in records:
        _check_limits(cells, f"{file}, row {number}", header)
        if number <= header_number or not _filled(cells):
            continue
        beyond = tuple(cells[width:]) if _filled(cells[width:]) else ()
        if beyond or len(cells) < width:
            message = f"The row has {len(cells)} cells under {width} headings."
            warnings.append(RowWarning(number, "", "", message, "ragged"))
        padded = cells[:width] + [""] * (width - len(cells))
        yield Row(number, tuple(padded), beyond)


def _check_limits(cells: Sequence[str], where: str, header: Sequence[str]) -> None:
    if len(cells) > MAX_COLUMNS:
        raise Invalid(f"{where}: {len(cells)} columns; {MAX_COLUMNS} is the most.")
    for position, cell in enumerate(cells):
        if len(cell) <= MAX_CELL and "\0" not in cell:
            continue
        heading = header[position] if position < len(header) else ""
        column = f"column {position + 1}" + (f' ("{heading}")' if heading else "")
        if "\0" in cell:
            raise Invalid(f"{where}, {column}: a NUL byte; this is not a text file.")
        raise Invalid(f"{where}, {column}: more than {MAX_CELL:,} characters.")
