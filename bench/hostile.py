"""No query is dangerous: ``python -m bench.hostile [size] [count] [--index DIR] [--write]``.

Puts the known attacks and ``count`` made-up ones to an index of ``size`` records, each as a page
does: results, snippets and suggestions. Each processor has a process that asks its share and tells
on stderr how far it is. Times are of work, not of waiting, so that a busy machine tells the same
as a quiet one. ``--index`` keeps the index in a folder for the next run, ``--write`` the figures.
"""

import argparse
import heapq
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from bench import figures, report
from bench.engines import LANGUAGES, Entry
from bench.engines.our_index import Nothing, OurIndex
from bench.hostile_queries import Asked, Hostile
from bench.opening import resident
from bench.resampled import make_corpus
from register.search import Query, SearchIndex, snippet
from register.standard.v1 import V1

MOST_MS = 250.0  # of work for one page
MOST_MB = 128.0  # of growth: what is kept for words and pages, and what one page needs meanwhile
SHOWN = 8
SHARES = (0.5, 0.99, 0.999, 1)
#: The slowest asked again by itself, after whatever took too long beside others; and the memory.
ALONE, GROWN = "slowest, alone", "memory, MB more"
_TOLD_EVERY = 1_000  # queries
_TRIES = 3
_LONGEST = 100  # characters of a query in print

Times = list[tuple[float, Asked]]


class Told(NamedTuple):
    """What a process saw: milliseconds of each query, the slowest queries, megabytes grown."""

    took: list[float]
    slowest: Times
    grown: float


class Pages:
    """Answers from an index and texts that :class:`bench.engines.our_index.OurIndex` wrote."""

    def __init__(self, folder: Path) -> None:
        """Open nothing yet."""
        self._index = SearchIndex(folder / "index", Nothing(), V1, languages=LANGUAGES)
        self._texts = sqlite3.connect(folder / "texts.sqlite")

    def page(self, query: Query) -> None:
        """Find, cut snippets, and suggest."""
        results = self._index.search(query)
        for reference in results.ids:
            found = self._texts.execute(
                "select summary, body from texts where reference = ?", [reference]
            )
            snippet(found.fetchone(), results.words)
        self._index.suggest(query.text)

    def entries(self) -> list[Entry]:
        """Give some records as indexed; of facets, the first has all public bodies, no more."""
        bodies = [body for body, _ in self._index.search(Query()).facets["agency"]]
        rows = self._texts.execute("select reference, name, summary, body from texts limit 5000")
        return [
            Entry(*row, facets={} if number else {"agency": bodies}, updated=0)
            for number, row in enumerate(rows)
        ]

    def reopen(self) -> None:
        """Forget all that is kept of the index."""
        self._index.close()


def main(arguments: list[str]) -> int:
    """Build or take an index, ask, and print; give 1 if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile", description=__doc__)
    parser.add_argument("size", type=int, nargs="?", default=2_000)
    parser.add_argument("count", type=int, nargs="?", default=1_000)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        kept = wanted.index or Path(folder)
        if not (kept / "texts.sqlite").exists():
            build(kept, wanted.size)
        found = measure(kept, wanted.count)
    if wanted.write:
        figures.keep("hostile", wanted.size, found)
        report.main()
    return int(found[ALONE] > MOST_MS or found[GROWN] > MOST_MB)


def build(folder: Path, size: int) -> None:
    """Write an index of ``size`` records, and their texts."""
    folder.mkdir(exist_ok=True)
    corpus = make_corpus(size)
    engine = OurIndex(folder)
    engine.build(corpus, [Entry.of_publication(each) for each in corpus.publications])
    engine.close()


def measure(folder: Path, count: int) -> dict[str, Any]:
    """Ask all once, and the worst alone; give and print the figures."""
    pages = Pages(folder)
    known = ask("known", pages, Hostile(pages.entries()).known())
    drawn = ask_on_all_processors(folder, count)
    found: dict[str, Any] = {"known": spread(known.took), "made up": spread(drawn.took)}
    for name, told in found.items():
        print(f"{name:8} {told}, ms of work", flush=True)
    alone = [(_alone(pages, asked), asked) for _, asked in known.slowest + drawn.slowest]
    for ms, asked in heapq.nlargest(SHOWN, alone, key=_ms):
        print(f"{ms:8.1f} ms alone  {asked.kind:12} {asked.query!r:.{_LONGEST}}")
    found |= {ALONE: max(ms for ms, _ in alone), GROWN: drawn.grown}
    print(f"{ALONE}: {found[ALONE]:.0f}; below {MOST_MS:.0f} is good")
    print(f"{GROWN}: {found[GROWN]:.0f}; at most {MOST_MB:.0f} is good")
    return found


def ask_on_all_processors(folder: Path, count: int) -> Told:
    """Ask ``count`` made-up queries, each once; memory is that of the process that grew most."""
    parts = os.cpu_count() or 1
    with ProcessPoolExecutor(parts, mp_context=get_context("spawn")) as pool:
        shares = list(pool.map(partial(_ask_a_share, folder, count, parts), range(parts)))
    return Told(
        took=[ms for share in shares for ms in share.took],
        slowest=_suspects([each for share in shares for each in share.slowest]),
        grown=max(share.grown for share in shares),
    )


def _ask_a_share(folder: Path, count: int, parts: int, part: int) -> Told:
    pages = Pages(folder)
    hostile = Hostile(pages.entries())
    return ask(f"share {part + 1}", pages, islice(hostile.drawn(count), part, None, parts))


def ask(name: str, pages: Pages, asked: Iterable[Asked]) -> Told:
    """Ask each once, and tell on stderr from time to time how that goes."""
    before = resident()
    took: list[float] = []
    slowest: Times = []
    for number, each in enumerate(asked, start=1):
        took.append(_work(pages, each.query))
        slowest = _suspects([*slowest, (took[-1], each)])
        if number % _TOLD_EVERY == 0:
            told = f"{number} asked, the slowest {max(took):.0f} ms, {resident():.0f} MB"
            print(f"{name}: {told}", file=sys.stderr, flush=True)
    return Told(took, slowest, resident() - before)


def spread(took: list[float]) -> dict[str, float]:
    """Tell how many queries there were, and how long they took."""
    ordered = sorted(took)
    shares = {f"p{100 * share:g}": ordered[int(share * (len(ordered) - 1))] for share in SHARES}
    return {"queries": len(took), **{name: round(ms, 1) for name, ms in shares.items()}}


def _work(pages: Pages, query: Query) -> float:
    started = time.thread_time()
    pages.page(query)
    return (time.thread_time() - started) * 1000


def _alone(pages: Pages, asked: Asked) -> float:
    """Give the best of some times at first sight, just after opening."""
    took = []
    for _ in range(_TRIES):
        pages.reopen()
        pages.page(Query())
        took.append(_work(pages, asked.query))
    return min(took)


def _suspects(times: Times) -> Times:
    """Give what took too long beside others, and the slowest in any case."""
    return heapq.nlargest(max(SHOWN, sum(ms > MOST_MS for ms, _ in times)), times, key=_ms)


def _ms(timed: tuple[float, Asked]) -> float:
    return timed[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
