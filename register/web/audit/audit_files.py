"""What auditors take with them: rows as CSV, and facts as JSON lines, sent as they are made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from flask import Response, stream_with_context

from register.exchange.files.row_files import Cell, csv_lines
from register.services.exports.exports import as_json

AT_ONCE = 200  # rows that are sent together


def csv_file(stem: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Answer with a table that no spreadsheet takes for formulas."""
    lines = csv_lines(head, rows)
    return _file(_together(lines), f"{stem}.csv", "text/csv; charset=utf-8")


def json_lines(stem: str, items: Iterable[Mapping[str, Any]]) -> Response:
    """Answer with one JSON object a line."""
    lines = (as_json(item) + "\n" for item in items)
    return _file(_together(lines), f"{stem}.ndjson", "application/x-ndjson")


def json_object(stem: str, head: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> Response:
    """Answer with one JSON object of some facts and, under ``items``, of a long list."""
    pieces = _object_pieces(head, iter(items))
    return _file(pieces, f"{stem}.json", "application/json; charset=utf-8")


def _object_pieces(head: Mapping[str, Any], items: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    yield as_json({**head, "items": []}).removesuffix("]}")
    between = ""
    while batch := list(islice(items, AT_ONCE)):
        yield between + ",".join(map(as_json, batch))
        between = ","
    yield "]}\n"


def _file(pieces: Iterator[str], name: str, content_type: str) -> Response:
    response = Response(stream_with_context(pieces), content_type=content_type)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _together(lines: Iterator[str]) -> Iterator[str]:
    while piece := "".join(islice(lines, AT_ONCE)):
        yield piece
