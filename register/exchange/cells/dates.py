"""Dates as people type them, read as partial dates: a year, a month or a day."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from register.exchange.cells.values import one_line

FIRST_YEAR, LAST_YEAR = 1950, 2100
_DAY_ZERO = date(1899, 12, 30)  # of the day numbers in spreadsheets
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_TIME = r"(?:[ t]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z)?)?"


@dataclass(frozen=True)
class DateReading:
    """A partial date (``None`` if there is none) and what was doubtful about it (``""`` if not)."""

    value: str | None
    doubt: str = ""


def partial_date(text: str, *, fiscal_year_starts: int = 10) -> DateReading:
    """Read a date in any of the forms that inventories use.

    Of two numbers before a year the first is the month, as in the United States, unless it cannot
    be. Quarters and fiscal quarters (counted from month ``fiscal_year_starts``) keep only their
    year. A year outside 1950 to 2100 is not believed.
    """
    text = one_line(text).casefold()
    for pattern, read in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            return _plausible(read(match, fiscal_year_starts))
    return DateReading(None, "is not a date in a form that is known")


def _plausible(reading: DateReading) -> DateReading:
    if reading.value is None or FIRST_YEAR <= int(reading.value[:4]) <= LAST_YEAR:
        return reading
    return DateReading(None, f"gives a year outside {FIRST_YEAR} to {LAST_YEAR}")


def _numbers(match: re.Match[str], _starts: int) -> DateReading:
    """Read year, month and day from the groups of that name."""
    found = match.groupdict()
    year, month = int(found["year"]), found.get("month")
    doubt = "is followed by a remark, which only the source row keeps" if found.get("more") else ""
    if month is None:
        return DateReading(f"{year:04}", doubt)
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    day = int(found["day"]) if found.get("day") else None
    if day is not None and number > 12 >= day:
        number, day = day, number
    return _checked(year, number, day, doubt)


def _checked(year: int, month: int, day: int | None, doubt: str) -> DateReading:
    try:
        written = date(year, month, day or 1)
    except ValueError:
        return DateReading(None, "is not a day in the calendar")
    if 1900 <= year < FIRST_YEAR:
        return _year_kept_as_day(written)
    return DateReading(written.isoformat() if day else f"{year:04}-{month:02}", doubt)


def _year_kept_as_day(written: date) -> DateReading:
    """Undo what a spreadsheet does to a year in a cell meant for days: 2021 becomes 1905-07-13."""
    number = (written - _DAY_ZERO).days
    if FIRST_YEAR <= number <= LAST_YEAR:
        return DateReading(
            str(number), f"is what a spreadsheet makes of the year {number}, so read as that year"
        )
    return DateReading(None, f"gives a year outside {FIRST_YEAR} to {LAST_YEAR}")


def _short_year(match: re.Match[str], _starts: int) -> DateReading:
    year = int(match["short"])
    return _checked(2000 + year if year < 50 else 1900 + year, _month_number(match), None, "")


def _month_number(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"]) + 1


def _quarter(match: re.Match[str], _starts: int) -> DateReading:
    return DateReading(match["year"], "gives a quarter, of which only the year is kept")


def _fiscal_quarter(match: re.Match[str], starts: int) -> DateReading:
    year, quarter = int(match["year"]), int(match["quarter"])
    month = starts + 3 * (quarter - 1)
    begins_in = year + (month - 1) // 12 - (1 if starts > 1 else 0)
    begins_in += 2000 if begins_in < 100 else 0
    return DateReading(str(begins_in), "gives a fiscal quarter, of which only the year is kept")


def _day_number(match: re.Match[str], _starts: int) -> DateReading:
    written = _DAY_ZERO + timedelta(days=int(match["number"]))
    return DateReading(written.isoformat(), "is a spreadsheet's day number, read as that day")


def _ambiguous(_match: re.Match[str], _starts: int) -> DateReading:
    return DateReading(None, "may be a day without a year or a month with one")


_Reader = Callable[[re.Match[str], int], DateReading]
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"(?P<year>\d{4})", _numbers),
        (r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})", _numbers),
        (rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}", _numbers),
        (rf"(?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})[-/.](?P<year>\d{{4}}){_TIME}", _numbers),
        (r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})", _numbers),
        (rf"{_MONTH}[ ,-]+(?P<year>\d{{4}})", _numbers),
        (rf"{_MONTH}[ -]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})", _numbers),
        (rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH}[ ,-]+(?P<year>\d{{4}})", _numbers),
        (rf"{_MONTH}[-' ]+(?P<short>\d{{2}})", _short_year),
        (rf"\d{{1,2}}[- ]{_MONTH}", _ambiguous),
        (r"q(?P<quarter>[1-4])[ -]?(?:cy)?(?P<year>\d{4})", _quarter),
        (r"(?:cy)?(?P<year>\d{4})[ -]?q(?P<quarter>[1-4])", _quarter),
        (r"q(?P<quarter>[1-4])[ -]?fy[ -]?(?P<year>\d{4}|\d{2})", _fiscal_quarter),
        (r"fy[ -]?(?P<year>\d{4}|\d{2})[ -]?q(?P<quarter>[1-4])", _fiscal_quarter),
        (r"(?P<number>[2-7]\d{4})(?:\.\d+)?", _day_number),
        (
            r"(?P<year>\d{4})-(?P<month>\d{2})(?:-(?P<day>\d{2}))?(?P<more> (?!.*\d{4}-\d).*)",
            _numbers,
        ),
    )
)
