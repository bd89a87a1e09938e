"""The systems that an officer's file describes, each with its answers and where they stand."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from register.errors import Invalid, Message
from register.exchange.draft import Draft
from register.exchange.files.sheet_parts import MAX_ROWS, letters_of
from register.exchange.files.sheet_tables import MANY_ROWS, Sheet, read_sheets
from register.exchange.sheet.sheet_cells import one_word, read_cell
from register.exchange.sheet.sheet_columns import REFERENCE, REMARKS, Column
from register.exchange.sheet.sheet_headers import Header, find_header
from register.exchange.sheet.sheet_words import Words
from register.standard.marking import _

LONGEST_REFERENCE = 300

NO_TABLE = _(
    "%(file)s has no column “Your own reference” with questions beside it. Start from the template."
)
NO_REFERENCE = _("Give the system a reference of your own, so that it is known again.")
LONG_REFERENCE = _("Use at most 300 characters.")
TWICE = _("This reference stands in rows %(rows)s. Give each system one row.")
NO_SYSTEM = _("No row of the first sheet has this reference.")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: its sheet (no name in a CSV), its row from 1, its column from 0, and its path."""

    sheet: str
    row: int
    column: int
    path: str

    @property
    def letters(self) -> str:
        """The column as spreadsheets name it."""
        return letters_of(self.column)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell."""

    place: Place
    sentence: str


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A system: its reference, its answers in their JSON shapes, and where each was read.

    ``places`` has every filled cell by its path in the answers (``risks.0.category``).
    """

    reference: str
    place: Place
    answers: Mapping[str, Any]
    places: Mapping[str, Place]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The sheets of a file, and the headings of those that have a table, by the sheet's name."""

    sheets: tuple[Sheet, ...]
    headers: Mapping[str, Header]


@dataclass(frozen=True, kw_only=True)
class SheetFile(Tables):
    """A whole file: its systems, and what belongs to none of them.

    ``problems`` are those of rows that describe no system; ``unknown`` are columns that no question
    has, by sheet and heading; ``unread`` names the sheets in which no table was found.
    """

    systems: tuple[SheetRow, ...]
    problems: tuple[Problem, ...]
    unknown: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]


def read_tables(data: bytes, file: str, words: Words) -> Tables:
    """Read what stands in a file. Raise :exc:`Invalid` if it has no table of systems."""
    sheets = read_sheets(data, file)
    found = {sheet.name: find_header(sheet, words, file) for sheet in sheets}
    headers = {name: header for name, header in found.items() if header}
    if not any(not header.list for header in headers.values()):
        raise Invalid(Message(NO_TABLE, file=file))
    return Tables(sheets=sheets, headers=headers)


def read_systems(data: bytes, file: str, words: Words) -> SheetFile:
    """Read an officer's file. Raise :exc:`Invalid` if it is no table of systems at all."""
    tables = read_tables(data, file, words)
    sheets, headers = tables.sheets, tables.headers
    reading = _Reading(words, {each.path: each for each in words.layout.columns}, file)
    for sheet in sorted(sheets, key=lambda each: bool(_list_of(headers, each))):
        if header := headers.get(sheet.name):
            reading.take(sheet, header)
    return SheetFile(
        sheets=sheets,
        headers=headers,
        systems=tuple(reading.systems()),
        problems=tuple(reading.problems),
        unknown=tuple((n, each) for n, header in headers.items() for each in header.unknown),
        unread=tuple(each.name for each in sheets if each.name not in headers and each.rows),
    )


def _list_of(headers: Mapping[str, Header], sheet: Sheet) -> str:
    header = headers.get(sheet.name)
    return header.list if header else ""


@dataclass
class _Record:
    """One row on its way into the answers of a system."""

    place: Place
    draft: Draft
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Reading:
    """Goes through the sheets, that of the systems first."""

    words: Words
    columns: Mapping[str, Column]
    file: str
    records: dict[str, list[_Record]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    _entries: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    def take(self, sheet: Sheet, header: Header) -> None:
        """Read the rows of a sheet."""
        rows = [(number, cells) for number, cells in sheet.rows if number > header.last_row]
        if len(rows) > MAX_ROWS:
            place = f"“{sheet.name}”, " if sheet.name else ""
            values = {"file": self.file, "sheet": place, "rows": f"{MAX_ROWS:,}"}
            raise Invalid(Message(MANY_ROWS, row=rows[MAX_ROWS][0], **values))
        for number, cells in rows:
            filled = {
                path: (column, cells[column])
                for column, path in header.paths.items()
                if column < len(cells) and cells[column].strip() and path != REMARKS
            }
            if filled:
                self._take_row(sheet.name, number, filled, header)

    def _take_row(
        self, sheet: str, number: int, filled: Mapping[str, tuple[int, str]], header: Header
    ) -> None:
        place = Place(sheet, number, header.reference_column, REFERENCE)
        reference = one_word(filled.get(REFERENCE, (0, ""))[1])
        if not reference or len(reference) > LONGEST_REFERENCE:
            sentence = LONG_REFERENCE if reference else NO_REFERENCE
            self.problems.append(Problem(place, sentence))
        elif not header.list:
            record = _Record(place, Draft(number))
            self.records[reference].append(record)
            self._read(record, place, filled)
        elif reference not in self.records:
            self.problems.append(Problem(place, NO_SYSTEM))
        elif len(filled) > 1:
            position = self._entries[header.list, reference]
            self._entries[header.list, reference] += 1
            steps = (f"{header.list}.", f"{header.list}.{position}.")
            self._read(self.records[reference][0], place, filled, steps)

    def _read(
        self,
        record: _Record,
        row: Place,
        filled: Mapping[str, tuple[int, str]],
        steps: tuple[str, str] = ("", ""),
    ) -> None:
        """Put the cells of a row into a record; ``steps`` lead to the entry of a list."""
        for path, (column, text) in filled.items():
            if path == REFERENCE:
                continue
            found = read_cell(text, self.columns[path], self.words)
            if found.value is None:
                continue
            target = steps[1] + path.removeprefix(steps[0])
            place = Place(row.sheet, row.row, column, path)
            record.draft.place(target, found.value)
            record.places[target] = place
            if found.remark:
                record.problems.append(Problem(place, found.remark))

    def systems(self) -> Iterator[SheetRow]:
        """Give the systems; a reference that stands twice is wrong in both places."""
        for reference, records in self.records.items():
            numbers = ", ".join(str(record.place.row) for record in records)
            for record in records:
                twice = [Problem(record.place, Message(TWICE, rows=numbers))]
                yield SheetRow(
                    reference=reference,
                    place=record.place,
                    answers=record.draft.answers(),
                    places=record.places,
                    problems=(*(twice if len(records) > 1 else []), *record.problems),
                )
