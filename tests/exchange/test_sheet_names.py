"""The sheets of a workbook that is written have names that every program tells apart."""

import io

import pytest
from python_calamine import CalamineWorkbook

from register.exchange.sheet.sheet_book import Book
from tests.exchange.sheets import the_words


@pytest.mark.parametrize(
    "names",
    [
        ["a" * 27 + " 3", "a" * 27, "A" * 27],
        ["a" * 31, "A" * 31, "a" * 29 + " 2", "a" * 40],
        ["options", "Options", "OPTIONS 2", ""],
        ["", "", "x", "X", "x 2", "x 3"] + ["x"] * 12,
        ["ß" * 20, "SS" * 10, "ß" * 31, "ẞ" * 31],
    ],
)
def test_sheets_that_have_one_name_are_told_apart(names: list[str]) -> None:
    book = Book(the_words(), "en")
    for name in names:
        book.write(book.add_sheet(name), (0, 0), name or "-")

    with CalamineWorkbook.from_filelike(io.BytesIO(book.finish())) as read:
        found = read.sheet_names

    assert len(found) == len({name.casefold() for name in found}) == len(names) + 1
    assert max(map(len, found)) <= 31
