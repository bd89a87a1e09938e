"""What an address or a form says beside its content: checked by name, refused by name."""

from collections.abc import Collection, Sequence

from flask import request

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


def lock_version() -> int:
    """Read from the form which state of a filing its sender saw."""
    text = request.form.get("lock_version", "")
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise Invalid(_("This form is not complete. Go back, reload it and send it again."))
    return int(text)
