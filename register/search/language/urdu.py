"""Urdu, and by default every other language in Arabic letters.

No kept Urdu stemmer exists; the light rule here cuts the commonest endings of plurals and of
agreement, in their folded spelling, and leaves at least three letters.
"""

import re

from register.search.language.model import Language

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")

# The longest endings come first; yeh and barri yeh are one letter after folding.
_ENDINGS = ("یوں", "یاں", "وں", "یں", "ات", "ین", "ی", "ا")
_LETTERS_LEFT = 3

STOP_WORDS = frozenset(
    """
    کا کی کے کو میں سے پر ہے ہیں ہوں تھا تھی تھے تھیں اور یا یہ وہ نے اس ان کہ جو جس جن تو بھی ہی
    ایک کر کرنے کیا گیا گئی گئے ہو ہوا ہوئی ہوئے ہوتا ہوتی ہوتے جا جاتا جاتی جاتے رہا رہی رہے لئے
    لیے تک ساتھ اگر مگر لیکن نہ نہیں نیز گا گی گے
    """.split()
)


def stem(word: str) -> str:
    """Cut the ending off a folded Urdu word where three letters remain."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LETTERS_LEFT:
            return word[: -len(ending)]
    return word


def is_word(word: str) -> bool:
    """Tell whether a folded word has a letter of the Arabic script."""
    return _ARABIC.search(word) is not None


LANGUAGE = Language(
    code="ur",
    is_word=is_word,
    stop_words=STOP_WORDS,
    stem=stem,
    alphabet="اآبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے",
)
