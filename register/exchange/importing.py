"""A mapping applied to a file: rows in, disclosures out, and a remark on whatever was lost.

Rows are read one at a time, so that a file may be longer than the memory; ``import_file`` and
``import_table`` give a whole file at once, which is handy for a small one.

Nothing is invented. A blank is left out; a value that is not known is remarked upon and counted;
every column of the source is kept beside the answers, but for personal e-mail addresses.
"""

import io
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from register.errors import Invalid
from register.exchange.cells.addresses import without_personal_addresses
from register.exchange.cells.transforms import LOCALIZED, TRANSFORMS, in_language, quoted
from register.exchange.cells.values import is_blank, is_no_answer, misdecoded, one_line
from register.exchange.draft import Cells, Draft
from register.exchange.files.opening import open_table
from register.exchange.files.plain_cells import text_of_cell
from register.exchange.files.reading import Row, Table
from register.exchange.mapping import Format, Link
from register.exchange.result import (
    ImportedFile,
    ImportedRow,
    ImportedStream,
    RejectedRow,
    RowWarning,
)
from register.standard.content import Content

_MOST_VALUES = 1000  # different unknown values of a column that are counted each for itself
_LONGEST_VALUE = 500  # characters of one

Places = Mapping[tuple[str, int], int]  # where each column of a format stands in the table


def import_file(data: bytes, dialect: Format, *, file: str = "The file") -> ImportedFile:
    """Read a whole file in the dialect ``dialect``; ``file`` is what messages call it.

    Raise :exc:`Invalid` if it is not a table of that dialect.
    """
    return read_whole(stream_file(io.BytesIO(data), dialect, file=file))


def import_table(table: Table, dialect: Format, *, file: str = "The file") -> ImportedFile:
    """Apply a mapping to a whole table, however it was read; see :func:`import_file`."""
    return read_whole(stream_table(table, dialect, file=file))


def stream_file(source: BinaryIO, dialect: Format, *, file: str = "The file") -> ImportedStream:
    """Begin to read a seekable file from its start, a row at a time; see :func:`import_file`.

    The same file may be streamed again, once this stream is not read any more.
    """
    table = dialect.prepare(
        lambda is_heading: open_table(source, file=file, is_heading=is_heading),
        lambda text: bool(dialect.column_of(text)),
    )
    return stream_table(table, dialect, file=file)


def stream_table(table: Table, dialect: Format, *, file: str = "The file") -> ImportedStream:
    """Begin to apply a mapping to a table, a row at a time."""
    if not dialect.is_read:
        raise Invalid(f"{dialect.name} is a format to export in. Files in it cannot be imported.")
    places = find_columns(table, dialect)
    _require(places, dialect, file)
    if not dialect.is_header(table.header):
        message = "Most of its columns are of another kind."
        raise Invalid(f"{file} is not in the format {dialect.name}. {message}")
    reader = _RowReader(table.labels, places, dialect)
    table.warnings.extend(_missing(places, dialect, table.header_number))
    return ImportedStream(
        encoding=table.encoding,
        columns=table.labels,
        rows=(reader.read(row) for row in table.rows if not all(map(is_blank, row.cells))),
        remarks=table.warnings,
        unmapped_columns=tuple(
            label for at, label in enumerate(table.labels) if at not in set(places.values())
        ),
        lossy=dialect.losses,
        unmapped_values=reader.unmapped,
    )


def read_whole(stream: ImportedStream) -> ImportedFile:
    """Read a stream to its end, for a file that is small enough to be held as a whole."""
    rows = tuple(stream.rows)
    return ImportedFile(
        encoding=stream.encoding,
        rows=rows,
        warnings=tuple(stream.take_remarks()),
        unmapped_columns=stream.unmapped_columns,
        lossy=stream.lossy,
        unmapped_values={column: dict(count) for column, count in stream.unmapped_values.items()},
    )


def find_columns(table: Table, dialect: Format) -> Places:
    """Find where each column of the mapping stands, by its heading and its occurrence."""
    found: Counter[str] = Counter()
    places: dict[tuple[str, int], int] = {}
    for at, column in enumerate(dialect.columns_of(table.header)):
        if column:
            found[column] += 1
            places[column, found[column]] = at
    known, repeated = set(dialect.columns), dialect.repeated
    return {each: at for each, at in places.items() if each in known or each[0] in repeated}


def _require(places: Places, dialect: Format, file: str) -> None:
    if all((column, 1) in places for column in dialect.required):
        return
    missing = [column for column, number in dialect.columns if (column, number) not in places]
    missing.sort(key=lambda column: column not in dialect.required)
    named = ", ".join(f'"{column}"' for column in dict.fromkeys(missing))
    raise Invalid(f"{file} is not in the format {dialect.name}. It has no column {named}.")


def _missing(places: Places, dialect: Format, header_number: int) -> Sequence[RowWarning]:
    return [
        RowWarning(header_number, column, "", "The file has no such column.", "missing_column")
        for column, occurrence in dialect.columns
        if (column, occurrence) not in places and not dialect.is_extra(column, occurrence)
    ]


class _RowReader:
    """Reads the rows of one table, and counts the values that the mapping does not know."""

    def __init__(self, labels: Sequence[str], places: Places, dialect: Format) -> None:
        self.unmapped: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._labels = labels
        self._places = places
        self._dialect = dialect
        self._links_in: dict[str, Sequence[Link]] = {}

    def read(self, row: Row) -> ImportedRow | RejectedRow:
        """Make a row of the table an imported or a rejected row."""
        draft = Draft(row.number)
        texts = self._published_texts(row, draft)
        raw = dict(zip(self._labels, texts, strict=True)) | self._beyond(row)
        if row.idle:
            return RejectedRow(row.number, row.idle, raw, is_idle=True)
        cells = Cells(row.number, self._spoken(texts, draft))
        stated = self._dialect.language(cells, draft)
        draft.languages = (stated,) if stated else self._dialect.languages
        self._apply_links(cells, draft)
        if not draft.find("name"):
            if not self._identifier(cells):
                return RejectedRow(row.number, "The row has neither a name nor an id.", raw)
            draft.warn(self._label_of("name"), "name", "nameless", "The row has no name.")
        self._dialect.complete(cells, draft)
        if draft.idle:
            return RejectedRow(row.number, draft.idle, raw, is_idle=True)
        for column, value in draft.unmapped:
            counts, said = self.unmapped[column], one_line(value)[:_LONGEST_VALUE]
            # A column that says something else in each row is not what the mapping takes it for.
            counts[said if said in counts or len(counts) < _MOST_VALUES else "…"] += 1
        return self._imported(cells, draft, raw)

    def _spoken(self, texts: Sequence[str], draft: Draft) -> dict[tuple[str, int], str]:
        """Give the texts by column, but for those that only say that an answer is withheld."""
        spoken = {}
        for column, at in self._places.items():
            if not self._dialect.is_withheld(texts[at]):
                spoken[column] = text_of_cell(texts[at])
                continue
            field = next(link.field for link in self._dialect.links if link.column == column[0])
            message = f"The answer is withheld there; here it is not stated: {quoted(texts[at])}."
            draft.warn(self._labels[at], field, "withheld", message)
        return spoken

    def _label_of(self, path: str) -> str:
        link = next(link for link in self._dialect.links if link.path == path)
        return self._labels[self._places[link.column, link.occurrence]]

    def _imported(self, cells: Cells, draft: Draft, raw: Mapping[str, str]) -> ImportedRow:
        answers = {
            "record_kind": draft.record_kind,
            "languages": list(draft.languages),
            **draft.answers(),
        }
        return ImportedRow(
            number=draft.number,
            source_id=self._identifier(cells) or None,
            agency=self._dialect.agency(cells),
            content=Content(answers=answers),
            raw=raw,
            warnings=tuple(draft.warnings),
            withheld_ground=draft.withheld_ground,
            withheld_text=draft.withheld_text,
        )

    def _identifier(self, cells: Cells) -> str:
        text = cells.get(self._dialect.identifier)
        if not is_blank(text):
            return one_line(text)
        others = map(cells.get, self._dialect.other_identifiers)
        return next((one_line(o) for o in others if not (is_blank(o) or is_no_answer(o))), "")

    def _published_texts(self, row: Row, draft: Draft) -> list[str]:
        """Give the cells without personal e-mail addresses; remark on these and on bad letters."""
        texts = []
        for label, cell in zip(self._labels, row.cells, strict=True):
            text, removed = without_personal_addresses(cell)
            texts.append(text)
            if removed:
                message = f"{removed} personal e-mail address(es) not taken over."
                draft.warn(label, "", "personal_address", message)
            if traces := misdecoded(cell):
                message = f"{len(traces)} character(s) look wrongly decoded; kept as they are."
                draft.warn(label, "", "misdecoded", message)
        return texts

    def _beyond(self, row: Row) -> dict[str, str]:
        """Give the cells that have no heading, under the number of their column."""
        cells = enumerate(row.beyond, start=len(self._labels) + 1)
        return {f"column {at}": without_personal_addresses(cell)[0] for at, cell in cells}

    def _apply_links(self, cells: Cells, draft: Draft) -> None:
        for link in self._links(draft.languages[0]):
            text = cells.get(link.column, link.occurrence)
            if link.transform != "special" and not is_blank(text):
                self._apply(link, text, draft)
        for constant in self._dialect.constants:
            if draft.find(constant.given) is not None:
                draft.place(constant.path, constant.value)

    def _links(self, language: str) -> Sequence[Link]:
        """Give the links with the row's language where they have none of their own."""
        if language not in self._links_in:
            links = [in_language(link, language) for link in self._dialect.links]
            self._links_in[language] = links
        return self._links_in[language]

    def _apply(self, link: Link, text: str, draft: Draft) -> None:
        label = self._labels[self._places[link.column, link.occurrence]]
        outcome = TRANSFORMS[link.transform](text, link)
        for kind, message in outcome.doubts:
            draft.warn(label, link.path, kind, message)
        draft.unmapped.extend((label, value) for value in outcome.unmapped)
        if outcome.answer is None:
            return
        if link.needs and draft.find(link.needs) is None:
            message = f"Kept in the source row only: it says nothing without {link.needs}."
            draft.warn(label, link.path, "unplaced", message)
            return
        path = f"{link.path}.{link.language}" if link.transform in LOCALIZED else link.path
        if link.transform == "items":
            draft.place_items(path, outcome.answer)
            return
        present = draft.find(path)
        if present is None:
            draft.place(path, outcome.answer)
        elif present != outcome.answer and not link.is_fallback:
            message = f'It disagrees with what another column says of {link.path}: "{present}".'
            draft.warn(label, link.path, "disagreement", message)
