"""Which moment of the past an address asks about."""

from flask import request

from register.errors import Invalid
from register.services.past import AsOf, as_of_now, read_as_of
from register.web.parameters import no_such_value

NAME = "as_of"


def as_of_asked() -> AsOf:
    """Read the day or the moment that the address asks about; without one that is now.

    Raise :exc:`Invalid` by parameter if it is none, or is still to come.
    """
    text = request.args.get(NAME)
    if not text:
        return as_of_now()
    try:
        return read_as_of(text)
    except Invalid as error:
        raise no_such_value(NAME, error.errors[NAME]) from None
