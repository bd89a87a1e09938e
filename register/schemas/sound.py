"""Any JSON whatever, brought into the shape of a content; what is not of it is an error."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from register.schemas.kinds import LANGUAGE
from register.standard.content import TRANSLATION_STATUSES, Content
from register.standard.field import Field, Kind, Standard
from register.standard.marking import _

NAMED_VALUES = _("This must be a set of named values.")
A_LIST = _("This must be a list.")
HOW_TRANSLATED = _("Say how this translation was made.")


def sound(content: Content) -> Content:
    """Keep what has the outer shape of a content, so that the rules can be asked about it."""
    return Content(
        answers=_mapping(content.answers),
        withheld=tuple(entry for entry in _listed(content.withheld) if _is_entry(entry)),
        not_stated=tuple(name for name in _listed(content.not_stated) if isinstance(name, str)),
        translations={
            name: by_language
            for name, by_language in _mapping(content.translations).items()
            if isinstance(by_language, Mapping)
        },
        erased=tuple(entry for entry in _listed(content.erased) if _is_entry(entry)),
    )


def shaped(standard: Standard, content: Content) -> Content:
    """Keep of a sound content the answers whose groups are groups, so that they can be read."""
    fields = {field.name: field for field in standard.asked_fields}
    answers = {
        name: answer
        for name, answer in content.answers.items()
        if name in fields and _is_shaped(fields[name], answer)
    }
    return replace(content, answers=answers)


def outer_errors(content: Content) -> Iterator[tuple[str, str]]:
    """Give path and sentence of all that :func:`sound` leaves out."""
    whole = (
        ("answers", Mapping, NAMED_VALUES),
        ("withheld", list | tuple, A_LIST),
        ("not_stated", list | tuple, A_LIST),
        ("translations", Mapping, NAMED_VALUES),
        ("erased", list | tuple, A_LIST),
    )
    for path, shape, sentence in whole:
        if not isinstance(getattr(content, path), shape):
            yield path, sentence
    yield from _inner_errors(content)


def _inner_errors(content: Content) -> Iterator[tuple[str, str]]:
    for position, entry in enumerate(_listed(content.withheld)):
        if not _is_entry(entry):
            yield f"withheld.{position}", NAMED_VALUES
    for position, name in enumerate(_listed(content.not_stated)):
        if not isinstance(name, str):
            yield f"not_stated.{position}", _("This must be text.")
    for name, by_language in _mapping(content.translations).items():
        if not isinstance(by_language, Mapping):
            yield f"translations.{name}", HOW_TRANSLATED


def tells_translations(by_language: Mapping[str, Any]) -> bool:
    """Tell whether this says of languages how a text came about in each."""
    return all(
        LANGUAGE.fullmatch(language) and status in TRANSLATION_STATUSES
        for language, status in by_language.items()
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _is_shaped(field: Field, answer: Any) -> bool:
    if field.kind is Kind.GROUP:
        return isinstance(answer, Mapping) and all(
            _is_shaped(part, answer[part.name]) for part in field.parts if part.name in answer
        )
    if field.kind is Kind.GROUPS:
        group = replace(field, kind=Kind.GROUP)
        return isinstance(answer, list) and all(_is_shaped(group, item) for item in answer)
    return True


def _is_entry(entry: Any) -> bool:
    return isinstance(entry, Mapping) and isinstance(entry.get("field"), str)
