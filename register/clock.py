"""The time of day, in one place so that tests can set it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

_source: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731


def now() -> datetime:
    """Give the present moment in UTC, to the microsecond."""
    return _source()


def today() -> date:
    """Give the present day in UTC."""
    return now().date()


def start_of(day: date) -> datetime:
    """Give the moment at which a day begins, in UTC."""
    return datetime.combine(day, time(), UTC)


def end_of(day: date) -> datetime:
    """Give the first moment that is not of a day any more, in UTC."""
    return start_of(day) + timedelta(days=1)


def stamp(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC, to the second: ``2026-11-23T06:17:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be ``moment`` for a while: for tests, and for filings that tell of the past."""
    global _source  # noqa: PLW0603
    before = _source
    _source = lambda: moment  # noqa: E731
    try:
        yield
    finally:
        _source = before
