"""Keeps what takes long to work out until something is done, in one process."""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

#: What takes longer than these seconds may be older than the last deed, if whoever asks may be told
#: so: by at most so many times what it takes, so that it is a small part of all work.
LONG = 1.0
TIMES = 4

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class _Kept(Generic[_Made]):
    key: Hashable
    mark: Hashable
    made: _Made
    took: float
    at: float

    def answers(self, key: Hashable, mark: Hashable, *, may_be_old: bool) -> bool:
        if self.key != key:
            return False
        is_recent = self.took > LONG and time.monotonic() - self.at < TIMES * self.took
        return self.mark == mark or (may_be_old and is_recent)


class Lasting(Generic[_Made]):
    """One thing, worked out by one thread at a time."""

    def __init__(self) -> None:
        """Have nothing yet."""
        self._lock = threading.Lock()
        self._kept: _Kept[_Made] | None = None

    def get(
        self,
        key: Hashable,
        mark: Hashable,
        make: Callable[[], _Made],
        *,
        may_be_old: bool = False,
    ) -> _Made:
        """Give what ``make`` gives, or what it gave for the same ``key`` and ``mark``.

        ``mark`` is another after every deed. With ``may_be_old`` that of another mark does as well
        if it is recent, see :data:`LONG`; then nobody waits while another thread works it out.
        """
        kept = self._kept
        if kept is not None and kept.answers(key, mark, may_be_old=may_be_old):
            return kept.made
        with self._lock:
            kept = self._kept  # another thread may have made it while this one waited
            if kept is None or not kept.answers(key, mark, may_be_old=may_be_old):
                started = time.monotonic()
                made = make()
                now = time.monotonic()
                kept = self._kept = _Kept(key, mark, made, now - started, now)
            return kept.made
