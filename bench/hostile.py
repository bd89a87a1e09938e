"""No query is dangerous: ``python -m bench.hostile [size] [count] [--index DIR]``.

Puts the known attacks and ``count`` made-up ones to an index of ``size`` records, each as a page
does: results, snippets and suggestions. Times are of work, not of waiting, so that a busy machine
tells the same as a quiet one. ``--index`` keeps the index in a folder for the next run.
"""

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bench.engines import LANGUAGES, Entry
from bench.engines.our_index import Nothing, OurIndex
from bench.hostile_queries import Asked, Hostile
from bench.opening import resident
from bench.resampled import make_corpus
from register.search import Query, SearchIndex, snippet
from register.standard.v1 import V1

MOST_MS = 250.0  # of work for one page
MOST_MB = 100.0  # to which all that is kept may grow
SHOWN = 8
_TRIES = 3
_LONGEST = 100  # characters of a query in print

Times = list[tuple[float, Asked]]


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
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        kept = wanted.index or Path(folder)
        if not (kept / "texts.sqlite").exists():
            build(kept, wanted.size)
        return measure(Pages(kept), wanted.count)


def build(folder: Path, size: int) -> None:
    """Write an index of ``size`` records, and their texts."""
    folder.mkdir(exist_ok=True)
    corpus = make_corpus(size)
    engine = OurIndex(folder)
    engine.build(corpus, [Entry.of_publication(each) for each in corpus.publications])
    engine.close()


def measure(pages: Pages, count: int) -> int:
    """Ask all twice, and the worst alone; give 1 if a goal is missed."""
    hostile = Hostile(pages.entries())
    before = resident()
    known = ask("known, first sight", pages, hostile.known())
    drawn = ask("made up, first sight", pages, hostile.drawn(count))
    again = ask("made up, again", pages, map(_spelt_otherwise, hostile.drawn(count)))
    grown = resident() - before
    print(f"memory grew by {grown:.0f} MB to {resident():.0f} MB; at most {MOST_MB:.0f} is good")
    slow = {asked.query.text: asked for _, asked in _slowest(known + drawn + again)}
    alone = [(_alone(pages, asked), asked) for asked in slow.values()]
    for ms, asked in _slowest(alone):
        print(f"{ms:8.1f} ms alone  {asked.kind:12} {asked.query!r:.{_LONGEST}}")
    worst = max(ms for ms, _ in alone)
    print(f"the worst took {worst:.0f} ms of work; below {MOST_MS:.0f} is good")
    return int(worst > MOST_MS or grown > MOST_MB)


def ask(name: str, pages: Pages, asked: Iterable[Asked]) -> Times:
    """Ask each once, and print how long that took."""
    took = [(_work(pages, each.query), each) for each in asked]
    ordered = sorted(ms for ms, _ in took)
    shares = [(share, ordered[int(share * (len(ordered) - 1))]) for share in (0.5, 0.99, 0.999, 1)]
    told = ", ".join(f"p{100 * share:g} {ms:.1f}" for share, ms in shares)
    print(f"{name:24} {len(took):7} queries, ms of work: {told}; {resident():.0f} MB", flush=True)
    return took


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


def _spelt_otherwise(asked: Asked) -> Asked:
    """Ask the same so that no page kept of it answers."""
    return asked._replace(query=replace(asked.query, text=f" {asked.query.text}"))


def _slowest(took: Times) -> Times:
    return sorted(took, key=lambda each: -each[0])[:SHOWN]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
