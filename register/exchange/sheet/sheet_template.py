"""The empty workbook that an officer takes, in one language, with all that is asked."""

from collections.abc import Sequence
from typing import Any

from register.exchange.files.sheet_parts import MAX_ROWS
from register.exchange.sheet.sheet_book import Book
from register.exchange.sheet.sheet_columns import REFERENCE, REFERENCE_LABEL, Column
from register.exchange.sheet.sheet_hints import (
    ENTRY_HINT,
    GUIDE,
    GUIDE_TITLE,
    REFERENCE_HINT,
    SYSTEMS_TITLE,
    hint_of,
)
from register.exchange.sheet.sheet_words import Words

FIRST_ROW = 2  # of answers, below the hidden paths and the headings; rows count from 0


def template(words: Words, code: str) -> bytes:
    """Give the workbook in a language: systems, guide, and a sheet for each list."""
    book = Book(words, code)
    systems = _table(book, book.say(SYSTEMS_TITLE), words.layout.systems, REFERENCE_HINT)
    _guide(book)
    source = f"='{systems.get_name()}'!$A${FIRST_ROW + 1}:$A${FIRST_ROW + MAX_ROWS}"
    for name, columns in words.layout.lists.items():
        sheet = _table(book, words.list_name(name, code), columns, ENTRY_HINT)
        rule = {"validate": "list", "source": source, "show_error": False}
        sheet.data_validation(FIRST_ROW, 0, FIRST_ROW + MAX_ROWS - 1, 0, rule)
    return book.finish()


def _table(book: Book, name: str, columns: Sequence[Column], reference_hint: str) -> Any:
    sheet = book.add_sheet(name)
    sheet.set_column(0, 0, 22)
    book.write(sheet, (0, 0), REFERENCE, "technical")
    for position, column in enumerate(columns, start=1):
        book.write(sheet, (0, position), column.path, "technical")
    sheet.set_row(0, None, None, {"hidden": True})
    book.write(sheet, (1, 0), book.say(REFERENCE_LABEL), "needed")
    book.comment(sheet, (1, 0), book.say(reference_hint))
    for position, column in enumerate(columns, start=1):
        look = "needed" if column.is_needed else "heading"
        book.write(sheet, (1, position), book.words.heading(column, book.code), look)
        if hint := hint_of(column, book.words, book.code):
            book.comment(sheet, (1, position), hint)
        book.dress(sheet, position, column, FIRST_ROW)
    sheet.freeze_panes(FIRST_ROW, 1)
    return sheet


def _guide(book: Book) -> None:
    sheet = book.add_sheet(book.say(GUIDE_TITLE))
    sheet.set_column(0, 0, 100)
    book.write(sheet, (0, 0), book.say(GUIDE_TITLE), "title")
    for row, sentence in enumerate(GUIDE, start=2):
        book.write(sheet, (row, 0), book.say(sentence))
