"""What auditors take with them: rows as CSV, and facts as JSON lines, sent as they are made."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from flask import Response, stream_with_context

from register.exchange.plain_cells import plain_cell
from register.services.exports import as_json

AT_ONCE = 200  # rows that are sent together
Cell = str | int | None


def csv_file(stem: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Answer with a table that no spreadsheet takes for formulas."""
    pieces = _csv_pieces(head, iter(rows))
    return _file(pieces, f"{stem}.csv", "text/csv; charset=utf-8")


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


def _csv_pieces(head: Sequence[str], rows: Iterator[Sequence[Cell]]) -> Iterator[str]:
    waiting: list[Sequence[Cell]] = [head]
    while waiting:
        out = io.StringIO()
        csv.writer(out).writerows([_plain(cell) for cell in row] for row in waiting)
        yield out.getvalue()
        waiting = list(islice(rows, AT_ONCE))


def _plain(cell: Cell) -> Cell:
    return plain_cell(cell) if isinstance(cell, str) else cell


def _together(lines: Iterator[str]) -> Iterator[str]:
    while piece := "".join(islice(lines, AT_ONCE)):
        yield piece
