"""A sheet with a field a row, such as a template that was filled in, read as a table of records.

A table names its fields in one row. In such a sheet they stand below one another in one column,
more of them than in any row: that tells the two apart. The columns that name fields, by number or
by question, are followed by the answers; a column of explanations is told by its heading.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice

from register.exchange.cells.values import fold, one_line, tidy
from register.exchange.files.reading import Row as TableRow
from register.exchange.files.reading import Table
from register.exchange.mapping import Opener
from register.exchange.result import RowWarning

FindField = Callable[[str], str | None]
Resolve = Callable[[Iterable[str]], Iterator[str | None]]

_LOOKED_AT = 300  # rows of a file, until it is known what it is
_HEADERS = 25  # rows, among which the header of a table stands
_ANSWERS = frozenset(
    {"answer", "answers", "response", "responses", "entry", "value", "content", "your answer"}
)
_PROMPTS = frozenset(
    {
        *("prompt", "guidance", "explanation", "example", "examples", "help", "hint", "required"),
        *("mandatory", "type", "tier", "notes", "note", "comment", "comments", "category"),
        *("section", "instructions", "what to write"),
    }
)
_NAMES = frozenset(
    {
        *("number", "no", "no.", "nr", "#", "ref", "reference", "field", "fields", "question"),
        *("questions", "attribute", "item", "field number", "field name", "label", "heading"),
    }
)


@dataclass(frozen=True)
class _Line:
    """A row of a sheet: its number, the words that name a field, and an answer for each record."""

    number: int
    name: str
    answers: tuple[str, ...]


def is_transposed(open_as: Opener, find_field: FindField) -> bool:
    """Tell whether more fields stand in a column of a file than in any of its rows."""
    table = _sheet(open_as)
    rows = [table.header, *(row.cells for row in islice(table.rows, _LOOKED_AT))]
    across = max(_distinct(row, find_field) for row in rows[:_HEADERS])
    down = max((_distinct(column, find_field) for column in _columns(rows)), default=0)
    return down > max(across, 1)


def _sheet(open_as: Opener) -> Table:
    """Open a file by the headings of such a sheet; one such word alone may be an answer."""
    table = open_as(_is_heading)
    if sum(map(_is_heading, table.header)) > 1:
        return table
    return open_as(lambda _text: False)


def _is_heading(text: str) -> bool:
    return fold(text) in _ANSWERS | _PROMPTS | _NAMES


def read_transposed(open_as: Opener, resolve: Resolve, repeated: Set[str]) -> Table:
    """Read a sheet with a field a row as a table with a row for each record.

    ``resolve`` gives the field that each name in turn means, if any. A field in ``repeated`` may
    come several times in a record; when another comes again, the next record begins.
    """
    table = _sheet(open_as)
    lines = _lines(table, lambda text: next(iter(resolve([text])), None))
    columns = list(resolve(line.name for line in lines))
    records = [
        record
        for place in range(len(lines[0].answers) if lines else 0)
        for record in _records(lines, columns, place, repeated)
        if any(text for _, text in record.cells)
    ]
    header = _header(records)
    message = f"A field a row: read as {len(records)} record(s)."
    table.warnings.append(RowWarning(table.header_number, "", "", message, "layout"))
    rows = (TableRow(each.number, each.under(header)) for each in records)
    return replace(table, header=tuple(name for name, _ in header), rows=rows)


def _lines(table: Table, find_field: FindField) -> list[_Line]:
    """Read the rows of a sheet, its header too if that is a field and no header."""
    found = [(row.number, (*row.cells, *row.beyond)) for row in table.rows]
    naming, answering = _roles([table.header, *(cells for _, cells in found)], find_field)
    if find_field(_joined(table.header, naming)):
        found.insert(0, (table.header_number, table.header))
    return [
        _Line(number, _joined(cells, naming), tuple(_at(cells, place) for place in answering))
        for number, cells in found
    ]


@dataclass
class _Record:
    """The fields of one record with their answers, in the order of the sheet."""

    number: int
    cells: list[tuple[str, str]]

    def under(self, header: Sequence[tuple[str, int]]) -> tuple[str, ...]:
        """Give the answers under the headings of a table, each of which may stand several times."""
        found: dict[str, list[str]] = {}
        for name, text in self.cells:
            found.setdefault(name, []).append(text)
        return tuple(
            found[name][at] if at < len(found.get(name, ())) else "" for name, at in header
        )


def _records(
    lines: Sequence[_Line], columns: Sequence[str | None], place: int, repeated: Set[str]
) -> Iterator[_Record]:
    """Divide the answers of one column into records."""
    record = _Record(0, [])
    for line, column in zip(lines, columns, strict=True):
        text = line.answers[place]
        if not line.name and text and record.cells:
            last, before = record.cells.pop()
            record.cells.append((last, tidy(f"{before}\n{text}")))
        if not line.name or (column is None and not text):
            continue
        if column and column not in repeated and column in dict(record.cells):
            yield record
            record = _Record(0, [])
        record.number = record.number or line.number
        record.cells.append((column or line.name, text))
    yield record


def _header(records: Sequence[_Record]) -> list[tuple[str, int]]:
    """Name the columns that hold all records, a field as often as any record has it."""
    header: dict[tuple[str, int], None] = {}
    for record in records:
        seen: dict[str, int] = {}
        for name, _text in record.cells:
            seen[name] = seen.get(name, -1) + 1
            header[name, seen[name]] = None
    return list(header)


def _roles(rows: Sequence[tuple[str, ...]], find_field: FindField) -> tuple[list[int], list[int]]:
    """Find the columns that name the fields, and those that hold the answers."""
    counts = [_distinct(column, find_field) for column in _columns(rows)]
    naming = [at for at, count in enumerate(counts) if 2 * count > max(counts) and count > 1]
    beyond = list(range(max(naming, default=-1) + 1, len(counts)))
    if find_field(_joined(rows[0], naming)):
        return naming, beyond[-1:]
    headings = {at: fold(_at(rows[0], at)) for at in beyond}
    asked = [at for at in beyond if headings[at] in _ANSWERS]
    said = [at for at in beyond if headings[at] and headings[at] not in _PROMPTS | _NAMES]
    return naming, asked or said or beyond[-1:]


def _columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max(map(len, rows), default=0)
    return [[_at(row, place) for row in rows] for place in range(width)]


def _distinct(cells: Iterable[str], find_field: FindField) -> int:
    return len({find_field(cell) for cell in cells if len(cell) < 200} - {None})


def _joined(cells: Sequence[str], places: Iterable[int]) -> str:
    return one_line(" ".join(_at(cells, place) for place in places))


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
