"""The initials by which people call a body or a system whose record states none."""

import re

from register.search.language.english import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# A name in two languages, or with a part added behind a dash, is several names.
_PARTS = re.compile(r"\s+[/|–—-]\s+|[:;]\s")
# Of these the "of" is said too: DOE, MOE.
_WITH_OF = re.compile(r"\s*(?:department|ministry|division|directorate|board) of\b", re.IGNORECASE)
_LETTERS = range(3, 7)


def initials(name: str) -> list[str]:
    """Give the initials of an English name: 3 to 6 letters, without the words that say nothing.

    ``Ministry of Climate Change`` gives both MCC and MOCC; asides in brackets do not count.
    """
    found = []
    for part in _PARTS.split(_ASIDE.sub(" ", name)):
        words = _WORD.findall(part.replace("'", "").replace("’", ""))
        said = [word for word in words if word.casefold() not in STOP_WORDS]
        found.append(_first_letters(said))
        if _WITH_OF.match(part):
            found.append(_first_letters([words[0], words[1], *said[1:]]))
    return list(dict.fromkeys(letters.upper() for letters in found if _is_one(letters)))


def _first_letters(words: list[str]) -> str:
    return "".join(word[0] for word in words)


def _is_one(letters: str) -> bool:
    return len(letters) in _LETTERS and letters.isascii()
