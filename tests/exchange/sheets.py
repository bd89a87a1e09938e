"""An officer's workbook filled in by somebody who knows the answers, and taken apart again."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter

from register.exchange.sheet.sheet_columns import REFERENCE, Column, layout_of
from register.exchange.sheet.sheet_words import Words
from register.standard import CURRENT
from register.standard.field import Kind
from register.web.languages import said_in

LANGUAGES = ("en", "ur")
CITY = {"city": {"en": "City of Lantern Bay", "ur": "شہرِ چراغ"}}
Answers = Mapping[str, Any]


def the_words(**bodies: Mapping[str, str]) -> Words:
    """The words of the workbook in both languages."""
    layout = layout_of(CURRENT, LANGUAGES)
    return Words(layout=layout, languages=LANGUAGES, translate=said_in, bodies=bodies or CITY)


def filled(systems: Sequence[tuple[str, Answers]], words: Words, code: str = "en") -> bytes:
    """A workbook like the template, with a row for each system under its own reference."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"strings_to_formulas": False, "strings_to_urls": False})
    rows = [(own, [_at(answers, c.path) for c in words.layout.systems]) for own, answers in systems]
    _table(book, "Systems", words.layout.systems, rows, words, code)
    for name, columns in words.layout.lists.items():
        entries = [
            (own, [_at({name: entry}, column.path) for column in columns])
            for own, answers in systems
            for entry in answers.get(name, [])
        ]
        _table(book, words.list_name(name, code), columns, entries, words, code)
    book.close()
    return written.getvalue()


def as_csv(systems: Sequence[tuple[str, Mapping[str, str]]]) -> bytes:
    """A CSV file with technical headings, its cells as they are given by path."""
    paths = list(dict.fromkeys(path for _own, cells in systems for path in cells))
    lines = [[REFERENCE, *paths], *([own, *map(cells.get, paths)] for own, cells in systems)]
    quoted = [",".join('"' + (cell or "").replace('"', '""') + '"' for cell in x) for x in lines]
    return "\r\n".join(quoted).encode("utf-8-sig")


def members(book: bytes) -> dict[str, bytes]:
    """What is in a workbook's archive."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these members."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def altered(book: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one member changed."""
    parts = members(book)
    return rebuilt({**parts, name: change(parts[name])})


def _table(
    book: Any,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[str, Sequence[Any]]],
    words: Words,
    code: str,
) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, [REFERENCE, *(column.path for column in columns)])
    sheet.write_row(1, 0, ["-", *(words.heading(column, code) for column in columns)])
    for number, (own, answers) in enumerate(rows, start=2):
        sheet.write_string(number, 0, own)
        for position, (column, answer) in enumerate(zip(columns, answers, strict=True), start=1):
            if answer is not None:
                sheet.write_string(number, position, _cell(column, answer, words, code))


def _at(answers: Any, path: str) -> Any:
    for step in path.split("."):
        answers = answers.get(step) if isinstance(answers, Mapping) else None
    return answers


def _cell(column: Column, answer: Any, words: Words, code: str) -> str:
    labels = dict(words.choices(column, code))
    if column.question.kind is Kind.CHOICES:
        return "; ".join(labels[value] for value in answer)
    if column.question.kind is Kind.LINES:
        return "".join(f"{line}\n" for line in answer)
    return labels[answer] if labels else str(answer)
