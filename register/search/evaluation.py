"""Answers a query from a snapshot: matches, exact totals, facet counts and the order."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from register.search.arrays import Mask, Numbers, Scores
from register.search.correcting import corrections
from register.search.language import variants
from register.search.matching import match, score
from register.search.naming import Naming
from register.search.nodes import UNITS, Unit, Word, units
from register.search.query import MAX_PAGE, PAGE_SIZE, Query, Results, Wanted
from register.search.snapshot import Snapshot
from register.search.vocabulary import open_up


@dataclass(frozen=True)
class _Matches:
    """The documents that a text leaves; how many of its words each has, and its score."""

    mask: Mask
    hits: Numbers
    scores: Scores


def evaluate(snapshot: Snapshot, naming: Naming, query: Query, wanted: Wanted) -> Results:
    """Answer one page of ``query``, whose text says ``wanted``."""
    wishes = Counter(units(wanted.tree))
    matches = _match(snapshot, naming, wanted, wishes)
    filters = _filter(snapshot, query)
    found = np.flatnonzero(_narrow(matches.mask, filters))
    pages = max(1, min(MAX_PAGE, -(-len(found) // PAGE_SIZE)))
    page = max(1, min(query.page, pages))
    best = _best(found, _rank(snapshot, query, matches)[found], page * PAGE_SIZE)
    shown = best[(page - 1) * PAGE_SIZE :]
    return Results(
        ids=_references(snapshot, shown),
        total=len(found),
        complete=int((matches.hits[found] == len(wishes)).sum()),
        facets=_count(snapshot, query, matches.mask, filters),
        page=page,
        pages=pages,
        words=_to_mark(snapshot, wishes, shown),
        is_literal=wanted.is_literal,
        corrections=corrections(snapshot, wanted, len(found)),
    )


def evaluate_all(snapshot: Snapshot, naming: Naming, query: Query, wanted: Wanted) -> list[str]:
    """Give every reference that answers ``query``, in order, whatever its page says."""
    matches = _match(snapshot, naming, wanted, Counter(units(wanted.tree)))
    found = np.flatnonzero(_narrow(matches.mask, _filter(snapshot, query)))
    keys = _rank(snapshot, query, matches)[found]
    return _references(snapshot, _best(found, keys, len(found)))


def _match(
    snapshot: Snapshot, naming: Naming, wanted: Wanted, wishes: Mapping[Unit, int]
) -> _Matches:
    hits = np.zeros(snapshot.size, dtype=np.int64)
    scores = np.zeros(snapshot.size)
    for unit, times in wishes.items():
        documents, counted = score(snapshot, unit)
        hits[documents] += 1
        scores[documents] += times * counted
    if all(isinstance(node, UNITS) for node in wanted.tree.nodes):
        mask = hits > 0 if wishes else np.ones(snapshot.size, dtype=bool)
    else:
        mask = match(snapshot, naming, wanted.tree)
    return _Matches(mask, hits, scores)


def _rank(snapshot: Snapshot, query: Query, matches: _Matches) -> Scores:
    """Give each document a number that is higher the earlier it comes."""
    if query.sort == "name":
        return -snapshot.by_name(query.language).astype(np.float64)
    if query.sort == "updated" or not matches.hits.any():
        return -snapshot.by_updated.astype(np.float64)
    if not snapshot.weighting.is_coordinated:
        return matches.scores
    # More of the words always beats rarer or more frequent ones.
    keys: Scores = matches.hits * (1.0 + matches.scores.max()) + matches.scores
    return keys


def _to_mark(snapshot: Snapshot, wishes: Mapping[Unit, int], shown: Numbers) -> frozenset[str]:
    """Give the stems that a page marks: what was typed, and what counts as the same.

    Of what begins alike or is nearly the same, only words of the documents ``shown``: there may be
    hundreds of others, and a stem in each language is much work for words that nobody sees.
    """
    marked: set[str] = set()
    is_shown = np.zeros(snapshot.size, dtype=bool)
    is_shown[shown] = True
    for unit in wishes:
        if isinstance(unit, Word):
            marked.update(unit.variants, *unit.alternatives)
        else:
            opened = (each for each in open_up(snapshot, unit) if is_shown[each.documents].any())
            marked.update(*(variants(each.word) for each in opened))
    return frozenset(marked)


def _best(found: Numbers, keys: Scores, limit: int) -> Numbers:
    """Give the documents with the highest keys, in order; equals stay in order of reference."""
    if 0 < limit < len(found):
        is_candidate = keys >= np.partition(keys, len(keys) - limit)[len(keys) - limit]
        found, keys = found[is_candidate], keys[is_candidate]
    return found[np.argsort(-keys, kind="stable")][:limit]


def _filter(snapshot: Snapshot, query: Query) -> Mapping[str, Mask]:
    """Tell, for each facet filtered by, which documents have any of the values wanted."""
    masks = {}
    for place, name in enumerate(snapshot.layout.facets):
        if values := query.filters.get(name):
            documents, codes = snapshot.facet(place)
            wanted = [snapshot.labels.find(place, value) for value in values]
            mask = np.zeros(snapshot.size, dtype=bool)
            mask[documents[np.isin(codes, [code for code in wanted if code is not None])]] = True
            masks[name] = mask
    return masks


def _narrow(mask: Mask, filters: Mapping[str, Mask], ignored: str = "") -> Mask:
    for name, allowed in filters.items():
        if name != ignored:
            mask = mask & allowed
    return mask


def _count(
    snapshot: Snapshot, query: Query, mask: Mask, filters: Mapping[str, Mask]
) -> dict[str, list[tuple[str, int]]]:
    """Count the values of each facet under all filters but its own."""
    counted = snapshot.counter.count_all(_narrow(mask, filters))
    counts = {}
    for place, name in enumerate(snapshot.layout.facets):
        numbers = counted[place]
        if name in filters:
            numbers = snapshot.counter.count(place, _narrow(mask, filters, ignored=name))
        values = snapshot.labels.values[place]
        found = {values[code]: int(numbers[code]) for code in np.flatnonzero(numbers)}
        chosen = {value: 0 for value in query.filters.get(name, ())}
        counts[name] = sorted((chosen | found).items(), key=lambda pair: (-pair[1], pair[0]))
    return counts


def _references(snapshot: Snapshot, documents: Numbers) -> list[str]:
    return [reference.decode() for reference in snapshot.references[documents]]
