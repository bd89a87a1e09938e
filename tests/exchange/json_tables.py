"""JSON files as an import reads them, and the objects in them as anybody reads them."""

import json
from typing import Any

from register.exchange.importing import import_file
from register.exchange.mapping import Format
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
    """Take in a file of these objects."""
    return import_json(json.dumps(objects, ensure_ascii=False).encode(), dialect)


def import_json(data: bytes, dialect: Format) -> ImportedFile:
    """Take in a JSON file."""
    return import_file(data, dialect)
