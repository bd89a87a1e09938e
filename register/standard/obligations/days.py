"""Reckoning with days: dates that are only partly known, months, and the periods of returns."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from register.standard.obligations.facts import Rules

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class Period:
    """A year for which agencies make a return, from its first day to its last."""

    name: str
    first: date
    last: date


def last_day_of(text: str) -> date | None:
    """Give the last day of the stated year or month, or the stated day; ``None`` if unreadable.

    Whoever states less than a day has the benefit of the doubt.
    """
    match = _PARTIAL.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        month = month or 12
        return date(year or 0, month, day or calendar.monthrange(year or 0, month)[1])
    except ValueError:
        return None


def add_days(day: date, count: int) -> date:
    """Give the day so many days later, within what the calendar has."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


def add_months(day: date, count: int) -> date:
    """Give the same day so many months later, or the last day of a month that is too short."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def period_of(day: date, rules: Rules) -> str:
    """Give the period in which a day lies: ``2026``, or ``2026-27`` where it spans two years."""
    return _period_at(day, rules).name


def periods_between(first: date, last: date, rules: Rules) -> Iterator[Period]:
    """Give every period from the one in which ``first`` lies to the one in which ``last`` lies."""
    if first > last:
        return
    period = _period_at(first, rules)
    yield period
    while period.last < last:
        period = _period_at(add_days(period.last, 1), rules)
        yield period


def _period_at(day: date, rules: Rules) -> Period:
    month, start = (int(part) for part in rules.period_starts.split("-"))
    year = day.year if (day.month, day.day) >= (month, start) else day.year - 1
    first = date(max(year, 1), month, start) if year else date.min
    last = add_days(date(year + 1, month, start), -1) if year < date.max.year else date.max
    is_plain = (month, start) == (1, 1)
    return Period(f"{year}" if is_plain else f"{year}-{(year + 1) % 100:02d}", first, last)
