"""Names that are nearly the same, found among many without comparing each with each."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from register.schemas.likeness import plain

LIKE = 70.0  # per cent of letters: enough for a person to look; a warning to an officer takes more
MOST = 3  # namesakes of one name
_LETTERS = 3  # of the pieces by which candidates are found
_REMEMBERED = 64  # of the names that share a piece, only so many of the latest are candidates
_COMPARED = 12  # candidates, those with most pieces in common

T = TypeVar("T")


@dataclass(frozen=True)
class Namesake(Generic[T]):
    """A name that is like another: whose it is, how it is written, and the likeness up to 1."""

    label: T
    name: str
    likeness: float


class Names(Generic[T]):
    """Names with a label each. Looking one up takes the same time however many there are."""

    def __init__(self) -> None:
        """Begin without any name."""
        self._names: list[tuple[T, str, str]] = []
        self._spelled: set[str] = set()
        self._having: defaultdict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))

    def add(self, label: T, name: str) -> None:
        """Keep a name, unless one that is spelled alike is there already: one of them will do."""
        spelled = plain(name)
        if spelled in self._spelled:
            return
        self._spelled.add(spelled)
        for piece in _pieces(spelled):
            self._having[piece].append(len(self._names))
        self._names.append((label, name, spelled))

    def like(self, name: str) -> list[Namesake[T]]:
        """Give the names most like this one, the likest first, then the latest."""
        spelled = plain(name)
        shared: Counter[int] = Counter()
        for piece in _pieces(spelled):
            shared.update(self._having.get(piece, ()))
        best = sorted(shared, key=lambda at: (-shared[at], -at))[:_COMPARED]
        found = sorted(self._compared(spelled, best), key=lambda each: -each.likeness)
        return found[:MOST]

    def _compared(self, spelled: str, places: list[int]) -> Iterator[Namesake[T]]:
        for at in places:
            label, name, other = self._names[at]
            likeness = fuzz.ratio(spelled, other, score_cutoff=LIKE)
            if likeness:
                yield Namesake(label, name, round(likeness / 100, 2))


def _pieces(spelled: str) -> set[str]:
    """Give the runs of letters of a text; its ends count, so that a short one has some."""
    around = f" {spelled} " if spelled else ""
    return {around[at : at + _LETTERS] for at in range(len(around) - _LETTERS + 1)}
