"""Kill the drainer of a register again and again: ``python -m bench.kills 200``.

Records are published and withdrawn through the services, on SQLite. The drainer is a process of its
own, and killed at a random moment of its commit. In the end the index must say what the register
says. It prints what came of it, and its exit code is 1 if anything was lost.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.clocks import milliseconds
from register import config, create_app, storage
from register.errors import Unavailable
from register.search import Query, SearchIndex
from register.storage import migrating, outbox
from tests.desk import Desk, make_desk

DRAIN = [sys.executable, "-W", "ignore", "-c", "from register.cli import main; main()"]
DRAIN += ["index", "drain", "--watch"]
LONGEST_COMMIT = 0.04  # seconds
WITHDRAWN_EVERY = 4


@dataclass
class Outcome:
    """What came of it. ``halfway`` counts the kills that came before the notice was settled."""

    kills: int = 0
    halfway: int = 0
    unreadable: int = 0
    published: int = 0
    withdrawn: int = 0
    lost: int = 0
    undead: int = 0
    differences: int = 0
    recovered_in: float = 0.0

    @property
    def is_good(self) -> bool:
        """Tell whether nothing was lost, shown wrongly or unreadable."""
        return not (self.unreadable or self.lost or self.undead or self.differences)


def main(kills: int) -> int:
    """Kill so many times and print what came of it; give the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), kills)
    for name, value in vars(outcome).items():
        print(f"{name:>14} {value:,.0f}{' ms' if name == 'recovered_in' else ''}")
    return 0 if outcome.is_good else 1


def run(folder: Path, kills: int, seed: int = 1) -> Outcome:
    """Kill so many times on a new register in ``folder``."""
    app = create_app({"instance": folder})
    with app.app_context():
        migrating.upgrade()
        victim = Victim(folder, app.extensions["register.search"], random.Random(seed))
        try:
            return victim.kill_often(make_desk(), kills)
        finally:
            victim.index.close()
            storage.close()


class Victim:
    """A register whose drainer is killed."""

    def __init__(self, folder: Path, index: SearchIndex, chance: random.Random) -> None:
        """Look at what the drainer does through ``index``."""
        self.index = index
        self._folder = folder
        self._chance = chance
        self._outcome = Outcome()

    def kill_often(self, desk: Desk, kills: int) -> Outcome:
        """Publish, and kill; in the end let the drainer finish and compare."""
        outcome = self._outcome
        self.index.drain()
        there, gone = {}, {}
        for number in range(kills):
            drainer = self._start()
            reference = desk.publish(name={"en": f"Number{number}x"})
            there[reference] = f"number{number}x"
            if number % WITHDRAWN_EVERY == 1:
                old = next(iter(there))
                desk.withdraw(old)
                gone[old] = there.pop(old)
            self._kill(drainer)
        outcome.recovered_in = milliseconds(self._finish)
        outcome.published, outcome.withdrawn = len(there), len(gone)
        outcome.lost = sum(each not in self._find(word) for each, word in there.items())
        # A word that is gone may stand for one that is nearly the same.
        outcome.undead = sum(each in self._find(word) for each, word in gone.items())
        outcome.differences = len(self.index.check())
        return outcome

    def _start(self) -> "subprocess.Popen[bytes]":
        """Start the drainer; give it when it has taken in whatever waited."""
        drainer = subprocess.Popen(
            DRAIN, env={**os.environ, "REGISTER_INSTANCE": str(self._folder)}, cwd=config.ROOT
        )
        self._wait_for_quiet(drainer)
        return drainer

    def _wait_for_quiet(self, drainer: "subprocess.Popen[bytes]") -> None:
        while outbox.count_waiting():
            if drainer.poll() is not None:
                message = f"the drainer ended by itself with code {drainer.returncode}"
                raise RuntimeError(message)
            time.sleep(0.005)

    def _kill(self, drainer: "subprocess.Popen[bytes]") -> None:
        """Kill at a random moment after the drainer began to write."""
        before = self._files()
        while outbox.count_waiting() and self._files() == before:
            pass
        time.sleep(self._chance.uniform(0, LONGEST_COMMIT))
        drainer.send_signal(signal.SIGKILL)
        drainer.wait()
        self._outcome.kills += 1
        self._outcome.halfway += outbox.count_waiting() > 0
        try:
            self.index.search(Query())
        except Unavailable:
            self._outcome.unreadable += 1

    def _files(self) -> set[str]:
        return set(os.listdir(self._folder / "index" / "current"))

    def _finish(self) -> None:
        drainer = self._start()
        drainer.terminate()
        drainer.wait()

    def _find(self, word: str) -> list[str]:
        return self.index.search(Query(word)).ids


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
