"""Which questions a record answers, of those that arise for it.

An unanswered question leaves open what depends on it, so what may still arise counts until an
answer says that it does not. That is why one more answer never makes a record less complete.
"""

from collections.abc import Iterator, Set
from typing import Any

from register.schemas.quality.marks import Finding
from register.schemas.quality.texts import texts_within
from register.standard.content import Content
from register.standard.field import Answers, Field, Kind, Standard, When
from register.standard.quality import BY_ID, MEASURED, SILENCE_SAYS_NONE


def completeness(standard: Standard, public: Content) -> tuple[float, list[Finding]]:
    """Give the share that is answered, and what is not."""
    answered, missing, findings = 0, 0.0, []
    optional = BY_ID["answered"].limits["weight_of_optional"]
    for field, is_required in _counted(standard, public):
        if _is_settled(field, public):
            answered += 1
        else:
            missing += 1 if is_required else optional
            if field.name not in public.answers and field.is_asked(public.answers):
                findings.append(Finding(rule="answered", field=field.name))
    return answered / ((answered + missing) or 1), findings


def characters(text: str) -> int:
    """Count the characters of a text in which each word counts once."""
    return len(" ".join(dict.fromkeys(text.casefold().split())))


def least_characters(field: str, *, is_part: bool) -> int:
    """Tell how much a long text has to say at least."""
    limits = BY_ID["enough"].limits
    name = "first" if field in MEASURED else "others"
    return int(limits["parts" if is_part else name])


def _counted(standard: Standard, public: Content) -> Iterator[tuple[Field, bool]]:
    """Give the questions that arise, or may arise, and whether the standard demands each."""
    still_open = _still_open(standard, public)
    for field in standard.asked_fields:
        is_given = field.name in public.answers
        if not field.public or field.name in SILENCE_SAYS_NONE:
            continue
        if is_given or _may_arise(field, public, still_open):
            demands = field.required
            yield field, any(_may_hold(each, public.answers, still_open) for each in demands)


def _still_open(standard: Standard, public: Content) -> set[str]:
    """Give the questions to which the public may still read an answer one day."""
    still_open: set[str] = set()
    settled = {*public.answers, *public.withheld_fields}
    for field in standard.asked_fields:
        if field.public and field.name not in settled and _may_arise(field, public, still_open):
            still_open.add(field.name)
    return still_open


def _may_arise(field: Field, public: Content, still_open: Set[str]) -> bool:
    return all(_may_hold(each, public.answers, still_open) for each in field.asked)


def _may_hold(when: When, answers: Answers, still_open: Set[str]) -> bool:
    is_open = when.field.partition(".")[0] in still_open
    return (is_open or when.holds_alone(answers)) and all(
        _may_hold(also, answers, still_open) for also in when.also
    )


def _is_settled(field: Field, public: Content) -> bool:
    if field.name in public.withheld_fields:
        return True
    answer = public.answers.get(field.name)
    return answer not in (None, "", [], {}) and _says_enough(field, answer)


def _says_enough(field: Field, answer: Any) -> bool:
    """Tell whether any long text of the answer says something, if it has long texts at all."""
    long = [text for text in texts_within(field, answer) if text.kind is Kind.PROSE]
    return not long or any(
        characters(words) >= least_characters(field.name, is_part=text.is_part)
        for text in long
        for words in text.by_language.values()
    )
