"""Other readers while somebody attacks: ``python -m bench.hostile_http [size] [--instance DIR]``.

Two readers ask for ordinary pages of a register served with its default settings, first alone, then
while eight clients ask hostile queries one after another. ``--instance`` keeps the register in a
folder for the next run. Nothing leaves this machine, and every measurement ends by itself.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.asking import Questions
from bench.engines import Entry
from bench.filling import fill_register
from bench.hostile_queries import Asked, Hostile
from bench.http import Requests, fresh, our_path
from bench.resampled import make_corpus
from bench.servers import serving_register
from register.config import Settings

READERS = 2
ATTACKERS = 8
SECONDS = 40.0
MOST_MS = 500.0  # for 99 of 100 pages of a reader
MOST_DRAWN = 2_000
LIKENESS = 2_000  # records from which words are taken


def main(arguments: list[str]) -> int:
    """Fill or take a register, measure, and print; give 1 if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile_http", description=__doc__)
    parser.add_argument("size", type=int, nargs="?", default=2_000)
    parser.add_argument("--instance", type=Path)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        instance = wanted.instance or Path(folder) / "instance"
        if not instance.exists():
            fill_register(instance, make_corpus(wanted.size))
        return measure(instance, wanted.seconds)


def measure(instance: Path, seconds: float) -> int:
    """Time the readers with and without attackers; give 1 if a goal is missed."""
    corpus = make_corpus(LIKENESS)
    entries = [Entry.of_publication(each) for each in corpus.publications]
    ordinary = fresh(Questions(entries).words(200), our_path)
    hostile = Hostile(entries)
    attacks = [(address(each), "") for each in [*hostile.known(), *hostile.drawn(MOST_DRAWN)]]
    with serving_register(instance, Settings.workers, Settings.threads) as port:
        finish(asking(port, ordinary, READERS, seconds / 4))
        alone = finish(asking(port, ordinary, READERS, seconds))
        # Attackers begin before and end after, so that no reader is ever without them.
        attacking = asking(port, attacks, ATTACKERS, seconds + 4)
        disturbed = finish(asking(port, ordinary, READERS, seconds))
        attacked = finish(attacking)
    for name, each in (("readers alone", alone), ("readers", disturbed), ("attackers", attacked)):
        print(
            f"{name:16} {each['answers']:6} answers, p50 {each['p50, ms']:7.1f} ms, "
            f"p99 {each['p99, ms']:7.1f} ms, {each['statuses']}"
        )
    is_broken = any(status >= "5" for each in (disturbed, attacked) for status in each["statuses"])
    print(f"p99 below {MOST_MS:.0f} ms for readers and no status of 500 or more is good")
    return int(is_broken or disturbed["p99, ms"] > MOST_MS)


def address(asked: Asked) -> str:
    """Give the address at which a browser would ask this."""
    query = asked.query
    pairs = [("q", query.text), ("sort", query.sort), ("page", str(query.page))]
    pairs += [(name, value) for name, values in query.filters.items() for value in values]
    return "/search?" + urlencode(pairs, errors="replace")


def asking(
    port: int, requests: Requests, connections: int, seconds: float
) -> "subprocess.Popen[str]":
    """Let a process of its own ask."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.load"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    wanted = {
        "port": port,
        "requests": requests,
        "connections": connections,
        "seconds": seconds,
    }
    if process.stdin:
        json.dump(wanted, process.stdin)
        process.stdin.close()
    return process


def finish(process: "subprocess.Popen[str]") -> dict[str, Any]:
    """Wait for such a process, and give what it measured."""
    said = process.stdout.read() if process.stdout else ""
    if process.wait():
        raise RuntimeError("the clients failed")
    measured: dict[str, Any] = json.loads(said)
    return measured


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
