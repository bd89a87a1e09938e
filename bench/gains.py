"""How good an order is: normalised discounted cumulative gain, and recall."""

from collections.abc import Mapping, Sequence
from math import log2

Grades = Mapping[str, float]


def ndcg(found: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Give what the first ``depth`` are worth, of what the best order would be; 0 if nothing is.

    A grade g is worth 2^g - 1, divided by the binary logarithm of its place plus one (Burges et
    al., Learning to Rank using Gradient Descent, 2005).
    """
    best = _worth(sorted(grades.values(), reverse=True)[:depth])
    return _worth([grades.get(name, 0) for name in found[:depth]]) / best if best else 0.0


def filled(found: Sequence[str], grades: Grades, size: int, depth: int = 10) -> float:
    """Give the gain if what was not found, of ``size`` documents, followed in any order.

    It is the mean over all those orders. So an engine that gives little because little has the
    words is not worse than one that fills its page; with nothing found it is what chance gives.
    """
    first = found[:depth]
    best = _worth(sorted(grades.values(), reverse=True)[:depth])
    rest = sum(2**grade - 1 for name, grade in grades.items() if name not in first)
    places = _discounts(min(size, depth))[len(first) :]
    usual = rest * sum(places) / (size - len(first)) if places else 0.0
    return (_worth([grades.get(name, 0) for name in first]) + usual) / best if best else 0.0


def recall(found: Sequence[str], grades: Grades, depth: int = 20) -> float:
    """Give how many of what is relevant are among the first ``depth``, of those that fit in."""
    relevant = {name for name, grade in grades.items() if grade > 0}
    possible = min(depth, len(relevant))
    return len(relevant.intersection(found[:depth])) / possible if possible else 0.0


def _worth(grades: Sequence[float]) -> float:
    discounts = _discounts(len(grades))
    return sum((2**grade - 1) * each for grade, each in zip(grades, discounts, strict=True))


def _discounts(depth: int) -> list[float]:
    return [1 / log2(place + 2) for place in range(depth)]
