"""A workbook being written: tables with headings, drop-downs and hints, every cell a text."""

import io
from typing import Any

import xlsxwriter

from register.config import RIGHT_TO_LEFT
from register.exchange.files.sheet_parts import MAX_ROWS, letters_of
from register.exchange.sheet.sheet_columns import Column
from register.exchange.sheet.sheet_hints import SYSTEMS_TITLE, hint_of
from register.exchange.sheet.sheet_words import LONGEST_SHEET_NAME, Words, sheet_name
from register.standard.field import Kind

Spot = tuple[int, int]  # a row and a column, both from 0

_OPTIONS = "options"
_LONGEST_MESSAGE = 255  # characters that a spreadsheet shows beside a cell
_LONGEST_TITLE = 32
_WIDE = frozenset({Kind.PROSE})
_SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LOOKS = {
    "text": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "technical": {"num_format": "@", "font_color": "#505a5f"},
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#f3f2f1"},
    "needed": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#d2e2f1"},
    "wrong": {"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#fbd9d5"},
    "title": {"bold": True, "font_size": 16},
}


class Book:
    """Writes the sheets one after the other, from top to bottom.

    Only texts are written, never formulas: see :mod:`register.exchange.files.plain_cells`.
    """

    def __init__(self, words: Words, code: str) -> None:
        """Begin a workbook in a language."""
        self.words = words
        self.code = code
        self._file = io.BytesIO()
        self._book: Any = xlsxwriter.Workbook(self._file, _SAFE)
        self._looks = {name: self._book.add_format(look) for name, look in _LOOKS.items()}
        self._options: list[tuple[str, ...]] = []
        self._sources: dict[tuple[str, ...], str] = {}
        self._names = {_OPTIONS}

    def say(self, sentence: str) -> str:
        """Give a sentence in the language of the workbook."""
        return self.words.say(sentence, self.code)

    def add_sheet(self, name: str) -> Any:
        """Add a sheet that reads in the direction of the language."""
        sheet = self._book.add_worksheet(self._free(sheet_name(name) or self.say(SYSTEMS_TITLE)))
        if self.code in RIGHT_TO_LEFT:
            sheet.right_to_left()
        return sheet

    def write(self, sheet: Any, at: Spot, text: str, look: str = "text") -> None:
        """Write a text into a cell."""
        sheet.write_string(*at, text, self._looks[look])

    def comment(self, sheet: Any, at: Spot, text: str) -> None:
        """Let a note appear when somebody points at a cell."""
        lines = sum(1 + len(line) // 45 for line in text.splitlines())
        size = {"width": 320, "height": min(40 + 17 * lines, 600)}
        sheet.write_comment(*at, text, {"author": self.say(SYSTEMS_TITLE), **size})

    def dress(self, sheet: Any, position: int, column: Column, first_row: int) -> None:
        """Give a column its width, its drop-down and the message beside its cells."""
        width = 44 if column.question.kind in _WIDE else 24
        sheet.set_column(position, position, width, self._looks["text"])
        hint = hint_of(column, self.words, self.code)
        labels = tuple(label for _value, label in self.words.choices(column, self.code))
        rule: dict[str, Any] = {"validate": "any"}
        if labels:
            # Several answers, and those of the other language, are no error: the register decides.
            rule = {"validate": "list", "source": self._source(labels), "show_error": False}
        title = self.words.heading(column, self.code)
        if hint:
            rule |= {"input_title": _cut(title, _LONGEST_TITLE)}
            rule |= {"input_message": _cut(hint, _LONGEST_MESSAGE)}
        sheet.data_validation(first_row, position, first_row + MAX_ROWS - 1, position, rule)

    def finish(self) -> bytes:
        """Write the hidden sheet of options, and give the workbook."""
        sheet = self._book.add_worksheet(_OPTIONS)
        sheet.hide()
        for row in range(max(map(len, self._options), default=0)):
            for column, labels in enumerate(self._options):
                if row < len(labels):
                    sheet.write_string(row, column, labels[row])
        self._book.close()
        return self._file.getvalue()

    def _free(self, name: str) -> str:
        """Give a name that no sheet has, in whatever letters: this one, or with a number behind."""
        free, number = name, 1
        while free.casefold() in self._names:
            number += 1
            behind = f" {number}"
            free = name[: LONGEST_SHEET_NAME - len(behind)] + behind
        self._names.add(free.casefold())
        return free

    def _source(self, labels: tuple[str, ...]) -> str:
        """Give where a drop-down finds its options; equal lists are kept once."""
        if labels not in self._sources:
            column = f"${letters_of(len(self._options))}"
            self._sources[labels] = f"={_OPTIONS}!{column}$1:{column}${len(labels)}"
            self._options.append(labels)
        return self._sources[labels]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
