"""What the reading calls of the API are asked with, in marshmallow's words.

The values stand in an address, so each is a text; a call is read and documented from the same.
"""

import re
from collections.abc import Sequence
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from register.errors import Message
from register.schemas.whole import Whole
from register.standard.marking import _
from register.standard.obligations import DutyKind, DutyState

MOST = 1000
LARGEST = 2**53 - 1
NUMERAL = re.compile("[0-9]{1,16}")
MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?"
NO_MOMENT = _("Enter a day such as 2026-11-23, or a moment in UTC such as 2026-11-23T06:17:00Z.")
CURSOR = "[A-Za-z0-9_=-]{1,400}"


class Count(fields.Integer):
    """A number in digits, from ``least`` to ``most``."""

    def __init__(self, least: int, most: int, said: str, **more: Any) -> None:
        """Keep the bounds, and what the number is; they are documented, too."""
        self.least, self.most = least, most
        bounds = {"minimum": least, "maximum": most}
        super().__init__(metadata={"description": said, **bounds}, **more)

    def _deserialize(self, value: Any, *_rest: Any, **_more: Any) -> int:
        if not NUMERAL.fullmatch(value) or not self.least <= int(value) <= self.most:
            text = _("Use a number from %(least)s to %(most)s.")
            raise ValidationError(Message(text, least=self.least, most=self.most))
        return int(value)


class Choice(fields.String):
    """One of some values."""

    def __init__(self, *known: str, **more: Any) -> None:
        """Keep the values; they are documented, too."""
        self.known = known
        metadata = {"enum": [str(each) for each in known], **more.pop("metadata", {})}
        super().__init__(metadata=metadata, **more)

    def _deserialize(self, value: Any, *_rest: Any, **_more: Any) -> str:
        if value not in self.known:
            text = _("There are: %(known)s.")
            raise ValidationError(Message(text, known=", ".join(self.known)))
        return str(value)


class _Asked(Schema):
    class Meta:
        """How marshmallow treats what is not declared."""

        unknown = RAISE


def _limit(usual: int) -> Count:
    return Count(1, MOST, _("How many at most."), load_default=usual)


def _cursor() -> fields.Field[Any]:
    return fields.String(
        validate=Whole(CURSOR, error=_("Leave this parameter out.")),
        metadata={"description": _("Where to go on, as it stands in next.")},
    )


def _as_of() -> fields.Field[Any]:
    """Take what may be a moment of the past; services read it, since only a clock tells."""
    said = _("As the register stood at the end of this day, or of this second, in UTC.")
    shape = Whole(MOMENT, error=NO_MOMENT)
    return fields.String(validate=shape, metadata={"description": said})


def _filter(*known: str) -> fields.Field[Any]:
    one = Choice(*known) if known else fields.String()
    return fields.List(one, metadata={"description": _("Repeat it for “any of these”.")})


def _facet() -> fields.Field[Any]:
    said = _("Repeat it for “any of these”, with ten values at most.")
    return fields.List(fields.String(), metadata={"description": said})


def searching(facets: Sequence[str], sorts: Sequence[str]) -> tuple[type[Schema], type[Schema]]:
    """Give what a search and the counts beside it are asked with, for these filters and orders."""
    words = fields.String(metadata={"description": _("Words, as in the search box.")})
    filters = {name: _facet() for name in facets}
    order = _(
        "Another order than that of the references. Pages are then counted with page, and are not "
        "kept from moving while something is published."
    )
    paging: dict[str, fields.Field[Any]] = {
        "sort": Choice(*sorts, metadata={"description": order}),
        "page": Count(1, 10**6, _("Which page, where sort is given.")),
        "limit": _limit(100),
        "cursor": _cursor(),
    }
    search = _Asked.from_dict({"q": words, **filters, **paging}, name="Search")
    return search, _Asked.from_dict({"q": words, **filters}, name="Facets")


class Version(_Asked):
    """Which state of a disclosure is asked for."""

    version = Count(1, 10**6, _("The number of the version that is wanted."))
    as_of = _as_of()


class Changed(_Asked):
    """After which change to go on."""

    since = Count(
        0, LARGEST, _("The seq of the last change that you know; without it, from the first on.")
    )
    limit = _limit(100)


class Listed(_Asked):
    """Which page of a list."""

    limit = _limit(MOST)
    cursor = _cursor()


class Duties(Listed):
    """Which duties, and as of which moment."""

    agency = _filter()
    kind = _filter(*DutyKind)
    state = _filter(*DutyState)
    as_of = _as_of()


class AsOf(_Asked):
    """As of which moment."""

    as_of = _as_of()


class Exported(AsOf):
    """Which file, and as of which moment."""

    format = fields.String(
        load_default="ndjson", metadata={"description": _("The name of a format, as on /data.")}
    )
    file = fields.String(
        metadata={"description": _("The kind of file; the format's usual one without it.")}
    )
