"""What an address or a form says beside its content: checked by name, refused by name."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from flask import request

from register import clock
from register.errors import Invalid, Message
from register.standard.marking import _


def check_names(known: Collection[str]) -> None:
    """Raise :exc:`Invalid` if the address has a parameter that is not ``known``."""
    for name in request.args:
        if name not in known:
            raise Invalid(
                Message(_("There is no search parameter called “%(name)s”."), name=name[:80]),
                {name[:80]: [_("Leave this parameter out.")]},
            )


def no_such_value(name: str, ways_out: Sequence[str] = ()) -> Invalid:
    """Give the error for a parameter that has no such value."""
    sentence = Message(_("The search parameter “%(name)s” has no such value."), name=name)
    return Invalid(sentence, {name: list(ways_out) or [_("Leave this parameter out.")]})


def read_day(name: str, text: str) -> date:
    """Read the day that a parameter gives; raise :exc:`Invalid` if it is none."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        words = _("Enter a real date with day, month and year.")
        raise no_such_value(name, [words]) from None


def past_day(name: str = "as_of") -> date:
    """Read a day up to today, and give today if the address has none.

    Raise :exc:`Invalid` if it is no day, or is still to come: of that nothing is known.
    """
    text = request.args.get(name)
    day = read_day(name, text) if text else clock.today()
    if day > clock.today():
        raise no_such_value(name, [_("This day is still to come.")])
    return day


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
