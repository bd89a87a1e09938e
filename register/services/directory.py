"""The directory of public bodies: reading it, and taking it in from a file."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from register.errors import Invalid, Message
from register.standard.bodies import APPROVALS, LEVELS
from register.standard.marking import _
from register.standard.publication import Body
from register.storage import agencies, events, publications, transaction

LEVEL_VALUES = frozenset(option.value for option in LEVELS)
APPROVAL_VALUES = frozenset(option.value for option in APPROVALS)
TEXTS = ("slug", "abbreviation", "level", "sector", "parent", "approval", "in_scope_from")
LONGEST_SLUG = 100
EARLIEST = date(2000, 1, 1)  # no duty to disclose AI is older; an earlier day is a slip
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def list_bodies() -> list[Body]:
    """Give every body in the directory, by slug."""
    return [agencies.body_of(agency) for agency in agencies.list_agencies()]


def get_body(slug: str) -> Body:
    """Give one body; raise :exc:`NotFound` if there is none."""
    return agencies.body_of(agencies.get_agency(slug))


def published_counts() -> dict[str, int]:
    """Tell how many published disclosures each body has, by slug."""
    return publications.count_published_by_agency()


def system_counts() -> dict[str, int]:
    """Tell how many published disclosures each body has that are no nil returns, by slug."""
    return publications.count_published_by_agency(with_nil_returns=False)


def slug_of(name: str) -> str:
    """Make a slug from a name: ``Ministry of Health`` gives ``ministry-of-health``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].strip("-")


def read_agencies(text: str) -> list[dict[str, Any]]:
    """Read agencies from JSON (a list of objects) or CSV (columns ``slug``, ``name_en``, …)."""
    if not text.lstrip().startswith(("[", "{")):
        return [_from_csv(row) for row in csv.DictReader(io.StringIO(text))]
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(Message(_("The file is not JSON: %(why)s"), why=str(error))) from error
    if not isinstance(read, list) or not all(isinstance(each, dict) for each in read):
        raise Invalid(_("The file must hold a list of agencies."))
    return read


def import_agencies(rows: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """Take agencies in, parents first; give how many were new or changed, and how many not.

    Raise :exc:`Invalid` by row (``3.level``) if any row is wrong; nothing is stored then.
    """
    listed = list(rows)
    errors: dict[str, list[str]] = {}
    for position, row in enumerate(listed, start=1):
        for column, sentence in row_errors(row):
            errors.setdefault(f"{position}.{column}", []).append(sentence)
    if errors:
        raise Invalid(_("The directory has rows that need to be corrected."), errors)
    changed = 0
    with transaction():
        for row in listed:
            changed += _put(row)
        for row in listed:
            parent = agencies.get_agency(row["parent"]).id if row.get("parent") else None
            agency, _moved = agencies.put_agency(row["slug"], {"parent_id": parent})
            _check_tree(agency.slug)
    return changed, len(listed) - changed


def _put(row: Mapping[str, Any]) -> bool:
    """Add or change an agency; who approves its filings does not change without a trace."""
    values, since = values_of(row), row.get("in_scope_from") or None
    known = agencies.find_agency(row["slug"])
    if known is not None and known.approval != values["approval"]:
        details = {"agency": known.slug, "changed": "approval"}
        events.add_event("agency_changed", by=None, details=details)
    day = date.fromisoformat(since) if since else None
    return agencies.put_agency(row["slug"], values, in_scope_from=day)[1]


def values_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is kept of an agency that is described without errors, but for its parent."""
    return {
        "names": dict(row["names"]),
        "abbreviation": str(row.get("abbreviation") or ""),
        "level": row["level"],
        "sector": str(row.get("sector") or ""),
        "approval": row.get("approval") or "agency",
    }


def row_errors(row: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Give column and sentence of whatever is wrong with the description of an agency."""
    given = {column: row[column] for column in TEXTS if row.get(column) is not None}
    odd = [column for column, value in given.items() if not _is_text(value)]
    if odd:
        yield from ((column, _("This must be text.")) for column in odd)
        return
    names = row.get("names")
    slug = row.get("slug") or ""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        yield "slug", _("Use small letters, digits and hyphens.")
    if (
        not isinstance(names, dict)
        or not names
        or not all(_is_text(name) and name.strip() for name in names.values())
    ):
        yield "names", _("Give the name in at least one language.")
    if row.get("level") not in LEVEL_VALUES:
        yield "level", Message(_("Use one of: %(values)s."), values=", ".join(sorted(LEVEL_VALUES)))
    if row.get("in_scope_from") and not _is_day(row["in_scope_from"]):
        yield "in_scope_from", _("Enter the date as year, month and day: 2026-11-23.")
    if (row.get("approval") or "agency") not in APPROVAL_VALUES:
        yield (
            "approval",
            Message(_("Use one of: %(values)s."), values=", ".join(sorted(APPROVAL_VALUES))),
        )


def _is_day(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
        return day.isoformat() == text and day >= EARLIEST
    except ValueError:
        return False


def _is_text(value: object) -> bool:
    """Tell whether this is text that every database can keep."""
    return isinstance(value, str) and not re.search("[\0\ud800-\udfff]", value)


def _check_tree(slug: str) -> None:
    seen: list[str] = []
    body: str | None = slug
    while body is not None:
        if body in seen:
            raise Invalid(Message(_("%(slug)s stands below itself in the tree."), slug=slug))
        seen.append(body)
        body = agencies.body_of(agencies.get_agency(body)).parent


def _from_csv(row: Mapping[str, str | None]) -> dict[str, Any]:
    names = {k[5:]: v.strip() for k, v in row.items() if k and k.startswith("name_") and v}
    plain = {k: (v or "").strip() for k, v in row.items() if k and not k.startswith("name_")}
    return {**plain, "names": names, "parent": plain.get("parent") or None}
