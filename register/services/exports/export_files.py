"""The public register as a file in a format: ours, or that of another register.

Every export is read in one transaction, by reference, and never held as a whole.
"""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from register import clock
from register.errors import Message, NotFound
from register.exchange import exporting
from register.exchange.files.row_book import write_book
from register.exchange.files.row_files import (
    CHANGED,
    NOT_CARRIED,
    Entry,
    LossRow,
    csv_pieces,
    json_pieces,
    loss_pieces,
)
from register.exchange.formats import FORMATS
from register.exchange.mapping import Format
from register.exchange.own import flat_table
from register.exchange.own.register_1 import REGISTER_1
from register.services import past
from register.services.exports import register_export
from register.services.exports.exports import export_array, export_lines, export_records
from register.services.exports.register_state import State, find_state
from register.services.turns import Turns
from register.standard import CURRENT, get_standard
from register.standard.marking import _
from register.storage import publications

Record = dict[str, Any]
BATCH = 200
SECOND = timedelta(seconds=1)
OURS = "json"
PLAIN = frozenset({"ndjson", OURS, flat_table.NAME})  # ours, and called by no standard
WORK = Turns(patience=3)


def _whole_lines(_base_url: str, before: datetime | None) -> Iterator[bytes]:
    return map(str.encode, register_export.lines(before))


#: The formats that are lines, each its own way; whatever else there is consists of rows.
LINES: dict[str, Callable[[str, datetime | None], Iterator[bytes]]] = {
    "ndjson": export_lines,
    REGISTER_1.name: _whole_lines,
}


class FileKind(StrEnum):
    """The kinds of file that an export can be; ``LOSSES`` says what the others do not carry."""

    NDJSON = "ndjson"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    LOSSES = "losses"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for: the register in a format, now or as it was just before a moment."""

    format: str
    file: FileKind
    base_url: str
    languages: tuple[str, ...] = ("en",)
    before: datetime | None = None
    progress: Callable[[int, int], None] | None = None

    @property
    def dialect(self) -> Format | None:
        """The other register's format that is asked for, if it is one."""
        return FORMATS.get(self.format)

    @property
    def file_stem(self) -> str:
        """What the file is called, before its kind: by the day or the moment that it shows."""
        name = "register" if self.format in PLAIN else self.format
        if self.before is not None and self.before != clock.start_of(self.before.date()):
            return f"{name}-{clock.stamp(self.before - SECOND).replace(':', '')}"
        return f"{name}-{self.state.day.isoformat()}"

    @property
    def is_settled(self) -> bool:
        """Whether the same is given out for good, whenever it is asked for."""
        return past.is_settled(self.before)

    @cached_property
    def state(self) -> State:
        """The state of the register that it shows."""
        return find_state(self.before)

    @property
    def mark(self) -> str:
        """A mark that two exports share if they are the same, byte for byte."""
        shown = (self.format, self.file.value, self.base_url, self.languages)
        told = repr((self.state.mark, shown))
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def file_kinds(name: str) -> tuple[FileKind, ...]:
    """Give the kinds of file in which a format is given, the usual one first.

    Raise :exc:`NotFound` if nothing is exported in a format of this name.
    """
    if name in LINES:
        return (FileKind.NDJSON,)
    if name == OURS:
        return (FileKind.JSON,)
    if name == flat_table.NAME:
        return (FileKind.CSV, FileKind.XLSX)
    dialect = FORMATS.get(name)
    if dialect is None or dialect.writing is None:
        known = ", ".join(export_names())
        sentence = _("Nothing is exported in a format “%(name)s”. There are: %(known)s.")
        raise NotFound(Message(sentence, name=name[:80], known=known))
    return (*(FileKind(kind) for kind in dialect.writing.files), FileKind.LOSSES)


def export_names() -> tuple[str, ...]:
    """Give the names of the formats in which the register can be had, ours first."""
    written = (name for name, dialect in FORMATS.items() if dialect.writing is not None)
    return (*LINES, OURS, flat_table.NAME, *written)


def file_pieces(wanted: Wanted) -> Iterator[bytes]:
    """Write an export that is a text, piece by piece, in UTF-8."""
    if wanted.format in LINES:
        return LINES[wanted.format](wanted.base_url, wanted.before)
    if wanted.format == OURS:
        return export_array(wanted.base_url, wanted.before)
    if wanted.file is FileKind.LOSSES:
        losses = (loss for entry in entries(wanted) for loss in entry.losses)
        return map(str.encode, loss_pieces(losses))
    return map(str.encode, row_pieces(wanted, entries(wanted, with_losses=False)))


def row_pieces(wanted: Wanted, found: Iterable[Entry]) -> Iterator[str]:
    """Write those of the entries that have a row, as CSV or JSON."""
    dialect = wanted.dialect
    if wanted.file is FileKind.JSON and dialect is not None and dialect.writing is not None:
        rows = (dict(entry.row) for entry in found if entry.row is not None)
        return json_pieces(map(dialect.writing.shape, rows))
    tabular = (entry.row for entry in _in_table(found, wanted.dialect) if entry.row is not None)
    return csv_pieces(columns_of(wanted), tabular)


def _in_table(found: Iterable[Entry], dialect: Format | None) -> Iterator[Entry]:
    """Give a record that has several rows in a table each of them, and its losses once."""
    for entry in found:
        if entry.row is None or dialect is None or dialect.writing is None:
            yield entry
            continue
        losses = entry.losses
        for row in dialect.writing.rows(dict(entry.row)):
            yield Entry(entry.reference, row, losses)
            losses = ()


def write_workbook(wanted: Wanted, out: BinaryIO, found: Iterable[Entry] | None = None) -> None:
    """Write an export as a workbook, with a sheet that says what is lost."""
    listed = _in_table(entries(wanted) if found is None else found, wanted.dialect)
    write_book(out, columns_of(wanted), listed, title=wanted.format, moment=wanted.state.moment)


def make_workbook(wanted: Wanted) -> Any:
    """Write a workbook into a file of its own, at its beginning, and give that.

    It takes long, so that one is made at a time; raise :exc:`Unavailable` after a short wait.
    """
    with WORK.turn(threading.get_ident()):
        out = TemporaryFile()  # noqa: SIM115 - whoever asked reads it and closes it
        write_workbook(wanted, out)
    out.seek(0)
    return out


def columns_of(wanted: Wanted) -> tuple[str, ...]:
    """Give the columns of an export that consists of rows."""
    dialect = wanted.dialect
    if dialect is not None and dialect.writing is not None:
        return dialect.writing.columns
    return flat_table.columns_of(CURRENT, wanted.languages)


def entries(wanted: Wanted, *, with_losses: bool = True) -> Iterator[Entry]:
    """Give every published record with its row and its losses, as far as these are asked for."""
    records = _records(wanted)
    dialect = wanted.dialect
    if dialect is None:
        columns = columns_of(wanted)
        for record in records:
            yield Entry(record["reference"], flat_table.row_of(record, columns))
    elif with_losses:
        while batch := list(islice(records, BATCH)):
            yield from _with_losses(batch, dialect)
    else:
        for record in records:
            if exporting.is_exportable(record, dialect):
                yield Entry(record["reference"], exporting.export_row(record, dialect))


def _with_losses(records: list[Record], dialect: Format) -> Iterator[Entry]:
    written = {each.record["reference"]: each for each in exporting.exported(records, dialect)}
    for record in records:
        reference = record["reference"]
        if reference in written:
            lost = [_loss_row(record, each) for each in written[reference].losses]
            yield Entry(reference, written[reference].row, lost)
        else:
            why = exporting.why_left_out(record, dialect)
            yield Entry(reference, None, [LossRow(reference, "", "", NOT_CARRIED, why)])


def _loss_row(record: Record, loss: exporting.ExportLoss) -> LossRow:
    happened = NOT_CARRIED if loss.is_whole else CHANGED
    label = str(get_standard(record["standard"]).field(loss.field).label)
    return LossRow(record["reference"], loss.field, label, happened, loss.reason)


def _records(wanted: Wanted) -> Iterator[Record]:
    found = export_records(wanted.base_url, wanted.before, with_withdrawn=False)
    if wanted.progress is None:
        yield from found
        return
    total = sum(publications.count_published_by_agency().values())
    for number, record in enumerate(found, start=1):
        wanted.progress(number, max(total, number))
        yield record
