"""What an address or a form says beside its content: checked by name, refused by name."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from urllib.parse import quote, urlencode

from flask import request

from register import clock
from register.errors import Invalid, Message
from register.standard.marking import _

LONGEST_NAME = 80  # in a sentence
LONGEST_ID = 9  # digits


class WrongParameter(Invalid):
    """A parameter of the address means nothing here: its ``name``, and what can be done."""

    def __init__(self, sentence: str, name: str, ways_out: Sequence[str] = ()) -> None:
        """Say what is wrong and what to do; without ``ways_out``, to leave the parameter out."""
        told = list(ways_out) or [_("Leave this parameter out.")]
        super().__init__(sentence, {name[:LONGEST_NAME]: told})
        self.name = name


def check_names(known: Collection[str]) -> None:
    """Raise :exc:`Invalid` if the address has a parameter that is not ``known``."""
    for name in request.args:
        if name not in known:
            sentence = _("This address has no parameter called “%(name)s”.")
            raise WrongParameter(Message(sentence, name=name[:LONGEST_NAME]), name)


def no_such_value(name: str, ways_out: Sequence[str] = ()) -> WrongParameter:
    """Give the error for a parameter that has no such value."""
    sentence = Message(_("The parameter “%(name)s” of this address has no such value."), name=name)
    return WrongParameter(sentence, name, ways_out)


def too_many_values(name: str, most: int) -> WrongParameter:
    """Give the error for a parameter that is repeated too often."""
    sentence = _("The parameter “%(name)s” of this address has more than %(most)s values.")
    way_out = Message(_("Give at most %(most)s values, or leave this parameter out."), most=most)
    return WrongParameter(Message(sentence, name=name, most=most), name, [way_out])


def without(name: str) -> str:
    """Give the address that was asked for without a parameter, in the same language."""
    path = quote(request.script_root + request.path)
    left = [(each, value) for each, value in request.args.items(multi=True) if each != name]
    return f"{path}?{urlencode(left)}" if left else path


def read_day(name: str, text: str) -> date:
    """Read the day that a parameter gives; raise :exc:`Invalid` if it is none."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        words = _("Enter a real date with day, month and year.")
        raise no_such_value(name, [words]) from None


def past_day(name: str) -> date | None:
    """Read a day up to today, if the address has one.

    Raise :exc:`Invalid` if it is no day, or is still to come: of that nothing is known.
    """
    text = request.args.get(name)
    if not text:
        return None
    day = read_day(name, text)
    if day > clock.today():
        raise no_such_value(name, [_("This day is still to come.")])
    return day


def days_asked(first: str, last: str) -> tuple[date | None, date | None]:
    """Read the days up to today from and until which something is asked for, if it says any.

    Raise :exc:`Invalid` by parameter, of both at once.
    """
    days: dict[str, date | None] = {}
    errors: dict[str, list[str]] = {}
    for name in (first, last):
        try:
            days[name] = past_day(name)
        except WrongParameter as error:
            errors |= error.errors
    start, end = days.get(first), days.get(last)
    if start and end and start > end:
        errors[last] = [_("The last day comes before the first one.")]
    if errors:
        raise Invalid(_("These days cannot be shown."), errors)
    return start, end


@contextmanager
def blaming_parameters() -> Iterator[None]:
    """Turn an :exc:`Invalid` that is keyed by parameters into the error of the first of them."""
    try:
        yield
    except WrongParameter:
        raise
    except Invalid as error:
        if not error.errors:
            raise
        name, sentences = next(iter(error.errors.items()))
        raise no_such_value(name, sentences) from error


def id_asked(name: str) -> int | None:
    """Read the number of something kept; raise :exc:`Invalid` if the address has another text."""
    text = request.args.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_ID:
        raise no_such_value(name)
    return int(text)


def values_asked(name: str, known: Collection[str]) -> tuple[str, ...]:
    """Read a parameter that may be repeated; an empty one asks for nothing.

    Raise :exc:`Invalid` if a value is not ``known``.
    """
    values = tuple(value for value in request.args.getlist(name) if value)
    if not set(values) <= set(known):
        raise no_such_value(name)
    return values


def lock_version() -> int:
    """Read from the form which state of a filing its sender saw."""
    text = request.form.get("lock_version", "")
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise Invalid(_("This form is not complete. Go back, reload it and send it again."))
    return int(text)
