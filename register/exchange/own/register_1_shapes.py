"""What stands where in a line of the format register-1, and how a moment is written there."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from register.standard.marking import _

_LARGEST = 2**31 - 1
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?Z")

#: A place in a line, such as ``versions.0.status``, and what is wrong there.
Wrong = tuple[str, str]
Check = tuple[Callable[[Any], bool], str]
Shape = Mapping[str, Check]


def moment_of(text: str) -> datetime:
    """Read a moment that has been found to be one."""
    return datetime.fromisoformat(text).astimezone(UTC)


def written_moment(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC, to the microsecond where it has any."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def _is_moment(value: Any) -> bool:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _or_null(check: Check) -> Check:
    return (lambda value: value is None or check[0](value)), check[1]


TEXT: Check = (_is_text, _("This must be text."))
TEXTS: Check = (_is_texts, _("This must be a text in each language."))
COUNT: Check = (_is_count, _("Enter a whole number, such as 1200."))
MOMENT: Check = (_is_moment, _("This must be a moment in UTC, such as 2026-11-23T06:17:00Z."))
LIST: Check = (lambda value: isinstance(value, list), _("This must be a list."))
OBJECT: Check = (lambda value: isinstance(value, dict), _("This must be a set of named values."))

HEADER: Shape = {
    "format": TEXT,
    "generator": TEXT,
    "standards": LIST,
    "agencies": COUNT,
    "disclosures": COUNT,
}
AGENCY: Shape = {
    "slug": TEXT,
    "name": TEXTS,
    "abbreviation": TEXT,
    "level": TEXT,
    "sector": TEXT,
    "parent": _or_null(TEXT),
}
DISCLOSURE: Shape = {
    "reference": TEXT,
    "agency": TEXT,
    "period": _or_null(TEXT),
    "versions": LIST,
}
VERSION: Shape = {
    "version": COUNT,
    "standard": TEXT,
    "status": TEXT,
    "published_at": MOMENT,
    "change_note": _or_null(TEXTS),
    "answers": OBJECT,
    "withheld": LIST,
    "not_stated": LIST,
    "translations": OBJECT,
    "import_provenance": _or_null(OBJECT),
}
#: What a version has besides, if something of it was erased.
VERSION_MAY: Shape = {"erased": LIST}
ERASED: Shape = {"field": TEXT, "basis": TEXT, "at": MOMENT}
PROVENANCE: Shape = {
    "source": TEXT,
    "source_id": _or_null(TEXT),
    "retrieved": MOMENT,
    "file": TEXT,
    "file_sha256": TEXT,
    "row": COUNT,
}


def misshapen(
    value: Mapping[str, Any], shape: Shape, path: str = "", *, may: Shape = MappingProxyType({})
) -> Iterator[Wrong]:
    """Give path and sentence of each key that is missing, too many, or not what it should be.

    Those of ``may`` need not be there.
    """
    before = f"{path}." if path else ""
    for key, (is_right, sentence) in {**shape, **may}.items():
        if key not in value:
            if key in shape:
                yield before + key, _("This is missing.")
        elif not is_right(value[key]):
            yield before + key, sentence
    for key in value:
        if key not in shape and key not in may:
            yield before + key, _("The format has no such key.")
