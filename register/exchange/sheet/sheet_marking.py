"""The file that an officer sent, given back with every cell marked that has to be mended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from register.exchange.files.sheet_tables import Sheet
from register.exchange.sheet.sheet_book import Book
from register.exchange.sheet.sheet_columns import REMARKS, REMARKS_LABEL
from register.exchange.sheet.sheet_headers import Header
from register.exchange.sheet.sheet_reading import Problem, Tables
from register.exchange.sheet.sheet_words import Words


def marked(file: Tables, problems: Iterable[Problem], words: Words, code: str) -> bytes:
    """Give the content as a workbook in which the bad cells are coloured and say what is wrong.

    Sheets without a table are as they were.
    """
    book = Book(words, code)
    by_cell: dict[str, dict[tuple[int, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        place = problem.place
        by_cell[place.sheet][place.row, place.column].append(book.say(problem.sentence))
    for sheet in file.sheets:
        made = book.add_sheet(sheet.name)
        header = file.headers.get(sheet.name)
        if header is None:
            _copy(book, made, sheet)
        else:
            _Marking(book, made, header, by_cell[sheet.name]).write(sheet.rows)
    return book.finish()


def _copy(book: Book, made: Any, sheet: Sheet) -> None:
    made.set_column(0, 0, 60)
    for number, cells in sheet.rows:
        for position, text in enumerate(cells):
            if text:
                book.write(made, (number - 1, position), text)


class _Marking:
    """One table on its way back."""

    def __init__(
        self, book: Book, made: Any, header: Header, wrong: Mapping[tuple[int, int], list[str]]
    ) -> None:
        self.book = book
        self.made = made
        self.header = header
        self.wrong = wrong
        beside = [i for i, path in header.paths.items() if path == REMARKS]
        self.remarks_column = beside[0] if beside else None
        self.left_out = set(beside)

    def write(self, rows: Sequence[tuple[int, tuple[str, ...]]]) -> None:
        """Write all the rows, and beside each what to mend in it."""
        if self.remarks_column is None:
            self.remarks_column = max(len(cells) for _number, cells in rows)
        by_row: dict[int, list[str]] = defaultdict(list)
        for (row, _column), sentences in sorted(self.wrong.items()):
            by_row[row] += sentences
        for number, cells in rows:
            self._write_cells(number, cells)
            if text := self._beside(number, by_row):
                look = "heading" if number <= self.header.last_row else "wrong"
                self.book.write(self.made, (number - 1, self.remarks_column), text, look)
        self._dress()

    def _write_cells(self, number: int, cells: Sequence[str]) -> None:
        is_header = self.header.first_row <= number <= self.header.last_row
        for position, text in enumerate(cells):
            sentences = self.wrong.get((number, position))
            if position in self.left_out or not (text or sentences):
                continue
            look = "heading" if is_header else "wrong" if sentences else "text"
            self.book.write(self.made, (number - 1, position), text, look)
            if sentences:
                self.book.comment(self.made, (number - 1, position), "\n".join(sentences))

    def _beside(self, number: int, by_row: Mapping[int, list[str]]) -> str:
        if number == self.header.last_row:
            return self.book.say(REMARKS_LABEL)
        if number == self.header.first_row:
            return REMARKS
        return "\n".join(dict.fromkeys(by_row.get(number, ())))

    def _dress(self) -> None:
        columns = {column.path: column for column in self.book.words.layout.columns}
        for position, path in self.header.paths.items():
            if path in columns:
                self.book.dress(self.made, position, columns[path], self.header.last_row)
        self.made.set_column(self.remarks_column, self.remarks_column, 60)
        self.made.freeze_panes(self.header.last_row, 1)
        if self.header.first_row < self.header.last_row:
            self.made.set_row(self.header.first_row - 1, None, None, {"hidden": True})
