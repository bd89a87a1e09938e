"""When a process that goes on by itself is to end."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Names for the processes that ``serve`` starts the one that started them.
SERVED_BY = "AI_REGISTER_SERVED_BY"


def until_stopped() -> threading.Event:
    """Give what is set when the process is told to end, or when ``serve``, if it began it, is gone.

    Whoever serves may be killed at any moment, also before this process has come this far.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    follow_server(stop.set)
    return stop


@contextmanager
def tidying_up() -> Iterator[None]:
    """Let a command that is told to end do so as if it had failed: it leaves nothing behind."""
    before = signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def follow_server(end: Callable[[], object]) -> None:
    """Do ``end`` once the ``serve`` that started this process is gone: none stays behind it."""
    parent = os.environ.get(SERVED_BY)
    if parent is not None:
        threading.Thread(target=_follow, args=(int(parent), end), daemon=True).start()


def _follow(parent: int, end: Callable[[], object]) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    end()
