"""How a text that a stranger wrote is put into a cell, so that no program takes it for a formula.

In a workbook each cell says that it is a text: no other is written, and the text stays as it was.
In CSV a cell says nothing of itself, and a program that opens the file works out what looks like a
formula. There an apostrophe goes before it.
"""

import unicodedata

FORMULAS = frozenset("=+-@")
_LEFT_OUT = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})  # blanks, controls and marks without a shape


def plain_cell(text: str) -> str:
    """Give a text for a CSV cell that a spreadsheet takes for a text, whatever it begins with.

    Programs pass over blanks and invisible characters at its beginning, and some read wide and
    small forms of a sign as the sign. A text that looks like such a cell gets an apostrophe more,
    so that :func:`text_of_cell` finds each text again.
    """
    return "'" + text if _is_command(text.lstrip("'")) else text


def _is_command(text: str) -> bool:
    first = next((each for each in text if unicodedata.category(each) not in _LEFT_OUT), "")
    is_formula = unicodedata.normalize("NFKC", first) in FORMULAS
    return is_formula or text.startswith(("\t", "\r", "\n"))


def text_of_cell(cell: str) -> str:
    """Give the text that :func:`plain_cell` made a cell of; any other cell is its own text."""
    return cell[1:] if cell.startswith("'") and plain_cell(cell[1:]) == cell else cell
