"""Finds the words of a text that have one of a few stems, without reading all the others."""

import re
from collections.abc import Collection
from functools import lru_cache

from register.search.language.analysis import Token, has_marks, token_at, tokens

_ODD = re.compile(r"[^\W\x00-\x7f]")
_ROOT = 3
_MOST_BEGINNINGS = 40


def find(text: str, stems: Collection[str]) -> list[Token]:
    """Give the words of ``text`` whose stem is one of ``stems``, in order."""
    beginnings = _beginnings(frozenset(stems))
    lowered = text.lower()
    if len(beginnings) > _MOST_BEGINNINGS or len(lowered) != len(text) or has_marks(text):
        return [token for token in tokens(text) if token.stem in stems]
    places = {place for beginning in beginnings for place in _places(lowered, beginning)}
    if not text.isascii():
        places.update(_odd_places(lowered))
    found = [token_at(text, place) for place in sorted(places)]
    return [token for token in found if token and token.stem in stems]


@lru_cache(maxsize=64)
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
