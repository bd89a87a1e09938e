"""What may be said of a public body in the directory, whoever says it: a form or a file."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from register.errors import Message
from register.standard import CURRENT
from register.standard.bodies import APPROVALS, LEVELS
from register.standard.marking import _

LEVEL_VALUES = frozenset(option.value for option in LEVELS)
APPROVAL_VALUES = frozenset(option.value for option in APPROVALS)
SECTOR_VALUES = frozenset(option.value for option in CURRENT.field("policy_domains").options)
TEXTS = ("slug", "abbreviation", "level", "sector", "parent", "approval", "in_scope_from")
LONGEST = {"abbreviation": 40, "sector": 60}
LONGEST_SLUG = 100
EARLIEST = date(2000, 1, 1)  # no duty to disclose AI is older; an earlier day is a slip
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def values_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is kept of an agency that is described without errors, but for its parent."""
    return {
        "names": dict(row["names"]),
        "abbreviation": str(row.get("abbreviation") or ""),
        "level": row["level"],
        "sector": str(row.get("sector") or ""),
        "approval": row.get("approval") or "agency",
    }


def shape_errors(row: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Give column and sentence of whatever is no text where a text belongs."""
    for column in TEXTS:
        if row.get(column) is not None and not _is_text(row[column]):
            yield column, _("This must be text.")
    names = row.get("names")
    if names is not None and not (
        isinstance(names, Mapping)
        and all(_is_text(each) for name in names.items() for each in name if each is not None)
    ):
        yield "names", _("Give the name in at least one language.")


def row_errors(row: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Give column and sentence of whatever is wrong with the whole description of an agency."""
    odd = list(shape_errors(row))
    if odd:
        yield from odd
        return
    slug = row.get("slug") or ""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        yield "slug", _("Use small letters, digits and hyphens.")
    if not _is_named(row.get("names") or {}):
        yield "names", _("Give the name in at least one language.")
    yield from _choice_errors(row)
    if row.get("in_scope_from") and not _is_day(row["in_scope_from"]):
        yield "in_scope_from", _("Enter the date as year, month and day: 2026-11-23.")
    for column, most in LONGEST.items():
        if len(row.get(column) or "") > most:
            yield column, _("This is too long.")


def _choice_errors(row: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if row.get("level") not in LEVEL_VALUES:
        yield "level", _one_of(LEVEL_VALUES)
    if (row.get("approval") or "agency") not in APPROVAL_VALUES:
        yield "approval", _one_of(APPROVAL_VALUES)


def _one_of(values: Iterable[str]) -> Message:
    return Message(_("Use one of: %(values)s."), values=", ".join(sorted(values)))


def _is_named(names: Mapping[str, str | None]) -> bool:
    return bool(names) and all(name and name.strip() for name in names.values())


def _is_day(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
        return day.isoformat() == text and day >= EARLIEST
    except ValueError:
        return False


def _is_text(value: object) -> bool:
    """Tell whether this is text that every database can keep."""
    return isinstance(value, str) and not re.search("[\0\ud800-\udfff]", value)
