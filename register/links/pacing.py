"""Not too often: a host is asked once a second at most, and left alone when it says so."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from register.links.addresses import host_of


class LeftAlone(Exception):
    """A host asked to be left alone for longer than anybody waits."""


@dataclass
class Pace:
    """Remembers when each host may be asked again.

    ``interval`` is in seconds; a host that wants more than ``patience`` is left for another day,
    so that no sleep is longer.
    """

    interval: float = 1.0
    patience: float = 60.0
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _from: dict[str, float] = field(default_factory=dict)

    def wait_for(self, host: str) -> None:
        """Wait until the host may be asked, and count this as asking.

        Raise :exc:`LeftAlone` where that would take too long.
        """
        pause = self._from.get(host, 0.0) - self.now()
        if pause > self.patience:
            raise LeftAlone
        if pause > 0:
            self.sleep(pause)
        self._from[host] = self.now() + self.interval

    def leave_alone(self, host: str, seconds: float) -> None:
        """Ask the host for nothing during these seconds."""
        self._from[host] = max(self._from.get(host, 0.0), self.now() + seconds)


def paced(urls: Iterable[str]) -> Iterator[str]:
    """Give the links in turns, one of each host, so that waiting for one is work for another."""
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(host_of(url), []).append(url)
    queues = [list(reversed(queue)) for queue in by_host.values()]
    while queues:
        for queue in queues:
            yield queue.pop()
        queues = [queue for queue in queues if queue]
