"""The part of JSON Schema that the printed standard uses, as a yes or a no."""

import re
from collections.abc import Callable, Mapping
from typing import Any

TYPES: dict[str, type] = {"object": dict, "array": list, "string": str, "integer": int}
SILENT = {"$schema", "$id", "title", "description", "format", "x-public", "then", "else"}


def meets(value: Any, schema: Mapping[str, Any] | bool) -> bool:
    """Tell whether ``value`` meets ``schema``; raise :exc:`KeyError` for an unknown keyword."""
    if isinstance(schema, bool):
        return schema
    return all(KEYWORDS[word](value, schema) for word in schema if word not in SILENT)


def _type(value: Any, schema: Mapping[str, Any]) -> bool:
    return isinstance(value, TYPES[schema["type"]]) and not isinstance(value, bool)


def _if(value: Any, schema: Mapping[str, Any]) -> bool:
    branch = "then" if meets(value, schema["if"]) else "else"
    return meets(value, schema.get(branch, True))


def _additional(value: Any, schema: Mapping[str, Any]) -> bool:
    known = schema.get("properties", {})
    return all(meets(v, schema["additionalProperties"]) for k, v in value.items() if k not in known)


def _of(kind: type, check: Callable[[Any, Mapping[str, Any]], bool]) -> Any:
    """Apply a keyword only to the type of value that it speaks of."""
    return lambda value, schema: not isinstance(value, kind) or check(value, schema)


KEYWORDS: dict[str, Callable[[Any, Mapping[str, Any]], bool]] = {
    "type": _type,
    "if": _if,
    "const": lambda v, s: v == s["const"],
    "enum": lambda v, s: v in s["enum"],
    "not": lambda v, s: not meets(v, s["not"]),
    "allOf": lambda v, s: all(meets(v, each) for each in s["allOf"]),
    "anyOf": lambda v, s: any(meets(v, each) for each in s["anyOf"]),
    "oneOf": lambda v, s: sum(meets(v, each) for each in s["oneOf"]) == 1,
    "properties": _of(
        dict, lambda v, s: all(meets(v[k], p) for k, p in s["properties"].items() if k in v)
    ),
    "required": _of(dict, lambda v, s: all(name in v for name in s["required"])),
    "additionalProperties": _of(dict, _additional),
    "propertyNames": _of(dict, lambda v, s: all(meets(k, s["propertyNames"]) for k in v)),
    "minProperties": _of(dict, lambda v, s: len(v) >= s["minProperties"]),
    "items": _of(list, lambda v, s: all(meets(each, s["items"]) for each in v)),
    "contains": _of(list, lambda v, s: any(meets(each, s["contains"]) for each in v)),
    "minItems": _of(list, lambda v, s: len(v) >= s["minItems"]),
    "uniqueItems": _of(list, lambda v, s: len({repr(each) for each in v}) == len(v)),
    "minLength": _of(str, lambda v, s: len(v) >= s["minLength"]),
    "maxLength": _of(str, lambda v, s: len(v) <= s["maxLength"]),
    "pattern": _of(str, lambda v, s: re.search(s["pattern"], v) is not None),
    "minimum": _of(int, lambda v, s: v >= s["minimum"]),
}
