"""The only judge of a disclosure's content, whatever door it came through."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import date
from typing import Any

from marshmallow import ValidationError

from register.errors import Invalid, Message
from register.schemas.kinds import schema_of
from register.schemas.missing import missing_answers, missing_of_withholding
from register.schemas.sound import HOW_TRANSLATED, outer_errors, sound, tells_translations
from register.schemas.timely import untimely
from register.standard.content import Content
from register.standard.field import Standard
from register.standard.marking import _

Errors = dict[str, list[str]]


def validate(
    standard: Standard,
    content: Content,
    *,
    is_imported: bool = False,
    filed_on: date | None = None,
) -> Content:
    """Give the content without answers to questions that do not arise.

    Raise :exc:`Invalid` with errors by field path (``risks.0.description.en``) if anything
    mandatory is neither answered nor withheld, or anything has the wrong shape. For an imported
    record texts may be of any length, ``not_stated`` may excuse mandatory answers, and an answer
    may lack parts that the source does not state. What is ``filed_on`` a day has to look ahead
    from it.
    """
    errors = find_errors(standard, content, is_imported=is_imported, filed_on=filed_on)
    if errors:
        raise Invalid(_("Some answers are missing or need to be corrected."), errors)
    return _relevant(standard, content)


def find_errors(
    standard: Standard,
    content: Content,
    *,
    is_imported: bool = False,
    filed_on: date | None = None,
) -> Errors:
    """Give what is wrong with the content, by field path, in the order of the standard.

    What is kept of questions that do not arise is not judged: nobody could mend it, and it is
    left out of what is published. Whatever ``content`` holds, nothing is raised.
    """
    errors: Errors = {}
    judged = _arising(standard, sound(content))
    for path, sentence in (
        *outer_errors(content),
        *_judged(schema_of(standard.asked_fields, is_lenient=is_imported), judged.answers),
        *_withheld_errors(standard, judged),
        *_source_errors(standard, judged, is_imported=is_imported),
        *(untimely(judged, filed_on) if filed_on else ()),
    ):
        errors.setdefault(path, []).append(sentence)
    broken = {path.split(".")[0] for path in errors}
    for path, sentence in missing_answers(
        standard, judged, leave_out=broken, is_imported=is_imported
    ):
        errors.setdefault(path, []).append(sentence)
    return _in_order(standard, errors)


def find_errors_of_public(standard: Standard, content: Content) -> Errors:
    """Give what is wrong with the public part of a content that another instance published.

    It is judged as an import, but what is not public cannot be there and is not demanded: neither
    answers nor who decided to withhold one.
    """
    hidden = [field.name for field in standard.asked_fields if not field.public]
    stated = content.not_stated if isinstance(content.not_stated, tuple) else ()
    judged = replace(content, not_stated=(*stated, *hidden))
    errors = find_errors(standard, judged, is_imported=True)
    private = {part.name for part in standard.field("withheld").parts if not part.public}
    given = {(entry["field"], part) for entry in sound(content).withheld for part in entry}
    return {
        path: sentences
        for path, sentences in errors.items()
        if not _is_kept_back(path.split("."), private, given)
    }


def _is_kept_back(steps: list[str], private: Set[str], given: Set[tuple[str, str]]) -> bool:
    """Tell whether a path is that of a part of a withholding that the public may not read."""
    if len(steps) != 3 or steps[0] != "withheld":
        return False
    return steps[2] in private and (steps[1], steps[2]) not in given


def find_misshapen(standard: Standard, content: Content) -> Errors:
    """Give what is said and has the wrong shape, by path, whether or not its question arises.

    What is only missing is no error here: a draft may be unfinished, but not malformed.
    """
    errors: Errors = {}
    sounded = sound(content)
    for path, sentence in (
        *outer_errors(content),
        *_judged(schema_of(standard.asked_fields, is_lenient=False), sounded.answers),
        *_withheld_errors(standard, sounded, is_draft=True),
        *_source_errors(standard, sounded, is_imported=False),
    ):
        errors.setdefault(path, []).append(sentence)
    return _in_order(standard, errors)


def find_errors_of_idle(standard: Standard, content: Content) -> Errors:
    """Give what has the wrong shape among the answers to questions that do not arise, by path.

    Nothing of it stands in the way of a disclosure. It matters to whoever has just written it: the
    question may arise yet.
    """
    answers = sound(content).answers
    arising = standard.relevant(answers)
    idle = {name: each for name, each in answers.items() if name not in arising}
    errors: Errors = {}
    for path, sentence in _judged(schema_of(standard.asked_fields, is_lenient=False), idle):
        errors.setdefault(path, []).append(sentence)
    return _in_order(standard, errors)


def _relevant(standard: Standard, content: Content) -> Content:
    answers = standard.relevant(content.answers)
    asked = {field.name for field in standard.asked_fields if field.is_asked(answers)}
    return replace(
        content,
        answers=answers,
        withheld=tuple(entry for entry in content.withheld if entry["field"] in asked),
        not_stated=tuple(n for n in content.not_stated if n in asked and n not in answers),
        translations={k: v for k, v in content.translations.items() if k in answers},
    )


def _arising(standard: Standard, content: Content) -> Content:
    """Leave out what is said of questions that do not arise, but nothing of unknown ones."""
    answers = standard.relevant(content.answers)
    idle = {field.name for field in standard.asked_fields if not field.is_asked(answers)}
    return Content(
        answers={k: v for k, v in content.answers.items() if k not in idle},
        withheld=tuple(entry for entry in content.withheld if entry["field"] not in idle),
        not_stated=tuple(name for name in content.not_stated if name not in idle),
        translations={k: v for k, v in content.translations.items() if k not in idle},
        erased=content.erased,
    )


def _withheld_errors(
    standard: Standard, content: Content, *, is_draft: bool = False
) -> Iterator[tuple[str, str]]:
    if not content.withheld:
        return
    parts = standard.field("withheld").parts
    schema = schema_of(parts, is_lenient=False)
    withholdable = {field.name for field in standard.asked_fields if field.is_withholdable}
    for entry in content.withheld:
        name = entry["field"]
        if name not in withholdable:
            yield f"withheld.{name}", _("This answer cannot be withheld.")
            continue
        withholdable.discard(name)  # A second entry of the same field cannot stand.
        for path, sentence in _judged(schema, entry):
            yield f"withheld.{name}.{path}", sentence
        if is_draft or f"withheld.{name}" in content.erased_fields:
            continue
        yield from missing_of_withholding(parts, entry, f"withheld.{name}", content.languages[0])


def _source_errors(
    standard: Standard, content: Content, *, is_imported: bool
) -> Iterator[tuple[str, str]]:
    known = {field.name for field in standard.asked_fields}
    for name in content.not_stated:
        if name not in known or not is_imported:
            yield name, _("Answer this question, or withhold the answer and say why.")
    for name, by_language in content.translations.items():
        if name not in known or not tells_translations(by_language):
            yield f"translations.{name}", HOW_TRANSLATED


def _judged(schema: Any, values: Any) -> Iterator[tuple[str, str]]:
    try:
        schema.load(values)
    except ValidationError as error:
        yield from flat(error.messages)


def flat(messages: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Spell marshmallow's nested messages as ``("risks.0.description.en", sentence)``."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step = () if key == "_schema" else (str(key),)
            yield from flat(inner, path + step)
    else:
        for sentence in messages:
            yield ".".join(path), sentence if isinstance(sentence, Message) else str(sentence)


def _in_order(standard: Standard, errors: Errors) -> Errors:
    order = {field.name: position for position, field in enumerate(standard)}

    def position(path: str) -> int:
        steps = path.split(".")
        name = steps[1] if steps[0] in {"withheld", "translations"} and len(steps) > 1 else steps[0]
        return order.get(name, len(order))

    return {path: errors[path] for path in sorted(errors, key=position)}
