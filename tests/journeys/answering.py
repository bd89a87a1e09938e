"""Answers turned into what a form sends, from the standard and nothing else."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from register.standard import CURRENT
from register.standard.content import Content
from register.standard.field import Field, Kind, Section
from tests.desk import looking_ahead
from tests.promises.sources import ROOT

SAMPLES = ROOT / "sample" / "disclosures"
ASKED_WHEN_WITHHOLDING = ("ground", "citation", "public_reason", "review_on")
SECTIONS = tuple(section for section in CURRENT.sections if section.asked_fields)
Inputs = dict[str, list[str]]


def sample(name: str) -> Content:
    """The first version of a disclosure of the sample register."""
    path = next(SAMPLES.glob(f"*-{name}.json"))
    read = json.loads(path.read_text("utf-8"))
    return looking_ahead(Content.from_json(read["versions"][0]["content"]))


def inputs_of(section: Section, content: Content) -> Inputs:
    """What the form of a section sends for this content."""
    sent: Inputs = {}
    entries = {str(entry["field"]): entry for entry in content.withheld}
    for field in section.asked_fields:
        if field.kind is Kind.AGENCY:  # it is the officer's own, and never asked
            continue
        for name, value in _inputs(field, field.name, content.answers.get(field.name)):
            sent.setdefault(name, []).append(value)
        if field.name in entries:
            sent[f"withhold-{field.name}"] = ["yes"]
            for name, value in _withholding(field.name, entries[field.name]):
                sent.setdefault(name, []).append(value)
    return sent


def _withholding(name: str, entry: Any) -> Iterator[tuple[str, str]]:
    for part_name in ASKED_WHEN_WITHHOLDING:
        part = CURRENT.field("withheld").part(part_name)
        yield from _inputs(part, f"withhold-{name}-{part_name}", entry.get(part_name))


def _inputs(field: Field, name: str, answer: Any) -> Iterator[tuple[str, str]]:
    if answer is not None:
        yield from SENT.get(field.kind, _one_input)(field, name, answer)


def _one_input(_field: Field, name: str, answer: Any) -> Iterator[tuple[str, str]]:
    yield name, str(answer)


def _text(field: Field, name: str, answer: Any) -> Iterator[tuple[str, str]]:
    return _each_key(field, name, answer) if field.localized else _one_input(field, name, answer)


def _each_key(_field: Field, name: str, answer: Any) -> Iterator[tuple[str, str]]:
    yield from ((f"{name}-{key}", str(text)) for key, text in answer.items())


def _date(_field: Field, name: str, answer: Any) -> Iterator[tuple[str, str]]:
    parts = zip(("year", "month", "day"), answer.split("-"), strict=False)
    yield from ((f"{name}-{part}", digits) for part, digits in parts)


def _group(field: Field, name: str, answer: Any) -> Iterator[tuple[str, str]]:
    for part in field.parts:
        yield from _inputs(part, f"{name}-{part.name}", answer.get(part.name))


def _groups(field: Field, name: str, answer: Any) -> Iterator[tuple[str, str]]:
    for number, item in enumerate(answer):
        yield from _group(field, f"{name}-{number}", item)


SENT: Mapping[Kind, Callable[[Field, str, Any], Iterator[tuple[str, str]]]] = {
    Kind.LINE: _text,
    Kind.PROSE: _text,
    Kind.LINES: lambda _field, name, answer: iter([(name, "\n".join(answer))]),
    Kind.CHOICES: lambda _field, name, answer: ((name, value) for value in answer),
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _date,
    Kind.MONEY: _each_key,
    Kind.GROUP: _group,
    Kind.GROUPS: _groups,
}
