"""A ratio says something only where both have done the same: found, counted and cut the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.corpus import Corpus
from bench.engines import FACETS, Ask, Engine, Entry, Page, available, make_engine

COUNT = 60
RIVALS = [name for name in available() if name != "ours"]


@pytest.fixture
def corpus() -> Corpus:
    corpus = Corpus(0)
    corpus.publications = [record(number) for number in range(COUNT)]
    return corpus


def record(number: int) -> dict[str, Any]:
    water = "a lamp for the red water" if number % 3 == 0 else "water below the lamp, all red"
    return {
        "reference": f"AIR-2026-{number:06}",
        "standard": "v1",
        "status": "published",
        "published_at": f"2026-01-{1 + number % 28:02}T00:00:{number:02}Z",
        "agency": {"slug": f"body-{number % 4}", "name": {"en": "A body"}, "level": "local"},
        "answers": {
            "name": {"en": f"Plan {'lamp' if number % 2 else 'boat'}"},
            "purpose": {"en": water if number % 5 else "nothing of that"},
            "phase": "pilot" if number % 7 else "in_use",
            "policy_domains": ["health", "transport"] if number % 2 else ["health"],
        },
    }


@contextmanager
def built(name: str, folder: Path, corpus: Corpus) -> Iterator[Engine]:
    path = folder / name
    path.mkdir()
    engine = make_engine(name, path)
    engine.build(corpus, [Entry.of_publication(each) for each in corpus.publications])
    yield engine
    engine.close()


def counted(page: Page) -> dict[str, dict[str, int]]:
    """Counts by facet, without what an engine calls the lack of a value, or counts as none."""
    return {
        name: {v: n for v, n in page.facets.get(name, {}).items() if v and n} for name in FACETS
    }


@pytest.mark.parametrize("rival", RIVALS)
@pytest.mark.parametrize(
    "ask",
    [
        Ask(("water",)),
        Ask(("boat", "water")),
        Ask(("red", "water"), "phrase"),
        Ask(("water",), wanted=("agency", "body-1")),
        Ask(("water",), wanted=("policy_domains", "transport")),
        Ask(("lamp",), is_sorted=True),
    ],
)
def test_every_engine_finds_and_counts_what_ours_does(
    rival: str, ask: Ask, corpus: Corpus, tmp_path: Path
) -> None:
    with built("ours", tmp_path, corpus) as ours, built(rival, tmp_path, corpus) as theirs:
        found, wanted = theirs.page(ask), ours.page(ask)

    assert (found.total, counted(found)) == (wanted.total, counted(wanted))
    assert len(found.references) == len(found.snippets) == min(20, wanted.total)
    if ask.is_sorted:
        assert list(found.references) == list(wanted.references)


@pytest.mark.parametrize("name", available())
def test_a_change_is_seen_by_the_next_question(name: str, corpus: Corpus, tmp_path: Path) -> None:
    with built(name, tmp_path, corpus) as engine:
        engine.follow(corpus)
        corpus.change(7)
        entry = Entry.of_publication(corpus.publications[7])

        engine.change(entry)

        found = engine.page(Ask((entry.name.split()[-1],)))
    assert entry.reference in found.references
