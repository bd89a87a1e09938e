"""The words of a workbook in each language of the register, and the way back from words to values.

The floor of exchange knows no language: whoever asks brings a function that translates.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from register.config import LANGUAGE_NAMES
from register.errors import Message
from register.exchange.cells.values import fold
from register.exchange.sheet.sheet_columns import (
    NOT_BY_SHEET,
    REFERENCE,
    REFERENCE_LABEL,
    REMARKS,
    REMARKS_LABEL,
    Column,
    Layout,
)
from register.standard import spelling
from register.standard.field import Kind
from register.standard.marking import _

Translate = Callable[[str, str], str]
Choice = tuple[str, str]  # the value that is kept, and its label

YES_NO = (("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known")))
_READ_AS = {"true": "yes", "false": "no"}  # what a spreadsheet calls a box that is ticked or not
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_SHEET_NAME = 31


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the columns, options and sheets are called.

    ``translate`` gives a marked sentence in a language; ``bodies`` are the names of the bodies in
    the directory by language, by slug.
    """

    layout: Layout
    languages: tuple[str, ...]
    translate: Translate
    bodies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _known: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)

    def say(self, sentence: str, code: str) -> str:
        """Give a marked sentence in a language, with its values."""
        values = dict(sentence.values) if isinstance(sentence, Message) else {}
        if "language" in values:
            named = str(values["language"])
            values["language"] = LANGUAGE_NAMES.get(named, named)
        text = self.translate(str(sentence), code)
        return text % values if values else text

    def heading(self, column: Column, code: str) -> str:
        """Give what stands above a column: the question, the part, and the language of a text."""
        words = " – ".join(self.translate(label, code) for label in column.labels)
        if not column.language:
            return words
        return f"{words} ({LANGUAGE_NAMES.get(column.language, column.language)})"

    def choices(self, column: Column, code: str) -> tuple[Choice, ...]:
        """Give the options of a question with their labels; none if anything may be written."""
        question = column.question
        if question.kind is Kind.YES_NO:
            return tuple((value, self.translate(label, code)) for value, label in YES_NO)
        if question.kind is Kind.AGENCY:
            return tuple((slug, _name_in(names, code)) for slug, names in self.bodies.items())
        left_out = NOT_BY_SHEET.get(column.path, frozenset())
        return tuple(
            (option.value, self.translate(option.label, code))
            for option in question.options
            if option.value not in left_out
        )

    def find_choice(self, column: Column, text: str) -> str | None:
        """Give the option that is meant by its value, or by its label in any language."""
        if column.path not in self._known:
            self._known[column.path] = self._spellings(column)
        return self._known[column.path].get(plain(text))

    def list_name(self, name: str, code: str) -> str:
        """Give the name of a list's sheet, as short as spreadsheets want it."""
        return sheet_name(self.translate(self.layout.titles[name], code))

    @property
    def paths_by_heading(self) -> dict[str, str]:
        """The paths of the columns of the sheet of systems, by every spelling of their headings."""
        return self._by_heading(self.layout.systems)

    def paths_in_list(self, name: str) -> dict[str, str]:
        """Give the paths of a list's columns by every spelling of their headings."""
        return self._by_heading(self.layout.lists[name])

    def list_of_sheet(self, sheet: str) -> str | None:
        """Give the list whose sheet has this name in some language."""
        for name in self.layout.lists:
            if sheet in {self.list_name(name, code) for code in self.languages}:
                return name
        return None

    def _by_heading(self, columns: tuple[Column, ...]) -> dict[str, str]:
        found = {}
        for code in self.languages:
            for column in columns:
                found[plain(self.heading(column, code))] = column.path
            found[plain(self.translate(REFERENCE_LABEL, code))] = REFERENCE
            found[plain(self.translate(REMARKS_LABEL, code))] = REMARKS
        return found

    def _spellings(self, column: Column) -> dict[str, str]:
        found = {}
        for code in self.languages:
            for value, label in self.choices(column, code):
                found[plain(label)] = value
                found[plain(value)] = value
        if column.question.kind is Kind.YES_NO:
            found |= _READ_AS
        return found


def plain(text: str) -> str:
    """Give the form in which two spellings of one label are the same."""
    return spelling.fold(fold(text))


def sheet_name(text: str) -> str:
    """Give a text that spreadsheets accept as the name of a sheet."""
    return _NOT_IN_A_NAME.sub("", text)[:LONGEST_SHEET_NAME].strip()


def _name_in(names: Mapping[str, str], code: str) -> str:
    return names.get(code) or names.get("en") or next(iter(names.values()), "")
