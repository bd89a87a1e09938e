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

    def is_recent(self) -> bool:
        return self.took > LONG and time.monotonic() - self.at < TIMES * self.took


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
        if may_be_old and (recent := self._recent(key)):
            return recent.made
        with self._lock:
            kept = self._kept
            if kept is None or (kept.key, kept.mark) != (key, mark):
                started = time.monotonic()
                made = make()
                now = time.monotonic()
                kept = self._kept = _Kept(key, mark, made, now - started, now)
            return kept.made

    def _recent(self, key: Hashable) -> _Kept[_Made] | None:
        kept = self._kept
        return kept if kept is not None and kept.key == key and kept.is_recent() else None
