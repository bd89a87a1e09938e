"""What was ever public, with what is not: which records there are, and all that they say."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, Text, cast, select

from register.standard.lifecycle import Status
from register.storage.database import db
from register.storage.models import Agency, Disclosure, Revision

BATCH = 500
PUBLIC_ONCE = (Status.PUBLISHED, Status.WITHDRAWN)


class Saying(NamedTuple):
    """A version of a record, with its content as the JSON text that is kept."""

    reference: str
    version: int
    text: str


def list_references(agency: str = "") -> list[str]:
    """Give the references of all that was ever public, of an agency or of all."""
    query = select(Disclosure.reference).where(*_of(agency))
    return list(db.session.scalars(query.order_by(Disclosure.reference)))


def iterate_sayings(agency: str = "", *, is_every_version: bool = False) -> Iterator[Saying]:
    """Give what each record says now or ever said, by reference, a batch in memory."""
    query = (
        select(Disclosure.reference, Revision.version, cast(Revision.content, Text))
        .join(Revision, Revision.disclosure_id == Disclosure.id)
        .where(*_of(agency))
        .order_by(Disclosure.reference, Revision.version)
    )
    if not is_every_version:
        query = query.where(Revision.version == Disclosure.current_version)
    for row in db.session.execute(query.execution_options(yield_per=BATCH)):
        yield Saying(*row)


def _of(agency: str) -> Iterator[ColumnElement[bool]]:
    yield Disclosure.status.in_(PUBLIC_ONCE)
    if agency:
        yield Disclosure.agency_id.in_(select(Agency.id).where(Agency.slug == agency))
