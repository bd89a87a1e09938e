"""Keeps what was worked out last, up to a number of bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import numpy as np

_PER_ENTRY = 400  # bytes of a key and its place
_PER_OBJECT = 110

_Kept = TypeVar("_Kept")


class Keeper:
    """Answers by key; the ones asked for last stay. Not for two threads at once."""

    def __init__(self, most_bytes: int) -> None:
        """Keep nothing yet, and never much more than ``most_bytes``."""
        self._most = most_bytes
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable, make: Callable[[], _Kept]) -> _Kept:
        """Give what ``make`` gave for ``key`` before, or gives now."""
        if key in self._kept:
            self._kept.move_to_end(key)
            known: _Kept = self._kept[key][0]
            return known
        made = make()
        # An empty answer has its price too: hostile queries ask for many words that nobody wrote.
        size = _PER_ENTRY + _bytes(made)
        self._kept[key] = made, size
        self._bytes += size
        while self._bytes > self._most and len(self._kept) > 1:
            _, (_, dropped) = self._kept.popitem(last=False)
            self._bytes -= dropped
        return made

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._bytes = 0


def _bytes(kept: object) -> int:
    """Tell about how much memory an answer takes that is made of arrays, rows and words."""
    if isinstance(kept, np.ndarray):
        return _PER_OBJECT + kept.nbytes
    if isinstance(kept, list | tuple):
        return _PER_OBJECT + sum(map(_bytes, kept))
    return _PER_OBJECT
