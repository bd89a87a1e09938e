"""Words that stand nowhere else, put into every place that the public may not read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote

from register.standard import CURRENT
from register.standard.content import Content
from register.standard.field import Field, Kind

LATIN = "qzx", "abcdefghijklmnopqrstuvwxyz", "kwj"
URDU = "قژڈ", "بتجدرسشعفقکلمنہی", "ٹگچ"
YEAR = "1913"
AMOUNT = "7364519028"


@dataclass
class Marks:
    """The words given out, each with the place that it was given out for."""

    places: dict[str, str] = field(default_factory=dict)

    def word(self, place: str, *, urdu: bool = False) -> str:
        """A new word for a place."""
        before, letters, after = URDU if urdu else LATIN
        number, middle = len(self.places), ""
        for _letter in range(3):
            number, rest = divmod(number, len(letters))
            middle += letters[rest]
        made = before + middle + after
        self.places[made] = place
        return made

    def found_in(self, body: bytes, *, but: str = "") -> set[str]:
        """The places whose words stand in ``body``, in whichever way they are written there."""
        text = body.decode("utf-8", "replace").casefold()
        found = {AMOUNT, f"{int(AMOUNT):,}"} & set(re.findall(r"[0-9][0-9,]*", text))
        places = {"an amount"} if found else set()
        if re.search(rf"(?<![0-9a-z]){YEAR}(?![0-9a-z])", text):
            places.add("a date")
        may_hold_words = any(stem in text for stem in STEMS)
        return places | {
            place
            for word, place in self.places.items()
            if word != but
            and (may_hold_words or not word.startswith((LATIN[0], URDU[0])))
            and any(form in text for form in forms(word))
        }


@cache
def forms(text: str) -> tuple[str, ...]:
    """A text in UTF-8, escaped as in JSON, in HTML, and in an address."""
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in text)
    hexed = "".join(f"&#x{ord(letter):x};" for letter in text)
    counted = "".join(f"&#{ord(letter)};" for letter in text)
    return tuple(
        each.casefold() for each in (text, escape(text), quote(text), escaped, hexed, counted)
    )


STEMS = tuple(form for stem in (LATIN[0], URDU[0]) for form in forms(stem))


def withheld_wherever_possible(content: Content, marks: Marks) -> Content:
    """The content with a marker in all that is not public, and the rest withheld where it can be.

    What can only be chosen keeps its choice: the presence of the answer tells all there is to tell.
    """
    answers = dict(content.answers)
    for asked in CURRENT.asked_fields:
        if asked.name in answers and not asked.public:
            answers[asked.name] = _filled(asked, asked.name, marks, {})
        elif asked.is_withholdable:
            answers[asked.name] = _filled(asked, asked.name, marks, answers.get(asked.name))
        elif asked.name in answers:
            answers[asked.name] = _with_private_parts(asked, answers[asked.name], marks)
    arising = CURRENT.relevant(answers)
    entries = tuple(_entry(name) for name in arising if CURRENT.field(name).is_withholdable)
    public = [e for e in entries if CURRENT.field(e["field"]).public]
    return Content(answers=arising, withheld=tuple(public))


def private_parts(asked: Field) -> Iterator[Field]:
    """The parts of a question, at any depth, that are not public."""
    for part in asked.parts:
        if not part.public:
            yield part
        yield from private_parts(part)


def _entry(name: str) -> dict[str, Any]:
    return {
        "field": name,
        "ground": "commercial_confidence",
        "citation": "Information Act, section 7",
        "public_reason": {"en": "It would harm a supplier.", "ur": "اس سے نقصان ہوگا۔"},
        "review_on": "2030-01-05",
    }


def _filled(asked: Field, place: str, marks: Marks, kept: Any) -> Any:
    """An answer of the right shape that holds a marker wherever it can hold a text."""
    if asked.kind is Kind.GROUP:
        return _filled_parts(asked, place, marks, kept or {})
    if asked.kind is Kind.GROUPS:
        return [_filled_parts(asked, place, marks, (kept or [{}])[0])]
    if asked.localized:
        return {
            "en": f"It is {marks.word(place)} here.",
            "ur": f"یہ {marks.word(place, urdu=True)} ہے۔",
        }
    if asked.kind in FIGURES:
        return FIGURES[asked.kind]
    made = FILLED.get(asked.kind)
    return made(marks.word(place)) if made else kept or _first_choice(asked)


def _filled_parts(asked: Field, place: str, marks: Marks, kept: Any) -> dict[str, Any]:
    return {
        part.name: _filled(part, f"{place}.{part.name}", marks, kept.get(part.name))
        for part in asked.parts
    }


def _with_private_parts(asked: Field, answer: Any, marks: Marks) -> Any:
    """The answer as it is, with markers in those of its parts that are not public."""
    private = {part.name for part in asked.parts if not part.public}
    if not private:
        return answer
    items = answer if isinstance(answer, list) else [answer]
    made = [
        {
            **item,
            **{
                k: v
                for k, v in _filled_parts(asked, asked.name, marks, item).items()
                if k in private
            },
        }
        for item in items
    ]
    return made if isinstance(answer, list) else made[0]


def _first_choice(asked: Field) -> Any:
    if asked.kind is Kind.YES_NO:
        return "yes"
    value = asked.options[0].value
    return [value] if asked.kind is Kind.CHOICES else value


FIGURES = {
    Kind.DATE: f"{YEAR}-04-27",
    Kind.PARTIAL_DATE: f"{YEAR}-04-27",
    Kind.NUMBER: int(AMOUNT),
    Kind.MONEY: {"amount": f"{AMOUNT}.00", "currency": "PKR"},
}
FILLED = {
    Kind.LINE: lambda word: word,
    Kind.PROSE: lambda word: word,
    Kind.LINES: lambda word: [word],
    Kind.URL: lambda word: f"https://www.{word}.example/{word}",
    Kind.EMAIL: lambda word: f"{word}@{word}.example",
    Kind.AGENCY: lambda word: word,
}
