"""How often the forms of one word meet in the index, and other words do not: no index needed.

``python -m bench.forms`` reads ``bench/forms``: a line holds the forms of one word, and another
line another word. *Recall* is the share of pairs in one line that have the same stem, *precision*
the share of pairs with the same stem that stand in one line. A word made from another, such as
``évaluation`` and ``évaluer``, stands in a line of its own and counts against precision, though
people seldom mind finding it.
"""

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
            print(f"  {label:12} recall {recall:.3f}, precision {precision:.3f}")


def ways(code: str) -> dict[str, Stem]:
    """Give the ways of cutting to compare: none, by letters only, and that of the language."""
    return {
        "not cut": surface,
        "by letters": lambda word: variants(word)[0] if variants(word) else word,
        "as it is": lambda word: " ".join(stems(word, code)),
    }


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
