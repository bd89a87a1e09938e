"""What a language module must say."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """A language: how to tell its words by their letters, which to skip, and what to cut off.

    ``is_word`` looks at a folded word's letters; ``stop_words`` are written as people write them
    and are folded by the analysis; ``stem`` takes and gives a folded word; ``alphabet`` holds the
    letters in dictionary order, for sorting names.
    """

    code: str
    is_word: Callable[[str], bool]
    stop_words: frozenset[str]
    stem: Callable[[str], str]
    alphabet: str
