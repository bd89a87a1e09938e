"""The first and the last second of a day, a month or a year, in UTC."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta

NEVER = 1 << 62


def first_second(day: str) -> int:
    """Give the first second of ``2026``, ``2026-03`` or ``2026-03-01``, since 1970.

    Of an empty text it is before all time; of a day that does not exist, after all time.
    """
    if not day:
        return -NEVER
    try:
        return int(_parse(day).timestamp())
    except ValueError:
        return NEVER


def last_second(day: str) -> int:
    """Give the last second of a day, a month or a year; the other way round where there is none."""
    if not day:
        return NEVER
    try:
        start = _parse(day)
        days = {4: 366 if monthrange(start.year, 2)[1] == 29 else 365, 10: 1}
        length = days.get(len(day)) or monthrange(start.year, start.month)[1]
        return int((start + timedelta(days=length)).timestamp()) - 1
    except ValueError:
        return -NEVER
    except OverflowError:  # the calendar ends with the year 9999
        return NEVER


def _parse(day: str) -> datetime:
    return datetime.fromisoformat(day + "0001-01-01"[len(day) :]).replace(tzinfo=UTC)
