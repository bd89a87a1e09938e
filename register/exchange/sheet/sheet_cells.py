"""What is typed into a cell, read into the JSON shape of its kind. Nothing is judged here.

Only an option that nobody offers is remarked on, since the words for it are known here alone; what
else is wrong the validator finds, for whom it is left as it was typed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from register.errors import Message
from register.exchange.cells.values import one_line, tidy
from register.exchange.sheet.sheet_columns import Column
from register.exchange.sheet.sheet_words import Words
from register.standard.field import Kind
from register.standard.marking import _

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s,٬،'_](?=\d)")
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_SEPARATORS = re.compile(r"[;؛\n]")
_SHOWN = 80  # characters of what was typed

NOT_OFFERED = _("“%(typed)s” is not one of the answers offered here.")


@dataclass(frozen=True)
class Reading:
    """The answer in its JSON shape (``None`` if there is none), and what to say of it."""

    value: Any
    remark: str = ""


def read_cell(text: str, column: Column, words: Words) -> Reading:
    """Read a cell; blank gives no answer."""
    text = unicodedata.normalize("NFC", text)
    return READ[column.question.kind](text, column, words) if tidy(text) else Reading(None)


def one_word(text: str) -> str:
    """Give a cell's text on one line, as references and names are kept."""
    return one_line(unicodedata.normalize("NFC", text))


def _line(text: str, _column: Column, _words: Words) -> Reading:
    return Reading(one_line(text))


def _prose(text: str, _column: Column, _words: Words) -> Reading:
    return Reading(tidy(text))


def _lines(text: str, _column: Column, _words: Words) -> Reading:
    """Read one text a line or, where there is but one line, what semicolons divide."""
    lines = text.split("\n") if "\n" in text else _SEPARATORS.split(text)
    return Reading([one_line(line) for line in lines if tidy(line)] or None)


def _choice(text: str, column: Column, words: Words) -> Reading:
    found = words.find_choice(column, text)
    if found is None:
        return Reading(one_line(text), Message(NOT_OFFERED, typed=one_line(text)[:_SHOWN]))
    return Reading(found)


def _choices(text: str, column: Column, words: Words) -> Reading:
    found = [_choice(each, column, words) for each in _SEPARATORS.split(text) if tidy(each)]
    remarks = [each.remark for each in found if each.remark]
    values = list(dict.fromkeys(each.value for each in found))
    return Reading(values or None, remarks[0] if remarks else "")


def _date(text: str, _column: Column, _words: Words) -> Reading:
    match = _DAY.fullmatch(_digits(one_line(text)))
    if match is None:
        return Reading(one_line(text))
    return Reading("-".join(part.zfill(2) for part in match.groups() if part))


def _number(text: str, _column: Column, _words: Words) -> Reading:
    typed = _amount(text)
    return Reading(int(typed) if re.fullmatch(r"[0-9]{1,18}", typed) else typed)


def _money(text: str, column: Column, _words: Words) -> Reading:
    return Reading(_amount(text) if column.step == "amount" else one_line(text).upper())


def _amount(text: str) -> str:
    return _BETWEEN_DIGITS.sub("", _digits(one_line(text))).replace("٫", ".")


def _digits(text: str) -> str:
    """Write digits of any script as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text
    )


READ: Mapping[Kind, Callable[[str, Column, Words], Reading]] = {
    Kind.LINE: _line,
    Kind.PROSE: _prose,
    Kind.LINES: _lines,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _choice,
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _date,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.URL: _line,
    Kind.EMAIL: _line,
    Kind.AGENCY: _choice,
}
