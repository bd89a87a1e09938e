"""How a file would be read, before anything is tried: what each column was taken for.

Only its first rows are looked at, so that nobody has to wait; the dry run looks at all of them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, BinaryIO

from register.errors import Invalid
from register.exchange.cells.addresses import without_personal_addresses
from register.exchange.cells.values import is_blank, one_line
from register.exchange.files.opening import open_table
from register.exchange.files.reading import Row, Table
from register.exchange.importing import find_columns, import_table
from register.exchange.mapping import Format, Link
from register.exchange.result import ImportedRow
from register.services.imports.import_call import sentence_data
from register.services.imports.import_content import content_of

MOST_ROWS = 1000  # that are looked at
SHOWN_ROWS = 5
SHOWN_VALUES = 20  # of one column that the format does not know
LONGEST_VALUE = 200
NOBODY = "agency"  # stands in for the body of a row that is only shown


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One answer that a column gives: the path in the standard, how it is read, in which language.

    ``transform`` is one of :data:`register.exchange.cells.transforms.TRANSFORMS`, or ``"special"``.
    """

    path: str
    transform: str
    language: str


@dataclass(frozen=True, kw_only=True)
class ColumnView:
    """A column of the file: what it was taken for, and how many of the rows fill it.

    ``unknown`` counts the values that the format does not know, ``example`` is the first cell that
    says anything. Without ``answers`` the column is read for something else (``is_known``), or not.
    """

    heading: str
    answers: tuple[Answered, ...]
    is_known: bool
    filled: int
    example: str
    unknown: Mapping[str, int] = field(default_factory=dict)
    unknown_total: int = 0


@dataclass(frozen=True, kw_only=True)
class RowView:
    """A row as it would be read: its content, or the ``problems`` for which it would be refused."""

    number: int
    source_id: str
    agency: Mapping[str, str]
    content: Mapping[str, Any] | None
    problems: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a look at the first rows of a file showed; ``is_whole`` if there are no others."""

    encoding: str
    looked_at: int
    is_whole: bool
    header_number: int
    columns: tuple[ColumnView, ...]
    missing: tuple[str, ...]
    rows: tuple[RowView, ...]


def preview(
    source: BinaryIO, dialect: Format, *, file: str = "The file", agency: str | None = None
) -> Preview:
    """Look at the first rows of a file. Raise :exc:`Invalid` if it is not of this format."""
    table = open_table(source, file=file, is_heading=lambda text: bool(dialect.column_of(text)))
    seen = _Seen(table.rows)
    part = import_table(replace(table, rows=iter(seen)), dialect, file=file)
    return Preview(
        encoding=part.encoding,
        looked_at=len(part.rows),
        is_whole=seen.is_whole,
        header_number=table.header_number,
        columns=tuple(_columns(table, dialect, seen, part.unmapped_values)),
        missing=tuple(dict.fromkeys(w.column for w in part.warnings if w.kind == "missing_column")),
        rows=tuple(_row(row, agency) for row in part.imported[:SHOWN_ROWS]),
    )


class _Seen:
    """The first rows of a table; counts what is in each of its columns as they go by."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.filled: Counter[int] = Counter()
        self.examples: dict[int, str] = {}
        self.is_whole = False
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        for row in islice(self._rows, MOST_ROWS):
            for at, cell in enumerate(row.cells):
                if not is_blank(cell):
                    self.filled[at] += 1
                    self.examples.setdefault(at, _short(cell))
            yield row
        self.is_whole = next(self._rows, None) is None


def _columns(
    table: Table, dialect: Format, seen: _Seen, unmapped: Mapping[str, Mapping[str, int]]
) -> Iterator[ColumnView]:
    places = {at: column for column, at in find_columns(table, dialect).items()}
    for at, label in enumerate(table.labels):
        links = [link for link in dialect.links if (link.column, link.occurrence) == places.get(at)]
        unknown = Counter({_short(v): n for v, n in unmapped.get(label, {}).items()})
        yield ColumnView(
            heading=label,
            answers=tuple(_answered(link) for link in links if link.path),
            is_known=at in places,
            filled=seen.filled[at],
            example=seen.examples.get(at, ""),
            unknown=dict(unknown.most_common(SHOWN_VALUES)),
            unknown_total=len(unknown),
        )


def _answered(link: Link) -> Answered:
    return Answered(path=link.path, transform=link.transform, language=link.language)


def _row(row: ImportedRow, agency: str | None) -> RowView:
    """Show a row as the validator would leave it."""
    names = dict(row.agency.names) or {"en": row.agency.abbreviation or ""}
    content, problems = None, []
    try:
        content = content_of(row, agency or NOBODY).to_json()
        if agency is None:
            content["answers"].pop("agency", None)
    except Invalid as error:
        problems = [
            {"field": path, "sentence": sentence_data(sentence)}
            for path, sentences in error.errors.items()
            for sentence in sentences
        ]
    return RowView(
        number=row.number,
        source_id=row.source_id or "",
        agency={code: name for code, name in names.items() if name},
        content=content,
        problems=tuple(problems),
    )


def _short(text: str) -> str:
    line = one_line(without_personal_addresses(text)[0])
    return line if len(line) <= LONGEST_VALUE else f"{line[:LONGEST_VALUE]}…"
