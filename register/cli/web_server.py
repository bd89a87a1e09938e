"""How gunicorn serves the register; ``ai-register serve`` adds address, workers and threads."""

import gc
import os
import signal

from register.cli.stopping import follow_server

wsgi_app = "wsgi:application"
worker_class = "gthread"
loglevel = "warning"
timeout = 60  # seconds after which a worker that hangs is replaced
graceful_timeout = 10  # seconds that requests have to end when the server is told to stop
keepalive = 5
# A search with many filters has a long address; one that is longer is refused in few words.
limit_request_line = 8190
# Nothing asks the server how it is through a socket of its own.
control_socket_disable = True


def when_ready(_server: object) -> None:
    """Let go of the port when the ``serve`` that holds it is gone, even if it was killed."""
    follow_server(lambda: os.kill(os.getpid(), signal.SIGTERM))


def post_worker_init(_worker: object) -> None:
    """Let searches for garbage pass by what a worker has from its beginning.

    It never becomes garbage, and a search through all of it keeps a reader waiting a quarter of a
    second, now and then.
    """
    gc.collect()
    gc.freeze()
