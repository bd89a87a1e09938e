"""Finds the words of a text that have one of a few stems, without reading all the others."""

import re
from collections.abc import Collection
from functools import lru_cache

from register.search.language.analysis import Token, has_marks, token_at, tokens

_ODD = re.compile(r"[^\W\x00-\x7f]")
# A reference is one word with others in it, and a letter may follow it at once.
_REFERENCE = re.compile(r"-\d{4}-\d{3}")
_ROOT = 3
_MOST_BEGINNINGS = 40


def find(text: str, stems: Collection[str]) -> list[Token]:
    """Give the words of ``text`` whose stem is one of ``stems``, in order."""
    beginnings = _beginnings(frozenset(stems))
    lowered = text.lower()
    is_told_by_beginnings = len(beginnings) <= _MOST_BEGINNINGS and len(lowered) == len(text)
    if not is_told_by_beginnings or _has_numbers(beginnings) or _has_odd_words(text):
        return [token for token in tokens(text) if token.stem in stems]
    places = {place for beginning in beginnings for place in _places(lowered, beginning)}
    if not text.isascii():
        places.update(_odd_places(lowered))
    found = [token_at(text, place) for place in sorted(places)]
    return [token for token in found if token and token.stem in stems]


def _has_numbers(beginnings: tuple[str, ...]) -> bool:
    """Tell whether a number is looked for, which may also be the end of another (1.5)."""
    return any(beginning[:1].isdigit() for beginning in beginnings)


def _has_odd_words(text: str) -> bool:
    return has_marks(text) or _REFERENCE.search(text) is not None


@lru_cache(maxsize=512)
def _beginnings(stems: frozenset[str]) -> tuple[str, ...]:
    """Give what words with these stems begin with in lower case.

    Snowball never changes the first three letters, but of a few short words (``dying``, ``die``).
    """
    return tuple({stem[:_ROOT] if len(stem) > _ROOT else stem[:1] for stem in stems})


def _odd_places(lowered: str) -> list[int]:
    """Tell where words begin that have a letter which folding may change."""
    places = []
    for match in _ODD.finditer(lowered):
        place = match.start()
        while place and lowered[place - 1].isalnum():
            place -= 1
        places.append(place)
    return places


def _places(lowered: str, beginning: str) -> list[int]:
    """Tell where words begin so."""
    places = []
    place = lowered.find(beginning)
    while place >= 0:
        if place == 0 or not lowered[place - 1].isalnum():
            places.append(place)
        place = lowered.find(beginning, place + 1)
    return places
