"""The shape of an answer, kind by kind, in marshmallow's words."""

import re
from collections.abc import Callable, Mapping, Sized
from datetime import date
from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from register.errors import Message
from register.standard.field import Field, Kind
from register.standard.marking import _

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
PARTIAL = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
FULL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")
CURRENCY = re.compile(r"[A-Z]{3}")
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
LARGEST_NUMBER = 10**12
NONE = "none"  # the option that stands alone wherever it is offered

Sentences = dict[str, str | list[Any] | dict[Any, Any]]

ABSENT: Sentences = {"required": _("Answer this question."), "null": _("Answer this question.")}
TEXT: Sentences = ABSENT | {"invalid": _("This must be text.")}
LIST: Sentences = ABSENT | {"invalid": _("This must be a list.")}
MAPPING: Sentences = ABSENT | {"invalid": _("This must be a set of named values.")}
NUMBER: Sentences = ABSENT | {
    "invalid": _("Enter a whole number, such as 1200."),
    "too_large": _("This number is too large."),
}

Rule = Callable[[Any], None]


class StrictSchema(Schema):
    """A schema that refuses names that the standard does not know."""

    error_messages = {  # noqa: RUF012
        "unknown": _("The standard has no such question."),
        "type": _("This must be a set of named values."),
    }

    class Meta:
        """How marshmallow treats what is not declared."""

        unknown = RAISE


class Texts(fields.Dict):
    """Texts by language, whose errors are keyed by language and not by "key" and "value"."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super()._deserialize(*args, **kwargs)  # type: ignore[no-untyped-call]
        except ValidationError as error:
            if isinstance(error.messages, list):
                raise
            raise ValidationError(
                {
                    language: [sentence for listed in wrong.values() for sentence in listed]
                    for language, wrong in error.messages.items()
                }
            ) from error


@cache
def schema_of(questions: tuple[Field, ...], *, is_lenient: bool) -> Schema:
    """Give the schema of a set of questions; a lenient one accepts texts of any length.

    Making one takes fifteen times as long as using it, so each is made once and kept.
    """
    made = {question.name: field_of(question, is_lenient=is_lenient) for question in questions}
    return StrictSchema.from_dict(made)()


def field_of(question: Field, *, is_lenient: bool) -> fields.Field[Any]:
    """Translate one question by its kind."""
    return TABLE[question.kind](question, is_lenient)


def _string(*rules: Rule) -> fields.Field[Any]:
    return fields.String(error_messages=TEXT, validate=[_storable, *rules])


def _text(question: Field, is_lenient: bool) -> fields.Field[Any]:
    rules = [] if is_lenient or not question.max_length else [_at_most(question.max_length)]
    if not question.localized:
        return _string(_not_blank, *rules)
    return Texts(
        keys=_string(_matching(LANGUAGE, _("This is not a language code."))),
        values=_string(_not_blank, *rules),
        error_messages=MAPPING,
        validate=_not_empty,
    )


def _lines(question: Field, is_lenient: bool) -> fields.Field[Any]:
    rules = [] if is_lenient or not question.max_length else [_at_most(question.max_length)]
    return fields.List(
        _string(_not_blank, *rules), error_messages=LIST, validate=[_not_empty, _at_most_items(100)]
    )


def _choice(question: Field, _is_lenient: bool) -> fields.Field[Any]:
    return _string(_one_of(question))


def _choices(question: Field, is_lenient: bool) -> fields.Field[Any]:
    rules = [_not_empty, _distinct] if is_lenient else [_not_empty, _distinct, _none_alone]
    return fields.List(_string(_one_of(question)), validate=rules, error_messages=LIST)


def _yes_no(_question: Field, _is_lenient: bool) -> fields.Field[Any]:
    pattern = re.compile("yes|no|unknown")
    return _string(_matching(pattern, _("Choose yes, no or not known.")))


def _date(_question: Field, _is_lenient: bool) -> fields.Field[Any]:
    return _string(_real_date(FULL, _("Enter a real date with day, month and year.")))


def _partial_date(_question: Field, _is_lenient: bool) -> fields.Field[Any]:
    sentence = _("Enter a real date. A year, or a month and a year, is enough.")
    return _string(_real_date(PARTIAL, sentence))


def _number(_question: Field, _is_lenient: bool) -> fields.Field[Any]:
    return fields.Integer(strict=True, error_messages=NUMBER, validate=_countable)


def _money(_question: Field, _is_lenient: bool) -> fields.Field[Any]:
    amount = _string(_matching(AMOUNT, _("Enter an amount in digits, such as 1250000.00.")))
    currency = _string(_matching(CURRENCY, _("Enter the currency's three letters, such as PKR.")))
    amount.required = currency.required = True
    schema = StrictSchema.from_dict({"amount": amount, "currency": currency})
    return fields.Nested(schema, error_messages=MAPPING)


def _url(_question: Field, _is_lenient: bool) -> fields.Field[Any]:
    is_url = validate.URL(schemes={"http", "https"}, require_tld=True)
    sentence = _("Enter a full web address that starts with https://.")
    return _string(_accepted_by(is_url, sentence), _at_most(2000))


def _email(_question: Field, _is_lenient: bool) -> fields.Field[Any]:
    sentence = _("Enter an e-mail address such as office@agency.example.")
    return _string(_accepted_by(validate.Email(), sentence), _at_most(254))


def _agency(_question: Field, _is_lenient: bool) -> fields.Field[Any]:
    return _string(_matching(SLUG, _("Choose an agency from the directory.")))


def _group(question: Field, is_lenient: bool) -> fields.Field[Any]:
    return fields.Nested(
        schema_of(question.parts, is_lenient=is_lenient),
        error_messages=MAPPING,
        validate=_not_empty,
    )


def _groups(question: Field, is_lenient: bool) -> fields.Field[Any]:
    return fields.List(
        _group(question, is_lenient),
        error_messages=LIST,
        validate=[_not_empty, _at_most_items(100)],
    )


TABLE: Mapping[Kind, Callable[[Field, bool], fields.Field[Any]]] = {
    Kind.LINE: _text,
    Kind.PROSE: _text,
    Kind.LINES: _lines,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _partial_date,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.URL: _url,
    Kind.EMAIL: _email,
    Kind.AGENCY: _agency,
    Kind.GROUP: _group,
    Kind.GROUPS: _groups,
}


def _storable(text: str) -> None:
    if UNSTORABLE.search(text):
        raise ValidationError(_("This contains a character that cannot be stored. Type it again."))


def _not_blank(text: str) -> None:
    if not text.strip():
        raise ValidationError(_("Answer this question."))


def _not_empty(values: Sized) -> None:
    if not values:
        raise ValidationError(_("Answer this question."))


def _at_most(length: int) -> Rule:
    def rule(text: str) -> None:
        if len(text) > length:
            raise ValidationError(
                Message(
                    _("Use at most %(most)s characters; this has %(used)s."),
                    most=length,
                    used=len(text),
                )
            )

    return rule


def _at_most_items(most: int) -> Rule:
    def rule(items: list[Any]) -> None:
        if len(items) > most:
            raise ValidationError(Message(_("Give at most %(most)s entries."), most=most))

    return rule


def _one_of(question: Field) -> Rule:
    values = frozenset(option.value for option in question.options)

    def rule(value: str) -> None:
        if value not in values:
            raise ValidationError(_("Choose one of the answers that are offered."))

    return rule


def _distinct(values: list[str]) -> None:
    if len(set(values)) < len(values):
        raise ValidationError(_("Choose each answer only once."))


def _none_alone(values: list[str]) -> None:
    if NONE in values and len(values) > 1:
        raise ValidationError(_("Choose “none” alone, or the other answers without it."))


def _matching(pattern: re.Pattern[str], sentence: str) -> Rule:
    def rule(text: str) -> None:
        if not pattern.fullmatch(text):
            raise ValidationError(sentence)

    return rule


def _real_date(pattern: re.Pattern[str], sentence: str) -> Rule:
    def rule(text: str) -> None:
        if not pattern.fullmatch(text):
            raise ValidationError(sentence)
        try:
            date.fromisoformat((text + "-01-01")[:10])
        except ValueError:
            raise ValidationError(sentence) from None

    return rule


def _countable(number: int) -> None:
    if not 0 <= number <= LARGEST_NUMBER:
        raise ValidationError(_("Enter a whole number, such as 1200."))


def _accepted_by(judge: Callable[[str], Any], sentence: str) -> Rule:
    def rule(text: str) -> None:
        try:
            judge(text)
        except ValidationError:
            raise ValidationError(sentence) from None

    return rule
