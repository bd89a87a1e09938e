"""Random requests to every call of the API, many more than the tests put, as three visitors.

Each call is asked as its description allows and as it does not. Counted is what came back; printed
is whatever broke, or was not as described, with a request that shows it.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from register import create_app, storage
from register.storage import migrating
from tests.journeys.api.any_request import Asking, Outcome, prepared
from tests.journeys.programs import Program

VISITORS = {
    "nobody": ("", ""),
    "an officer's program": ("officer@taxes", "file"),
    "an auditor's program": ("auditor", "read:audit"),
}


def main(size: int = 100) -> None:
    """Put ``size`` requests of each kind to each call; exit with 1 if anything is wrong."""
    with TemporaryDirectory(prefix="register-api-") as folder:
        unlimited = {"reads_per_minute": 0, "filings_per_minute": 0}
        app = create_app({"instance": Path(folder), **unlimited})
        with app.app_context():
            migrating.upgrade()
        found = [_asked(app, size)]
        with app.app_context():
            storage.close()
    if any(found):
        sys.exit(1)


def _asked(app: Flask, size: int) -> int:
    """Ask as each visitor; give the number of faults."""
    references, faults = prepared(app), 0
    for name, (email, scope) in VISITORS.items():
        start = time.perf_counter()
        asking = Asking(Program(app, email, scope), references, size, is_repeatable=False)
        outcome = asking.ask_everything()
        _print(name, outcome, time.perf_counter() - start)
        faults += len(outcome.faults)
    return faults


def _print(name: str, outcome: Outcome, seconds: float) -> None:
    total = outcome.answers.total()
    print(f"{name}: {total:,} requests in {seconds:.0f} s, {len(outcome.faults)} faults")
    for (call, status), count in sorted(outcome.answers.items()):
        print(f"  {call:<44}{status}  {count:>6,}")
    for fault, request in outcome.faults.items():
        print(f"  {fault}\n    {request}")
