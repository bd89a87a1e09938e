"""Moments of the past that are asked about, and from when on what is said of them stays.

A day is asked about to its end in UTC, and a second to its end: what was public then counts. Who
asks about the day or the second that it is now asks about now.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from register import clock
from register.errors import Invalid
from register.schemas.asking import NO_MOMENT
from register.standard.marking import _

#: So long after a moment all that was done by then is written; no transaction takes as long.
SETTLING = timedelta(minutes=10)
_SECOND = timedelta(seconds=1)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True)
class AsOf:
    """What is asked about: a day or, with a time, a moment of it; ``before`` is ``None`` for now.

    Otherwise ``before`` is the first moment that does not belong to it any more.
    """

    day: date
    moment: datetime | None
    before: datetime | None

    def has(self, moment: datetime) -> bool:
        """Tell whether what was done at a moment belongs to it."""
        return self.before is None or moment < self.before

    @property
    def text(self) -> str:
        """What is asked about, as it is written in addresses."""
        return clock.stamp(self.moment) if self.moment else self.day.isoformat()

    @property
    def file_text(self) -> str:
        """The same as a part of a file's name."""
        return self.text.replace(":", "")


def read_as_of(text: str) -> AsOf:
    """Read a day such as 2026-11-23, or a moment in UTC such as 2026-11-23T06:17:00Z.

    Raise :exc:`Invalid` if it is neither, or is still to come: of that nothing is known.
    """
    try:
        if _DAY.fullmatch(text):
            return of_day(date.fromisoformat(text))
        if _MOMENT.fullmatch(text):
            return of_moment(datetime.fromisoformat(text).astimezone(UTC))
    except ValueError:
        pass
    raise _refused(NO_MOMENT)


def of_day(day: date) -> AsOf:
    """Ask about a day, to its end. Raise :exc:`Invalid` if it is still to come."""
    if day > clock.today():
        raise _refused(_("This day is still to come."))
    return AsOf(day, None, clock.end_of(day) if day < clock.today() else None)


def of_moment(moment: datetime) -> AsOf:
    """Ask about a second, to its end. Raise :exc:`Invalid` if it is still to come."""
    if moment > clock.now():
        raise _refused(_("This moment is still to come."))
    end = moment + _SECOND
    return AsOf(moment.date(), moment, end if end <= clock.now() else None)


def as_of_now() -> AsOf:
    """Give what is asked about where nobody names a moment."""
    return AsOf(clock.today(), None, None)


def is_settled(before: datetime | None) -> bool:
    """Tell whether the same is said of a moment for good, whenever it is asked about."""
    return before is not None and before <= clock.now() - SETTLING


def _refused(sentence: str) -> Invalid:
    return Invalid(sentence, {"as_of": [sentence]})
