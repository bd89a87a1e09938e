"""What each record of an agency is called and says in short, without reading the whole of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, select

from register.standard.lifecycle import DraftState, Status
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


def iterate_names(slug: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give reference and names, by language, of an agency's records: as published and as drafted.

    What was withdrawn or discarded is left out, and so are declarations that there is nothing.
    """
    query = (
        select(
            Disclosure.reference,
            case(
                (Disclosure.status == Status.PUBLISHED, Revision.content["answers"]["name"]),
            ),
            Disclosure.draft_content["answers"]["name"],
        )
        .join(Agency, Agency.id == Disclosure.agency_id)
        .outerjoin(
            Revision,
            and_(
                Revision.disclosure_id == Disclosure.id,
                Revision.version == Disclosure.current_version,
            ),
        )
        .where(
            Agency.slug == slug,
            Disclosure.period.is_(None),
            Disclosure.draft_state != DraftState.DISCARDED,
        )
        .order_by(Disclosure.reference)
    )
    for reference, published, drafted in db.session.execute(query):
        for names in (published, drafted):
            if isinstance(names, Mapping):
                yield reference, names


def _told(values: Any) -> dict[str, Any]:
    return {name: value for name, value in zip(TOLD, values, strict=True) if value is not None}
