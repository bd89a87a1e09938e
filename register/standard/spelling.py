"""One spelling for what keyboards, fonts and habits write in several ways."""

import re
import unicodedata

# The letter that is kept, and those that stand for the same one.
_FOLDS = {
    "ی": "يىےۓئ",
    "ک": "كڪ",
    "ہ": "هةۀۂۃە",
    "ا": "آأإٱ",
    "و": "ؤ",
    "": "\u0621\u0640\u200c\u200d\u200e\u200f\u00ad\ufeff",
    ".": "٫",
    "oe": "œ",
    "ae": "æ",
    "o": "ø",
    "d": "đð",
    "l": "ł",
    "i": "ı",
}
#: The same as a table for :meth:`str.translate`, with the digits.
FOLD = {ord(letter): one for one, letters in _FOLDS.items() for letter in letters} | {
    ord(digit): str(value)
    for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩")
    for value, digit in enumerate(digits)
}

# A do-chashmi heh that aspirates no letter is the plain one: تمھارا, انھیں, شھر.
_PLAIN_HEH = re.compile("(?<![بپتٹجچدڈڑکگ])ھ")


def fold(text: str) -> str:
    """Give the one spelling under which ``text`` is kept: no case, marks, tatweel or variants."""
    if text.isascii():
        return text.casefold()
    # Letters are folded first: decomposition would otherwise split some (ئ, ۂ) into two.
    text = unicodedata.normalize("NFKD", text.translate(FOLD).casefold())
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(FOLD)
    return _PLAIN_HEH.sub("ہ", text) if "ھ" in text else text
