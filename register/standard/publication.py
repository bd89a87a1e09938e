"""One published version of a disclosure, as plain facts that every door can present."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from register.standard.content import Content
from register.standard.lifecycle import Status


@dataclass(frozen=True, kw_only=True)
class Body:
    """A public body as the directory knows it; ``names`` is keyed by language."""

    slug: str
    names: Mapping[str, str]
    abbreviation: str
    level: str
    sector: str
    parent: str | None
    approval: str = "agency"


@dataclass(frozen=True)
class LoggedAs:
    """Where the public log tells of a version: the number of its entry, and the entry's hash."""

    index: int
    leaf_hash: bytes


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A revision with what surrounds it. ``is_current`` is false for a superseded version.

    ``period`` is that of a nil return; ``logged_as`` is ``None`` for what the log does not tell of
    yet. ``audit`` holds what only auditors see: author, approver,
    and the source row of an import.
    """

    reference: str
    body: Body
    version: int
    standard: str
    status: Status
    content: Content
    first_published_at: datetime
    published_at: datetime
    change_note: Mapping[str, str] | None
    withdrawal_reason: Mapping[str, str] | None
    provenance: Mapping[str, Any] | None
    audit: Mapping[str, Any]
    is_current: bool
    period: str | None = None
    logged_as: LoggedAs | None = None


def depths_of(bodies: Iterable[Body]) -> dict[str, int]:
    """Tell how many bodies stand above each of these, all of which are among them, by slug."""
    by_slug = {body.slug: body for body in bodies}

    def depth(body: Body) -> int:
        steps = 0
        while body.parent is not None and steps < len(by_slug):
            body, steps = by_slug[body.parent], steps + 1
        return steps

    return {slug: depth(body) for slug, body in by_slug.items()}
