"""Rows taken in and written again, compared with what they said in the standard's own spelling."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from register.exchange.cells.addresses import find_emails, find_urls
from register.exchange.cells.dates import partial_date
from register.exchange.cells.html_reading import read_html
from register.exchange.cells.suppliers import is_supplier_name, split_suppliers
from register.exchange.cells.transforms import listed_values, no_url
from register.exchange.cells.values import (
    ValueMap,
    begins_as_no_answer,
    is_blank,
    is_no_answer,
    one_line,
    tidy,
)
from register.exchange.exporting import export_row
from register.exchange.importing import import_file
from register.exchange.mapping import Format, Link
from register.exchange.result import ImportedRow

# What no format carries, and what an import says of it: a cell that only says that there is no
# answer, a value that the standard does not have, an address of a person.
EVERYWHERE = frozenset({"no_answer", "unknown_value", "personal_address"})


@dataclass(frozen=True)
class Difference:
    """A cell that came back as another, and the kinds of remark its import made on it."""

    row: int
    column: str
    before: str
    after: str
    remarks: frozenset[str]


def record_of(row: ImportedRow) -> dict[str, Any]:
    """Give a row as a public record, such as the register would present it."""
    return {
        "reference": f"AIR-2026-{row.number:05}",
        "status": "published",
        "url": "https://register.example/disclosures/AIR",
        "version": 1,
        "first_published_at": "2026-01-01T00:00:00Z",
        "published_at": "2026-01-01T00:00:00Z",
        "agency": {"name": dict(row.agency.names), "abbreviation": row.agency.abbreviation or ""},
        "answers": dict(row.content.answers),
        "withheld": [],
        "not_stated": [],
        "import_provenance": {"source": "x", "source_id": row.source_id},
    }


def differences(data: bytes, dialect: Format) -> Iterator[Difference]:
    """Take in a file, write every row again and give each mapped cell that is not the same."""
    return differences_of(import_file(data, dialect).imported, dialect)


def differences_of(rows: Iterable[ImportedRow], dialect: Format) -> Iterator[Difference]:
    """Write rows again and give each mapped cell that is not the same."""
    assert dialect.writing is not None
    links = {link.column: link for link in reversed(dialect.links) if not link.is_fallback}
    for row in rows:
        written = export_row(record_of(row), dialect)
        remarks = _remarks(row, dialect)
        for column, before in _cells(row.raw, dialect).items():
            link = links.get(column)
            if link is None or column not in written:
                continue
            wanted, got = normalised(before, link), normalised(written[column], link)
            if wanted != got:
                yield Difference(row.number, column, wanted, got, remarks.get(column, frozenset()))


def _cells(raw: Mapping[str, str], dialect: Format) -> dict[str, str]:
    found: dict[str, str] = {}
    for label, cell in raw.items():
        column = dialect.column_of(label)
        if column is not None:
            found.setdefault(column, cell)
    return found


def _remarks(row: ImportedRow, dialect: Format) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    if row.withheld_ground:
        column = next(link.column for link in dialect.links if link.path == "withheld")
        kinds[column] = {"withheld"}  # the service remarks on it
    for warning in row.warnings:
        kinds.setdefault(warning.column, set()).add(warning.kind)
    return {column: frozenset(found) for column, found in kinds.items()}


def normalised(cell: str, link: Link) -> str:
    """Give a cell in the form that the standard itself would give it."""
    normal = _NORMAL.get(link.transform, _line)
    return "" if is_blank(cell) else normal(cell, link.values or ValueMap({}))


def _choice(cell: str, values: ValueMap) -> str:
    label = values.label_of(cell)
    return one_line(cell if label is None else label)


def _choices(cell: str, values: ValueMap) -> str:
    listed = {_choice(each, values) for each in listed_values(cell, values)}
    return "; ".join(sorted(listed - {""}))


def _date(cell: str, _values: ValueMap) -> str:
    return partial_date(cell).value or ("" if begins_as_no_answer(cell) else cell)


def _url(cell: str, _values: ValueMap) -> str:
    said = "" if no_url(cell)[0] == "no_answer" else cell
    return (find_urls(cell) or [said])[0]


def _special(cell: str, values: ValueMap) -> str:
    text = _html(cell, values)
    return "; ".join(find_urls(text)) or _choice(text, values)


def _html(cell: str, _values: ValueMap) -> str:
    text = read_html(cell).text
    return "" if is_no_answer(text) else text


def _words(cell: str, values: ValueMap) -> str:
    words = re.split(r"[,;\n]", _html(cell, values))
    return ", ".join(dict.fromkeys(each.strip() for each in words if each.strip()))


def _items(cell: str, _values: ValueMap) -> str:
    items = [{k: one_line(v) for k, v in item.items() if v} for item in json.loads(cell)]
    return json.dumps(items, ensure_ascii=False)


def _contact(cell: str, _values: ValueMap) -> str:
    return (find_emails(cell) or find_urls(cell) or [cell])[0]


def _suppliers(cell: str, _values: ValueMap) -> str:
    names = () if is_no_answer(cell) else split_suppliers(cell)
    return "; ".join(name for name in names if is_supplier_name(name))


def _text(cell: str, _values: ValueMap) -> str:
    return "" if is_no_answer(cell) else tidy(cell)


def _line(cell: str, _values: ValueMap) -> str:
    return "" if is_no_answer(cell) else one_line(cell)


_NORMAL = {
    "choice": _choice,
    "choices": _choices,
    "labels": _choices,
    "date": _date,
    "url": _url,
    "contact": _contact,
    "suppliers": _suppliers,
    "text": _text,
    "special": _special,
    "html": _html,
    "plain": _html,
    "words": _words,
    "items": _items,
}


def is_declared(difference: Difference, dialect: Format) -> bool:
    """Tell whether the mapping says that such a cell comes back as another."""
    if difference.remarks & EVERYWHERE or _is_merged(difference, dialect):
        return True
    declared = {loss.kind for loss in dialect.losses if loss.column == difference.column}
    if declared & difference.remarks:
        return True
    return difference.column == dialect.identifier and not difference.before


def _is_merged(difference: Difference, dialect: Format) -> bool:
    """Tell whether the cell came back as a value with which it shares its option."""
    for link in dialect.links:
        if link.column != difference.column or link.values is None:
            continue
        merged = dict(link.values.merged)
        wanted = {merged.get(each, each) for each in difference.before.split("; ")}
        if "; ".join(sorted(wanted - {""})) == difference.after:
            return True
    return False
