"""Writes ``docs/relevance.md`` from what one run measured."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.comparing import ANY_ORDER, OURS, Comparison

PAGE = Path(__file__).parents[1] / "docs" / "relevance.md"
WORDS = Path(__file__).with_name("relevance.md")
ENGINES = {OURS: "ours", "FTS5": "FTS5", "tantivy": "tantivy"}
PARTS = ("judged", "years", "lee")


def write(told: Mapping[str, Sequence[Comparison]]) -> None:
    """Write the page, unless a collection or an engine was not at hand: figures belong together."""
    if lacking := list(_lacking(told)):
        print(f"\n{PAGE.name} was not written, for this was not measured: {', '.join(lacking)}")
        return
    PAGE.write_text(page(told), encoding="utf-8")
    print(f"\nwrote {PAGE}")


def page(told: Mapping[str, Sequence[Comparison]]) -> str:
    """Give the words of the page with the tables in their places."""
    text = WORDS.read_text(encoding="utf-8")
    for part in PARTS:
        text = text.replace(f"<!-- {part} -->", "\n".join(_table(told[part])))
    return text


def _lacking(told: Mapping[str, Sequence[Comparison]]) -> Iterator[str]:
    yield from (part for part in PARTS if not told.get(part))
    every = [each for comparisons in told.values() for each in comparisons]
    yield from (name for name in ENGINES if any(name not in each.figures for each in every))


def _table(comparisons: Sequence[Comparison]) -> Iterator[str]:
    names = dict(ENGINES)
    if any(ANY_ORDER in each.figures for each in comparisons):
        names[ANY_ORDER] = ANY_ORDER
    yield _row(["Asked", "queries", "records", "figure", *names.values()])
    yield "|---|---:|---:|---|" + "---:|" * len(names)
    for each in comparisons:
        for figure in each.figures[OURS]:
            cells = [f"{each.figures[name][figure]:.3f}" for name in names]
            yield _row([each.name, f"{each.queries:,}", f"{each.documents:,}", figure, *cells])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
