"""Files of rows, written piece by piece: CSV for spreadsheets and programs, JSON for programs.

Nothing is kept of what was written, so that a file may be as long as the register is.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any

from register.exchange.files.plain_cells import plain_cell

#: Without it a spreadsheet takes a file for one of its own country's old letters.
MARK = "\ufeff"
LOSS_COLUMNS = ("reference", "field", "label", "what_happened", "why")
Cell = str | int | None
NOT_CARRIED, CHANGED, SHORTENED = "not carried", "changed", "shortened"


@dataclass(frozen=True)
class LossRow:
    """What a file does not carry of one record.

    ``field`` is the question's name, or the column's where a cell is too small; both are empty
    where the record as a whole has no row. ``label`` is the question's own words, ``happened`` one
    of :data:`NOT_CARRIED`, :data:`CHANGED` and :data:`SHORTENED`.
    """

    reference: str
    field: str
    label: str
    happened: str
    why: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The loss as cells under :data:`LOSS_COLUMNS`."""
        return astuple(self)


@dataclass(frozen=True)
class Entry:
    """A record in a file: its row, or ``None`` where it has none, and what is lost."""

    reference: str
    row: Mapping[str, str] | None
    losses: Sequence[LossRow] = field(default=())


def csv_pieces(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Write rows by column as :func:`csv_lines` does; what a row does not have stays empty."""
    return csv_lines(columns, ([row.get(column, "") for column in columns] for row in rows))


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Write rows as CSV after RFC 4180, in UTF-8 with a mark; no cell is taken for a formula."""
    yield MARK + csv_line(head)
    yield from map(csv_line, rows)


def csv_line(cells: Sequence[Cell]) -> str:
    """Write the line of one row; a cell that could be taken for a formula is marked as a text."""
    text = io.StringIO()
    csv.writer(text).writerow(
        [plain_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    )
    return text.getvalue()


def loss_pieces(losses: Iterable[LossRow]) -> Iterator[str]:
    """Write losses as CSV, under their columns also where nothing is lost."""
    rows = (dict(zip(LOSS_COLUMNS, loss.cells, strict=True)) for loss in losses)
    return csv_pieces(LOSS_COLUMNS, rows)


def json_pieces(values: Iterable[Any]) -> Iterator[str]:
    """Write values as a JSON array, one a line."""
    before = "[\n"
    for value in values:
        yield before + json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
