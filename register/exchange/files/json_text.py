"""The values of a JSON text, one after the other, so that no more than one is kept at a time.

A text is read as far as the value at hand needs, and no value may be longer than a record of a
table may be: neither depth nor repetition then asks for more memory than that.
"""

import json
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from register.errors import Invalid, Message
from register.exchange.files.records import MAX_RECORD
from register.standard.marking import _

_PIECE = 64 * 1024  # characters
_SPACE = re.compile(r"[ \t\r\n]*")
_LONGEST_NUMBER = 300  # digits; longer ones stay as they are written

NO_JSON = _("%(file)s, row %(row)s: this is not JSON. The file may have been cut short.")
DEEP = _("%(file)s, row %(row)s: lists and objects are nested too deeply.")
TWICE = _("%(file)s, row %(row)s, column %(column)s: the name stands twice in one object.")
LONG = _("%(file)s, row %(row)s: more than %(most)s characters.")


class JsonText:
    """A JSON text read from its beginning; ``row`` is the number that errors name."""

    def __init__(self, text: TextIO, file: str) -> None:
        """Begin to read ``text``, which errors call ``file``."""
        self._text = text
        self._file = file
        self._buffer = ""
        self._at = 0
        self._is_whole = False
        self._decoder = json.JSONDecoder(
            parse_float=_number,
            parse_int=_integer,
            parse_constant=str,
            object_pairs_hook=_object,
        )
        self.row = 1

    def look(self) -> str:
        """Give the next character that is no space without taking it; ``""`` at the end."""
        while True:
            match = _SPACE.match(self._buffer, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._buffer) or self._is_whole:
                return self._buffer[self._at : self._at + 1]
            self._read_on()

    def take(self, expected: str) -> None:
        """Take the next character; raise :exc:`Invalid` if it is another."""
        if self.look() != expected:
            raise self.refusal(NO_JSON)
        self._at += 1

    def value(self) -> Any:
        """Take a whole value. A long number stays a text, as do ``NaN`` and ``Infinity``."""
        self.look()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._buffer, self._at)
            except _TwiceError as error:
                raise self.refusal(TWICE, column=f'"{error}"') from error
            except RecursionError as error:
                raise self.refusal(DEEP) from error
            except ValueError as error:
                self._read_on_or(error)
                continue
            if end < len(self._buffer) or self._is_whole:
                self._at = end
                return found
            self._read_on_or(None)

    def skip(self) -> None:
        """Take a value, item by item if it is a list, and keep nothing of it."""
        if self.look() != "[":
            self.value()
            return
        for _item in self.items():
            pass

    def items(self) -> Iterator[Any]:
        """Take the values of a list, one by one."""
        self.take("[")
        if self.look() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            if self.look() != ",":
                break
            self.take(",")
        self.take("]")

    def names(self) -> Iterator[str]:
        """Take the names in an object, one by one; the value of each is to be taken in between."""
        self.take("{")
        if self.look() == "}":
            self.take("}")
            return
        while True:
            if self.look() != '"':
                raise self.refusal(NO_JSON)
            name = str(self.value())
            self.take(":")
            yield name
            if self.look() != ",":
                break
            self.take(",")
        self.take("}")

    def refusal(self, sentence: str, **values: object) -> Invalid:
        """Give the error that refuses the file for this, at the row that is being read."""
        return Invalid(Message(sentence, file=self._file, row=self.row, **values))

    def _read_on_or(self, error: ValueError | None) -> None:
        """Read on, since a value may only be cut off; if that cannot be, it is none."""
        if self._is_whole:
            raise self.refusal(NO_JSON) from error
        if len(self._buffer) - self._at > MAX_RECORD:
            raise self.refusal(LONG, most=f"{MAX_RECORD:,}") from error
        self._read_on()

    def _read_on(self) -> None:
        rest = self._buffer[self._at :]
        piece = self._text.read(max(_PIECE, len(rest)))
        self._buffer, self._at = rest + piece, 0
        self._is_whole = not piece


class _TwiceError(Exception):
    """A name stands twice in one object."""


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _TwiceError(name)
        found[name] = value
    return found


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _number(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits
