"""What the words of a filing are copied into beside its versions, for an erasure to look through.

Nothing here is guarded by the database: it is changed or deleted as the desk does every day.
"""

import json
from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, String, cast, delete, or_, select
from sqlalchemy.orm import undefer

from register.storage.database import db, transaction
from register.storage.models import (
    Disclosure,
    ImportRun,
    KeptForm,
    LinkCheck,
    MailMessage,
    Revision,
    Template,
    Upload,
)


def iterate_templates() -> Iterator[Template]:
    """Give every template, also those that were removed."""
    return iter(db.session.scalars(select(Template).order_by(Template.id)))


def iterate_letters() -> Iterator[MailMessage]:
    """Give every letter that is kept, sent or not."""
    return iter(db.session.scalars(select(MailMessage).order_by(MailMessage.id)))


def iterate_kept_forms() -> Iterator[KeptForm]:
    """Give every form that is kept for somebody."""
    return iter(db.session.scalars(select(KeptForm).order_by(KeptForm.id)))


def iterate_uploads() -> Iterator[Upload]:
    """Give every spreadsheet that is kept, without its bytes."""
    return iter(db.session.scalars(select(Upload).order_by(Upload.id)))


def iterate_import_runs() -> Iterator[ImportRun]:
    """Give every file of another register with all that is kept of it, one in memory at a time."""
    whole = [undefer(getattr(ImportRun, each)) for each in ("body", "preview", "report")]
    outcomes = [undefer(getattr(ImportRun, each)) for each in ("trial", "outcome")]
    for number in list(db.session.scalars(select(ImportRun.id).order_by(ImportRun.id))):
        query = select(ImportRun).where(ImportRun.id == number).options(*whole, *outcomes)
        yield db.session.scalars(query).one()


def delete_row(row: KeptForm | Upload) -> None:
    """Delete one of them."""
    with transaction() as session:
        session.delete(row)


def delete_links(urls: Collection[str]) -> None:
    """Forget how it went with these links; they are tried again where they still stand."""
    with transaction() as session:
        session.execute(delete(LinkCheck).where(LinkCheck.url.in_(list(urls))))


def list_saying(texts: Collection[str], but: Disclosure) -> list[str]:
    """Name the other filings that say any of these texts, in a version or in a draft."""
    if not texts:
        return []
    drafts = select(Disclosure.reference).where(_says(Disclosure.draft_content, texts))
    versions = (
        select(Disclosure.reference)
        .join(Revision, Revision.disclosure_id == Disclosure.id)
        .where(_says(Revision.content, texts))
    )
    found = {*db.session.scalars(drafts), *db.session.scalars(versions)}
    return sorted(found - {but.reference})


def _says(column: object, texts: Collection[str]) -> ColumnElement[bool]:
    written = cast(column, String)
    plain = [json.dumps(text, ensure_ascii=False)[1:-1] for text in texts]
    return or_(*(written.contains(text, autoescape=True) for text in plain))
