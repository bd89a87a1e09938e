"""Whether two records may be about one system: by name or by summary, whatever the spelling.

The limits were set on published inventories: of 125,000 pairs of records of one agency, 96 have
names that are alike by them, and 58 summaries, most of these word for word.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from register.standard.spelling import fold

ALIKE = 85.0  # per cent of letters, the words put in order
LEAST_LETTERS = 40  # shorter summaries say too little to be compared
LONGEST = 1000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Told:
    """The texts by which records are compared, each by language."""

    name: Mapping[str, Any]
    summary: Mapping[str, Any]


def is_alike(one: Told, other: Told) -> bool:
    """Tell whether names or summaries are alike in any language that both have."""
    return _reaches(one.name, other.name, least=1) or _reaches(
        one.summary, other.summary, least=LEAST_LETTERS
    )


def _reaches(ones: Mapping[str, Any], others: Mapping[str, Any], *, least: int) -> bool:
    return any(
        min(len(one := plain(ones[code])), len(other := plain(others[code]))) >= least
        and fuzz.ratio(one, other, score_cutoff=ALIKE) > 0
        for code in ones.keys() & others.keys()
        if isinstance(ones[code], str) and isinstance(others[code], str)
    )


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Give the words of a text in one spelling and one order."""
    return " ".join(sorted(_WORD.findall(fold(text[:LONGEST]))))
