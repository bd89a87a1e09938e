"""Asks every engine the queries of a collection, and says how good each is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from bench import rivals
from bench.asked import Asked, Collection
from bench.gains import filled, ndcg, recall
from register.web.languages import label_in

OURS, ANY_ORDER = "ours", "any order"
WORST = 0.75
NDCG, FILLED, RECALL = "nDCG@10", "nDCG@10 filled up", "recall@20"


@dataclass(frozen=True)
class Comparison:
    """How good each engine was: ``figures`` leads from an engine to what was measured of it."""

    name: str
    queries: int
    documents: int
    figures: Mapping[str, Mapping[str, float]]


def compare(collection: Collection, folder: Path, *, is_long: bool = False) -> Comparison:
    """Ask every engine, and print how good each is."""
    asked, documents = collection.asked, rivals.read(collection.publications, label_in)
    engines = {
        OURS: rivals.ours(folder, collection.publications, label_in),
        "FTS5": rivals.fts5(documents),
        "tantivy": rivals.tantivy(documents),
    }
    print(f"\n{collection.name}: {len(asked)} queries, {len(documents)} documents")
    figures = {}
    size = len(documents) - 1 if collection.is_likeness else 0
    for name, search in engines.items():
        if search is None:
            print(f"  {name:9} is not installed")
            continue
        found = {each.id: _others(search(each.text), each.without) for each in asked}
        figures[name] = _measure(asked, found, size)
        print(f"  {name:9} {_line(figures[name])}")
        if name == OURS and is_long:
            _list_worst(asked, found)
    if collection.is_likeness:
        chance = mean(filled((), each.grades, size) for each in asked)
        figures[ANY_ORDER] = {NDCG: chance, FILLED: chance}
        print(f"  {ANY_ORDER:9} {_line(figures[ANY_ORDER])}")
    return Comparison(collection.name, len(asked), len(documents), figures)


def _others(found: Sequence[str], own: str) -> list[str]:
    return [reference for reference in found if reference != own]


def _measure(
    asked: Sequence[Asked], found: Mapping[str, Sequence[str]], likened: int
) -> dict[str, float]:
    """Measure; ``likened`` is how many documents each text was likened to, if any was."""
    figures = {NDCG: mean(ndcg(found[each.id], each.grades) for each in asked)}
    languages = sorted({each.language for each in asked})
    for language in languages if len(languages) > 1 else ():
        some = [each for each in asked if each.language == language]
        figures[f"{NDCG} {language}"] = mean(ndcg(found[each.id], each.grades) for each in some)
    if likened:
        figures[FILLED] = mean(filled(found[each.id], each.grades, likened) for each in asked)
    else:
        figures[RECALL] = mean(recall(found[each.id], each.grades) for each in asked)
    return figures


def _line(figures: Mapping[str, float]) -> str:
    return "".join(f"  {name} {figure:.3f}" for name, figure in figures.items())


def _list_worst(asked: Sequence[Asked], found: Mapping[str, Sequence[str]]) -> None:
    gains = sorted((ndcg(found[a.id], a.grades), a.id, a.text) for a in asked)
    for gain, name, text in gains:
        if gain < WORST:
            print(f"    {gain:.2f}  {name}  {text}")
