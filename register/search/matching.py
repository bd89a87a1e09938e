"""Which documents a query leaves, and what its words count in them."""

from collections.abc import Callable, Sequence

import numpy as np

from register.search.arrays import Mask, Numbers, Scores
from register.search.naming import UPDATED, Naming
from register.search.nodes import (
    UNITS,
    Best,
    Between,
    Every,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Some,
    Unit,
    Value,
    Word,
    is_textual,
)
from register.search.periods import first_second, last_second
from register.search.snapshot import Snapshot
from register.search.vocabulary import open_up

_OTHERWISE = 0.6  # what a word counts that is said in another way


def match(snapshot: Snapshot, naming: Naming, node: Node) -> Mask:
    """Tell which documents a node leaves."""
    if isinstance(node, UNITS):
        return _mask(snapshot, score(snapshot, node)[0])
    return _MATCHERS[type(node)](snapshot, naming, node)


def score(snapshot: Snapshot, unit: Unit) -> tuple[Numbers, Scores]:
    """Give the documents that have what a unit wants, in order, and what it counts in each."""
    if isinstance(unit, Word):
        return _score_word(snapshot, unit) if unit.alternatives else snapshot.word(unit.variants)
    return snapshot.keep(unit, lambda: _score_open(snapshot, unit))


def rarity(snapshot: Snapshot, documents: Numbers) -> float:
    """Tell how telling it is to be one of these documents."""
    return snapshot.weighting.idf(snapshot.size, len(documents))


def match_codes(snapshot: Snapshot, place: int, wanted: Sequence[int]) -> Mask:
    """Tell which documents have one of the values of a facet, given by their codes."""
    documents, codes = snapshot.facet(place)
    is_wanted = np.zeros(len(snapshot.labels.values[place]), dtype=bool)
    is_wanted[list(wanted)] = True
    return _mask(snapshot, documents[is_wanted[codes]])


def _score_word(snapshot: Snapshot, word: Word) -> tuple[Numbers, Scores]:
    def unite() -> tuple[Numbers, Scores]:
        united = np.zeros(snapshot.size)
        documents, scores = snapshot.word(word.variants)
        united[documents] = scores
        for stems, share in word.alternatives:
            documents, scores = _score_row(snapshot, stems)
            scores = scores * _OTHERWISE / share
            united[documents] = np.maximum(united[documents], scores)
        found = np.flatnonzero(united)
        return found, united[found]

    return snapshot.keep(word, unite)


def _score_row(snapshot: Snapshot, stems: Sequence[str]) -> tuple[Numbers, Scores]:
    if len(stems) == 1:
        return snapshot.word(stems)
    documents = snapshot.phrase([(stem,) for stem in stems])
    scores = np.zeros(snapshot.size)
    for stem in stems:
        held, counted = snapshot.word((stem,))
        scores[held] += counted
    return documents, scores[documents]


def _score_open(snapshot: Snapshot, unit: Prefix | Near) -> tuple[Numbers, Scores]:
    """Let a document count more the more of the words it has, and the nearer they are."""
    weight = np.zeros(snapshot.size)
    for _, away, documents in open_up(snapshot, unit):
        weight[documents] += 1.0 / (1 + away)
    found = np.flatnonzero(weight)
    heavy, k1 = weight[found], snapshot.weighting.k1
    return found, rarity(snapshot, found) * (k1 + 1) * heavy / (k1 + heavy)


def _match_phrase(snapshot: Snapshot, _naming: Naming, node: Phrase) -> Mask:
    return _mask(snapshot, snapshot.phrase([word.variants for word in node.words]))


def _match_value(snapshot: Snapshot, naming: Naming, node: Value) -> Mask:
    if node.facet == UPDATED:
        return np.zeros(snapshot.size, dtype=bool)
    place = snapshot.layout.facets.index(node.facet)
    labels = snapshot.labels.values[place]
    # A value that only withdrawn documents had must not stand in the way of others like it.
    known = {labels[code]: code for code in snapshot.codes(place)}
    wanted = naming.list_values(node.facet, node.said, list(known))
    return match_codes(snapshot, place, [known[value] for value in wanted])


def _match_between(snapshot: Snapshot, _naming: Naming, node: Between) -> Mask:
    if node.facet == UPDATED:
        from_, to = first_second(node.low), last_second(node.high)
        return (snapshot.updated >= from_) & (snapshot.updated <= to)
    place = snapshot.layout.facets.index(node.facet)
    codes = [
        code
        for code, value in enumerate(snapshot.labels.values[place])
        if value.isdecimal() and node.low[:4] <= value <= (node.high[:4] or "9999")
    ]
    return match_codes(snapshot, place, codes)


def _match_not(snapshot: Snapshot, naming: Naming, node: Not) -> Mask:
    return ~match(snapshot, naming, node.node)


def _match_every(snapshot: Snapshot, naming: Naming, node: Every) -> Mask:
    mask = np.ones(snapshot.size, dtype=bool)
    for inner in node.nodes:
        mask &= match(snapshot, naming, inner)
    return mask


def _match_some(snapshot: Snapshot, naming: Naming, node: Some) -> Mask:
    mask = np.zeros(snapshot.size, dtype=bool)
    for inner in node.nodes:
        mask |= match(snapshot, naming, inner)
    return mask


def _match_best(snapshot: Snapshot, naming: Naming, node: Best) -> Mask:
    wished = tuple(inner for inner in node.nodes if isinstance(inner, UNITS))
    demanded = tuple(inner for inner in node.nodes if not isinstance(inner, UNITS))
    mask = _match_every(snapshot, naming, Every(demanded))
    if wished and not any(is_textual(inner) for inner in demanded):
        mask &= _match_some(snapshot, naming, Some(wished))
    return mask


def _mask(snapshot: Snapshot, documents: Numbers) -> Mask:
    mask = np.zeros(snapshot.size, dtype=bool)
    mask[documents] = True
    return mask


_MATCHERS: dict[type, Callable[..., Mask]] = {
    Phrase: _match_phrase,
    Value: _match_value,
    Between: _match_between,
    Not: _match_not,
    Every: _match_every,
    Some: _match_some,
    Best: _match_best,
}
