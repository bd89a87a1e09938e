"""The texts and links of a record, each with its place."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from register.standard.field import Answers, Field, Kind, Standard
from register.standard.quality import BY_ID
from register.standard.spelling import fold

_WORD = re.compile(r"\w+")


class Place(NamedTuple):
    """A question, and a language of its text."""

    field: str
    language: str


@dataclass(frozen=True)
class Text:
    """One localized text in the languages that it has; ``is_part`` within a group of answers."""

    field: str
    kind: Kind
    is_part: bool
    by_language: dict[str, str]


def texts_of(standard: Standard, answers: Answers) -> list[Text]:
    """Give every localized text, in the order of the standard."""
    return [
        text
        for field in standard.asked_fields
        for text in texts_within(field, answers.get(field.name))
    ]


def texts_within(field: Field, answer: Any) -> Iterator[Text]:
    """Give the localized texts of one answer."""
    for part, value in _leaves(field, answer):
        if part.localized and isinstance(value, dict):
            spoken = {k: v for k, v in value.items() if isinstance(v, str) and v.strip()}
            if spoken:
                yield Text(field.name, part.kind, part is not field, spoken)


def names_of(standard: Standard, answers: Answers) -> list[str]:
    """Give the lines that have no language: names of suppliers, products, laws' citations."""
    lines = []
    for field in standard.asked_fields:
        for part, value in _leaves(field, answers.get(field.name)):
            if part.kind in {Kind.LINE, Kind.LINES} and not part.localized:
                listed = value if isinstance(value, list) else [value]
                lines += [line for line in listed if isinstance(line, str)]
    return lines


def links_of(standard: Standard, answers: Answers) -> list[tuple[str, str]]:
    """Give every link with the question under which it stands."""
    return [
        (field.name, value)
        for field in standard.asked_fields
        for part, value in _leaves(field, answers.get(field.name))
        if part.kind is Kind.URL and isinstance(value, str)
    ]


def prints_of(texts: Iterable[Text], least: float | None = None) -> list[tuple[Place, str]]:
    """Give the fingerprint of each long text: alike for texts that differ in spelling alone."""
    least = BY_ID["copied"].limits["long"] if least is None else least
    found = []
    for text in texts:
        for language, words in text.by_language.items():
            plain = " ".join(_WORD.findall(fold(words))) if len(words) >= least else ""
            if len(plain) >= least:
                digest = hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
                found.append((Place(text.field, language), digest))
    return found


def _leaves(field: Field, answer: Any) -> Iterator[tuple[Field, Any]]:
    """Give what a question, or each part of it, is answered with; odd shapes are passed over."""
    if field.kind not in {Kind.GROUP, Kind.GROUPS}:
        yield field, answer
        return
    items = answer if isinstance(answer, list) else [answer]
    for item in items:
        for part in field.parts:
            if isinstance(item, dict) and part.name in item:
                yield from _leaves(part, item[part.name])
