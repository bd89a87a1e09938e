"""What a look at a file found, kept beside it, so that nobody has to wait for it twice.

Kept is what a person is told: each row with its fate and what is wrong with it. What the drafts
would hold is not: it is worked out again when they are made, from the filings as they are then.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from register.errors import Message
from register.exchange.sheet.sheet_reading import Place, Problem
from register.services.uploads.upload_planning import Fate, PlannedRow

_Sentence = tuple[str, tuple[tuple[str, object], ...]]


@dataclass(frozen=True, kw_only=True)
class Findings:
    """The rows of a file; its ``unknown`` columns, by sheet and heading; its ``unread`` sheets."""

    rows: tuple[PlannedRow, ...]
    unknown: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()


def packed(findings: Findings) -> bytes:
    """Give findings as they are kept: small, and the same for what is the same."""
    sentences: dict[_Sentence, int] = {}
    rows = [
        {**row_as_data(row), "problems": [_as_data(each, sentences) for each in row.problems]}
        for row in findings.rows
    ]
    kept = {
        "rows": rows,
        "sentences": [(text, dict(values)) for text, values in sentences],
        "unknown": findings.unknown,
        "unread": findings.unread,
    }
    return zlib.compress(json.dumps(kept, ensure_ascii=False).encode())


def unpacked(data: bytes) -> Findings:
    """Give findings that were kept."""
    kept = json.loads(zlib.decompress(data))
    sentences = [Message(text, **values) for text, values in kept["sentences"]]
    return Findings(
        rows=tuple(_row(each, sentences) for each in kept["rows"]),
        unknown=tuple((sheet, heading) for sheet, heading in kept["unknown"]),
        unread=tuple(kept["unread"]),
    )


def row_as_data(row: PlannedRow, reference: str = "") -> dict[str, Any]:
    """Give what is told of a row, with the reference that it has by now."""
    return {
        "sheet": row.sheet,
        "row": row.number,
        "own": row.own,
        "fate": str(row.fate),
        "reference": reference or row.reference,
        "name": dict(row.name),
        "gaps": row.gaps,
    }


def row_from_data(data: Mapping[str, Any], problems: tuple[Problem, ...] = ()) -> PlannedRow:
    """Give a row of which this was told."""
    return PlannedRow(
        sheet=data["sheet"],
        number=data["row"],
        own=data["own"],
        fate=Fate(data["fate"]),
        reference=data["reference"],
        name=data["name"],
        gaps=data["gaps"],
        problems=problems,
    )


def _as_data(problem: Problem, sentences: dict[_Sentence, int]) -> list[Any]:
    """Give a problem; its sentence, which many have in common, is named by its number."""
    said = problem.sentence
    values = tuple(said.values.items()) if isinstance(said, Message) else ()
    number = sentences.setdefault((str(said), values), len(sentences))
    place = problem.place
    return [place.sheet, place.row, place.column, place.path, number]


def _row(data: Mapping[str, Any], sentences: Sequence[Message]) -> PlannedRow:
    problems = (Problem(Place(*place), sentences[number]) for *place, number in data["problems"])
    return row_from_data(data, tuple(problems))
