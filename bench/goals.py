"""What we want to reach beside the others, and whether a run reached it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bench.engines import NAMES

_ONE = "one common word"
_ENOUGH = 0.5  # of what a rival finds; who finds less has done another work


@dataclass(frozen=True)
class Goal:
    """Our figure for a kind of question is at most ``most`` times that of a rival.

    ``is_first`` looks at words that are asked for the first time. Without sizes it holds for all.
    """

    kind: str
    rival: str
    most: float
    is_first: bool = False
    sizes: tuple[int, ...] = ()

    def __str__(self) -> str:
        seen = ", first sight" if self.is_first else ""
        return f"{self.kind}{seen}: at most {self.most:g} × {NAMES[self.rival]}"

    def ratio(self, figures: Mapping[str, Any]) -> float | None:
        """Give ours by theirs; ``None`` if either was not measured."""
        engines = figures.get(self.kind, {})
        if not {"ours", self.rival} <= set(engines):
            return None
        ours = engines["ours"]["first" if self.is_first else "warm"]
        # What a rival keeps of a word helps it from the second time on, so that time is compared.
        return float(ours / engines[self.rival]["warm"])


GOALS = (
    Goal(_ONE, "tantivy", 1.7),
    Goal(_ONE, "fts5", 0.15, sizes=(20_000,)),
    Goal(_ONE, "fts5", 0.05, sizes=(100_000,)),
    Goal(_ONE, "fts5", 1.0, is_first=True),
    Goal(f"{_ONE}, filtered", "fts5", 1.0),
    Goal(f"{_ONE}, by date", "fts5", 1.0),
    Goal("phrase of two words", "fts5", 1.0),
    Goal("prefix", "fts5", 1.0),
    Goal("fuzzy word", "fts5", 1.0),
)


@dataclass(frozen=True)
class Verdict:
    """A goal, the ratio that was measured, and whether that is good enough.

    ``is_equal`` tells whether we found about as much; a fast answer that finds nothing is none.
    """

    goal: Goal
    ratio: float
    is_equal: bool

    @property
    def is_met(self) -> bool:
        """Tell whether the goal was reached."""
        return self.ratio <= self.goal.most and self.is_equal

    def __str__(self) -> str:
        less = "" if self.is_equal else ", since ours finds less"
        return f"{self.goal}: {self.ratio:.2f}, {'met' if self.is_met else 'not met'}{less}"


def judge(size: int, figures: Mapping[str, Any]) -> list[Verdict]:
    """Judge the figures of a run with ``size`` records, by kind and engine."""
    return [
        Verdict(goal, ratio, _finds_enough(figures[goal.kind], goal.rival))
        for goal in GOALS
        if not goal.sizes or size in goal.sizes
        if (ratio := goal.ratio(figures)) is not None
    ]


def _finds_enough(engines: Mapping[str, Any], rival: str) -> bool:
    return bool(engines["ours"]["found"] >= _ENOUGH * engines[rival]["found"])
