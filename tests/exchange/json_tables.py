"""A JSON file as a table: the one place to change once files of every kind are opened alike."""

import json
from typing import Any

from register.exchange.importing import import_table
from register.exchange.mapping import Format
from register.exchange.reading import Row, Table
from register.exchange.result import ImportedFile


def objects_of(data: bytes) -> list[dict[str, Any]]:
    """Give the objects in a file: it is one, or a list of them, or names such a list."""
    found = json.loads(data.decode("utf-8-sig"))
    if isinstance(found, dict):
        lists = [v for v in found.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        is_record = "name" in found or "title" in found
        found = [found] if is_record or not lists else lists[0]
    return list(found)


def import_objects(objects: list[dict[str, Any]], dialect: Format) -> ImportedFile:
    """Take in objects, each a row whose cells are its keys."""
    header = tuple(dict.fromkeys(key for each in objects for key in each))
    rows = [
        Row(number, tuple(_cell(each.get(key)) for key in header))
        for number, each in enumerate(objects, start=1)
    ]
    return import_table(Table("UTF-8", header, 0, iter(rows), []), dialect)


def import_json(data: bytes, dialect: Format) -> ImportedFile:
    """Take in a JSON file."""
    return import_objects(objects_of(data), dialect)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
