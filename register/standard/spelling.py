"""One spelling for what keyboards, fonts and habits write in several ways."""

import unicodedata

# The letter that is kept, and those that stand for the same one.
_FOLDS = {
    "ی": "يىےۓئ",
    "ک": "ك",
    "ہ": "هةۀۂۃە",
    "ا": "آأإٱ",
    "و": "ؤ",
    "": "\u0621\u0640\u200c\u200d\u200e\u200f",
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


def fold(text: str) -> str:
    """Give the one spelling under which ``text`` is kept: no case, marks, tatweel or variants."""
    if text.isascii():
        return text.casefold()
    # Letters are folded first: decomposition would otherwise split some (ئ, ۂ) into two.
    text = unicodedata.normalize("NFKD", text.translate(FOLD).casefold())
    return "".join(c for c in text if not unicodedata.combining(c)).translate(FOLD)
