"""What the calls of the API answer with, as JSON Schema; what answers are, the standard says."""

from collections.abc import Mapping
from typing import Any

from register.ledger import Event
from register.schemas.asking import LARGEST
from register.standard import STANDARDS
from register.standard.bodies import LEVELS
from register.standard.json_schema import json_schema, kept_schema
from register.standard.lifecycle import DraftState, Status
from register.standard.marking import _
from register.standard.obligations import DutyKind, DutyState

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TEXTS: Schema = {
    "type": "object",
    "description": _("A text by language."),
    "additionalProperties": {"type": "string"},
}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
URL: Schema = {"type": "string", "format": "uri"}
COUNT: Schema = {"type": "integer", "minimum": 0}
VERSION: Schema = {"type": "integer", "minimum": 1}
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
BASE64: Schema = {"type": "string", "pattern": "^[A-Za-z0-9+/]{43}=$"}
OF_THE_LOG = frozenset({Event.LOG_OPEN, Event.KEY_ROTATE})
ERRORS: Schema = {
    "type": "object",
    "description": _(
        "Sentences by the path of what they are about, such as risks.0.description.en."
    ),
    "additionalProperties": {"type": "array", "items": TEXT, "minItems": 1},
}


def shapes() -> dict[str, Schema]:
    """Give the components of the document by name."""
    return {
        "Problem": _problem(),
        "Body": _body(),
        "Disclosure": _disclosure(),
        "DisclosurePage": _page("Disclosure"),
        "Disclosures": {"type": "array", "items": ref("Disclosure")},
        "Agency": _body({"url": URL, "published": COUNT}),
        "AgencyPage": _page("Agency"),
        "Duty": _duty(),
        "DutyPage": _page("Duty"),
        "Change": _change(),
        "ChangePage": _page("Change", counted=False),
        "Facets": _facets(),
        "Filing": _filing(),
        "FilingWithDraft": _filing(_draft()),
        "Schema": {"type": "object", "description": _("A JSON Schema, draft 2020-12.")},
        "Document": {"type": "object", "description": _("This document.")},
        **_standards(),
    }


def ref(name: str) -> Schema:
    """Refer to a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(needed: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": {**needed, **(optional or {})},
        "required": list(needed),
        "additionalProperties": False,
    }


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _standards() -> dict[str, Schema]:
    """Give each standard whole, and what can be kept of it, each part as a component."""
    found: dict[str, Schema] = {}
    for name, standard in STANDARDS.items():
        suffix = name.upper()
        whole = {k: v for k, v in json_schema(standard).items() if k not in {"$schema", "$id"}}
        words = {"description": _("What a filing has to say when it is handed in.")}
        found[f"Standard{suffix}"] = {**whole, **words}
        for part, schema in kept_schema(standard)["properties"].items():
            found[f"{part.title().replace('_', '')}{suffix}"] = schema
    return found


def part(name: str) -> Schema:
    """Refer to a part of a content, of whichever standard."""
    names = [ref(f"{name}{each.upper()}") for each in STANDARDS]
    return names[0] if len(names) == 1 else {"anyOf": names}


def _content() -> dict[str, Schema]:
    return {
        "answers": part("Answers"),
        "withheld": part("Withheld"),
        "not_stated": part("NotStated"),
        "translations": part("Translations"),
    }


def _problem() -> Schema:
    needed = {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
        "request_id": {"type": "string", "description": _("The same as in X-Request-Id.")},
    }
    return {**_object(needed, {"errors": ERRORS}), "description": _("A problem, as in RFC 9457.")}


def _body(more: Mapping[str, Schema] | None = None) -> Schema:
    return _object(
        {
            "slug": TEXT,
            "name": TEXTS,
            "abbreviation": TEXT,
            "level": {"enum": [option.value for option in LEVELS]},
            "sector": TEXT,
            "parent": _or_null(TEXT),
            **(more or {}),
        }
    )


def _disclosure() -> Schema:
    needed = {
        "reference": TEXT,
        "url": URL,
        "version": VERSION,
        "is_current": {"type": "boolean"},
        "standard": {"enum": list(STANDARDS)},
        "status": {"enum": [Status.PUBLISHED.value, Status.WITHDRAWN.value]},
        "first_published_at": MOMENT,
        "published_at": MOMENT,
        "change_note": _or_null(TEXTS),
        "agency": ref("Body"),
        **_content(),
    }
    return _object(
        needed,
        {
            "period": {"type": "string", "description": _("That of a nil return.")},
            "withdrawal_reason": TEXTS,
            "import_provenance": _provenance(),
            "erased": part("Erased"),
            "ledger": _object({"index": COUNT, "leaf_hash": BASE64}),
            "audit": {"type": "object", "description": _("With a token of the scope read:audit.")},
        },
    )


def _provenance() -> Schema:
    return _object(
        {
            "source": TEXT,
            "source_id": _or_null(TEXT),
            "retrieved": MOMENT,
            "file": TEXT,
            "file_sha256": HASH,
            "row": {"type": "integer"},
        }
    )


def _page(name: str, *, counted: bool = True) -> Schema:
    items = {"items": {"type": "array", "items": ref(name)}}
    follows = {**_or_null(URL), "description": _("The next page, if there is one.")}
    total = {"total": {**COUNT, "description": _("How many there are on all pages.")}}
    return _object({**items, **(total if counted else {}), "next": follows})


def _duty() -> Schema:
    return _object(
        {
            "key": TEXT,
            "agency": TEXT,
            "kind": {"enum": [str(each) for each in DutyKind]},
            "state": {"enum": [str(each) for each in DutyState]},
            "due_on": _or_null(DAY),
            "settled_on": _or_null(DAY),
            "reference": _or_null(TEXT),
            "url": _or_null(URL),
            "period": _or_null(TEXT),
            "ground": _or_null(TEXT),
        }
    )


def _change() -> Schema:
    """Describe a change; one of a record as a whole, such as an erasure, has no version."""
    return _object(
        {
            "seq": {
                "type": "integer",
                "minimum": 0,
                "maximum": LARGEST,
                "description": _("The number of the entry in the public log."),
            },
            "reference": TEXT,
            "version": _or_null(VERSION),
            "action": {"enum": [str(event) for event in Event if event not in OF_THE_LOG]},
            "at": MOMENT,
            "logged_at": {**MOMENT, "description": _("When the log was told.")},
            "agency": _or_null(TEXT),
            "url": URL,
            "hash": {**HASH, "description": _("That of the entry in the public log.")},
        }
    )


def _facets() -> Schema:
    counted = _object({"value": TEXT, "count": COUNT})
    return {"type": "object", "additionalProperties": {"type": "array", "items": counted}}


def _filing(more: Mapping[str, Schema] | None = None) -> Schema:
    return _object(
        {
            "reference": TEXT,
            "url": {**URL, "description": _("Its page on the desk of its officers.")},
            "agency": TEXT,
            "status": {"enum": [each.value for each in Status]},
            "version": {**COUNT, "description": _("The last one that was made public; 0 before.")},
            "draft_state": {"enum": [each.value for each in DraftState]},
            "standard": {"enum": list(STANDARDS)},
            "saved_at": _or_null(MOMENT),
            "submitted_at": _or_null(MOMENT),
            "to_mend": {**ERRORS, "description": _("What stands in the way of handing it in.")},
            **(more or {}),
        }
    )


def _draft() -> dict[str, Schema]:
    return {
        **_content(),
        "change_note": _or_null(TEXTS),
        "return_reason": _or_null(TEXT),
        "comments": {"type": "object", "additionalProperties": TEXT},
    }
