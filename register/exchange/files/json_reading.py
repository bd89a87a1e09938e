"""A JSON file read as a table: each object is a row, and its names are the headings.

The file is gone through twice, and no more than a row of it is kept: first to learn which list
holds the rows and which names there are, then for the rows themselves.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from register.errors import Invalid, Message
from register.exchange.cells.values import one_line
from register.exchange.files.decoding import Encoding, find_encoding, open_text
from register.exchange.files.json_text import DEEP, NO_JSON, TWICE, JsonText
from register.exchange.files.reading import (
    EMPTY,
    MAX_COLUMNS,
    WIDE_ROW,
    IsHeading,
    Place,
    Row,
    Table,
    check_size,
    hits,
)
from register.exchange.result import RowWarning
from register.standard.marking import _

_HALF_LETTERS = re.compile("[\ud800-\udfff]")  # JSON can say them, and no database takes them
_WHOLE = 1e15  # below this a number without a fraction is written without a point

NO_OBJECT = _("%(file)s, row %(row)s: this is not an object with names and values.")

_SELF = None  # the key of what stands at the top of the file, among the lists within it


@dataclass
class _Rows:
    """Values that might be the rows: how many there are, and the names in those that are objects.

    ``is_listed`` tells whether they stand in a list, or one after the other.
    """

    names: dict[str, int] = field(default_factory=dict)
    length: int = 0
    objects: int = 0
    is_listed: bool = True

    @property
    def is_table(self) -> bool:
        """Whether each of them is an object that says something."""
        return self.length == self.objects and bool(self.names)

    def add(self, value: Any, text: JsonText) -> None:
        """Learn the names in one more value."""
        self.length += 1
        if isinstance(value, dict):
            self.objects += 1
            for name in value:
                self.names.setdefault(name, len(self.names))
        if len(self.names) > MAX_COLUMNS:
            values = {"columns": len(self.names), "most": MAX_COLUMNS}
            raise text.refusal(WIDE_ROW, sheet="", **values)

    def hits(self, is_heading: IsHeading) -> int:
        """Count the names that are headings."""
        return hits(list(self.names), is_heading)


_Found = dict[str | None, _Rows]


def read_json(source: BinaryIO, *, file: str, is_heading: IsHeading) -> Table:
    """Read a list of objects, objects one after the other, an object with one list, or one object.

    A text becomes a cell as it is, a number or a truth as JSON writes it, a list or an object its
    JSON text, null a blank. Rows are counted from 1 and the header has no row. Raise
    :exc:`Invalid`, naming ``file``, row and name, if it is no such thing, or a limit is passed.
    """
    check_size(source, file)
    encoding = find_encoding(source)
    found = _surveyed(JsonText(open_text(source, encoding), file), file)
    chosen = _chosen(found, is_heading)
    place = Place(file, tuple(one_line(_whole_letters(name)) for name in found[chosen].names))
    warnings = encoding.warnings + _unread(found, chosen)
    reader = _Reader(source, encoding, found[chosen], place, warnings)
    return Table(f"JSON in {encoding.name}", place.header, 0, reader.rows(chosen), warnings)


def _surveyed(text: JsonText, file: str) -> _Found:
    """Go through the file and learn what could be its rows; refuse what is not JSON to its end."""
    found: _Found = {_SELF: _Rows()}
    if text.look() == "[":
        for value in _counted(text, text.items()):
            _add_object(found[_SELF], value, text)
    else:
        found[_SELF].is_listed = False
        _survey_object(text, found)
        for value in _counted(text, _others(text), start=2):
            _add_object(found[_SELF], value, text)
    if text.look():
        raise text.refusal(NO_JSON)
    if not found[_SELF].names:
        raise Invalid(Message(EMPTY, file=file))
    return found


def _survey_object(text: JsonText, found: _Found) -> None:
    """Learn the names in the object at the top, and those in the values of each of its lists."""
    top: dict[str, Any] = {}
    for name in text.names():
        if name in top:
            raise text.refusal(TWICE, column=f'"{name}"')
        top[name] = None
        if text.look() == "[":
            found[name] = _Rows()
            for value in _counted(text, text.items()):
                found[name].add(value, text)
            text.row = 1
        else:
            text.value()
        if len(top) > MAX_COLUMNS:
            break
    found[_SELF].add(top, text)


def _others(text: JsonText) -> Iterator[Any]:
    """Take what follows the first object, as it does in a file with an object a line."""
    while text.look():
        yield text.value()


def _counted(text: JsonText, values: Iterator[Any], start: int = 1) -> Iterator[Any]:
    """Count the values as rows, so that errors name the one that is being read."""
    text.row = start
    for value in values:
        yield value
        text.row += 1


def _add_object(rows: _Rows, value: Any, text: JsonText) -> None:
    if not isinstance(value, dict):
        raise text.refusal(NO_OBJECT)
    rows.add(value, text)


def _chosen(found: _Found, is_heading: IsHeading) -> str | None:
    """Find the rows: one list within an object, unless the object itself has more headings."""
    tables = {name: rows for name, rows in found.items() if name is not None and rows.is_table}
    if not tables or found[_SELF].length > 1 or found[_SELF].is_listed:
        return _SELF
    best = max(tables, key=lambda name: tables[name].hits(is_heading))
    known, own = tables[best].hits(is_heading), found[_SELF].hits(is_heading)
    return best if known > own or (len(tables) == 1 and known == own == 0) else _SELF


def _unread(found: _Found, chosen: str | None) -> list[RowWarning]:
    others = [f"“{one_line(name)[:80]}”" for name in found[_SELF].names if name != chosen]
    if chosen is None or not others:
        return []
    message = f"The list “{one_line(chosen)[:80]}” was read, and not {', '.join(others)} beside it."
    return [RowWarning(0, "", "", _whole_letters(message), "unread")]


@dataclass
class _Reader:
    """Gives the rows that were found, on a second way through the file."""

    source: BinaryIO
    encoding: Encoding
    found: _Rows
    place: Place
    warnings: list[RowWarning]

    def rows(self, chosen: str | None) -> Iterator[Row]:
        """Yield the rows in the list ``chosen``, or at the top of the file."""
        text = JsonText(open_text(self.source, self.encoding), self.place.file)
        for value in _counted(text, self._values(text, chosen)):
            try:
                cells = tuple(_cell_of(value.get(name)) for name in self.found.names)
            except RecursionError as error:
                raise text.refusal(DEEP) from error
            self.place.check(text.row, cells)
            if any(cell.strip() for cell in cells):
                yield Row(text.row, self._with_whole_letters(text.row, cells))

    def _values(self, text: JsonText, chosen: str | None) -> Iterator[Any]:
        if chosen is None:
            return text.items() if self.found.is_listed else _others(text)
        for name in text.names():
            if name == chosen:
                break
            text.skip()
        return text.items()

    def _with_whole_letters(self, row: int, cells: tuple[str, ...]) -> tuple[str, ...]:
        for position, cell in enumerate(cells):
            if _HALF_LETTERS.search(cell):
                column = self.place.header[position]
                message = "Halves of letters could not be read and are shown as \ufffd."
                self.warnings.append(RowWarning(row, column, "", message, "undecodable"))
        return tuple(map(_whole_letters, cells))


def _whole_letters(text: str) -> str:
    return _HALF_LETTERS.sub("\ufffd", text)


def _cell_of(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)
