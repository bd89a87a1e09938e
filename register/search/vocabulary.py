"""Whole words of the index: those that begin alike, and those that are nearly the same."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

from register.search.arrays import Numbers
from register.search.snapshot import Snapshot

MOST_BEGUN = 500
MOST_NEAR = 100
_MOST_TRIED = 4_000
_LONG = 6


def list_begun(snapshot: Snapshot, start: str) -> list[tuple[str, Numbers]]:
    """Give words that begin with ``start``, each with the documents that have it.

    At most :data:`MOST_BEGUN`, the shortest first, since they are nearest to what was typed.
    """
    return list(_held(snapshot, _begun(snapshot, start), MOST_BEGUN))


def list_near(snapshot: Snapshot, surface: str, distance: int) -> list[tuple[str, int, Numbers]]:
    """Give words with at most ``distance`` letters other, too many, missing or out of order.

    Each with its distance and the documents that have it, the nearest first, at most
    :data:`MOST_NEAR`. The first letter must be right.
    """
    if not surface:
        return []
    candidates = {
        word
        for words in _initial(snapshot, surface[0])
        for word in words
        if abs(len(word) - len(surface)) <= distance
    }
    near = process.extract(
        surface, candidates, scorer=OSA.distance, score_cutoff=distance, limit=None
    )
    ordered = sorted((int(away), len(word), word) for word, away, _ in near)
    distances = {word: away for away, _, word in ordered}
    held = _held(snapshot, distances, MOST_NEAR)
    return [(word, distances[word], documents) for word, documents in held]


def correct(snapshot: Snapshot, surface: str, found: int) -> tuple[str, ...]:
    """Give what was probably meant by a word that ``found`` documents have; nothing if in doubt.

    Mostly one word; two where only a space was left out.
    """
    most = 2 if len(surface) >= _LONG else 1
    if len(surface) < 3 or (found and most == 1):
        return ()
    candidates = [
        (away, -len(documents), word)
        for word, away, documents in list_near(snapshot, surface, 1 if found else most)
        if away and len(documents) >= 20 * found
    ]
    if candidates:
        return (min(candidates)[2],)
    return () if found else _split(snapshot, surface)


def _split(snapshot: Snapshot, surface: str) -> tuple[str, ...]:
    pairs = [(surface[:cut], surface[cut:]) for cut in range(2, len(surface) - 1)]
    held = [
        (min(len(snapshot.holders(word)) for word in pair), pair) for pair in pairs[: _LONG * 4]
    ]
    best = max(held, default=(0, ()))
    return best[1] if best[0] else ()


def _begun(snapshot: Snapshot, start: str) -> list[str]:
    if not start:
        return []
    words = {
        word
        for known in _initial(snapshot, start[0])
        for word in takewhile(lambda w: w.startswith(start), known[bisect_left(known, start) :])
    }
    return sorted(words, key=lambda word: (len(word), word))


def _held(
    snapshot: Snapshot, words: Sequence[str] | dict[str, int], limit: int
) -> Iterator[tuple[str, Numbers]]:
    """Give the words that a living document has, as many as there is room for."""
    count = 0
    for word in list(words)[:_MOST_TRIED]:
        documents = snapshot.holders(word)
        if len(documents):
            yield word, documents
            count += 1
        if count == limit:
            return


def _initial(snapshot: Snapshot, letter: str) -> list[list[str]]:
    """Give the words of each segment with one first letter, in order of their letters' numbers."""
    return [segment.words(reader, letter) for segment, reader in snapshot.parts]
