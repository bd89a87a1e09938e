"""Queries at random, each with the tree that it should be read as, where that is known."""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from register.search import language
from register.search.nodes import (
    Best,
    Between,
    Every,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Some,
    Value,
    Word,
)

ENGLISH = "tax taxes health model models police policing evaluate evaluation decision chatbot the"
FRENCH = "évaluations évaluation décisions santé impôts police modèle des"
DUTCH = "gemeente gemeentelijke beslissingen gewerkt belasting model van"
URDU = "صحت ذہانت درخواستیں درخواست عدالت عدالتیں مريض ٹیکس کا"
WORDS = {
    code: tuple(words.split())
    for code, words in {"en": ENGLISH, "fr": FRENCH, "nl": DUTCH, "ur": URDU}.items()
}
ALL_WORDS = tuple(word for words in WORDS.values() for word in words)
AGENCIES = ("tax-office", "ministry-of-health", "health-service", "ministry-of-justice")
#: Of these a register has one at most now and then, and what is short for others is among them.
RARE_AGENCIES = ("health", "moh", "ministry")
PHASES = ("pilot", "in_use", "retired")
DOMAINS = ("health", "justice", "education", "transport")
DAYS = ("2024-02-29", "2025-06-30", "2025-07-01", "2026-01-01", "2026-03-15")

_FACTS = (
    *(f"agency:{said}" for said in (*AGENCIES, "health", "moh", "ministry", "office", "to", "x")),
    *(f"phase:{said}" for said in (*PHASES, "in-use", "use", "none")),
    *(f"policy_domains:{said}" for said in DOMAINS),
    *("year:2024", "year:2025..2026", "year:>2024", "year:<2025", "year:..2024"),
    *("year:..", "year:x"),
    *("updated:2025", "updated:2025-06..2025-07", "updated:>=2026-01-01", "updated:<2025-07-01"),
    *("updated:>2025", "updated:<=2024-02-29", "updated:..2025-06-30", "updated:2025-02-30"),
    *("updated:2026-01-01", "updated:2026..2025", "updated:soon", "updated:2025-02-30.."),
    "updated:>2025-02-30",
)  # fmt: skip
_ODDS = ("AND", "OR", "NOT", "(", ")", "-", '"', "*", "~", ":", "agency:", "x:y", "--", "“", "…")


class Asked(NamedTuple):
    """What is typed, and the tree that it means; ``None`` where no rule of thumb says so."""

    text: str
    tree: Best | None


class RandomQueries:
    """Makes queries of words, phrases, beginnings, near misses and facts, nested at will."""

    def __init__(self, chance: random.Random, read_fact: Callable[[str], Node]) -> None:
        self._chance = chance
        self._read_fact = read_fact

    def ask(self) -> Asked:
        if self._chance.random() < 0.25:
            return Asked(self._soup(), None)
        text, nodes = self._row(0)
        has_operator = any(word in text.replace("(", " ").split() for word in ("AND", "OR", "NOT"))
        is_bare = "(" in text and not has_operator  # then parentheses say nothing
        is_plain = text.count("*") + text.count("~") > 3 or len(text) > 300
        return Asked(text, None if is_bare or is_plain else Best(tuple(nodes)))

    def _soup(self) -> str:
        said = (*ALL_WORDS, *_ODDS, *_ODDS, *_FACTS)
        return " ".join(self._chance.choices(said, k=self._chance.randint(0, 9)))

    def _row(self, depth: int) -> tuple[str, list[Node]]:
        parts = [self._either(depth) for _ in range(self._chance.choice((1, 1, 2, 2, 3)))]
        return " ".join(text for text, _ in parts), [node for _, nodes in parts for node in nodes]

    def _either(self, depth: int) -> tuple[str, list[Node]]:
        sides = [self._both(depth) for _ in range(self._chance.choice((1, 1, 1, 2, 3)))]
        return " OR ".join(text for text, _ in sides), _unite([n for _, n in sides], Some)

    def _both(self, depth: int) -> tuple[str, list[Node]]:
        sides = [self._one(depth) for _ in range(self._chance.choice((1, 1, 1, 2)))]
        return " AND ".join(text for text, _ in sides), _unite([n for _, n in sides], Every)

    def _one(self, depth: int) -> tuple[str, list[Node]]:
        text, nodes = self._operand(depth)
        sign = self._chance.choice(("", "", "", "", "-", "NOT ", "NOT -"))
        if sign in ("-", "NOT ") and nodes:
            nodes = [Not(nodes[0])]
        return sign + text, nodes

    def _operand(self, depth: int) -> tuple[str, list[Node]]:
        if depth < 4 and self._chance.random() < 0.2:
            text, nodes = self._row(depth + 1)
            return f"({text})", [Best(tuple(nodes))] if nodes else []
        kinds = (self._word, self._word, self._word, self._phrase, self._open, self._fact)
        return self._chance.choice(kinds)()

    def _word(self) -> tuple[str, list[Node]]:
        word = self._chance.choice(ALL_WORDS)
        variants = language.variants(word)
        return word, [Word(variants)] if variants else []

    def _phrase(self) -> tuple[str, list[Node]]:
        said = self._chance.choice(list(WORDS.values()))
        chosen = self._chance.choices(said, k=self._chance.randint(1, 3))
        words = tuple(Word(v) for word in chosen if (v := language.variants(word)))
        nodes: list[Node] = [Phrase(words)] if len(words) > 1 else list(words)
        marks = self._chance.choice(('""', "“”", "”“"))
        return f"{marks[0]}{' '.join(chosen)}{marks[1]}", nodes

    def _open(self) -> tuple[str, list[Node]]:
        word = self._chance.choice(ALL_WORDS)
        if self._chance.random() < 0.5:
            start = word[: self._chance.randint(2, 4)]
            return f"{start}*", [Prefix(language.surface(start))]
        word = word if len(word) > 2 else "model"
        place = self._chance.randrange(1, len(word))
        slipped = (
            word[:place] + self._chance.choice(("", word[0], word[place:][::-1][:1])) + word[place:]
        )
        surface = language.surface(slipped)
        asked = self._chance.choice(("", "1", "2", "9", "0"))
        most = 2 if len(surface) >= 6 else 1
        return f"{slipped}~{asked}", [Near(surface, max(1, min(int(asked or most), most)))]

    def _fact(self) -> tuple[str, list[Node]]:
        fact = self._chance.choice(_FACTS)
        return fact, [self._read_fact(fact)]


def _unite(sides: Sequence[list[Node]], kind: type[Every] | type[Some]) -> list[Node]:
    """Join sides of one node each; a stop word leaves none."""
    nodes = [side[0] if len(side) == 1 else Every(tuple(side)) for side in sides if side]
    if len(sides) == 1:
        return sides[0]
    return [kind(tuple(nodes))] if len(nodes) > 1 else nodes


def read_fact(said: str) -> Node:
    """Read a fact by a table, not by the grammar."""
    facet, value = said.split(":")
    special: dict[str, Node] = {
        "year:2025..2026": Between("year", "2025", "2026"),
        "year:>2024": _strictly("year", "2024", ""),
        "year:<2025": _strictly("year", "", "2025"),
        "year:..2024": Between("year", "", "2024"),
        "updated:2025": Between("updated", "2025", "2025"),
        "updated:2025-06..2025-07": Between("updated", "2025-06", "2025-07"),
        "updated:>=2026-01-01": Between("updated", "2026-01-01", ""),
        "updated:<2025-07-01": _strictly("updated", "", "2025-07-01"),
        "updated:>2025": _strictly("updated", "2025", ""),
        "updated:<=2024-02-29": Between("updated", "", "2024-02-29"),
        "updated:..2025-06-30": Between("updated", "", "2025-06-30"),
        "updated:2025-02-30": Between("updated", "2025-02-30", "2025-02-30"),
        "updated:2026-01-01": Between("updated", "2026-01-01", "2026-01-01"),
        "updated:2026..2025": Between("updated", "2026", "2025"),
        "updated:>2025-02-30": _strictly("updated", "2025-02-30", ""),
        "updated:2025-02-30..": Between("updated", "2025-02-30", ""),
    }
    return special.get(said, Value(facet, value))


def _strictly(facet: str, after: str, before: str) -> Node:
    itself = Between(facet, after or before, after or before)
    return Every((Between(facet, after, before), Not(itself)))
