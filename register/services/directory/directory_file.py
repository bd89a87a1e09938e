"""A directory of public bodies in a file, JSON or CSV. What a file leaves out is not there."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from register.errors import Invalid, Message
from register.standard.marking import _

NAME = "name_"


def read_agencies(text: str) -> list[dict[str, Any]]:
    """Read agencies from JSON (a list of objects) or CSV (columns ``slug``, ``name_en``, …).

    A column that the file does not have, or a key, is absent from what is given; an empty cell is
    an empty text.
    """
    if not text.lstrip().startswith(("[", "{")):
        return _read_csv(text)
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(Message(_("The file is not JSON: %(why)s"), why=str(error))) from error
    if not isinstance(read, list) or not all(isinstance(each, dict) for each in read):
        raise Invalid(_("The file must hold a list of agencies."))
    return read


def _read_csv(text: str) -> list[dict[str, Any]]:
    rows = csv.DictReader(io.StringIO(text))
    columns = [name for name in rows.fieldnames or () if name]
    twice = {name for name in columns if columns.count(name) > 1}
    if twice:
        sentence = _("The file has this column more than once: %(names)s.")
        raise Invalid(Message(sentence, names=", ".join(sorted(twice))))
    try:
        return [_from_csv(row, number) for number, row in enumerate(rows, start=1)]
    except csv.Error as error:
        raise Invalid(Message(_("The file is not CSV: %(why)s"), why=str(error))) from error


def _from_csv(row: Mapping[str | None, Any], number: int) -> dict[str, Any]:
    """Give a row; a cell that a short row does not have is as absent as its column."""
    if None in row:
        sentence = _("Row %(number)s has more cells than the file has columns.")
        raise Invalid(Message(sentence, number=number))
    cells = {name: cell.strip() for name, cell in row.items() if name and cell is not None}
    names = {name[len(NAME) :]: cell for name, cell in cells.items() if name.startswith(NAME)}
    plain = {name: cell for name, cell in cells.items() if not name.startswith(NAME)}
    return {**plain, "names": names}
