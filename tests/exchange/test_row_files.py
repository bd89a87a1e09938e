"""A file of rows says to every program what the rows say, whoever wrote the texts in them."""

import csv
import io
import json
import re
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from register.exchange.files import row_book
from register.exchange.files.row_book import LONGEST_CELL, write_book
from register.exchange.files.row_files import (
    LOSS_COLUMNS,
    MARK,
    NOT_CARRIED,
    Entry,
    LossRow,
    csv_pieces,
    json_pieces,
    loss_pieces,
)
from tests.exchange.sheets import members

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)
COLUMNS = ("id", "name", "text")
# What XML has no letter for, no workbook can hold, and no filing either.
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\t\n\r")
BEGINNINGS = st.sampled_from(["", *"=+-@", *"＝＋－＠", " =", "\ufeff=", "\t", "\r", "\n", "'="])
TEXTS = st.builds("{}{}".format, BEGINNINGS, st.text(LETTERS))


def book_of(entries: list[Entry], title: str = "rows") -> bytes:
    out = io.BytesIO()
    write_book(out, COLUMNS, entries, title=title, moment=MOMENT)
    return out.getvalue()


def sheets(book: bytes) -> list[list[list[object]]]:
    """The cells of each sheet, row by row."""
    with CalamineWorkbook.from_filelike(io.BytesIO(book)) as read:
        return [list(read.get_sheet_by_index(at).iter_rows()) for at in range(2)]


def row(*cells: str) -> dict[str, str]:
    return dict(zip(COLUMNS, cells, strict=False))


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4))
@example([("=cmd|' /C calc'!A0", '"', ","), ("", "\r\n", "'"), ("\ufeff", "a\rb", "\n=1")])
def test_no_cell_of_a_csv_is_a_formula_and_each_says_what_it_said(
    rows: list[tuple[str, str, str]],
) -> None:
    text = "".join(csv_pieces(COLUMNS, (row(*cells) for cells in rows)))

    assert text.startswith(MARK)
    read = list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))
    assert read[0] == list(COLUMNS)
    assert len(read) == len(rows) + 1
    cells = [cell for cells in read[1:] for cell in cells]
    texts = [text for texts in rows for text in texts]
    for cell, told in zip(cells, texts, strict=True):
        assert cell in {told, f"'{told}"}
        assert not cell.lstrip(" \t\r\n\ufeff").startswith(tuple("=+-@＝＋－＠"))


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3))
@example([("_x0041_", "https://a.example"), ("{=1}", "=1+1"), ("007", "  b  "), ("", "")])
def test_every_cell_of_a_workbook_is_a_text_and_says_what_it_said(
    rows: list[tuple[str, str]],
) -> None:
    book = book_of([Entry("AIR-1", row("id", *cells)) for cells in rows])

    sheet = members(book)["xl/worksheets/sheet1.xml"]
    assert re.search(rb"<(f|hyperlink)[ >]", sheet) is None
    assert sheets(book)[0] == [list(COLUMNS), *(["id", *cells] for cells in rows)]


def test_two_workbooks_of_one_moment_are_the_same_byte_for_byte() -> None:
    entries = [Entry("AIR-1", row("1", "a", "چراغ"), [LossRow("AIR-1", "f", "F", "changed", "w")])]

    first, second = book_of(entries), book_of(entries)

    assert first == second
    assert b"2026-11-23T12:00:00Z" in members(first)["docProps/core.xml"]


def test_a_workbook_says_on_its_second_sheet_what_was_lost() -> None:
    lost = LossRow("AIR-1", "risks", "Which risks are known?", NOT_CARRIED, "No place.")
    gone = LossRow("AIR-2", "", "", NOT_CARRIED, "No row.")

    rows, losses = sheets(book_of([Entry("AIR-1", row("1"), [lost]), Entry("AIR-2", None, [gone])]))

    assert [cells[0] for cells in rows] == ["id", "1"]
    assert losses == [list(LOSS_COLUMNS), list(lost.cells), list(gone.cells)]


@pytest.mark.parametrize("letter", ["a", "چ", "\N{GRINNING FACE}"])
def test_a_text_that_is_too_long_for_a_cell_is_cut_and_that_is_said(letter: str) -> None:
    text = letter * (LONGEST_CELL + 5)

    rows, losses = sheets(book_of([Entry("AIR-1", row("1", "n", text))]))

    shown = str(rows[1][2])
    assert shown.endswith("…")
    assert set(shown[:-1]) == {letter}
    assert LONGEST_CELL - 2 < len(shown.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert [cells[:4] for cells in losses[1:]] == [["AIR-1", "text", "", "shortened"]]


def test_what_fits_on_no_sheet_is_counted_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_book, "MOST_ROWS", 5)
    lost = [LossRow("AIR-1", f"f{number}", "", NOT_CARRIED, "") for number in range(7)]

    _rows, losses = sheets(book_of([Entry("AIR-1", row("1"), lost)]))

    assert len(losses) == 5
    assert str(losses[-1][0]).startswith("4 more did not fit")


def test_only_a_cell_that_reads_from_right_to_left_is_set_so() -> None:
    book = book_of(
        [Entry("AIR-1", row("1", "City", "شہرِ چراغ")), Entry("2", row("2", "چراغ", "x"))]
    )

    sheet = members(book)["xl/worksheets/sheet1.xml"].decode()
    looks = dict(re.findall(r'<c r="([A-C][23])" s="(\d+)"', sheet))

    assert "rightToLeft" not in sheet
    assert looks["C2"] == looks["B3"] != looks["B2"] == looks["A2"] == looks["C3"]


def test_a_json_file_is_an_array_also_of_nothing_or_of_one() -> None:
    values = [{"a": "چراغ"}, {"b": [1]}]

    assert json.loads("".join(json_pieces(iter(values)))) == values
    assert json.loads("".join(json_pieces(values[:1]))) == values[:1]
    assert json.loads("".join(json_pieces([]))) == []


def test_losses_have_their_columns_also_where_nothing_is_lost() -> None:
    assert "".join(loss_pieces([])) == MARK + ",".join(LOSS_COLUMNS) + "\r\n"


def test_a_long_file_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    def entries(number: int) -> Iterator[Entry]:
        for at in range(number):
            yield Entry(str(at), row(str(at), "n" * 500, "t" * 2000))

    def most(number: int) -> int:
        tracemalloc.start()
        with (tmp_path / "book.xlsx").open("wb") as out:
            write_book(out, COLUMNS, entries(number), title="rows", moment=MOMENT)
        for _piece in csv_pieces(COLUMNS, (each.row or {} for each in entries(number))):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(10)  # what is imported once
    assert most(2_000) < most(200) + 500_000
