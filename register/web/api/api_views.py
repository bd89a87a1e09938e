"""The description of the API made ready for its page; its sentences in the reader's language."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import url_for

from register.web.languages import number_text, say
from register.web.wiring import settings

METHODS = ("get", "post", "put")
SHOWN = ("Disclosure", "Agency", "Duty", "Change", "Filing", "FilingWithDraft", "Problem")
View = dict[str, Any]
Schema = Mapping[str, Any]
EXAMPLES = {"Idempotency-Key": "filing-1", "If-Match": '"2"'}
BODIES = {"NewDraft": "draft.json", "Draft": "draft.json", "HandedIn": "note.json"}


def page_view(document: Mapping[str, Any]) -> View:
    """Give everything that the template asks for."""
    calls = [
        _call(path, method, operation, document)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method in METHODS
    ]
    return {
        "topics": [
            {
                "name": f"topic-{number}",
                "title": say(tag["name"]),
                "text": say(tag["description"]),
                "calls": [call for call in calls if call["topic"] == tag["name"]],
            }
            for number, tag in enumerate(document["tags"], 1)
        ],
        "shapes": [_shape(name, document["components"]["schemas"][name]) for name in SHOWN],
        "statuses": _statuses(document),
        "base_url": settings().base_url + "/api/v1",
        "reads": _number(settings().reads_per_minute),
        "filings": _number(settings().filings_per_minute),
        "tokens_href": url_for("tokens.listed"),
        "standard_href": url_for("public.standard"),
        "document_href": url_for("api_reference.openapi"),
    }


def _number(most: int) -> str | None:
    return number_text(most) if most else None


def _call(path: str, method: str, operation: Mapping[str, Any], document: Schema) -> View:
    asked = [*document["paths"][path].get("parameters", []), *operation.get("parameters", [])]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    sent = _name_of(body.get("schema", {}))
    scopes = [scope for need in operation["security"] for scope in need.get("token", [])]
    return {
        "name": operation["operationId"],
        "topic": operation["tags"][0],
        "method": method.upper(),
        "path": path,
        "title": say(operation["summary"]),
        "text": say(operation["description"]),
        "scope": scopes[0] if scopes else None,
        "parameters": [_parameter(each) for each in asked],
        "sent": list(_members(document["components"]["schemas"][sent])) if sent else [],
        "example": _example(
            "curl" if method == "get" else f"curl -X {method.upper()}",
            '-H "Authorization: Bearer $TOKEN"' if scopes else "",
            *_headers(asked),
            f"--json @{BODIES[sent]}" if sent else "",
            settings().base_url + _filled(path, asked),
        ),
        "answers": list(_answers(operation["responses"])),
    }


def _parameter(each: Mapping[str, Any]) -> View:
    return {
        "name": each["name"],
        "place": {"path": "", "query": "?", "header": ":"}[each["in"]],
        "kind": _kind(each["schema"]),
        "text": say(each.get("description", "")),
        "is_required": bool(each.get("required")),
    }


def _answers(responses: Mapping[str, Any]) -> Iterator[View]:
    """Give each kind of answer with all statuses that come with it."""
    statuses: dict[tuple[str, str], list[str]] = {}
    for status, response in responses.items():
        for kind, told in response.get("content", {}).items():
            statuses.setdefault((kind, _name_of(told["schema"])), []).append(status)
    for (kind, shape), found in statuses.items():
        name = shape.removesuffix("Page").removesuffix("s")
        yield {
            "status": ", ".join(found),
            "kind": kind.partition(";")[0],
            "shape": shape,
            "href": f"#shape-{name}" if name in SHOWN else None,
        }


def _statuses(document: Schema) -> list[View]:
    """Give what is said of each status that a call may be refused with."""
    responses = document["components"]["responses"]
    found = {
        code: responses[_name_of(response)]["description"]
        for operations in document["paths"].values()
        for method in METHODS
        for code, response in operations.get(method, {}).get("responses", {}).items()
        if "$ref" in response
    }
    return [{"code": code, "text": say(text)} for code, text in sorted(found.items())]


def _shape(name: str, schema: Schema) -> View:
    return {
        "name": name,
        "text": say(schema.get("description", "")),
        "members": list(_members(schema)),
    }


def _members(schema: Schema) -> Iterator[View]:
    needed = schema.get("required", ())
    for name, each in schema.get("properties", {}).items():
        text = each.get("description", "")
        yield {
            "name": name,
            "kind": _kind(each),
            "text": say(text),
            "is_required": name in needed,
        }


def _kind(schema: Schema) -> str:
    """Name a kind of value as programs call it."""
    if "$ref" in schema:
        return _name_of(schema)
    if "enum" in schema:
        return " | ".join(json.dumps(each) for each in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(map(_kind, schema["anyOf"]))
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    bounds = [str(schema[name]) for name in ("minimum", "maximum") if name in schema]
    kind = str(schema.get("format") or schema.get("type", ""))
    return f"{kind} ({'–'.join(bounds)})" if len(bounds) == 2 else kind


def _name_of(schema: Schema) -> str:
    return str(schema.get("$ref", "")).rsplit("/", 1)[-1]


def _example(*words: str) -> str:
    """Write a call as one types it, in lines if it is long."""
    said = [each for each in words if each]
    return " ".join(said) if len(said) < 3 else " \\\n  ".join(said)


def _headers(asked: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Write the headers that a call must have."""
    for each in asked:
        if each["in"] == "header" and each.get("required"):
            yield f"-H '{each['name']}: {EXAMPLES[each['name']]}'"


def _filled(path: str, asked: Sequence[Mapping[str, Any]]) -> str:
    for each in asked:
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", str(each["example"]))
    return path
