"""The standard as documents: Markdown to read, JSON Schema to check, a table to work with."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

from register.standard.field import Field, Kind, Section, Standard
from register.standard.json_schema import json_schema
from register.standard.wording import (
    asked_in_words,
    condition_in_words,
    mandatory_in_words,
    shape_in_words,
)

__all__ = [
    "COLUMNS",
    "as_data",
    "condition_in_words",
    "csv_text",
    "json_schema",
    "json_schema_text",
    "markdown",
]

COLUMNS = (
    "section",
    "field",
    "kind",
    "label",
    "help",
    "public",
    "localized",
    "max_length",
    "mandatory",
    "asked",
    "options",
)
HOW_TO_READ = (
    "Every question has a name, which does not change, and a label, which an officer reads. An"
    " answer is public unless the question says otherwise. A mandatory question is answered, or"
    " its answer is withheld on a stated ground; it is never left out in silence."
)


def markdown(standard: Standard) -> str:
    """Print the standard as a Markdown page, one heading a section and one a question."""
    lines = [f"# {standard.title}", "", HOW_TO_READ]
    number = 0
    for letter, section in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", standard.sections, strict=False):
        lines += ["", f"## {letter}. {section.title}", "", section.intro]
        for field in section.fields:
            number += 1
            lines += ["", f"### {number}. {field.label}", "", *_question(field, standard)]
    return "\n".join(lines) + "\n"


def csv_text(standard: Standard) -> str:
    """Print the data dictionary: one row a question and one a part, named ``group.part``."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for section in standard.sections:
        for field in section.fields:
            writer.writerow(_row(section, field, standard))
            writer.writerows(_row(section, part, standard, of=field) for part in field.parts)
    return text.getvalue()


def json_schema_text(standard: Standard) -> str:
    """Print the JSON Schema as a file: indented, in the order of the standard."""
    return json.dumps(json_schema(standard), ensure_ascii=False, indent=2) + "\n"


def as_data(standard: Standard) -> dict[str, Any]:
    """Give the questions as JSON values: enough to tell which answers the public may read."""
    return {
        "id": standard.id,
        "title": standard.title,
        "fields": [
            {
                "name": field.name,
                "section": section.name,
                "kind": field.kind.value,
                "label": field.label,
                "public": field.public,
                "parts": [{"name": part.name, "public": part.public} for part in field.parts],
            }
            for section in standard.sections
            for field in section.fields
        ],
    }


def _question(field: Field, standard: Standard) -> Iterator[str]:
    if field.help:
        yield field.help
        yield ""
    yield f"- Name: `{field.name}`"
    yield f"- Answer: {shape_in_words(field)}"
    yield f"- Rule: {mandatory_in_words(field, standard)}"
    if not field.is_kept_by_system:
        yield f"- Asked: {asked_in_words(field, standard).removeprefix('asked ')}"
        yield f"- May be withheld: {_yes_no(field.is_withholdable)}"
    yield f"- Public: {_yes_no(field.public)}"
    yield from _options(field)
    if field.parts:
        yield ""
        yield "| Part | Label | Answer | Rule | Public |"
        yield "|---|---|---|---|---|"
        for part in field.parts:
            rule = mandatory_in_words(part, standard, of=field)
            cells = (f"`{part.name}`", _with_help(part), shape_in_words(part), rule)
            yield f"| {' | '.join(map(_cell, cells))} | {_yes_no(part.public)} |"
        for part in field.parts:
            yield from _options(part, of=field)


def _options(field: Field, of: Field | None = None) -> Iterator[str]:
    if field.options:
        yield ""
        yield f"Options of `{of.name}.{field.name}`:" if of else "Options:"
        yield ""
        for option in field.options:
            yield f"- `{option.value}`: {option.label}{'. ' if option.help else ''}{option.help}"


def _row(
    section: Section, field: Field, standard: Standard, of: Field | None = None
) -> tuple[str, ...]:
    whole = of or field
    return (
        section.name,
        f"{of.name}.{field.name}" if of else field.name,
        field.kind.value,
        field.label,
        field.help,
        _yes_no(field.public),
        _yes_no(field.localized),
        "" if field.max_length is None else str(field.max_length),
        _rule(field, standard, of),
        asked_in_words(whole, standard),
        "; ".join(f"{value} = {label}" for value, label in _choices(field)),
    )


def _rule(field: Field, standard: Standard, of: Field | None) -> str:
    if of and of.is_kept_by_system:
        return mandatory_in_words(of, standard)
    return mandatory_in_words(field, standard, of)


def _choices(field: Field) -> Iterator[tuple[str, str]]:
    if field.kind is Kind.YES_NO:
        yield from (("yes", "Yes"), ("no", "No"), ("unknown", "Not known"))
    yield from ((option.value, option.label) for option in field.options)


def _with_help(field: Field) -> str:
    if not field.help:
        return field.label
    return f"{field.label}{'' if field.label.endswith('?') else '.'} {field.help}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _yes_no(truth: bool) -> str:
    return "yes" if truth else "no"
