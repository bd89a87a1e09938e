"""Words that are nearly the same."""

from collections.abc import Iterable
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

# What rapidfuzz says of its own types does not fit together.
_away: Any = OSA.distance


def list_near(word: str, candidates: Iterable[str], distance: int) -> list[tuple[int, str]]:
    """Give the candidates that differ from ``word`` in at most ``distance`` letters.

    One letter may be another, too many, missing, or in the place of its neighbour (the restricted
    distance of Damerau and Levenshtein). The nearest come first, and among equals the shorter.
    """
    found = process.extract(word, candidates, scorer=_away, score_cutoff=distance, limit=None)
    ordered = sorted((int(away), len(near), near) for near, away, _ in found)
    return [(away, near) for away, _, near in ordered]
