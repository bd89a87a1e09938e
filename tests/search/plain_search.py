"""A search that reads every document for every question: slow, plain, and right.

It knows the texts, what the languages make of a word, and what the nodes of a query promise. It
shares no line with the engine.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import isclose, log
from typing import Any

from register.search import Query, language
from register.search.document import Document
from register.search.grammar import read, tokens
from register.search.naming import Naming
from register.search.nodes import (
    Best,
    Between,
    Every,
    Near,
    Node,
    Not,
    Otherwise,
    Phrase,
    Prefix,
    Some,
    Unit,
    Value,
    Word,
    units,
)
from tests.search.plain_reader import FIELDS, Reader
from tests.search.spelling_distance import distance

WEIGHTS = {"name": 5.0, "summary": 2.0, "body": 1.0}
K1, B = 2.5, 0.7
OTHERWISE = 0.6
UNITS = (Word, Prefix, Near)


class PlainSearch:
    """All documents, read."""

    def __init__(self, documents: Sequence[Document], facets: Sequence[str]) -> None:
        self.readers = [Reader(document) for document in documents]
        self.facets = facets
        self._found: dict[str, list[Reader]] = {}
        self.naming = Naming({squeeze(name): name for name in (*facets, "updated")})
        self._lengths = {
            field: max(1.0, sum(r.lengths[field] for r in self.readers) / (len(documents) or 1))
            for field in FIELDS
        }

    def tree(self, query: Query) -> Best:
        meant = {}
        for token in list(tokens(query.text)):
            is_plain = token.kind == "word" and not token.field
            if is_plain and language.words(token.said) == [token.said] and len(meant) < 4:
                stems = language.variants(token.said)
                if stems and not self._holders(Word(stems)) and stems not in meant:
                    meant[stems] = self.meant_by(language.surface(token.said))
        return self._respelt(read(query.text, self.naming.find_facet).tree, meant)

    def meant_by(self, surface: str) -> tuple[str, ...]:
        """Give the stems of the nearest word that somebody wrote, or of two in one."""
        most = 2 if len(surface) >= 7 else 1
        held = Counter(word for reader in self.readers for word in reader.surfaces)
        near = [
            (distance(surface, word), -count, word)
            for word, count in held.items()
            if word[0] == surface[0] and abs(len(word) - len(surface)) <= most
        ]
        near = [found for found in near if 0 < found[0] <= most]
        cuts = [(surface[:cut], surface[cut:]) for cut in range(3, len(surface) - 2)]
        both = [(min(held[one], held[other]), (one, other)) for one, other in cuts]
        words: tuple[str, ...] = ()
        if len(surface) >= 3 and near:
            words = (min(near)[2],)
        elif len(surface) >= 3 and both and max(both)[0]:
            words = max(both)[1]
        return tuple(stems[0] for word in words if (stems := language.variants(word)))

    def _respelt(self, node: Any, meant: Mapping[tuple[str, ...], tuple[str, ...]]) -> Any:
        match node:
            case Word(stems) if meant.get(stems):
                return Word(stems, (Otherwise(meant[stems]),))
            case Best(nodes) | Every(nodes) | Some(nodes):
                return type(node)(tuple(self._respelt(each, meant) for each in nodes))
        return node

    def find(self, query: Query, ignored_facet: str = "") -> list[Reader]:
        if query.text not in self._found:  # reading it all once is slow enough
            tree = self.tree(query)
            self._found[query.text] = [r for r in self.readers if self.holds(r, tree)]
        found = self._found[query.text]
        return [reader for reader in found if passes(reader, query.filters, ignored_facet)]

    def holds(self, reader: Reader, node: Node) -> bool:
        match node:
            case Best() | Every() | Some() | Not():
                return self._unites(reader, node)
            case Phrase(words):
                return reader.has_run([word.variants for word in words])
            case Value(facet, said):
                return bool(self._named(facet, said) & set(reader.document.facets.get(facet, ())))
            case Between():
                return is_between(reader, node)
            case _:
                return reader.has(node)

    def _unites(self, reader: Reader, node: Best | Every | Some | Not) -> bool:
        match node:
            case Best(nodes):
                return self._holds_best(reader, nodes)
            case Every(nodes):
                return all(self.holds(reader, each) for each in nodes)
            case Some(nodes):
                return any(self.holds(reader, each) for each in nodes)
            case Not(inner):
                return not self.holds(reader, inner)

    def _holds_best(self, reader: Reader, nodes: Sequence[Node]) -> bool:
        demanded = [node for node in nodes if not isinstance(node, UNITS)]
        wished = [node for node in nodes if isinstance(node, UNITS)]
        is_said = any(True for node in demanded for _ in units(node))
        is_wished = not wished or is_said or any(reader.has(unit) for unit in wished)
        return is_wished and all(self.holds(reader, node) for node in demanded)

    def _named(self, facet: str, said: str) -> set[str]:
        wanted = squeeze(said)
        known = {v for r in self.readers for v in r.document.facets.get(facet, ())}
        exact = {value for value in known if squeeze(value) == wanted}
        return exact or {value for value in known if wanted and wanted in shorts(value)}

    def count(self, query: Query) -> dict[str, list[tuple[str, int]]]:
        counts = {}
        for name in self.facets:
            found = Counter({value: 0 for value in query.filters.get(name, ())})
            for reader in self.find(query, ignored_facet=name):
                found.update(reader.document.facets.get(name, ()))
            counts[name] = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        return counts

    def complete(self, query: Query) -> int:
        wanted = set(units(self.tree(query)))
        return sum(all(r.has(unit) for unit in wanted) for r in self.find(query))

    def misplaced(self, query: Query, order: Sequence[str]) -> list[str]:
        """Give the pairs of neighbours that stand in the wrong order."""
        readers = {reader.document.reference: reader for reader in self.readers}
        wishes = Counter(units(self.tree(query)))
        has_hits = any(reader.has(unit) for reader in self.readers for unit in wishes)
        if query.sort != "relevance" or not has_hits:
            keys = [place_of(readers[reference], query) for reference in order]
            wrong = [one > other for one, other in pairwise(keys)]
        else:
            ranks = [self._rank(readers[reference], wishes) for reference in order]
            wrong = [not is_before(*pair) for pair in pairwise(ranks)]
        pairs = pairwise(order)
        return [
            f"{a} before {b}" for (a, b), is_wrong in zip(pairs, wrong, strict=True) if is_wrong
        ]

    def _rank(self, reader: Reader, wishes: Mapping[Unit, int]) -> tuple[int, float, object]:
        """Tell whether a document has all words, its score, and what that is made of."""
        weights = [self._weight(reader, unit) for unit in wishes]
        parts = [times * self.score(reader, unit) for unit, times in wishes.items()]
        has_all = all(reader.has(unit) for unit in wishes)
        telling = [self._idf(self._holders(unit)) for unit in wishes]
        own = [one for one, unit in zip(telling, wishes, strict=True) if reader.has(unit)]
        score = sum(parts) * (sum(own) / sum(telling)) ** min(0.5, 2 / len(wishes))
        return has_all, score, (weights, reader.document.reference)

    def score(self, reader: Reader, unit: Unit) -> float:
        """Give BM25F of a word; said in another way, it counts less."""
        if not isinstance(unit, Word) or not unit.alternatives:
            return self._bm25(self._weight(reader, unit), self._holders(unit))
        plain = self.score(reader, Word(unit.variants))
        other = [
            sum(self.score(reader, Word((stem,))) for stem in run) / share
            for run, share in unit.alternatives
            if reader.has_run([[stem] for stem in run])
        ]
        return max([plain, *(OTHERWISE * score for score in other)])

    def _holders(self, unit: Unit) -> int:
        return sum(reader.has(unit) for reader in self.readers)

    def _bm25(self, weight: float, found: int) -> float:
        return self._idf(found) * (K1 + 1) * weight / (K1 + weight)

    def _idf(self, found: int) -> float:
        return log(1 + (len(self.readers) - found + 0.5) / (found + 0.5))

    def _weight(self, reader: Reader, unit: Unit) -> float:
        if not isinstance(unit, Word):
            return sum(1 / (1 + away) for away in reader.misses(unit))
        return sum(
            WEIGHTS[field]
            * reader.times(field, unit.variants)
            / (1 - B + B * reader.lengths[field] / self._lengths[field])
            for field in FIELDS
        )


def passes(reader: Reader, filters: Mapping[str, Sequence[str]], ignored_facet: str) -> bool:
    return all(
        set(values) & set(reader.document.facets.get(name, ()))
        for name, values in filters.items()
        if values and name != ignored_facet
    )


def is_between(reader: Reader, node: Between) -> bool:
    if node.facet != "updated":
        numbers = [v for v in reader.document.facets.get(node.facet, ()) if v.isdecimal()]
        low, high = node.low[:4] or "0000", node.high[:4] or "9999"
        return any(low <= number <= high for number in numbers)
    is_real = all(is_day(bound) for bound in (node.low, node.high) if bound)
    is_late_enough = reader.day[: len(node.low)] >= node.low
    is_early_enough = not node.high or reader.day[: len(node.high)] <= node.high
    return is_real and is_late_enough and is_early_enough


def is_day(said: str) -> bool:
    try:
        date.fromisoformat(said + "2000-01-01"[len(said) :])
    except ValueError:
        return False
    return True


def squeeze(said: str) -> str:
    return "".join(letter for letter in said.casefold() if letter.isalnum())


def shorts(value: str) -> Iterator[str]:
    """Give what a value may be called for short: some words of it in a row, or its initials."""
    words = value.replace("_", "-").split("-")
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield "".join(words[start:end])
    small = ("and", "for", "in", "of", "on", "the", "to")
    yield "".join(word[0] for word in words if word not in small)
    yield "".join(word[0] for word in words)


def place_of(reader: Reader, query: Query) -> tuple[bytes | int, str]:
    document = reader.document
    if query.sort == "name":
        name = document.sort_names[query.language]
        return language.sort_key(name, query.language), document.reference
    return -document.updated, document.reference


def is_before(one: tuple[int, float, object], other: tuple[int, float, object]) -> bool:
    """Tell whether a document may stand before another: all words, a better score, its name."""
    if one[0] != other[0]:
        return one[0] > other[0]
    (weights, name), (other_weights, other_name) = one[2], other[2]  # type: ignore[misc]
    if weights == other_weights:
        return bool(name < other_name)
    return one[1] > other[1] or isclose(one[1], other[1], rel_tol=1e-9)
