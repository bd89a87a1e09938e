"""The records of a text of comma separated values, one after the other, each within a limit."""

import csv
from collections.abc import Callable, Iterator
from typing import TextIO

from register.errors import Invalid, Message
from register.standard.marking import _

MAX_RECORD = 4_000_000  # characters

csv.field_size_limit(2 * MAX_RECORD)  # The limit that counts is of one's own: it has a place.

UNCLOSED = _(
    "%(file)s, row %(row)s: a quotation mark is opened and never closed."
    " The file may have been cut short."
)
LONG_RECORD = _(
    "%(file)s, row %(row)s: more than %(most)s characters in a row."
    " A quotation mark may be missing."
)
NO_TABLE = _("%(file)s, row %(row)s: this cannot be read as a table (%(why)s).")

Check = Callable[[int, list[str]], None]  # told each record and its number; raises Invalid


def records_of(
    text: TextIO, divider: str, file: str, check: Check = lambda number, cells: None
) -> Iterator[tuple[int, list[str]]]:
    """Yield every record with its number, from 1, once ``check`` has nothing against it.

    Raise :exc:`Invalid` at one that never ends, or is longer than any record of a table.
    """
    lines = _Lines(text)
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=divider), start=1):
            check(number, cells)
            if lines.is_cut:
                most = f"{MAX_RECORD:,}"
                raise Invalid(Message(LONG_RECORD, file=file, row=number, most=most))
            if lines.is_exhausted:
                raise Invalid(Message(UNCLOSED, file=file, row=number))
            lines.length = 0
            yield number, cells
    except csv.Error as error:
        raise Invalid(Message(NO_TABLE, file=file, row=number + 1, why=str(error))) from error


class _Lines:
    """The lines of a text, which remember whether more were asked for than there are.

    A reader of CSV asks for another line when a quotation mark is still open: if there is none
    and it gives a record all the same, that record swallowed the rest of the file. ``length`` is
    that of the record which is being read; beyond the limit its lines are cut.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.length = 0
        self.is_cut = False
        self.is_exhausted = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.is_cut:
            raise StopIteration
        line = self._text.readline(MAX_RECORD + 1 - self.length)
        self.length += len(line)
        self.is_cut = self.length > MAX_RECORD
        if not line:
            self.is_exhausted = True
            raise StopIteration
        return line
