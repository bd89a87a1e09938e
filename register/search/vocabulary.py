"""Whole words of the index: those that begin alike, and those that are nearly the same."""

from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

from register.schemas.misspelling import list_near
from register.search.alike import Words
from register.search.arrays import Numbers
from register.search.nodes import Near, Prefix
from register.search.snapshot import Snapshot

MOST_BEGUN = 300
MOST_NEAR = 100
_MOST_TRIED = 3_000
_LONG = 7  # letters of a word that two may be wrong in
_SHORTEST_PART = 3


class Opened(NamedTuple):
    """A whole word, in how many letters it is wrong, and the documents that have it."""

    word: str
    away: int
    documents: Numbers


def open_up(snapshot: Snapshot, unit: Prefix | Near) -> list[Opened]:
    """Give the words that a unit stands for, those nearest to what was typed first.

    Of words that begin alike the shortest are, and :data:`MOST_BEGUN` are the most. Near misses
    have the first letter right, and :data:`MOST_NEAR` are the most.
    """

    def find() -> list[Opened]:
        if isinstance(unit, Prefix):
            return _hold(snapshot, _begun(snapshot, unit.start), MOST_BEGUN)
        return _hold(snapshot, _near(snapshot, unit), MOST_NEAR)

    return snapshot.keep(("opened", unit), find)


def _near(snapshot: Snapshot, unit: Near) -> dict[str, int]:
    surface, distance = unit.surface, unit.distance
    least, most = len(surface) - distance, len(surface) + distance
    candidates = {
        word
        for words in _initial(snapshot, surface[0])
        for word in words.iterate_as_long(least, most)
    }
    return {word: away for away, word in list_near(surface, candidates, distance)}


def correct(snapshot: Snapshot, surface: str, found: int) -> tuple[str, ...]:
    """Give what was probably meant by a word that ``found`` documents have; nothing if in doubt.

    Mostly one word; two where only a space was left out.
    """
    most = 2 if len(surface) >= _LONG else 1
    if len(surface) < 3 or (found and most == 1):
        return ()
    candidates = [
        (away, -len(documents), word)
        for word, away, documents in open_up(snapshot, Near(surface, 1 if found else most))
        if away and len(documents) >= 20 * found
    ]
    if candidates:
        return (min(candidates)[2],)
    return () if found else _split(snapshot, surface)


def _split(snapshot: Snapshot, surface: str) -> tuple[str, ...]:
    pairs = [
        (surface[:cut], surface[cut:])
        for cut in range(_SHORTEST_PART, len(surface) - _SHORTEST_PART + 1)
    ]
    held = [
        (min(len(snapshot.holders(word)) for word in pair), pair) for pair in pairs[: _LONG * 4]
    ]
    best = max(held, default=(0, ()))
    return best[1] if best[0] else ()


def _begun(snapshot: Snapshot, start: str) -> dict[str, int]:
    words = {word for words in _initial(snapshot, start[0]) for word in words.list_beginning(start)}
    return dict.fromkeys(sorted(words, key=lambda word: (len(word), word)), 0)


def _hold(snapshot: Snapshot, words: Mapping[str, int], limit: int) -> list[Opened]:
    """Give the words that a living document has, as many as there is room for."""
    found: list[Opened] = []
    for word, away in islice(words.items(), _MOST_TRIED):
        documents = snapshot.holders(word)
        if len(documents):
            found.append(Opened(word, away, documents))
        if len(found) == limit:
            break
    return found


def _initial(snapshot: Snapshot, letter: str) -> list[Words]:
    """Give the words of each segment with one first letter."""
    return [segment.words(reader, letter) for segment, reader in snapshot.parts]
