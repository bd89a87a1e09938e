"""Which disclosures speak of the same as another one."""

from collections import Counter

import numpy as np

from register.search.document import Document, analyse
from register.search.language import BOUNDARY
from register.search.layout import TEXT_FIELDS
from register.search.snapshot import Snapshot

_MOST_WORDS = 25
_TIMES = {"name": 3, "summary": 2, "body": 1}
_LEAST_COMMON = 3  # words, since one or two prove nothing


def list_similar(snapshot: Snapshot, document: Document, limit: int) -> list[str]:
    """Give the references of the documents that share most of the telling words of another.

    Its words are weighed by how often it says them and how rare they are; the best
    :data:`_MOST_WORDS` are looked for.
    """
    said: Counter[str] = Counter()
    for field in TEXT_FIELDS:
        for stem in analyse(document.texts.get(field, ())).stems:
            said[stem] += _TIMES[field]
    del said[BOUNDARY]
    weight = {stem: times * _rarity(snapshot, stem) for stem, times in said.items()}
    telling = sorted((stem for stem in weight if weight[stem]), key=lambda s: (-weight[s], s))
    scores = np.zeros(snapshot.size)
    common = np.zeros(snapshot.size, dtype=np.int64)
    for stem in telling[:_MOST_WORDS]:
        documents, counted = snapshot.word((stem,))
        scores[documents] += counted * np.log1p(said[stem])
        common[documents] += 1
    own = document.reference.encode()
    found = np.flatnonzero((common >= _LEAST_COMMON) & (snapshot.references != own))
    best = found[np.argsort(-scores[found], kind="stable")][:limit]
    return [reference.decode() for reference in snapshot.references[best]]


def _rarity(snapshot: Snapshot, stem: str) -> float:
    """Give the idf of a word; nothing for one that no other document has, or all have."""
    found = len(snapshot.word((stem,))[0])
    return float(np.log(snapshot.size / found)) if found > 1 else 0.0
