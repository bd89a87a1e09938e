"""Questions that may take long are answered one after the other, so that plain ones are not kept.

The threads of a process share its time. If several of them worked on long questions at once, who
asks for a word would wait for all of these. As it is, that is for one of them at most.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from register.search import Query

_turn = threading.RLock()


@contextmanager
def in_turn(query: Query) -> Iterator[None]:
    """Work on a question: at once if it is a simple one, or else when no other long one is."""
    if query.is_simple:
        yield
        return
    with alone():
        yield


@contextmanager
def alone() -> Iterator[None]:
    """Work on what takes long, when nobody else does; who does so already goes on."""
    with _turn:
        yield
