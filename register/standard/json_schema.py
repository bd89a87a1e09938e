"""The standard as JSON Schema (draft 2020-12): the shape of a filing's content as it is kept."""

from collections.abc import Callable, Iterator
from typing import Any

from register.standard.content import TRANSLATION_STATUSES
from register.standard.field import ALWAYS, Field, Kind, Standard, When

Schema = dict[str, Any]

_LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"
_DAY = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_PARTIAL = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_MONEY: Schema = {
    "type": "object",
    "properties": {
        "amount": {"type": "string", "pattern": r"^[0-9]+(\.[0-9]{1,2})?$"},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
    },
    "required": ["amount", "currency"],
    "additionalProperties": False,
}
ERASED: Schema = {
    "title": "What was erased by order of a court or a law after it was made public",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "field": {"title": "The name of the question", "type": "string", "minLength": 1},
            "basis": {"title": "The legal basis", "type": "string", "minLength": 1},
            "at": {"title": "The moment", "type": "string", "format": "date-time"},
        },
        "required": ["field", "basis", "at"],
        "additionalProperties": False,
    },
}
_LIMITS = frozenset({"description", "maxLength", "minProperties", "required"})
_YES_NO = [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")]


def json_schema(standard: Standard) -> Schema:
    """Describe ``Content.to_json()``: answers, withheld, not_stated, translations, erased.

    A mandatory question is satisfied by an answer, by an entry in ``withheld`` (if the standard
    lets it be withheld), by its name in ``not_stated`` (for imported records), or by an entry in
    ``erased``.
    """
    names = [field.name for field in standard.asked_fields]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:ai-register:standard:{standard.id}",
        "title": standard.title,
        "type": "object",
        "properties": {
            "answers": {
                "title": "Answers by the name of the question",
                "type": "object",
                "properties": {field.name: _described(field) for field in standard.asked_fields},
                "additionalProperties": False,
            },
            "withheld": _withheld(standard),
            "not_stated": {
                "title": "Mandatory questions that an imported source does not answer",
                "type": "array",
                "items": {"enum": names},
                "uniqueItems": True,
            },
            "translations": _translations(names),
            "erased": ERASED,
        },
        "required": ["answers"],
        "additionalProperties": False,
        "allOf": [*_asked_rules(standard), *_required_rules(standard), *_part_rules(standard)],
    }


def kept_schema(standard: Standard) -> Schema:
    """Describe any content that can be kept or shown: a draft, an import, what the public reads.

    Each answer has its shape; no question is mandatory, and no text too long.
    """
    whole = json_schema(standard)["properties"]
    return {
        "type": "object",
        "properties": {name: _loosened(schema) for name, schema in whole.items()},
        "additionalProperties": False,
    }


def _loosened(schema: Schema) -> Schema:
    loose = {word: said for word, said in schema.items() if word not in _LIMITS}
    if "properties" in loose:
        loose["properties"] = {name: _loosened(each) for name, each in loose["properties"].items()}
    for word in ("items", "additionalProperties"):
        if isinstance(loose.get(word), dict):
            loose[word] = _loosened(loose[word])
    if "oneOf" in loose:
        loose["oneOf"] = [_loosened(each) for each in loose["oneOf"]]
    return loose


def _translations(names: list[str]) -> Schema:
    return {
        "title": "How a text came about, by question and language",
        "type": "object",
        "propertyNames": {"enum": names},
        "additionalProperties": {
            "type": "object",
            "propertyNames": {"pattern": _LANGUAGE},
            "additionalProperties": {"enum": list(TRANSLATION_STATUSES)},
        },
    }


def _withheld(standard: Standard) -> Schema:
    schema = _described(standard.field("withheld"))
    withholdable = [field.name for field in standard.asked_fields if field.is_withholdable]
    schema["items"]["properties"]["field"]["enum"] = withholdable
    return {**schema, "minItems": 0}


def _described(field: Field) -> Schema:
    """Give the schema of an answer, with the words that a person reads."""
    words = {"title": field.label, "description": field.help} if field.help else {}
    words = words or {"title": field.label}
    return {**words, **_SHAPES[field.kind](field), "x-public": field.public}


def _text(field: Field) -> Schema:
    text: Schema = {"type": "string", "minLength": 1}
    if field.max_length is not None:
        text["maxLength"] = field.max_length
    return text


def _maybe_localized(field: Field) -> Schema:
    if not field.localized:
        return _text(field)
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": _LANGUAGE},
        "additionalProperties": _text(field),
    }


def _choice(field: Field) -> Schema:
    return {
        "oneOf": [
            {"const": o.value, "title": o.label} | ({"description": o.help} if o.help else {})
            for o in field.options
        ]
    }


def _list_of(item: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "items": item}


def _group(field: Field) -> Schema:
    return {
        "type": "object",
        "minProperties": 1,
        "properties": {part.name: _described(part) for part in field.parts},
        "required": [part.name for part in field.parts if ALWAYS in part.required],
        "additionalProperties": False,
    }


_SHAPES: dict[Kind, Callable[[Field], Schema]] = {
    Kind.LINE: _maybe_localized,
    Kind.PROSE: _maybe_localized,
    Kind.LINES: lambda field: _list_of(_text(field)),
    Kind.CHOICE: _choice,
    Kind.CHOICES: lambda field: {**_list_of(_choice(field)), "uniqueItems": True},
    Kind.YES_NO: lambda _: {"oneOf": [{"const": c, "title": t} for c, t in _YES_NO]},
    Kind.DATE: lambda _: {"type": "string", "format": "date", "pattern": _DAY},
    Kind.PARTIAL_DATE: lambda _: {"type": "string", "pattern": _PARTIAL},
    Kind.NUMBER: lambda _: {"type": "integer", "minimum": 0},
    Kind.MONEY: lambda _: _MONEY,
    Kind.URL: lambda _: {"type": "string", "format": "uri", "pattern": "^https?://"},
    Kind.EMAIL: lambda _: {"type": "string", "format": "email", "pattern": "@"},
    Kind.AGENCY: _text,
    Kind.GROUP: _group,
    Kind.GROUPS: lambda field: _list_of(_group(field)),
}


def _asked_rules(standard: Standard) -> Iterator[Schema]:
    """Forbid answers to questions that do not arise; one rule for each set of conditions."""
    for asked in dict.fromkeys(field.asked for field in standard.asked_fields if field.asked):
        unasked = [field.name for field in standard.asked_fields if field.asked == asked]
        yield {
            "if": _of_answers(_all_of(asked, standard)),
            "else": _of_answers({"properties": dict.fromkeys(unasked, False)}),
        }


def _required_rules(standard: Standard) -> Iterator[Schema]:
    """Demand what is mandatory; one rule for each set of conditions."""
    mandatory = [field for field in standard.asked_fields if field.required]
    for asked, required in dict.fromkeys((field.asked, field.required) for field in mandatory):
        fields = [f for f in mandatory if (f.asked, f.required) == (asked, required)]
        any_of = {"anyOf": [_condition(when, standard) for when in required]}
        yield {
            "if": _of_answers({"allOf": [any_of, _all_of(asked, standard)]}),
            "then": {"allOf": [_accounted_for(field) for field in fields]},
        }


def _part_rules(standard: Standard) -> Iterator[Schema]:
    """Demand the parts whose duty depends on other answers."""
    for field in standard.asked_fields:
        for part in field.parts:
            if part.required and ALWAYS not in part.required:
                needed: Schema = {"required": [part.name]}
                needed = {"items": needed} if field.kind is Kind.GROUPS else needed
                yield {
                    "if": _of_answers(
                        {"anyOf": [_condition(when, standard) for when in part.required]}
                    ),
                    "then": _of_answers({"properties": {field.name: needed}}),
                }


def _of_answers(schema: Schema) -> Schema:
    return {"properties": {"answers": schema}}


def _accounted_for(field: Field) -> Schema:
    def listed(name: str, item: Schema) -> Schema:
        return {"properties": {name: {"contains": item}}, "required": [name]}

    ways: list[Schema] = [_of_answers({"required": [field.name]})]
    if field.is_withholdable:
        entry: Schema = {"properties": {"field": {"const": field.name}}, "required": ["field"]}
        ways.append(listed("withheld", entry))
    erased: Schema = {"properties": {"field": {"const": field.name}}, "required": ["field"]}
    ways += [listed("not_stated", {"const": field.name}), listed("erased", erased)]
    return {"anyOf": ways}


def _all_of(conditions: tuple[When, ...], standard: Standard) -> Schema:
    return {"allOf": [_condition(w, standard) for w in conditions]} if conditions else {}


def _condition(when: When, standard: Standard) -> Schema:
    """Translate a condition into a schema that the answers meet if, and only if, it holds."""
    if not when.field:
        return {}
    name, _, part = when.field.partition(".")
    field = standard.field(name)
    if part:
        inner: Schema = {"type": "object"} | _has(part, _value(when, field.part(part)))
        own = _has(name, inner)
    else:
        own = _has(name, _value(when, field))
    return {"allOf": [own, *(_condition(w, standard) for w in when.also)]} if when.also else own


def _has(name: str, value: Schema) -> Schema:
    return {"properties": {name: value}, "required": [name]}


def _value(when: When, field: Field) -> Schema:
    among: Schema = {"enum": list(when.is_in or when.is_not_in)}
    if field.kind is Kind.CHOICES:
        among = {"type": "array", "contains": among}
    if when.is_in:
        return among
    shape: Schema = {"minItems": 1} if field.kind is Kind.CHOICES else {"type": "string"}
    return {**shape, "not": among}
