"""The work on what the secretariat imports by its page, from the command line."""

import threading
import time

import click

from register.cli.instance import opened
from register.cli.speaking import counted, say
from register.cli.stopping import until_stopped
from register.services.imports import import_runs
from register.services.imports.import_work import Worker

TICK = 1.0  # seconds between looks into the queue
PURGE_EVERY = 3600.0  # seconds between looks for files whose time is over


@click.command("drain-imports")
@click.option("--watch", is_flag=True, help="Go on until stopped.")
def drain_imports(watch: bool) -> None:
    """Try out and take in the files that wait on the secretariat's import page."""
    with opened() as instance:
        stop = until_stopped() if watch else threading.Event()
        worker = Worker(instance.settings.reference_prefix, stop.is_set)
        if watch:
            _watch(worker, stop)
            return
        count = 0
        while worker.work():
            count += 1
    say(f"Worked on {counted(count, 'import')}.")


def _watch(worker: Worker, stop: threading.Event) -> None:
    """Work on what comes in until ``stop``, and forget the files whose time is over."""
    purge_after = 0.0
    while not stop.is_set():
        if time.monotonic() >= purge_after:
            import_runs.purge()
            purge_after = time.monotonic() + PURGE_EVERY
        if not worker.work():
            stop.wait(TICK)
