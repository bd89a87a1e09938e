"""Taking the time."""

import statistics
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

Each = TypeVar("Each")


def milliseconds(task: Callable[[], object]) -> float:
    """Time one call."""
    started = time.perf_counter()
    task()
    return (time.perf_counter() - started) * 1000


def median(task: Callable[[Each], object], over: Iterable[Each]) -> float:
    """Time a call for each, and give the median in milliseconds."""
    return statistics.median(milliseconds(lambda each=each: task(each)) for each in over)  # type: ignore[misc]


def ratio(what: str, ours: float, name: str, theirs: float, *, unit: str = "ms") -> None:
    """Print one line: two figures, and how many times better ours is.

    More is better of anything a second, less of everything else.
    """
    times = ours / theirs if unit.endswith("/s") else theirs / ours
    print(f"{what:44} ours {ours:9.2f} {unit}   {name} {theirs:9.2f} {unit}   ratio {times:6.2f}")
