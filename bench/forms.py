"""How often the forms of one word meet in the index, and other words do not: no index needed.

``python -m bench.forms`` reads ``bench/forms``: a line holds the forms of one word, and another
line another word. *Recall* is the share of pairs in one line that have the same stem, *precision*
the share of pairs with the same stem that stand in one line. A word made from another, such as
``évaluation`` and ``évaluer``, stands in a line of its own and counts against precision, though
people seldom mind finding it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

from register.search.language import surface, variants
from register.search.language.analysis import stems

FOLDER = Path(__file__).parent / "forms"

Stem = Callable[[str], str]
Pairs = set[tuple[str, str]]


def main() -> None:
    """Print a line for each language and way of cutting."""
    for path in sorted(FOLDER.glob("*.txt")):
        groups = read(path)
        print(f"{path.stem}: {len(groups)} words, {len(pairs_of(groups))} pairs of forms")
        for label, stem in ways(path.stem).items():
            recall, precision = measure(groups, stem)
            print(f"  {label:13} recall {recall:.3f}, precision {precision:.3f}")


def ways(code: str) -> dict[str, Stem]:
    """Give the ways of cutting to compare with that of the language: none, and a plainer one."""
    plainer = {"ur": ("eight endings", cut_eight_endings)}
    label, plain = plainer.get(code, ("as English", lambda word: " ".join(variants(word)[:1])))
    return {"not cut": surface, label: plain, "as it is": lambda word: " ".join(stems(word, code))}


def cut_eight_endings(word: str) -> str:
    """Cut an Urdu word as was done at first."""
    return re.sub("(?<=...)(?:یوں|یاں|وں|یں|ات|ین|ی|ا)$", "", surface(word))


def read(path: Path) -> list[list[str]]:
    """Read the lines of a file, each as forms; a line with ``#`` says something else."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def measure(groups: list[list[str]], stem: Stem) -> tuple[float, float]:
    """Give recall and precision of a way of cutting."""
    wanted = pairs_of(groups)
    by_stem = defaultdict(list)
    for word in {word for group in groups for word in group}:
        by_stem[stem(word)].append(word)
    met = pairs_of(by_stem.values())
    return len(met & wanted) / len(wanted), len(met & wanted) / max(1, len(met))


def pairs_of(groups: Iterable[list[str]]) -> Pairs:
    """Give every two members of one group, each pair in one order."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


if __name__ == "__main__":
    main()
