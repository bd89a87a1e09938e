"""What the public reads of each version, kept as text; it can be made again at any time.

A text bears the mark of the code that made it, and is not looked at by any other.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, select, text

from register.storage import counters
from register.storage.database import db, transaction
from register.storage.models import Disclosure, LedgerEntry, Presentation, Revision
from register.storage.past import latest_version

_FORGOTTEN = "presentations_forgotten"
_PUT = text(
    "INSERT INTO presentation (revision_id, mark, body) VALUES (:revision_id, :mark, :body)"
    " ON CONFLICT (revision_id) DO UPDATE SET mark = excluded.mark, body = excluded.body"
)

#: The ids of agency and revision, and the text if there is one.
Shown = Row[int, int, bytes | None]


def iterate_shown(
    mark: str, before: datetime | None = None, *, with_withdrawn: bool = True, batch: int = 200
) -> Iterator[Sequence[Shown]]:
    """Give the versions that count, or counted just before a moment, by reference, in batches.

    All is read in one reading transaction, and so of one moment. Memory stays constant.
    """
    counting = Disclosure.current_version if before is None else latest_version(before)
    query = (
        select(Disclosure.agency_id, Revision.id, Presentation.body)
        .join(Revision, Revision.disclosure_id == Disclosure.id)
        .outerjoin(Presentation, _is_by(mark))
        .where(Revision.version == counting)
        .order_by(Disclosure.reference)
    )
    if not with_withdrawn:
        query = query.where(Revision.action != "withdrawn")
    streamed = db.session.execute(query.execution_options(yield_per=batch))
    yield from streamed.partitions()


def newest_revision() -> int:
    """Give the largest id of a revision; 0 if there is none."""
    return db.session.scalar(select(func.max(Revision.id))) or 0


def list_missing(mark: str, after: int, limit: int) -> list[int]:
    """Give the ids of revisions of which no text is kept by this code, from beyond one on.

    One of which the ledger does not tell yet is left out: where it does is a part of the text.
    """
    query = _missing(mark).where(Revision.id > after).order_by(Revision.id)
    return list(db.session.scalars(query.limit(limit)))


def count_missing(mark: str) -> int:
    """Tell of how many revisions no text is kept by this code, as :func:`list_missing` lists."""
    return db.session.scalar(select(func.count()).select_from(_missing(mark).subquery())) or 0


def put(texts: Mapping[int, bytes], mark: str, *, forgotten: int) -> bool:
    """Keep texts by the ids of their revisions; tell whether that was done.

    It is not if anything was forgotten since ``forgotten`` was counted: the texts may be of what is
    not there any more.
    """
    with transaction() as session:
        if counters.hold(_FORGOTTEN) != forgotten:
            return False
        rows = [{"revision_id": each, "mark": mark, "body": texts[each]} for each in texts]
        if rows:
            session.execute(_PUT, rows)
        return True


def forget(revision_ids: Collection[int]) -> None:
    """Remove texts, in the transaction that removes what they are of; count that it was done."""
    with transaction() as session:
        counters.grow(_FORGOTTEN)
        session.execute(delete(Presentation).where(Presentation.revision_id.in_(revision_ids)))


def count_forgotten() -> int:
    """Tell how often texts were removed because of what they are of."""
    return counters.value_of(_FORGOTTEN)


def _missing(mark: str) -> Select[int]:
    query = select(Revision.id).join(LedgerEntry, LedgerEntry.revision_id == Revision.id)
    return query.outerjoin(Presentation, _is_by(mark)).where(Presentation.revision_id.is_(None))


def _is_by(mark: str) -> ColumnElement[bool]:
    return and_(Presentation.revision_id == Revision.id, Presentation.mark == mark)
