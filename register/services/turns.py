"""Work that keeps a process busy for many seconds: one piece at a time, and one for each person."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from register.errors import Unavailable
from register.standard.marking import _

BUSY = _("A file is being worked on at this moment. Try again soon; nothing of yours is lost.")


class Turns:
    """Lets one piece of work run in this process, and nobody wait for two.

    Whoever comes second waits for as many seconds as there is patience. That is short: those who
    wait keep readers from being served.
    """

    def __init__(self, patience: float) -> None:
        """Begin with nobody at work."""
        self._patience = patience
        self._work = Lock()
        self._guard = Lock()
        self._present: set[int | None] = set()

    @contextmanager
    def turn(self, account: int | None) -> Iterator[None]:
        """Work for an account. Raise :exc:`Unavailable` if it, or somebody else, is at work."""
        with self._guard:
            if account in self._present:
                raise Unavailable(BUSY)
            self._present.add(account)
        try:
            if not self._work.acquire(timeout=self._patience):
                raise Unavailable(BUSY)
            try:
                yield
            finally:
                self._work.release()
        finally:
            self._present.discard(account)
