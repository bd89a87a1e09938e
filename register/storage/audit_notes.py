"""What auditors wrote down: read by auditors alone, and only ever added to but for erasures."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import joinedload

from register import clock
from register.storage.database import db, transaction
from register.storage.models import Agency, AuditNote, Disclosure


def add_note(note: AuditNote) -> AuditNote:
    """Add a note, as of now."""
    with transaction() as session:
        note.at = clock.now()
        session.add(note)
        session.flush()
        return note


def find_note(number: int) -> AuditNote | None:
    """Give the note of this id, or ``None``."""
    return db.session.scalar(_notes().where(AuditNote.id == number))


def find_same(note: AuditNote, since: datetime) -> AuditNote | None:
    """Give what its author wrote word for word about the same since a moment, or ``None``."""
    same = [
        column.is_not_distinct_from(getattr(note, column.key))
        for column in (
            AuditNote.author_id,
            AuditNote.disclosure_id,
            AuditNote.version,
            AuditNote.agency_id,
            AuditNote.corrects_id,
            AuditNote.text,
        )
    ]
    return db.session.scalar(_notes().where(AuditNote.at >= since, *same).limit(1))


def list_notes(
    limit: int,
    *,
    reference: str = "",
    agency: str = "",
    older_than: int | None = None,
) -> list[AuditNote]:
    """Give the latest notes about a record, an agency and its records, or all: newest first."""
    query = _notes().where(*_about(reference, agency))
    if older_than is not None:
        query = query.where(AuditNote.id < older_than)
    return list(db.session.scalars(query.order_by(AuditNote.id.desc()).limit(limit)))


def count_notes() -> int:
    """Tell how many notes there are."""
    return db.session.scalar(select(func.count(AuditNote.id))) or 0


def iterate_notes(
    *, of_records: bool = False, before: datetime | None = None, batch: int = 500
) -> Iterator[AuditNote]:
    """Give every note in the order of writing, a batch in memory.

    With ``of_records`` only those about records, with ``before`` those from before a moment.
    """
    after = 0
    wanted = _notes()
    if of_records:
        wanted = wanted.where(AuditNote.disclosure_id.is_not(None))
    if before is not None:
        wanted = wanted.where(AuditNote.at < before)
    while True:
        query = wanted.where(AuditNote.id > after).order_by(AuditNote.id).limit(batch)
        rows = list(db.session.scalars(query))
        yield from rows
        if len(rows) < batch:
            return
        after = rows[-1].id


def erase_texts(numbers: Collection[int], entry_seq: int) -> None:
    """Take the texts of notes, which an entry of the ledger says are erased."""
    with transaction() as session:
        notes = update(AuditNote).where(AuditNote.id.in_(list(numbers)))
        session.execute(notes.values(text="", erased_by=entry_seq))


def map_corrections(numbers: Collection[int]) -> dict[int, int]:
    """Tell which of these notes were corrected, each by which note last."""
    query = (
        select(AuditNote.corrects_id, func.max(AuditNote.id))
        .where(AuditNote.corrects_id.in_(list(numbers)))
        .group_by(AuditNote.corrects_id)
    )
    return {note: by for note, by in db.session.execute(query) if note is not None}


def _about(reference: str, agency: str) -> Iterator[ColumnElement[bool]]:
    if reference:
        yield Disclosure.reference == reference
    if agency:
        own = select(Agency.id).where(Agency.slug == agency).scalar_subquery()
        yield func.coalesce(AuditNote.agency_id, Disclosure.agency_id) == own


def _notes() -> Select[AuditNote]:
    return (
        select(AuditNote)
        .outerjoin(Disclosure, Disclosure.id == AuditNote.disclosure_id)
        .options(
            joinedload(AuditNote.author),
            joinedload(AuditNote.disclosure).joinedload(Disclosure.agency),
            joinedload(AuditNote.agency),
            joinedload(AuditNote.erasure),
        )
    )
