"""Answers a query from a snapshot: matches, exact totals, facet counts and the order."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from register.search.arrays import Mask, Numbers, Scores
from register.search.correcting import FEW, corrections, respell
from register.search.language import variants
from register.search.matching import match, match_codes, rarity, score
from register.search.naming import Naming
from register.search.nodes import UNITS, Best, Unit, Word, units
from register.search.query import MAX_PAGE, PAGE_SIZE, Query, Results, Wanted
from register.search.snapshot import Snapshot
from register.search.vocabulary import open_up

_LACK = 0.5  # how much it matters in a short query which words a document lacks


@dataclass(frozen=True)
class _Matches:
    """The documents that a text leaves, and for each document what it has of the text's words.

    ``hits`` counts them; ``share`` is how much of what makes the text telling that is, from 0 to 1;
    ``scores`` is what they count.
    """

    mask: Mask
    hits: Numbers
    share: Scores
    scores: Scores


def evaluate(snapshot: Snapshot, naming: Naming, query: Query, wanted: Wanted) -> Results:
    """Answer one page of ``query``, whose text says ``wanted``."""
    unseen = corrections(snapshot, wanted)
    tree = respell(wanted, unseen)
    wishes = Counter(units(tree))
    matches = _match(snapshot, naming, tree, wishes)
    filters = _filter(snapshot, query)
    found = np.flatnonzero(_narrow(matches.mask, filters))
    pages = max(1, min(MAX_PAGE, -(-len(found) // PAGE_SIZE)))
    page = max(1, min(query.page, pages))
    best = _best(found, _rank(snapshot, query, matches, len(wishes))[found], page * PAGE_SIZE)
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
        corrections=unseen or (corrections(snapshot, wanted, FEW) if len(found) <= FEW else ()),
    )


def evaluate_all(snapshot: Snapshot, naming: Naming, query: Query, wanted: Wanted) -> list[str]:
    """Give every reference that answers ``query``, in order, whatever its page says."""
    tree = respell(wanted, corrections(snapshot, wanted))
    wishes = Counter(units(tree))
    matches = _match(snapshot, naming, tree, wishes)
    found = np.flatnonzero(_narrow(matches.mask, _filter(snapshot, query)))
    keys = _rank(snapshot, query, matches, len(wishes))[found]
    return _references(snapshot, _best(found, keys, len(found)))


def count(snapshot: Snapshot, naming: Naming, query: Query, wanted: Wanted) -> int:
    """Tell how many documents answer ``query``, without ranking them or counting facets."""
    tree = respell(wanted, corrections(snapshot, wanted))
    return int(_narrow(match(snapshot, naming, tree), _filter(snapshot, query)).sum())


def _match(snapshot: Snapshot, naming: Naming, tree: Best, wishes: Mapping[Unit, int]) -> _Matches:
    hits = np.zeros(snapshot.size, dtype=np.int64)
    scores, telling = np.zeros(snapshot.size), np.zeros(snapshot.size)
    total = 0.0
    for unit, times in wishes.items():
        documents, counted = score(snapshot, unit)
        hits[documents] += 1
        scores[documents] += times * counted
        telling[documents] += (rare := rarity(snapshot, documents))
        total += rare
    if all(isinstance(node, UNITS) for node in tree.nodes):
        mask = hits > 0 if wishes else np.ones(snapshot.size, dtype=bool)
    else:
        mask = match(snapshot, naming, tree)
    return _Matches(mask, hits, telling / (total or 1.0), scores)


def _rank(snapshot: Snapshot, query: Query, matches: _Matches, wished: int) -> Scores:
    """Give each document a number that is higher the earlier it comes.

    Documents with all ``wished`` words come first. The others count less the more they lack, and
    in a long query one word more or less matters less; so it did best on judged queries.
    """
    if query.sort == "name":
        return -snapshot.by_name(query.language).astype(np.float64)
    if query.sort == "updated" or not matches.hits.any():
        return -snapshot.by_updated.astype(np.float64)
    if not snapshot.weighting.is_coordinated:
        return matches.scores
    keys = matches.scores * matches.share ** min(_LACK, 4 * _LACK / max(wished, 1))
    keys[matches.hits == wished] += 1.0 + keys.max()
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
            marked.update(unit.variants, *(other.stems for other in unit.alternatives))
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
            wanted = [snapshot.labels.find(place, value) for value in values]
            known = [code for code in wanted if code is not None]
            masks[name] = match_codes(snapshot, place, known)
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
