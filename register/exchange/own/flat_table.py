"""The register as one flat table of its own: a row for each record, a column for each value.

A column is called as the value's path in the JSON of a record, without ``answers.``; a text that
exists in several languages has a column for each of those of the register.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from register.exchange.mapping import Record, Row
from register.standard.field import Field, Kind, Standard

NAME = "table"
#: Which texts, and answers to questions of an older standard, have no column of their own.
REST = "other"
_BEFORE = ("reference", "url", "version", "standard", "period")
_TIMES = ("first_published_at", "published_at")
_BODY = ("slug", "abbreviation", "level", "sector", "parent")
_BY_LANGUAGE = ("agency.name", "change_note")
_AFTER = (
    "withheld",
    "not_stated",
    "translations",
    "import_provenance.source",
    "import_provenance.source_id",
    REST,
)
_ANSWERED_BEFORE = frozenset({"agency"})  # whose record it is stands at the beginning of the row
_UNSHOWN = ("is_current", "status", "import_provenance.")


def columns_of(standard: Standard, languages: Sequence[str]) -> tuple[str, ...]:
    """Give the columns, in the order of the standard; the same for every content."""
    by_language = [f"{path}.{code}" for path in _BY_LANGUAGE for code in languages]
    asked = [
        path
        for question in standard.asked_fields
        if question.public and question.name not in _ANSWERED_BEFORE
        for path in _paths(question, "", languages)
    ]
    body = [f"agency.{part}" for part in _BODY]
    return (*_BEFORE, *_TIMES, *body, *by_language, *asked, *_AFTER)


def row_of(record: Record, columns: Sequence[str]) -> Row:
    """Give a record's cells by column; what has no column stands in :data:`REST` as JSON."""
    found = dict(_values(record))
    row = {column: found.pop(column, "") for column in columns}
    rest = {path: text for path, text in found.items() if not path.startswith(_UNSHOWN)}
    row[REST] = _as_json(rest) if rest else ""
    return row


def _paths(question: Field, before: str, languages: Sequence[str]) -> Iterator[str]:
    path = before + question.name
    if question.kind is Kind.GROUP:
        for part in question.parts:
            if part.public:
                yield from _paths(part, f"{path}.", languages)
    elif question.kind is Kind.MONEY:
        yield from (f"{path}.amount", f"{path}.currency")
    elif question.localized:
        yield from (f"{path}.{code}" for code in languages)
    else:
        yield path


def _values(record: Record) -> Iterator[tuple[str, str]]:
    """Give every value of a record with its path."""
    for name, value in record.items():
        if name in {"translations", "withheld"}:
            yield name, _as_json(value) if value else ""
        elif name == "answers":
            yield from _flat({k: v for k, v in value.items() if k not in _ANSWERED_BEFORE}, "")
        else:
            yield from _flat({name: value}, "")


def _flat(values: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        elif value is not None:
            yield before + name, _text(value)


def _text(value: Any) -> str:
    """Write a value into a cell: a list of words one a line, a list of entries as JSON."""
    if isinstance(value, list):
        is_plain = all(isinstance(item, str) for item in value)
        return "\n".join(value) if is_plain else _as_json(value)
    return value if isinstance(value, str) else _as_json(value)


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
