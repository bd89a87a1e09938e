"""The names of suppliers in a cell: divided where it is sure to be a list, else kept as one."""

import re

from register.exchange.cells.values import fold, one_line, tidy

_COMPANY_FORM = re.compile(
    r"(?:inc|llc|l\.l\.c|ltd|limited|corp|corporation|co|lp|l\.p|llp|plc|pc|gmbh|bv|b\.v|s\.a|a/s)\.?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<!Inc)(?<!Corp)(?<!Co)(?<!Ltd)(?<!\b[A-Z])[.!?]\s+[A-Z]")
_BETWEEN = re.compile(r"[;\n]|,| / ")
_CONTRACT_NUMBER = re.compile(r"(?=(?:.*\d){5})[A-Z0-9./ :-]+")
_NOT_SUPPLIERS = ("in-house", "in house", "internally", "open source", "n/a -", "contractor team")


def split_suppliers(text: str) -> tuple[str, ...]:
    """Give the names of suppliers in a text, or the whole text as one name when in doubt.

    Commas, semicolons, lines and spaced slashes divide names, except inside brackets and before a
    company's form ("ServiceNow, Inc."). A sentence is kept whole, and so is a list in which an
    item goes on in small letters ("Bates White, using Microsoft Azure").
    """
    text = tidy(text)
    if _SENTENCE.search(text):
        return (one_line(text),)
    names: list[str] = []
    for piece in _outside_brackets(text):
        if names and _COMPANY_FORM.fullmatch(piece):
            names[-1] = f"{names[-1]}, {piece}"
        elif piece:
            names.append(piece)
    if any(re.match(r"[a-z]+ ", name) for name in names[1:]):
        return (one_line(text),)
    return tuple(dict.fromkeys(names))


def _outside_brackets(text: str) -> list[str]:
    """Divide a text at separators that are not inside brackets."""
    hidden = re.sub(r"\([^()]*\)", lambda match: "\x00" * len(match.group()), text)
    pieces, start = [], 0
    for match in _BETWEEN.finditer(hidden):
        pieces.append(text[start : match.start()])
        start = match.end()
    pieces.append(text[start:])
    return [one_line(re.sub(r"^\s*and\s+", "", piece)) for piece in pieces]


def is_supplier_name(name: str) -> bool:
    """Tell whether a text can be a supplier's name: not a number, and not "in-house"."""
    if not any(character.isalpha() for character in name) or _CONTRACT_NUMBER.fullmatch(name):
        return False
    return not fold(name).startswith(_NOT_SUPPLIERS)
