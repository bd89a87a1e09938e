"""Headings found again however they are spelled: numbered, broken over lines, or cut short."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from register.exchange.cells.values import fold

_NUMBERED = re.compile(
    r"^(?:q|question|item)?\s*[(\[#]?\d{1,3}(?:\.\d{1,3})*[a-z]?[)\]]?(?:\s*[.:)-]\s*|\s+)(?=\D)"
)
_NO_WORD = re.compile(r"[\W_]+")
_NOTE = re.compile(r" (?:required|optional|mandatory|select one|select all that apply)$")
_SHORTEST = 20  # characters of a heading that may be one cut short

Found = tuple[int, str]  # how far down the key stands that a heading was found by, and the column


@dataclass(frozen=True)
class Headings:
    """Which heading stands for which column.

    A key is a whole heading, with ``*`` at its end the beginning of one, and with ``*`` at both
    ends words that it contains; ``""`` means that such a heading stands for no column. A heading
    is tried against whole ones first, then against beginnings, longest first, then as the
    beginning of one that was cut short, and last against words in the order of the keys. Case,
    punctuation, line breaks and a number before it do not matter.
    """

    pairs: Mapping[str, str]

    def find(self, heading: str) -> str | None:
        """Give the column that a heading stands for; ``None`` if it is not known."""
        found = self._found(heading)
        return found[1] if found else None

    def assign(self, header: Sequence[str]) -> tuple[str | None, ...]:
        """Give the column of each heading of a table.

        Where headings found by different keys mean one column, that of the first key has it and
        the others have none, so that keys begin with what is meant most surely.
        """
        found = [self._found(heading) for heading in header]
        best: dict[str, int] = {}
        for rank, column in filter(None, found):
            best[column] = min(rank, best.get(column, rank))
        return tuple(each[1] if each and each[0] == best[each[1]] else None for each in found)

    def _found(self, heading: str) -> Found | None:
        text = _words(heading)
        found = self._whole.get(text) or self._beginning(text) or self._cut_short(text)
        found = found or self._containing(text)
        return found if found and found[1] else None

    @cached_property
    def _keys(self) -> tuple[tuple[str, str, Found], ...]:
        """Every key as its kind, its words, and what is found by it."""
        kinds = {True: "words", False: "whole"}
        return tuple(
            (
                "beginning" if key.endswith("*") and key[0] != "*" else kinds[key[0] == "*"],
                _words(key.strip("*")),
                (rank, column),
            )
            for rank, (key, column) in enumerate(self.pairs.items())
        )

    @cached_property
    def _whole(self) -> dict[str, Found]:
        return {words: found for kind, words, found in self._keys if kind == "whole"}

    @cached_property
    def _beginnings(self) -> tuple[tuple[str, Found], ...]:
        keys = [(words, found) for kind, words, found in self._keys if kind == "beginning"]
        return tuple(sorted(keys, key=lambda key: -len(key[0])))

    def _beginning(self, text: str) -> Found | None:
        return next((found for words, found in self._beginnings if text.startswith(words)), None)

    def _cut_short(self, text: str) -> Found | None:
        """Find the one column of which a long enough text begins the headings."""
        if len(text) < _SHORTEST:
            return None
        meant = [
            found for kind, words, found in self._keys if kind != "words" and words.startswith(text)
        ]
        return meant[0] if len(Counter(column for _, column in meant)) == 1 else None

    def _containing(self, text: str) -> Found | None:
        keys = ((words, found) for kind, words, found in self._keys if kind == "words")
        return next((found for words, found in keys if f" {words} " in f" {text} "), None)


def _words(text: str) -> str:
    """Give the words of a heading, or its signs if it has no words."""
    plain = _NUMBERED.sub("", fold(text))
    return _NOTE.sub("", _NO_WORD.sub(" ", plain).strip()) or plain
