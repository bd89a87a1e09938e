"""What published records withhold, and when each withholding is to be looked at again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from register import clock
from register.errors import NotAllowed
from register.services.actor import Actor
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.standard.publication import Body
from register.storage import briefs

SOON = timedelta(days=60)
WATCHERS = frozenset({Role.SECRETARIAT, Role.AUDITOR})
OWNERS = frozenset({Role.OFFICER, Role.APPROVER})


@dataclass(frozen=True, kw_only=True)
class Withholding:
    """An answer that a published record withholds, and by which day that is to be reviewed.

    An import may have left the day out.
    """

    reference: str
    version: int
    standard: str
    body: Body
    name: Mapping[str, str]
    field: str
    ground: str
    citation: str
    review_on: date | None

    @property
    def is_past(self) -> bool:
        """Tell whether the day has gone by."""
        return self.review_on is not None and self.review_on < clock.today()


def list_due(by: Actor) -> list[Withholding]:
    """Give what is to be reviewed by now or within 60 days, the earliest first.

    Secretariat and auditors see it of all agencies, officers and approvers of their own.
    """
    if by.role in WATCHERS:
        return _sorted(_all_due(None))
    if by.role in OWNERS and by.agency is not None:
        return _sorted(_all_due(by.agency))
    raise NotAllowed(_("Your role may not do this."))


def iterate_withheld(agency: str | None = None) -> Iterator[Withholding]:
    """Give every answer that a published record withholds, of all agencies or one."""
    for record in briefs.iterate_withholders(agency):
        for entry in record.entries:
            yield Withholding(
                reference=record.reference,
                version=record.version,
                standard=record.standard,
                body=record.body,
                name=record.name or {},
                field=str(entry["field"]),
                ground=str(entry.get("ground", "")),
                citation=str(entry.get("citation") or ""),
                review_on=_day(entry.get("review_on")),
            )


def _sorted(found: Iterator[tuple[date, Withholding]]) -> list[Withholding]:
    ordered = sorted(found, key=lambda each: (each[0], each[1].reference, each[1].field))
    return [each for _day_of_review, each in ordered]


def _all_due(agency: str | None) -> Iterator[tuple[date, Withholding]]:
    last = clock.today() + SOON
    for each in iterate_withheld(agency):
        if each.review_on is not None and each.review_on <= last:
            yield each.review_on, each


def _day(text: Any) -> date | None:
    """Give the day; an import may have left it out or written it otherwise."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
