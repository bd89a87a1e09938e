"""What is mandatory and neither answered, withheld, nor excused."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from register.errors import Message
from register.standard.content import Content
from register.standard.field import Answers, Field, Kind, Standard
from register.standard.marking import _

ANSWER = _("Answer this question, or withhold the answer and say why.")
ANSWER_PLAINLY = _("Answer this question.")
ANSWER_TO_WITHHOLD = _("Answer this to withhold the answer.")
ANSWER_IN = _("Answer this in %(language)s, the language in which you file.")


def missing_answers(
    standard: Standard, content: Content, *, leave_out: Set[str], is_imported: bool = False
) -> Iterator[tuple[str, str]]:
    """Give path and sentence of each gap; ``leave_out`` names fields of a wrong shape.

    Of an imported answer nothing is demanded: what the source does not say cannot be made up.
    """
    answers = standard.relevant(content.answers)
    excused = content.withheld_fields | set(content.not_stated) | content.erased_fields
    for field in standard.asked_fields:
        if field.name in leave_out:
            continue
        answer = answers.get(field.name)
        if answer is None:
            if field.is_required(answers) and field.name not in excused:
                yield field.name, ANSWER if field.is_withholdable else ANSWER_PLAINLY
        elif field.name not in excused and not is_imported:
            around = _Around(answers, content.languages[0])
            yield from _inner_gaps(field, answer, field.name, around)


def missing_of_withholding(
    parts: Iterable[Field], entry: Mapping[str, Any], path: str, language: str
) -> Iterator[tuple[str, str]]:
    """Give path and sentence of what an entry under ``withheld`` leaves out."""
    for part in parts:
        stated = entry.get(part.name)
        if part.required and not stated:
            yield f"{path}.{part.name}", ANSWER_TO_WITHHOLD
        elif part.localized and isinstance(stated, Mapping) and language not in stated:
            yield f"{path}.{part.name}.{language}", Message(ANSWER_IN, language=language)


def required_but_absent(standard: Standard, content: Content) -> tuple[str, ...]:
    """Name the mandatory fields without any answer and without a withholding."""
    answers = standard.relevant(content.answers)
    return tuple(
        field.name
        for field in standard.asked_fields
        if field.is_required(answers)
        and field.name not in answers
        and field.name not in content.withheld_fields | content.erased_fields
    )


@dataclass(frozen=True)
class _Around:
    """What conditions and languages an answer is judged by."""

    answers: Answers
    language: str


def _inner_gaps(field: Field, answer: Any, path: str, around: _Around) -> Iterator[tuple[str, str]]:
    if field.kind is Kind.GROUP:
        yield from _part_gaps(field, answer, path, around)
    elif field.kind is Kind.GROUPS:
        for position, item in enumerate(answer):
            yield from _part_gaps(field, item, f"{path}.{position}", around)
    elif field.localized and field.is_required(around.answers) and around.language not in answer:
        yield f"{path}.{around.language}", Message(ANSWER_IN, language=around.language)


def _part_gaps(
    field: Field, item: Mapping[str, Any], path: str, around: _Around
) -> Iterator[tuple[str, str]]:
    for part in field.parts:
        answer = item.get(part.name)
        if answer is None:
            if part.is_required(around.answers):
                yield f"{path}.{part.name}", ANSWER_PLAINLY
        else:
            yield from _inner_gaps(part, answer, f"{path}.{part.name}", around)
