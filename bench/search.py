"""A page of a search beside Whoosh, SQLite's FTS5 and tantivy, in one run and with equal work.

Each engine indexes the same texts and facets and answers the same questions; what a page is says
:mod:`bench.engines`. Medians are of forty questions, or of those that fit into some seconds, and of
processor time: all files are warm, so that nothing waits but for other work on the machine.
"""

import gc
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench import figures, goals
from bench.asking import KINDS, Questions
from bench.engines import NAMES, Ask, Engine, Entry, Page, available, make_engine
from bench.resampled import make_corpus

BUDGET = 6.0  # seconds for the questions of a kind, once
AT_LEAST = 5
FIRST, WARM = 0, 1
CLOCK = "processor time"


def main(size: int = 2_000, *, is_kept: bool = False) -> None:
    """Measure over ``size`` records, print a line for each kind, and judge the goals."""
    corpus = make_corpus(size)
    entries = [Entry.of_publication(publication) for publication in corpus.publications]
    questions = Questions(entries)
    asks = {kind: questions.of(kind) for kind in KINDS}
    with tempfile.TemporaryDirectory() as folder:
        engines = {}
        for name in available():
            (Path(folder) / name).mkdir()
            engines[name] = make_engine(name, Path(folder) / name)
            engines[name].build(corpus, entries)
        # The records are no longer changed: whatever collects garbage need not look at them.
        gc.freeze()
        found = {kind: measure(kind, asks[kind], engines) for kind in asks}
        repeated = _repeated(asks["one common word"], engines["ours"])
        for engine in engines.values():
            engine.close()
    print(f"our page of one common word once more, kept: {repeated:.2f} ms")
    for verdict in goals.judge(size, found):
        print(verdict)
    if is_kept:
        figures.keep("search", size, {"clock": CLOCK, "kinds": found, "repeated": repeated})


def measure(
    kind: str, asks: Sequence[Ask], engines: dict[str, Engine]
) -> dict[str, dict[str, float]]:
    """Time every engine with the questions of a kind, and print a line."""
    measured: dict[str, dict[str, float]] = {}
    for name, engine in engines.items():
        first, pages = take(engine, asks, FIRST)
        warm, _ = take(engine, asks, WARM)
        measured[name] = {
            "first": statistics.median(first),
            "warm": statistics.median(warm),
            "worst": max(warm),
            "questions": len(warm),
            "found": statistics.mean(page.total for page in pages),
        }
    told = "   ".join(
        f"{NAMES[name]} {of['warm']:7.2f} ({of['first']:.2f})" for name, of in measured.items()
    )
    print(f"{kind:26} ms, again (first time): {told}")
    return measured


def take(engine: Engine, asks: Sequence[Ask], round_: int) -> tuple[list[float], list[Page]]:
    """Ask as many questions as the budget allows; give milliseconds and answers."""
    took, pages = [], []
    until = time.perf_counter() + BUDGET
    for ask in asks:
        if time.perf_counter() > until and len(took) >= AT_LEAST:
            break
        asked = replace(ask, number=round_)
        started = time.process_time()
        pages.append(engine.page(asked))
        took.append((time.process_time() - started) * 1000)
    return took, pages


def _repeated(asks: Sequence[Ask], ours: Engine) -> float:
    """Time our answers to questions that were asked before, letter for letter."""
    for ask in asks:
        ours.page(ask)
    return statistics.median(take(ours, asks, FIRST)[0])
