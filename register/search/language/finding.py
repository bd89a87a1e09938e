"""Finds the words of a text that have one of a few stems, without reading all the others."""

import re
from collections.abc import Collection
from functools import lru_cache

from register.search.language.analysis import (
    Token,
    has_arabic,
    has_marks,
    references,
    token_at,
    tokens,
    variants,
)

_ODD = re.compile(r"[^\W\x00-\x7f]")
_ROOT = 3
_MOST_BEGINNINGS = 40


def find(text: str, stems: Collection[str]) -> list[Token]:
    """Give the words of ``text`` whose stem is one of ``stems``, in order."""
    beginnings = _beginnings(frozenset(stems))
    lowered = text.lower()
    is_told_by_beginnings = len(beginnings) <= _MOST_BEGINNINGS and len(lowered) == len(text)
    is_latin = is_told_by_beginnings and all(map(_is_latin, beginnings))
    numbered = references(text)
    is_odd = has_marks(text) or any(start and text[start - 1].isalnum() for start, _ in numbered)
    if not is_latin or is_odd:
        return [token for token in tokens(text) if _is_one(text, token, stems)]
    places = {place for beginning in beginnings for place in _places(lowered, beginning)}
    if not text.isascii():
        places.update(_odd_places(lowered))
    for start, end in numbered:  # one word with others in it, and a letter may follow it at once
        places = {place for place in places if not start < place < end} | {end}
    found = [token_at(text, place) for place in sorted(places)]
    return [token for token in found if token and _is_one(text, token, stems)]


def _is_one(text: str, token: Token, stems: Collection[str]) -> bool:
    """Tell whether a word has one of ``stems``, whatever its language."""
    if token.stem in stems:
        return True
    return any(stem in stems for stem in variants(text[token.start : token.end]))


def _is_latin(beginning: str) -> bool:
    """Tell whether words that begin so are in Latin letters.

    A number may also be the end of another (1.5), and Arabic letters are joined in many ways.
    """
    return beginning[:1].isascii() and not beginning[:1].isdigit()


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
        if has_arabic(match.group()):
            continue
        while place and _joins(lowered[place - 1]):
            place -= 1
        places.append(place)
    return places


def _joins(letter: str) -> bool:
    """Tell whether a Latin letter behind this one goes on with its word."""
    return letter.isalnum() and (letter.isascii() or not has_arabic(letter))


def _places(lowered: str, beginning: str) -> list[int]:
    """Tell where words begin so."""
    places = []
    place = lowered.find(beginning)
    while place >= 0:
        if place == 0 or not _joins(lowered[place - 1]):
            places.append(place)
        place = lowered.find(beginning, place + 1)
    return places
