"""What second persons asked for when they gave a filing back: the trail keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from register.services.filings.filing_facts import Filing
from register.storage import disclosures, events


@dataclass(frozen=True, kw_only=True)
class Return:
    """When a filing was given back, by whom, and what they said: in all, and of questions."""

    at: datetime
    by: str
    reason: str
    comments: Mapping[str, str]


def list_returns(found: Filing) -> list[Return]:
    """Tell, the last first, what was asked for each time the next version was given back."""
    return [
        Return(
            at=event.at,
            by=event.actor.email if event.actor else "",
            reason=str(event.details.get("reason") or ""),
            comments=dict(event.details.get("comments") or {}),
        )
        for event in events.list_returns(disclosures.get_disclosure(found.reference))
    ]
