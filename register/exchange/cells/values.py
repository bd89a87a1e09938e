"""Foreign values made comparable: nothing here decides what a value means, only what it equals."""

import ast
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

_MAX_LIST = 20_000  # characters of a list that is parsed; longer is read as one text
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]|(?<=\\s)ñ(?=\\s)|â€[“”\x93\x94]")
_APOSTROPHES = re.compile("[\u2018\u2019\u00b4`]|(?<=\\w)í(?=s\\b)|â€[™˜]")
_QUOTATION_MARKS = re.compile("[“”«»]")
_LIST_MARK = re.compile(r"^(?:[a-zA-Z]\)\s*)+")
_SPACE = re.compile(r"(?:\s|\\n|Ý)+")

# Traces of a text that was once read in the wrong encoding: U+FFFD, a dash or apostrophe turned
# into a letter (Windows-1252 read as Mac Roman), or UTF-8 read as Windows-1252.
_MISDECODED = re.compile(
    "\ufffd|(?<=\\s)ñ(?=\\s)|(?<=[a-z])í(?=s\\b)|Ý"
    "|[âÂÃ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u203a\u20ac\u2122]"
)

NO_ANSWERS = frozenset(
    {
        "-",
        "?",
        "n/a",
        "n.a",
        "na",
        "none provided",
        "not applicable",
        "not available",
        "not provided",
        "not reported",
        "blank/not provided",
        "tbd",
        "to be determined",
        "unknown",
        "unkown",
        "n.v.t",
        "nvt",
        "niet van toepassing",
        "niet bekend",
        "niet ingevuld",
        "onbekend",
    }
)
_NO_ANSWER_BEGINNING = re.compile(
    r"(?:n/?a|not applicable|n\.?v\.?t|niet van toepassing)\s*[-.;,:]"
)


def tidy(text: str) -> str:
    """Trim a text and unify its line ends; drop control and zero-width characters.

    ``_x000D_`` is how a spreadsheet's file spells a carriage return (ECMA-376, ST_Xstring).
    """
    breaks = text.replace("_x000D_", "\r").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", breaks).strip()


def one_line(text: str) -> str:
    """Give a text on one line, with single spaces."""
    return " ".join(tidy(text).split())


def fold(text: str) -> str:
    """Give the form in which two spellings of one enumeration value are the same.

    Trims, collapses white space, folds case, drops list marks such as ``a)`` and a final stop,
    and unifies dashes and quotation marks, also where they were decoded wrongly.
    """
    text = _APOSTROPHES.sub("'", _DASHES.sub("-", tidy(text)))
    text = _SPACE.sub(" ", _QUOTATION_MARKS.sub('"', text)).strip()
    return _LIST_MARK.sub("", text).strip(' .;,"').casefold()


def is_blank(text: str) -> bool:
    """Tell whether a cell says nothing at all; an empty list says nothing either."""
    return tidy(text) in {"", "[]"}


def is_no_answer(text: str) -> bool:
    """Tell whether a cell says only that there is no answer, such as "N/A" or "TBD"."""
    return fold(text) in NO_ANSWERS or fold(text).startswith("data not reported by")


def begins_as_no_answer(text: str) -> bool:
    """Tell whether a cell says that there is no answer, and perhaps why: "N/A - not in use"."""
    return is_no_answer(text) or bool(_NO_ANSWER_BEGINNING.match(fold(text)))


def misdecoded(text: str) -> tuple[str, ...]:
    """Find the places in a text that look as if they had been decoded wrongly."""
    return tuple(match.group() for match in _MISDECODED.finditer(text))


def yes_no(text: str) -> str | None:
    """Read "yes", "no" or "unknown"; ``None`` if it is none of these."""
    known = {"yes": "yes", "y": "yes", "true": "yes", "oui": "yes"}
    known |= {"no": "no", "n": "no", "false": "no", "non": "no", "unknown": "unknown"}
    return known.get(fold(text))


def parse_list(text: str) -> tuple[str, ...]:
    """Read a list written as a Python or JSON literal; any other text is a list of one.

    Only literals are read (:func:`ast.literal_eval`): nothing in a file is ever evaluated.
    """
    text = tidy(text)
    if not text.startswith("[") or len(text) > _MAX_LIST:
        return (text,) if text else ()
    try:
        items = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return (text,)
    if not isinstance(items, list) or any(not isinstance(item, str | int) for item in items):
        return (text,)
    return tuple(tidy(str(item)) for item in items if tidy(str(item)))


def listed_names(text: str) -> tuple[str, ...]:
    """Read the names in a JSON list or object, or one name as it stands.

    Of an object the name is what stands under ``name``, ``title`` or ``label``.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return parse_list(text)
    listed = found if isinstance(found, list) else [found] if isinstance(found, dict) else [text]
    names = (_name_in(each) if isinstance(each, dict) else each for each in listed)
    return tuple(tidy(str(name)) for name in names if name)


def _name_in(found: Mapping[str, object]) -> object:
    return next((found[key] for key in ("name", "title", "label") if found.get(key)), None)


def split_languages(text: str, languages: tuple[str, str] = ("en", "fr")) -> dict[str, str]:
    """Read "English name / Nom français", divided once; a name without it is in the first."""
    first, divider, second = (one_line(part) for part in one_line(text).partition(" / "))
    if not first:
        return {}
    names = {languages[0]: first}
    return {**names, languages[1]: second} if divider and second else names


@dataclass(frozen=True)
class ValueMap:
    """Which foreign value is which option of ours, and how our options are written there.

    Of ``pairs`` a key that ends in ``*`` matches a beginning; ``"a+b"`` means two options; ``""``
    means that the value is known and gives no answer. ``labels`` are the values of the standard
    itself, in its own spelling; without, the first key of each option stands for it. ``same`` tells
    to which label a spelling belongs, where several labels are one option. ``nearest`` says how an
    option is written that the standard does not have.
    """

    pairs: Mapping[str, str]
    labels: tuple[str, ...] = ()
    same: Mapping[str, str] = field(default_factory=dict)
    nearest: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _exact(self) -> dict[str, str]:
        return {fold(k): v for k, v in self.pairs.items() if not k.endswith("*")}

    @cached_property
    def _beginnings(self) -> tuple[tuple[str, str], ...]:
        found = [(fold(k[:-1]), v) for k, v in self.pairs.items() if k.endswith("*")]
        return tuple(sorted(found, key=lambda pair: -len(pair[0])))

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The standard's own values, by the form in which spellings are compared."""
        labels = self.labels or [key for key in self.pairs if not key.endswith("*")]
        return {fold(label): label for label in labels}

    @cached_property
    def _written(self) -> dict[str, str]:
        written: dict[str, str] = {}
        for label in self._labels.values():
            written.setdefault(self.find(label) or "", label)
        return {**self.nearest, **written, "": ""}

    @cached_property
    def _same(self) -> dict[str, str]:
        return {fold(spelling): label for spelling, label in self.same.items()}

    def find(self, text: str) -> str | None:
        """Give our option, ``""`` if the value gives no answer, ``None`` if it is not known."""
        value = fold(text)
        if value in self._exact:
            return self._exact[value]
        for beginning, option in self._beginnings:
            if value.startswith(beginning):
                return option
        return None

    def label_of(self, text: str) -> str | None:
        """Give the standard's own spelling of a value, ``None`` if the value is not known."""
        value = fold(text)
        label = (self._labels if self.labels else {}).get(value) or self._same.get(value)
        if label is not None:
            return label
        option = self.find(text)
        return None if option is None else self._written.get(option, "")

    def write(self, option: str) -> str:
        """Give the standard's own value for an option of ours, ``""`` if it has none."""
        return self._written.get(option, "")

    def write_all(self, options: Sequence[str]) -> list[str]:
        """Give the values for several options; one that means two of them comes before both."""
        left = list(options)
        written = []
        for whole in sorted((each for each in self._written if "+" in each), key=len, reverse=True):
            if set(whole.split("+")) <= set(left):
                written.append(self._written[whole])
                left = [option for option in left if option not in whole.split("+")]
        return written + [label for label in map(self.write, left) if label]

    @property
    def options(self) -> frozenset[str]:
        """Every option of ours that it can give."""
        return frozenset(o for v in self.pairs.values() for o in v.split("+") if o)

    @property
    def meanings(self) -> Mapping[str, str]:
        """The standard's own values, in its order, each with our option for it."""
        return {label: self.find(label) or "" for label in self._labels.values()}

    @property
    def merged(self) -> Mapping[str, str]:
        """The standard's own values that come back as another (``""``: as none), and as which."""
        back = {label: self.write(option) for label, option in self.meanings.items()}
        return {label: written for label, written in back.items() if label != written}
