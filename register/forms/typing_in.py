"""What people type, in the form in which it is kept: digits of any script, tidy white space."""

import re
import unicodedata

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_BREAKS = re.compile(r"\r\n?|\u2028|\u2029")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s,٬،'_](?=\d)")


def clean_text(text: str) -> str:
    """Give the text in NFC, without control characters and outer white space."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _BREAKS.sub("\n", text))).strip()


def clean_line(text: str) -> str:
    """Give the text on one line."""
    return re.sub(r"\s+", " ", clean_text(text))


def ascii_digits(text: str) -> str:
    """Write Urdu and Arabic digits as 0 to 9."""
    return text.translate(_DIGITS)


def clean_number(text: str) -> str:
    """Give a typed number without separators between its digits: ``۱۲٬۰۰۰`` gives ``12000``."""
    return _BETWEEN_DIGITS.sub("", ascii_digits(clean_line(text))).replace("٫", ".")


def joined_date(day: str, month: str, year: str) -> str:
    """Join what was typed into ``year-month-day``; what is no date stays recognisable.

    Missing parts at the end are left out (``2026``), so that a partial date can be one.
    """
    parts = [ascii_digits(clean_line(part)).replace("-", "/") for part in (year, month, day)]
    parts = [parts[0], *(part.zfill(2) if part.isdecimal() else part for part in parts[1:])]
    while parts and not parts[-1]:
        parts.pop()
    return "-".join(parts)


def split_date(kept: object) -> tuple[str, str, str]:
    """Take a kept date apart again: day, month, year as they are to be shown."""
    year, month, day = ([*str(kept or "").split("-", 2), "", "", ""])[:3]
    return _unpadded(day), _unpadded(month), year


def _unpadded(part: str) -> str:
    """Take away the zero that :func:`joined_date` puts before one digit, and nothing else."""
    return part[1:] if re.fullmatch(r"0[^0\D]", part) else part
