"""What counts as an answer to a query, and how much."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from register.search.weighting import CombinedFields, Weighting


@dataclass(frozen=True)
class Relevance:
    """What may be chosen: what a word counts, and the files of words that mean the same.

    The files are as :mod:`register.search.synonyms` reads them; a change of one is noticed at the
    next search.
    """

    weighting: Weighting = field(default_factory=CombinedFields)
    synonyms: Sequence[Path] = ()
