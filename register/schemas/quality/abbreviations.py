"""Capitals that a record uses and does not explain."""

import re
from collections.abc import Iterable

from register.standard.quality import COMMON

_LETTERS = r"[A-Z][A-Z&]{0,6}[A-Z]"
_ABBREVIATION = re.compile(rf"(?<![\w.@/&-])({_LETTERS})s?(?![\w@&])(?!\.\w)")
# “the long words (ABC)” and “ABC (the long words)”.
_AFTER = re.compile(rf"\w[\s\"'”’»،,]*[(（]\s*({_LETTERS})s?\b")
_BEFORE = re.compile(rf"\b({_LETTERS})s?\s*[(（][^()（）]{{4,}}[)）]")
_ROMAN = re.compile("[IVXL]+")


def used_in(text: str) -> list[str]:
    """Give the abbreviations of a text in order; one in capitals throughout has none."""
    letters = [letter for letter in text if letter.isalpha()]
    if 2 * sum(letter.isupper() for letter in letters) > len(letters) > 8:
        return []
    return [word for word in dict.fromkeys(_ABBREVIATION.findall(text)) if not _is_known(word)]


def explained_in(texts: Iterable[str]) -> set[str]:
    """Give the abbreviations that these texts explain."""
    whole = "\n".join(texts)
    return {*_AFTER.findall(whole), *_BEFORE.findall(whole)}


def capitals_in(lines: Iterable[str]) -> set[str]:
    """Give the words in capitals of names, which need no explanation elsewhere either."""
    return {word for line in lines for word in re.findall(rf"\b{_LETTERS}", line)}


def _is_known(word: str) -> bool:
    return word in COMMON or _ROMAN.fullmatch(word) is not None
