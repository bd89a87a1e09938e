"""From a text to the stems that are indexed and looked for: the same for both, in any language.

A word keeps its combining marks, is folded to one spelling, dropped if it says nothing, and cut
to its stem by the language whose letters it is written in. The language of the page does not
matter, so an English reader finds an Urdu text by an Urdu word.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from register.search.language import english, urdu
from register.standard.spelling import FOLD, fold

LANGUAGES = {language.code: language for language in (urdu.LANGUAGE, english.LANGUAGE)}

#: Stands between two texts in one index field, so that no phrase reaches across. No word is it.
BOUNDARY = "¶"

_MAX_STEM = 40
_MAX_SORT_KEY = 100

_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
)
_REFERENCE = r"[A-Za-z]{2,10}-\d{4}-\d{3,}"
_WORD = rf"[^\W_](?:[^\W_]|[\u0640\u200d{_MARKS}]|(?<=\d)\.(?=\d))*"
_TOKEN = re.compile(f"{_REFERENCE}|{_WORD}")


class Token(NamedTuple):
    """A word that counts: its stem, and where it stands in the text."""

    stem: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Give the words of ``text`` that count, in order, without stop words."""
    for match in _TOKEN.finditer(text):
        if stem := _stem(match.group()):
            yield Token(stem, match.start(), match.end())


def stems(text: str) -> list[str]:
    """Give the stems of the words of ``text`` that count, in order, with repetitions."""
    return [stem for word in _TOKEN.findall(text) if (stem := _stem(word))]


def sort_key(text: str, language: str) -> bytes:
    """Give bytes that sort a name as a dictionary of ``language`` would.

    Digits come first, then the language's letters, then all other letters.
    """
    places = _places(language)
    key = b"".join(_place(c, places) for c in _plain(text))
    return b" ".join(key.split())[:_MAX_SORT_KEY]


def fingerprint() -> str:
    """Name this way of analysing: an index made in another way must be rebuilt."""
    said = [_TOKEN.pattern, sorted(FOLD.items()), _MAX_STEM, _MAX_SORT_KEY]
    for code, language in LANGUAGES.items():
        probe = [language.stem(word) for word in ("organisations", "colours", "درخواستیں")]
        said += [code, sorted(language.stop_words), language.alphabet, probe]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    folded = fold(word).replace(" ", "")
    if "-" in folded or not folded:
        return folded
    for language in LANGUAGES.values():
        if language.is_word(folded):
            is_stop = folded in _stop_words(language.code)
            return "" if is_stop else language.stem(folded)[:_MAX_STEM]
    return folded[:_MAX_STEM]


@lru_cache
def _stop_words(code: str) -> frozenset[str]:
    return frozenset(fold(word) for word in LANGUAGES[code].stop_words)


@lru_cache
def _places(code: str) -> dict[str, bytes]:
    language = LANGUAGES.get(code, english.LANGUAGE)
    return {letter: bytes([0x40 + place]) for place, letter in enumerate(language.alphabet)}


def _plain(text: str) -> str:
    """Drop case, marks and tatweel, and unite yeh, kaf and heh, but keep letters apart."""
    text = unicodedata.normalize("NFKC", text).translate(_SORT_FOLD).casefold()
    decomposed = unicodedata.normalize("NFKD", text.replace("آ", "\ue000"))
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return kept.replace("\ue000", "آ")


_SORT_FOLD = {key: one for key, one in FOLD.items() if chr(key) not in "آےء"}


def _place(letter: str, places: dict[str, bytes]) -> bytes:
    if place := places.get(letter):
        return place
    if letter.isspace():
        return b" "
    if letter.isascii():
        return letter.encode() if letter.isdigit() else _other(letter)
    return _other(letter)


def _other(letter: str) -> bytes:
    return b"\xf0" + letter.encode("utf-8", "ignore") if letter.isalnum() else b""
