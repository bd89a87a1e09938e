"""When a command that goes on by itself is to end."""

import os
import signal
import threading


def until_stopped(*, with_parent: bool) -> threading.Event:
    """Give what is set when the process is told to end, or when the one that started it is gone."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    if with_parent:
        watching = threading.Thread(
            target=_stop_with_parent, args=(stop, os.getppid()), daemon=True
        )
        watching.start()
    return stop


def _stop_with_parent(stop: threading.Event, parent: int) -> None:
    """Stop when the process that started this one is gone, so that none is left behind."""
    while not stop.wait(1):
        if os.getppid() != parent:
            stop.set()
