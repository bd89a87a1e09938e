"""The header of a sheet: known by technical paths, or by headings in any language."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from register.errors import Invalid, Message
from register.exchange.files.sheet_parts import HEADER_ROWS, letters_of
from register.exchange.files.sheet_tables import Sheet
from register.exchange.sheet.sheet_cells import one_word
from register.exchange.sheet.sheet_columns import REFERENCE, REMARKS
from register.exchange.sheet.sheet_words import Words, plain
from register.standard.marking import _

Rows = Sequence[tuple[int, tuple[str, ...]]]

COLUMN_TWICE = _("%(file)s: the columns %(columns)s of the sheet “%(sheet)s” are one question.")


@dataclass(frozen=True)
class Header:
    """Where a table begins: the path of each known column by its position, from 0.

    ``list`` names the question whose entries the sheet holds, or is empty for the sheet of
    systems; the header takes up the rows ``first_row`` to ``last_row``; ``unknown`` are headings
    that no question has.
    """

    list: str
    paths: Mapping[int, str]
    first_row: int
    last_row: int
    unknown: tuple[str, ...]

    @property
    def reference_column(self) -> int:
        """The column of the agency's own reference."""
        return next(column for column, path in self.paths.items() if path == REFERENCE)


def find_header(sheet: Sheet, words: Words, file: str) -> Header | None:
    """Find a sheet's header; ``None`` if no row is like one.

    Technical paths come first, wherever their columns were moved to; a column without one is known
    by its heading. Raise :exc:`Invalid` if one question has two columns.
    """
    rows = [(number, cells) for number, cells in sheet.rows if number <= HEADER_ROWS]
    known = {path: path for path in _paths(words)}
    path_row, paths = _best([(n, tuple(map(one_word, cells))) for n, cells in rows], known)
    name = _list_of(paths, words) or words.list_of_sheet(sheet.name) or ""
    headings = words.paths_in_list(name) if name else words.paths_by_heading
    label_row, labels = _best([(n, tuple(map(plain, cells))) for n, cells in rows], headings)
    found = {**labels, **paths}
    if REFERENCE not in found.values() or len(found) == 1:
        return None
    _check_once(found, sheet, file)
    taken = [row for row in (path_row, label_row) if row]
    shown = dict(rows)[label_row or path_row]
    unknown = tuple(
        one_word(text) for i, text in enumerate(shown) if text.strip() and i not in found
    )
    return Header(name, found, min(taken), max(taken), unknown)


def _paths(words: Words) -> list[str]:
    return [REFERENCE, REMARKS, *(column.path for column in words.layout.columns)]


def _best(rows: Rows, known: Mapping[str, str]) -> tuple[int, dict[int, str]]:
    """Give the number of the row in which most cells are known, and their paths; or 0."""
    best: tuple[int, dict[int, str]] = (0, {})
    for number, cells in rows:
        found = {i: known[cell] for i, cell in enumerate(cells) if cell in known}
        if len(found) > len(best[1]):
            best = (number, found)
    return best


def _list_of(paths: Mapping[int, str], words: Words) -> str | None:
    """Give the list to which most of the paths belong, if any does."""
    names = [path.partition(".")[0] for path in paths.values()]
    listed = Counter(name for name in names if name in words.layout.lists)
    return listed.most_common(1)[0][0] if listed else None


def _check_once(found: Mapping[int, str], sheet: Sheet, file: str) -> None:
    for path, count in Counter(found.values()).items():
        if count > 1 and path != REMARKS:
            columns = ", ".join(letters_of(i) for i, each in found.items() if each == path)
            raise Invalid(Message(COLUMN_TWICE, file=file, sheet=sheet.name, columns=columns))
