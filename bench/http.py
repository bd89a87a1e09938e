"""Pages over HTTP: our search page beside Datasette's, and an unchanged page beside an empty one.

One web process each, on the same machine as the client, which has eight connections. Every request
is a question that was not asked before, so that nothing kept answers it, unless a line says so.
"""

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from bench import figures
from bench.asking import Questions
from bench.engines import FACETS, MULTIPLE, PAGE, Entry
from bench.filling import fill_register
from bench.load import Connection
from bench.resampled import make_corpus
from bench.servers import (
    fill_datasette,
    serving_datasette,
    serving_nothing,
    serving_register,
)

CONNECTIONS = 8
SECONDS = 15.0
WORDS = 200
SPELLINGS = 30  # of a question, by the blanks behind it

Requests = list[tuple[str, str]]


def main(size: int = 2_000, *, is_kept: bool = False) -> None:
    """Measure with ``size`` records, and print a line for each server."""
    corpus = make_corpus(size)
    entries = [Entry.of_publication(publication) for publication in corpus.publications]
    words = Questions(entries).words(WORDS)
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        fill_register(Path(folder) / "instance", corpus)
        found |= _measure_register(Path(folder) / "instance", words)
        with serving_nothing() as port:
            found["an empty page of Flask"] = ask(port, [("/", "")])
        if importlib.util.find_spec("datasette"):
            path = Path(folder) / "data.sqlite"
            fill_datasette(path, entries)
            with serving_datasette(path) as port:
                found["Datasette, search"] = ask(port, fresh(words, datasette_path))
    for name, each in found.items():
        print(
            f"{name:28} {each['a second']:8.1f} a second, p50 {each['p50, ms']:7.1f} ms, "
            f"p99 {each['p99, ms']:7.1f} ms, {each['kB']:6.1f} kB, {each['statuses']}"
        )
    if is_kept:
        figures.keep("http", size, found)


def _measure_register(instance: Path, words: Sequence[str]) -> dict[str, Any]:
    found = {}
    with serving_register(instance) as port:
        ask(port, once(words), seconds=2)
        found["ours, search"] = ask(port, fresh(words, our_path))
        ask(port, once(words), seconds=SECONDS / 3)
        found["ours, search, kept"] = ask(port, once(words))
        if unchanged := with_etags(port, words):
            found["ours, unchanged (304)"] = ask(port, unchanged)
        else:
            print("our search page sends no ETag, so that no answer can be 304")
    return found


def once(words: Sequence[str]) -> Requests:
    """Ask for each word."""
    return [(our_path(word), "") for word in words]


def fresh(words: Sequence[str], path: Any) -> Requests:
    """Ask for each word, each time with more blanks behind it."""
    return [(path(word + " " * number), "") for number in range(1, SPELLINGS) for word in words]


def our_path(text: str) -> str:
    """Give the address of our search page."""
    return f"/search?q={quote(text)}"


def datasette_path(text: str) -> str:
    """Give the address of Datasette's page of the table with the same facets counted."""
    facets = [("_facet_array" if name in MULTIPLE else "_facet", name) for name in FACETS]
    return "/data/records?" + urlencode([("_search", text), ("_size", PAGE), *facets])


def with_etags(port: int, words: Sequence[str]) -> Requests:
    """Get each page, and give requests for it that say what is known; none without ETags."""
    requests = []
    connection = Connection(port)
    for word in words:
        _status, headers, _body = connection.get(our_path(word))
        if "etag" in headers:
            requests.append((our_path(word), headers["etag"]))
    connection.close()
    return requests


def ask(port: int, requests: Requests, seconds: float = SECONDS) -> dict[str, Any]:
    """Let a process of its own ask, and give what it measured."""
    wanted = {
        "port": port,
        "requests": requests,
        "connections": CONNECTIONS,
        "seconds": seconds,
    }
    said = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(wanted),
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    measured: dict[str, Any] = json.loads(said)
    return measured
