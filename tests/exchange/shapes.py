"""Whether answers are of the standard: only its names, parts, options and JSON shapes."""

import re
from collections.abc import Iterator
from typing import Any

from register.exchange.cells.addresses import as_url, is_role_mailbox
from register.standard import CURRENT
from register.standard.field import Field, Kind

LANGUAGES = {option.value for option in CURRENT.field("languages").options}
# What no source asks beside the rest of a group.
NEVER_ASKED = {
    ("ended_on", "reason"),
    ("affected_groups", "groups"),
    ("human_oversight", "level"),
    ("proportionality", "necessity"),
}
_PARTIAL = re.compile(r"(19[5-9]\d|20\d\d|2100)(-(0[1-9]|1[0-2])(-\d\d)?)?")


def strange_answers(answers: dict[str, Any]) -> Iterator[str]:
    """Say what is not as the standard has it."""
    names = {field.name for field in CURRENT}
    for name, answer in answers.items():
        if name not in names:
            yield f"{name} is not a field"
            continue
        yield from _strange(CURRENT.field(name), answer, name)


def _strange(field: Field, answer: Any, path: str) -> Iterator[str]:
    if answer in (None, "", [], {}):
        yield f"{path} is an empty answer"
    elif field.kind is Kind.GROUPS:
        for number, item in enumerate(answer):
            yield from _strange_parts(field, item, f"{path}.{number}")
    elif field.kind is Kind.GROUP:
        yield from _strange_parts(field, answer, path)
    elif field.localized:
        if not (isinstance(answer, dict) and set(answer) <= LANGUAGES and all(answer.values())):
            yield f"{path} is not in languages: {answer!r}"
    elif not _fits(field, answer):
        yield f"{path} is not a {field.kind}: {answer!r}"


def _strange_parts(field: Field, answer: Any, path: str) -> Iterator[str]:
    parts = {part.name for part in field.parts}
    for name, below in answer.items():
        if name not in parts:
            yield f"{path} has no part {name}"
        else:
            yield from _strange(field.part(name), below, f"{path}.{name}")
    for part in field.parts:
        is_due = part.required and part.is_required(answer) and not _is_judged(part)
        if is_due and part.name not in answer and (field.name, part.name) not in NEVER_ASKED:
            yield f"{path} lacks {part.name}"


def _is_judged(part: Field) -> bool:
    """A part whose duty depends on other fields is the validator's business."""
    return any(when.field and "." in when.field for when in part.required)


def _fits(field: Field, answer: Any) -> bool:
    options = {option.value for option in field.options}
    if field.kind is Kind.CHOICES:
        return isinstance(answer, list) and set(answer) <= options
    if field.kind is Kind.LINES:
        return isinstance(answer, list)
    if not isinstance(answer, str):
        return False
    return {
        Kind.CHOICE: answer in options,
        Kind.YES_NO: answer in {"yes", "no", "unknown"},
        Kind.PARTIAL_DATE: bool(_PARTIAL.fullmatch(answer)),
        Kind.URL: as_url(answer) == answer,
        Kind.EMAIL: "@" in answer and is_role_mailbox(answer),
        Kind.LINE: "\n" not in answer,
    }.get(field.kind, True)
