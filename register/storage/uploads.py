"""The spreadsheets that officers send, and the filings that came from their rows."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from register import clock
from register.storage.database import db, transaction
from register.storage.models import Agency, Contribution, Disclosure, Upload

OFFICER_SHEET = "officer-sheet"  # the source format of a filing that came from a row
WRITTEN = "draft_uploaded"  # the audit event beside each of them
KEPT_FOR = timedelta(hours=24)
MOST_WAITING = 5  # files of one account


def add_upload(upload: Upload) -> None:
    """Keep a file; the oldest of the same account make room for it."""
    with transaction() as session:
        session.add(upload)
        session.flush()
        query = select(Upload.id).where(
            Upload.account_id == upload.account_id, Upload.applied_at.is_(None)
        )
        surplus = db.session.scalars(query.order_by(Upload.id.desc()).offset(MOST_WAITING))
        session.execute(delete(Upload).where(Upload.id.in_(list(surplus))))


def find_upload(token: str) -> Upload | None:
    """Give the file of this token, unless its time is over."""
    query = select(Upload).where(Upload.token == token, Upload.at > clock.now() - KEPT_FOR)
    return db.session.scalar(query)


def remove_before(moment: datetime) -> int:
    """Delete the files that came before a moment; give how many."""
    with transaction() as session:
        old = list(db.session.scalars(select(Upload.id).where(Upload.at <= moment)))
        session.execute(delete(Upload).where(Upload.id.in_(old)))
        return len(old)


def begin(drafts: Sequence[Disclosure], account_id: int | None) -> None:
    """Add the filings that come from one file, and note whose they are.

    Many at a time take few statements, so that nobody has to wait long for the database.
    """
    with transaction() as session:
        session.add_all(drafts)
        session.flush()
        if account_id is not None:
            moment = clock.now()
            session.add_all(
                Contribution(disclosure_id=each.id, version=1, account_id=account_id, at=moment)
                for each in drafts
            )


def map_uploaded(agency: Agency) -> dict[str, Disclosure]:
    """Give the filings of an agency that came from rows, by the agency's own references."""
    query = select(Disclosure).where(
        Disclosure.agency_id == agency.id, Disclosure.source_format == OFFICER_SHEET
    )
    return {each.source_key or "": each for each in db.session.scalars(query)}
