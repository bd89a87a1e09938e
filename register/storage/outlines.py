"""What each record of an agency is called and says in short, without reading the whole of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select

from register.storage.database import db
from register.storage.models import Agency, Disclosure, Revision

TOLD = ("record_kind", "name", "summary")


@dataclass(frozen=True, kw_only=True)
class Outline:
    """One record: its states, and some answers of its draft and of its published version."""

    reference: str
    status: str
    draft_state: str
    draft: Mapping[str, Any]
    published: Mapping[str, Any]


def list_outlines(slug: str, but: str) -> list[Outline]:
    """Give the outlines of an agency's other records and drafts, by reference."""
    drafted = [Disclosure.draft_content["answers"][name] for name in TOLD]
    published = [Revision.content["answers"][name] for name in TOLD]
    query = (
        select(
            Disclosure.reference, Disclosure.status, Disclosure.draft_state, *drafted, *published
        )
        .join(Agency, Agency.id == Disclosure.agency_id)
        .outerjoin(
            Revision,
            and_(
                Revision.disclosure_id == Disclosure.id,
                Revision.version == Disclosure.current_version,
            ),
        )
        .where(Agency.slug == slug, Disclosure.reference != but)
        .order_by(Disclosure.reference)
    )
    return [
        Outline(
            reference=row[0],
            status=row[1],
            draft_state=row[2],
            draft=_told(row[3:6]),
            published=_told(row[6:9]),
        )
        for row in db.session.execute(query)
    ]


def _told(values: Any) -> dict[str, Any]:
    return {name: value for name, value in zip(TOLD, values, strict=True) if value is not None}
