"""English, and every text in Latin letters whose language is not known."""

import re

from register.search.language.model import LATIN_ALPHABET, Language, is_latin, snowball

# British and American spellings meet: organisation and organization, colour and color.
_BRITISH_ISE = re.compile(r"(?<=\w{3})is(?=(?:e[drs]?|es|ers|ing|ations?)$)")
_BRITISH_OUR = re.compile(r"(?<=\w{2})our(?=(?:s|ed|ing|al|able|ite)?$)")

STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being
    below between both but by can could d did do does doing down during each every few for from
    further had has have having he her here hers him his how i if in into is it its itself ll m me
    more most my no nor not of off on once only or other our ours out over own per re s same shall
    she should so some such t than that the their theirs them then there these they this those
    through to too under until up upon us ve very was we were what when where which while who whom
    whose why will with within without would you your yours
    """.split()
)


def stem(word: str) -> str:
    """Cut a folded English word to its stem (Snowball's English), spelt the American way."""
    word = _BRITISH_ISE.sub("iz", word)
    if len(word) > 5:
        word = _BRITISH_OUR.sub("or", word)
    return snowball("english", word)


LANGUAGE = Language(
    code="en",
    is_word=is_latin,
    stop_words=STOP_WORDS,
    stem=stem,
    alphabet=LATIN_ALPHABET,
)
