"""Writing the index: how fast, how large, how soon a change is seen; and what opening it takes."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import figures
from bench.asking import Questions
from bench.clocks import milliseconds
from bench.corpus import Corpus
from bench.engines import NAMES, Ask, Engine, Entry, available, make_engine, megabytes
from bench.resampled import make_corpus

CHANGES = 12


def main(size: int = 2_000, *, is_kept: bool = False) -> None:
    """Measure every engine over ``size`` records, and print a line for each."""
    corpus = make_corpus(size)
    entries = [Entry.of_publication(publication) for publication in corpus.publications]
    questions = Questions(entries)
    asks = [*questions.of("one common word"), *questions.of("three words")]
    found = {}
    for name in available():
        with tempfile.TemporaryDirectory() as folder:
            engine = make_engine(name, Path(folder))
            found[name] = _build(engine, Path(folder), corpus, entries)
            found[name] |= _in_a_child(name, Path(folder), asks)
            engine = make_engine(name, Path(folder))
            engine.open()
            found[name] |= _follow_changes(engine, corpus)
            engine.close()
        told = ", ".join(f"{key} {value:.1f}" for key, value in found[name].items())
        print(f"{NAMES[name]:8} {told}")
    if is_kept:
        figures.keep("index", size, found)


def _build(
    engine: Engine, folder: Path, corpus: Corpus, entries: Sequence[Entry]
) -> dict[str, float]:
    seconds = milliseconds(lambda: engine.build(corpus, entries)) / 1000
    engine.close()
    return {"records a second": len(entries) / seconds, "size, MB": megabytes(folder)}


def _follow_changes(engine: Engine, corpus: Corpus) -> dict[str, float]:
    """Change records one at a time; time the writing, and the first answer, which must show it.

    Work is processor time: all that it takes but for waiting, for the disk or for others.
    """
    written, seen, worked = [], [], []
    engine.follow(corpus)
    for number in range(CHANGES):
        corpus.change(number)
        before = time.process_time()
        entry = Entry.of_publication(corpus.publications[number])
        word = entry.name.split()[-1].casefold()
        written.append(milliseconds(lambda entry=entry: engine.change(entry)))
        pages: list[Any] = []
        seen.append(milliseconds(lambda w=word, p=pages: p.append(engine.page(Ask((w,))))))
        worked.append((time.process_time() - before) * 1000)
        if entry.reference not in pages[0].references:
            raise RuntimeError(f"{entry.reference} is changed, and not found by {word!r}")
    both = [sum(pair) for pair in zip(written, seen, strict=True)]
    return {
        "change written, ms": statistics.median(written),
        "change seen, ms": statistics.median(both),
        "at worst, ms": max(both),
        "work of both, ms": statistics.median(worked),
    }


def _in_a_child(name: str, folder: Path, asks: Sequence[Ask]) -> dict[str, float]:
    """Open an index in a process of its own, which loads nothing else."""
    path = folder / "asks.json"
    path.write_text(json.dumps([ask.dump() for ask in asks]), encoding="utf-8")
    command = [sys.executable, "-m", "bench.opening", name, str(folder)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    path.unlink()
    cold: dict[str, float] = json.loads(said)
    return cold
