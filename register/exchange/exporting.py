"""A mapping applied the other way: a public record in, a row of another register out.

What a row cannot carry is not claimed but found out: each batch of rows is read again by the same
mapping, and what then differs from the record's answers is lost.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from register.exchange.cells.html_writing import CUT
from register.exchange.cells.writers import write_answer
from register.exchange.files.reading import Row as TableRow
from register.exchange.files.reading import Table
from register.exchange.importing import import_table
from register.exchange.mapping import Format, Record, Row
from register.exchange.result import ImportedRow
from register.standard.marking import _

BATCH = 200
_ABOUT_THE_ROW = frozenset({"agency", "languages", "record_kind"})  # not answers about a system
NO_ROW = _("The standard has no row for this kind of record.")
NO_PLACE = _("The standard has no place for it.")
ONE_LANGUAGE = _("The standard has a place for one language only.")
SHORTENED = _("It is longer than the standard allows, so that only its beginning is kept.")
LESS = _("The standard has a place for part of it only.")


@dataclass(frozen=True)
class ExportLoss:
    """What a row does not carry of one answer: ``is_whole`` tells that it carries none of it."""

    field: str
    is_whole: bool
    reason: str


@dataclass(frozen=True)
class Exported:
    """A record and its row in another register, with what the row does not carry."""

    record: Record
    row: Row
    losses: tuple[ExportLoss, ...]


def exported(records: Iterable[Record], dialect: Format) -> Iterator[Exported]:
    """Write records in a dialect, one after the other, in constant memory.

    ``records`` are public ones, as :func:`register.schemas.present` gives them; those of a kind
    that the dialect has no row for are left out (:func:`is_exportable`).
    """
    fit = (record for record in records if is_exportable(record, dialect))
    while batch := list(islice(fit, BATCH)):
        rows = [export_row(record, dialect) for record in batch]
        for record, row, losses in zip(batch, rows, _losses(batch, rows, dialect), strict=True):
            yield Exported(record, row, losses)


def is_exportable(record: Record, dialect: Format) -> bool:
    """Tell whether a dialect has a row for a record; withdrawn ones have none."""
    return record["status"] == "published" and not why_left_out(record, dialect)


def why_left_out(record: Record, dialect: Format) -> str:
    """Say in a sentence why a published record has no row in a dialect, ``""`` if it has one."""
    kind = record["answers"].get("record_kind", "system")
    if dialect.writing is None or kind not in dialect.writing.kinds:
        return NO_ROW
    return dialect.writing.left_out(record)


def export_row(record: Record, dialect: Format) -> Row:
    """Write one record as a row: a text for each column of the standard, blank if unanswered."""
    if dialect.writing is None:
        raise ValueError(f"{dialect.name} is not written")
    row = dict.fromkeys(dialect.writing.columns, "")
    for link in dialect.links:
        is_free = link.column in row and not row[link.column] and not link.is_fallback
        if is_free and link.transform != "special":
            row[link.column] = write_answer(record["answers"], link, dialect)
    if dialect.identifier in row and not row[dialect.identifier]:
        row[dialect.identifier] = record["reference"]
    dialect.writing.finish(record, row)
    return row


def _losses(
    records: Sequence[Record], rows: Sequence[Row], dialect: Format
) -> Iterator[tuple[ExportLoss, ...]]:
    """Read the rows again and compare: what is not as it was, is lost.

    Of a dialect that is never read an answer is lost if none of its columns holds anything.
    """
    if not dialect.is_read:
        yield from (tuple(_unwritten(*each, dialect)) for each in zip(records, rows, strict=True))
        return
    header = tuple(rows[0])
    cells = (TableRow(at, tuple(row.values())) for at, row in enumerate(rows, start=2))
    again = import_table(Table("UTF-8", header, 1, cells, []), dialect)
    read = {row.number: row for row in again.rows if isinstance(row, ImportedRow)}
    for at, record in enumerate(records, start=2):
        answers = read[at].content.answers if at in read else {}
        yield tuple(_compare(record["answers"], answers, dialect))


def _unwritten(record: Record, row: Row, dialect: Format) -> Iterator[ExportLoss]:
    """Name the answers that nothing in a row speaks of."""
    written = {link.field for link in dialect.links if row.get(link.column)}
    for name in record["answers"]:
        if name not in _ABOUT_THE_ROW | written:
            yield ExportLoss(name, True, _reason(name, record["answers"], None, dialect))


def _compare(
    before: Mapping[str, Any], after: Mapping[str, Any], dialect: Format
) -> Iterator[ExportLoss]:
    for name, answer in before.items():
        again = after.get(name)
        if isinstance(answer, list) and all(item in (again or ()) for item in answer):
            continue
        if name not in _ABOUT_THE_ROW and answer != again:
            yield ExportLoss(name, again is None, _reason(name, before, again, dialect))


def _reason(name: str, before: Mapping[str, Any], again: Any, dialect: Format) -> str:
    """Say why an answer is not carried: by the mapping's own words, if it has any."""
    answer, languages = before[name], before.get("languages", ())
    kept = (dialect.languages, *((code,) for code in languages))
    if again is not None and any(_in_languages(answer, codes) == again for codes in kept):
        return ONE_LANGUAGE
    if any(text.endswith(CUT) and text not in _texts(answer) for text in _texts(again)):
        return SHORTENED
    declared = [loss.reason for loss in dialect.losses if loss.field == name and not loss.kind]
    if declared:
        return declared[0]
    columns = dialect.writing.columns if dialect.writing else ()
    has_place = any(link.field == name and link.column in columns for link in dialect.links)
    return LESS if has_place else NO_PLACE


def _texts(answer: Any) -> Sequence[str]:
    """Give every text in an answer."""
    if isinstance(answer, Mapping | list):
        below = answer.values() if isinstance(answer, Mapping) else answer
        return [text for each in below for text in _texts(each)]
    return [answer] if isinstance(answer, str) else []


def _in_languages(answer: Any, languages: Sequence[str]) -> Any:
    """Give an answer with its texts in these languages only."""
    if isinstance(answer, list):
        return [_in_languages(item, languages) for item in answer]
    if not isinstance(answer, Mapping):
        return answer
    kept = {code: answer[code] for code in languages if code in answer}
    if kept:
        return kept
    return {name: _in_languages(part, languages) for name, part in answer.items()}
