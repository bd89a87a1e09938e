"""From a text to the stems that are indexed and looked for: the same for both, in any language.

A word keeps its combining marks, is folded to one spelling, dropped if it says nothing, and cut
to its stem by the language of its text, where that is known and has such letters, or else by the
first language that has them. What is looked for may be of any language, so it has several stems.
The language of the page does not matter: an English reader finds an Urdu text by an Urdu word.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from register.search.language import dutch, english, french, urdu
from register.search.language.model import Language
from register.standard import spelling
from register.standard.spelling import FOLD, fold

_LANGUAGES = (urdu.LANGUAGE, english.LANGUAGE, french.LANGUAGE, dutch.LANGUAGE)
#: The first language of a script is the one for words of which no more is known.
LANGUAGES = {language.code: language for language in _LANGUAGES}

#: Stands between two texts in one index field, so that no phrase reaches across. No word is it.
BOUNDARY = "¶"

# What a stemmer makes of these shows whether it is another one.
_PROBES = (
    "organisations",
    "international",
    "colours",
    "automatisees",
    "gemeentelijke",
    "درخواستیں",
)
_MAX_STEM = 40
_MAX_PREFIX = 10  # letters of a reference
_LONGEST_ASKED = 100  # letters; what is kept of words must not grow with what people type
_MAX_SORT_KEY = 100

_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
)
_REFERENCE = r"[A-Za-z]{2,10}-\d{4}-\d{3,}"
# Latin letters or digits and Urdu letters share no word, even where nobody typed the space, as in
# AIکا and ۲۰۲۵میں; only the hamza of ۲۰۲۵ء does.
_ARABIC = "\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc"
_LATIN = "A-Za-z\u00c0-\u024f"
_SCRIPT_ENDS = rf"(?:(?<=[{_LATIN}\d])(?=[{_ARABIC}])(?!\u0621)|(?<=[{_ARABIC}])(?=[{_LATIN}]))"
_INSIDE = rf"[\u0640\u200d\u00ad{_MARKS}]|(?<=\d)[.٫](?=\d)"
_WORD = rf"[^\W_](?:(?!{_SCRIPT_ENDS})[^\W_]|{_INSIDE})*"
# French ``l'`` and ``qu'`` are no part of the word behind them, in whatever text they stand.
_ELISION = r"(?:[CDJLMNSTcdjlmnst]|(?:[Ll]ors|[Pp]uis|[Jj]us)?[Qq]u)['’ʼ](?=[^\W\d_]{2})"
# Three letters and more with dots between are one word: F.B.R. is FBR.
_DOTTED = r"(?:[A-Za-z]\.){2,}[A-Za-z](?![^\W_])"
_NUMBERED = re.compile(r"-\d{4}-\d{3}")
_REFERENCES = re.compile(_REFERENCE)
_DOTS = re.compile(r"\.[A-Za-z]\.[A-Za-z](?![^\W_])")
_JOINED = re.compile("[\u00ad\u200d\u0300-\u036f]")
_ARABIC_LETTER = re.compile(f"[{_ARABIC}]")
_TOKEN = re.compile(f"(?:{_ELISION})?({_REFERENCE}|{_DOTTED}|{_WORD})")


class Token(NamedTuple):
    """A word that counts: its stem, and where it stands in the text."""

    stem: str
    start: int
    end: int


class Reading(NamedTuple):
    """A word, folded (``surface``), and its ``stem``, which is empty if the word says nothing."""

    surface: str
    stem: str


def words(text: str) -> list[str]:
    """Give every word of ``text`` as it is written, in order, stop words too."""
    return _TOKEN.findall(text)


def tokens(text: str, language: str = "") -> Iterator[Token]:
    """Give the words that count in a text of ``language``, in order, without stop words."""
    for match in _TOKEN.finditer(text):
        if stem := _read(match[1], language).stem:
            yield Token(stem, match.start(1), match.end(1))


def has_arabic(text: str) -> bool:
    """Tell whether a text has a letter of the Arabic script."""
    return not text.isascii() and _ARABIC_LETTER.search(text) is not None


def has_marks(text: str) -> bool:
    """Tell whether a text may have Latin words that are not just one letter after another."""
    joins = not text.isascii() and _JOINED.search(text) is not None
    return joins or _DOTS.search(text) is not None


def references(text: str) -> list[tuple[int, int]]:
    """Tell where references stand in a text."""
    found = []
    for number in _NUMBERED.finditer(text):  # much quicker than to try at every letter
        start = number.start()
        while number.start() - start < _MAX_PREFIX and _is_ascii_letter(text[start - 1 : start]):
            start -= 1
        if match := _REFERENCES.match(text, start):
            found.append(match.span())
    return found


def _is_ascii_letter(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


def token_at(text: str, place: int) -> Token | None:
    """Give the word that begins at ``place``, if it counts."""
    match = _TOKEN.match(text, place)
    if match is None or match.start(1) != place:
        return None
    stem = _read(match[1], "").stem
    return Token(stem, place, match.end()) if stem else None


def stems(text: str, language: str = "") -> list[str]:
    """Give the stems of the words that count in a text, in order, with repetitions."""
    return [reading.stem for reading in readings(text, language)]


def readings(text: str, language: str = "") -> list[Reading]:
    """Give the words that count in a text, folded and cut, in order, with repetitions."""
    found = (_read(word, language) for word in _TOKEN.findall(text))
    return [reading for reading in found if reading.stem]


def surface(word: str) -> str:
    """Fold a word to the one spelling under which it is kept whole."""
    return _fold(word)[:_MAX_STEM]


def variants(word: str) -> tuple[str, ...]:
    """Give every stem under which a word may be indexed, whatever language it stood in.

    The first is that of the first language with such letters. There is none for a stop word of
    that language; what says nothing in another language only (French ``son``) can be looked for.
    """
    return _variants(word[:_LONGEST_ASKED])


@lru_cache(maxsize=5_000)
def _variants(word: str) -> tuple[str, ...]:
    default = _read(word, "").stem
    if not default:
        return ()
    others = (_read(word, code).stem for code in LANGUAGES)
    return tuple(dict.fromkeys((default, *filter(None, others))))


def sort_key(text: str, language: str) -> bytes:
    """Give bytes that sort a name as a dictionary of ``language`` would.

    Digits come first, then the language's letters, then all other letters.
    """
    places = _places(language)
    key = b"".join(_place(c, places) for c in _plain(text))
    return b" ".join(key.split())[:_MAX_SORT_KEY]


@cache
def fingerprint() -> str:
    """Name this way of analysing: an index made in another way must be rebuilt.

    What the modules say is part of the name, and what the stemmers of others make of some words.
    """
    files = [*sorted(Path(__file__).parent.glob("*.py")), Path(spelling.__file__)]
    said = [file.read_text(encoding="utf-8") for file in files]
    said += [unicodedata.unidata_version, *(stem for word in _PROBES for stem in variants(word))]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@lru_cache(maxsize=50_000)
def _read(word: str, code: str) -> Reading:
    folded = _fold(word)
    language = _language_of(folded, code)
    if language is None:
        return Reading(folded[:_MAX_STEM], folded[:_MAX_STEM])
    is_stop = folded in _stop_words(language.code)
    return Reading(folded[:_MAX_STEM], "" if is_stop else language.stem(folded)[:_MAX_STEM])


def _fold(word: str) -> str:
    """Fold a word; a dot remains in a number only."""
    folded = fold(word).replace(" ", "")
    letters = folded.replace(".", "")
    return letters if letters.isalpha() else folded


def _language_of(folded: str, code: str) -> Language | None:
    """Tell whose stems a word has; nobody cuts a reference."""
    if "-" in folded:
        return None
    known = LANGUAGES.get(code)
    candidates = (known, *LANGUAGES.values()) if known else LANGUAGES.values()
    return next((language for language in candidates if language.is_word(folded)), None)


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
