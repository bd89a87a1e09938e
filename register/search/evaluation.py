"""Answers a query from a snapshot: matches, exact totals, facet counts and the order."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from register.search.query import MAX_PAGE, PAGE_SIZE, Query, Results, Wanted, understand
from register.search.segment import Numbers
from register.search.snapshot import Mask, Scores, Snapshot


@dataclass(frozen=True)
class _Matches:
    """The documents that a text leaves; how many of its words each has, and its score."""

    mask: Mask
    hits: Numbers
    scores: Scores


def evaluate(snapshot: Snapshot, query: Query) -> Results:
    """Answer one page of ``query``."""
    wanted = understand(query.text)
    matches = _match(snapshot, wanted)
    filters = _filter(snapshot, query)
    found = np.flatnonzero(_narrow(matches.mask, filters))
    pages = max(1, min(MAX_PAGE, -(-len(found) // PAGE_SIZE)))
    page = max(1, min(query.page, pages))
    best = _best(found, _rank(snapshot, query, wanted, matches)[found], page * PAGE_SIZE)
    return Results(
        ids=_references(snapshot, best[(page - 1) * PAGE_SIZE :]),
        total=len(found),
        complete=int((matches.hits[found] == len(wanted.words)).sum()),
        facets=_count(snapshot, query, matches.mask, filters),
        page=page,
        pages=pages,
        words=frozenset(stem for stem, _ in wanted.words),
    )


def evaluate_all(snapshot: Snapshot, query: Query) -> list[str]:
    """Give every reference that answers ``query``, in order, whatever its page says."""
    wanted = understand(query.text)
    matches = _match(snapshot, wanted)
    found = np.flatnonzero(_narrow(matches.mask, _filter(snapshot, query)))
    keys = _rank(snapshot, query, wanted, matches)[found]
    return _references(snapshot, _best(found, keys, len(found)))


def _match(snapshot: Snapshot, wanted: Wanted) -> _Matches:
    hits = np.zeros(snapshot.size, dtype=np.int64)
    scores = np.zeros(snapshot.size)
    for stem, times in wanted.words:
        documents, score = snapshot.word(stem)
        hits[documents] += 1
        scores[documents] += times * score
    mask = hits > 0 if wanted.words else np.ones(snapshot.size, dtype=bool)
    for phrase in wanted.phrases:
        mask &= snapshot.phrase(phrase)
    for phrase in wanted.unwanted:
        mask &= ~snapshot.phrase(phrase)
    return _Matches(mask, hits, scores)


def _rank(snapshot: Snapshot, query: Query, wanted: Wanted, matches: _Matches) -> Scores:
    """Give each document a number that is higher the earlier it comes."""
    if query.sort == "name":
        return -snapshot.by_name(query.language).astype(np.float64)
    if query.sort == "updated" or not wanted.words:
        return -snapshot.by_updated.astype(np.float64)
    # More of the words always beats rarer or more frequent ones.
    keys: Scores = matches.hits * (1.0 + matches.scores.max(initial=0.0)) + matches.scores
    return keys


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
    under_all = _narrow(mask, filters)
    counts = {}
    for place, name in enumerate(snapshot.layout.facets):
        allowed = _narrow(mask, filters, ignored=name) if name in filters else under_all
        documents, codes = snapshot.facet(place)
        values = snapshot.labels.values[place]
        numbers = np.bincount(codes[allowed[documents]], minlength=len(values))
        found = {values[code]: int(numbers[code]) for code in np.flatnonzero(numbers)}
        chosen = {value: 0 for value in query.filters.get(name, ())}
        counts[name] = sorted((chosen | found).items(), key=lambda pair: (-pair[1], pair[0]))
    return counts


def _references(snapshot: Snapshot, documents: Numbers) -> list[str]:
    return [reference.decode() for reference in snapshot.references[documents]]
