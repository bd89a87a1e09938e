"""A text that a stranger wrote is a text in every program that opens the file."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from register.exchange.files.plain_cells import plain_cell, text_of_cell
from register.exchange.sheet.sheet_book import Book
from tests.exchange.sheets import members, the_words

HIDDEN = [
    "",
    " ",
    "\ufeff",
    "\n",
    "\r",
    "\t",
    "\0",
    "\u00a0",
    "\u200b",
    "\u202e",
    "\u2028",
    " \n\ufeff",
]
SIGNS = [*"=+-@", *"＝＋－＠", *"﹦﹢﹣﹫"]


@pytest.mark.parametrize("before", HIDDEN, ids=ascii)
@pytest.mark.parametrize("sign", SIGNS)
def test_what_a_program_may_take_for_a_formula_has_an_apostrophe_before_it(
    before: str, sign: str
) -> None:
    text = f"{before}{sign}cmd|' /C calc'!A0"

    assert plain_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["\tA1", "\rA1", "\nA1"])
def test_a_cell_does_not_begin_with_what_ends_one(text: str) -> None:
    assert plain_cell(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    ["", " ", "\ufeff", "A = B", "a@b", "City of Lantern Bay", "شہرِ چراغ", "1-2"],
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert plain_cell(text) == text


@pytest.mark.parametrize("text", ["=1+1", "{=1+1}", "@SUM(1)", " ＝1", "http://a.example", "007"])
def test_in_a_workbook_every_text_is_written_as_a_text_and_unchanged(text: str) -> None:
    book = Book(the_words(), "en")
    sheet = book.add_sheet("Sheet")

    book.write(sheet, (0, 0), text)
    made = book.finish()

    with CalamineWorkbook.from_filelike(io.BytesIO(made)) as read:
        assert list(read.get_sheet_by_index(0).iter_rows()) == [[text]]
    assert b"<f>" not in members(made)["xl/worksheets/sheet1.xml"]


@given(st.text(st.sampled_from("'=+-@ a\t\n") | st.characters(), max_size=6))
@example("'=1")
@example("''=1")
def test_a_text_is_found_again_in_the_cell_that_was_made_of_it(text: str) -> None:
    assert text_of_cell(plain_cell(text)) == text
