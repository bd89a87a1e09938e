"""The one place from which the secretariat's page takes a file in, or tries that out."""

import gzip
import io
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from register.errors import Message
from register.exchange.result import RowWarning
from register.services.imports.import_order import Order
from register.services.imports.import_report import Rejection, Report
from register.services.imports.importing import import_file

MOST_SHOWN = 200  # rejections, near matches and absences that a page tells of; the report has all
MISSING = "missing_column"
COPIED = (
    *("rows", "created", "updated", "unchanged", "rejected"),
    *("encoding", "agencies_created", "unmapped_columns"),
)
TOLD_APART = frozenset({MISSING, "rejected"})  # these have lists of their own


@dataclass(frozen=True)
class Found:
    """What came of a file: ``summary`` as the page tells it, ``report`` in full, as gzipped JSON.

    ``summary`` has the counts of the report, its ``agencies_created`` and ``unmapped_columns``, and

    - ``kinds``: {kind, column, number, row, example} for each sort of warning in each column, the
      commonest first, but for refused rows and ``missing`` columns, which are told apart;
    - ``rejections``: {row, column, field, sentence};
    - ``near_matches``: {row, name, reference or other_row, other_name, likeness}; ``absent``:
      references of filings that the file has no row for any more;
    - ``shrinkage``: {last_file, last_rows, rows, missing_columns, missing_agencies} or ``None``;
    - ``unmapped_values``: {column, value, number}, and ``losses``: {column, field, reason}.

    Of long lists it has the first, and how many there are under ``…_total``.
    """

    summary: dict[str, Any]
    report: bytes


def take_in(data: bytes, order: Order, *, accepts_smaller: bool) -> Found:
    """Take a file in, or try that out, as :mod:`register.services.imports.importing` does.

    ``accepts_smaller`` counts where an import refuses a file that lacks what the last one had.
    """
    report = import_file(io.BytesIO(data), replace(order, accepts_smaller=accepts_smaller))
    told = report.to_json()
    packed = gzip.compress(json.dumps(told, ensure_ascii=False).encode())
    return Found(_summary(report, told), packed)


def unpacked(report: bytes) -> str:
    """Give a report that was kept, as JSON."""
    return gzip.decompress(report).decode()


def sentence_data(sentence: str) -> dict[str, Any]:
    """Give a sentence with its values, as JSON keeps it."""
    values = dict(sentence.values) if isinstance(sentence, Message) else {}
    return {"text": str(sentence), "values": values}


def sentence_from(data: Mapping[str, Any]) -> str:
    """Give a sentence that was kept."""
    return Message(data["text"], **data["values"]) if data["values"] else str(data["text"])


def _summary(report: Report, told: Mapping[str, Any]) -> dict[str, Any]:
    counted = [
        (number, column, value)
        for column, values in report.unmapped_values.items()
        for value, number in values.items()
    ]
    unknown = [
        {"column": column, "value": value, "number": number}
        for number, column, value in sorted(counted, key=lambda each: -each[0])
    ]
    long = {
        "near_matches": told.get("near_matches", []),
        "absent": told.get("absent", []),
        "unmapped_values": unknown,
        "rejections": [_rejection(each) for each in report.rejections],
    }
    return {
        **{name: told[name] for name in COPIED},
        **{name: values[:MOST_SHOWN] for name, values in long.items()},
        **{f"{name}_total": len(values) for name, values in long.items()},
        "shrinkage": told.get("shrinkage"),
        "missing": [each.column for each in report.warnings if each.kind == MISSING],
        "kinds": _kinds(report),
        "losses": told["lossy"],
    }


def _kinds(report: Report) -> list[dict[str, Any]]:
    """Count the warnings of each kind in each column, with the first of them as an example."""
    counted: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], RowWarning] = {}
    for each in report.warnings:
        counted[each.kind, each.column] += 1
        first.setdefault((each.kind, each.column), each)
    return [
        {
            "kind": kind,
            "column": column,
            "number": number,
            "row": first[kind, column].row,
            "example": first[kind, column].message,
        }
        for (kind, column), number in counted.most_common()
        if kind not in TOLD_APART
    ]


def _rejection(each: Rejection) -> dict[str, Any]:
    return {
        "row": each.row,
        "column": each.column,
        "field": each.field,
        "sentence": sentence_data(each.reason),
    }
