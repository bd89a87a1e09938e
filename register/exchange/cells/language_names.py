"""The codes and names by which registers say in which language a row is filed."""

from collections.abc import Mapping

from register.exchange.cells.transforms import quoted
from register.exchange.cells.values import ValueMap, is_blank
from register.exchange.draft import Cells, Draft

# Code of ours (ISO 639-1): the codes of ISO 639-2, the one that is written first, and names.
_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "en": ("eng", "english", "engels"),
    "ur": ("urd", "urdu"),
    "fr": ("fra", "fre", "french", "français", "frans"),
    "nl": ("nld", "dut", "dutch", "nederlands"),
    "ar": ("ara", "arabic"),
    "ps": ("pus", "pashto"),
    "sd": ("snd", "sindhi"),
    "pa": ("pan", "punjabi"),
    "de": ("deu", "ger", "german", "deutsch", "duits"),
    "es": ("spa", "spanish", "español"),
}
_READ = {each: code for code, spellings in _SPELLINGS.items() for each in (code, *spellings)}
_READ |= {f"{code}-*": code for code in _SPELLINGS}  # of a country: "nl-NL"
SHORT_CODES = ValueMap(_READ, labels=tuple(_SPELLINGS))
LONG_CODES = ValueMap(_READ, labels=tuple(spellings[0] for spellings in _SPELLINGS.values()))


def read_language(cells: Cells, draft: Draft, column: str) -> str:
    """Give the code of the language that a column names, ``""`` if it is not known."""
    text = cells.get(column)
    if is_blank(text):
        return ""
    code = SHORT_CODES.find(text)
    if code is None:
        message = f"{quoted(text)} is not a language that the register knows; it is left out."
        draft.warn(column, "languages", "unknown_value", message)
        draft.unmapped.append((column, text))
    return code or ""
