"""What a language module must say."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import Stemmer

LATIN_ALPHABET = "abcdefghijklmnopqrstuvwxyz"

_LATIN = re.compile("[a-z]")


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


def is_latin(word: str) -> bool:
    """Tell whether a folded word has a Latin letter."""
    return _LATIN.search(word) is not None


def snowball(name: str, word: str) -> str:
    """Cut a word by the rules that Snowball has for a language, by its English name."""
    # A stemmer keeps the word that it works on, so that two threads may not share one; to make one
    # takes a quarter of a microsecond.
    return str(Stemmer.Stemmer(name, 0).stemWord(word))
