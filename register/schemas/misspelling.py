"""Words that are nearly the same."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA


def list_near(word: str, candidates: Iterable[str], distance: int) -> list[tuple[int, str]]:
    """Give the candidates that differ from ``word`` in at most ``distance`` letters.

    The nearest come first. One letter may be another, too many, missing, or in the place of its neighbour (the restricted
    distance of Damerau and Levenshtein). Among equals shorter ones come first.
    """
    found = process.extract(
        word, candidates, scorer=OSA.distance, score_cutoff=distance, limit=None
    )
    ordered = sorted((int(away), len(near), near) for near, away, _ in found)
    return [(away, near) for away, _, near in ordered]
