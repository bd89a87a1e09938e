"""The versions that were made public, and their facts for presenting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from register import clock
from register.errors import NotFound
from register.standard.content import Content
from register.standard.lifecycle import Status
from register.standard.marking import _
from register.standard.publication import Publication
from register.storage.agencies import body_of
from register.storage.database import db
from register.storage.models import Agency, Disclosure, Revision, SourceRow


@dataclass(frozen=True)
class Changes:
    """How many versions were ever made public, and the newest of them."""

    number: int
    newest: int
    latest: datetime | None


def get_publication(reference: str, version: int | None = None) -> Publication:
    """Give a published version, or the current one; raise :exc:`NotFound` if there is none.

    A filing that was never published does not exist for the public.
    """
    found = find_publication(reference, version)
    if found is None:
        raise NotFound(_("There is no published disclosure of this reference and version."))
    return found


def find_publication(reference: str, version: int | None = None) -> Publication | None:
    """Give a published version, or the current one, or ``None``."""
    query = _joined().where(Disclosure.reference == reference)
    wanted = Disclosure.current_version if version is None else version
    row = db.session.execute(query.where(Revision.version == wanted)).first()
    return _facts(*row) if row else None


def find_as_of(reference: str, moment: datetime) -> Publication | None:
    """Give the version that counted just before ``moment``, or ``None`` if there was none yet."""
    query = _joined().where(Disclosure.reference == reference, Revision.at < moment)
    row = db.session.execute(query.order_by(Revision.version.desc()).limit(1)).first()
    return _facts(*row) if row else None


def map_current(references: Sequence[str]) -> dict[str, Publication]:
    """Give the current version of each of these references that was ever published."""
    query = _joined().where(
        Disclosure.reference.in_(references), Revision.version == Disclosure.current_version
    )
    return {row[0].reference: _facts(*row) for row in db.session.execute(query)}


def list_versions(reference: str) -> list[Publication]:
    """Give every version of one filing, the newest first."""
    query = _joined().where(Disclosure.reference == reference).order_by(Revision.version.desc())
    return [_facts(*row) for row in db.session.execute(query)]


def list_histories(before: datetime | None = None) -> list[tuple[str, int]]:
    """Give the reference and the latest version of all that was ever public, by reference.

    ``before`` leaves out what was made public at that moment or later. The order is that of the
    characters' codes, whatever the database holds for the alphabet.
    """
    query = (
        select(Disclosure.reference, func.max(Revision.version))
        .join(Revision, Revision.disclosure_id == Disclosure.id)
        .group_by(Disclosure.reference)
    )
    if before is not None:
        query = query.where(Revision.at < before)
    return sorted((reference, version) for reference, version in db.session.execute(query))


def list_standards(before: datetime | None = None) -> list[str]:
    """Name the standards under which something was made public, before a moment if one is given."""
    query = select(Revision.standard).distinct()
    if before is not None:
        query = query.where(Revision.at < before)
    return sorted(db.session.scalars(query))


def map_versions(references: Sequence[str]) -> dict[str, list[Publication]]:
    """Give every version of each of these references that was ever published, the oldest first."""
    query = _joined().where(Disclosure.reference.in_(references)).order_by(Revision.version)
    found: dict[str, list[Publication]] = {}
    for row in db.session.execute(query):
        found.setdefault(row[0].reference, []).append(_facts(*row))
    return found


def iterate_versions(
    references: Sequence[str], batch: int = 50
) -> Iterator[tuple[str, list[Publication]]]:
    """Give each reference with all its versions, the oldest first, in constant memory."""
    for start in range(0, len(references), batch):
        page = references[start : start + batch]
        found = map_versions(page)
        db.session.expunge_all()
        yield from ((reference, found[reference]) for reference in page)


def list_latest(limit: int) -> list[Publication]:
    """Give the versions made public most recently, newest first."""
    query = _joined().where(Disclosure.status != Status.UNPUBLISHED)
    query = query.order_by(Revision.at.desc(), Revision.id.desc()).limit(limit)
    return [_facts(*row) for row in db.session.execute(query)]


def list_of_agency(slug: str) -> list[Publication]:
    """Give the current versions of one agency's published filings, by reference."""
    query = _joined().where(
        Agency.slug == slug,
        Disclosure.status == Status.PUBLISHED,
        Revision.version == Disclosure.current_version,
    )
    return [_facts(*row) for row in db.session.execute(query.order_by(Disclosure.reference))]


def list_public_between(slug: str, start: datetime, end: datetime) -> list[Publication]:
    """Give what an agency had in the register at any moment from ``start`` until before ``end``.

    Each in its current version: a withdrawn one counts until it was withdrawn.
    """
    was_public = or_(Disclosure.status == Status.PUBLISHED, Disclosure.published_at >= start)
    query = _joined().where(
        Agency.slug == slug,
        Disclosure.first_published_at < end,
        was_public,
        Revision.version == Disclosure.current_version,
    )
    return [_facts(*row) for row in db.session.execute(query.order_by(Disclosure.reference))]


def iterate_published(
    batch: int = 200,
    *,
    with_withdrawn: bool = False,
    after: str = "",
    before: datetime | None = None,
) -> Iterator[Publication]:
    """Give the current version of every published filing, by reference, in constant memory.

    With ``before`` it is the version that counted just before that moment. Rows are fetched by key
    in batches, within one reading transaction: one moment of the register.
    """
    query = _counting_now(with_withdrawn) if before is None else _counting(before, with_withdrawn)
    while True:
        page = query.where(Disclosure.reference > after).order_by(Disclosure.reference).limit(batch)
        facts = [_facts(*row) for row in db.session.execute(page)]
        db.session.expunge_all()
        yield from facts
        if len(facts) < batch:
            return
        after = facts[-1].reference


def count_changes(before: datetime | None = None) -> Changes:
    """Count the versions that were made public, up to now or before a moment."""
    query = select(func.count(Revision.id), func.max(Revision.id), func.max(Revision.at))
    if before is not None:
        query = query.where(Revision.at < before)
    number, newest, latest = db.session.execute(query).one()
    return Changes(number, newest or 0, latest)


def count_published_by_agency(*, with_nil_returns: bool = True) -> dict[str, int]:
    """Tell how many published filings each agency has, by slug."""
    query = (
        select(Agency.slug, func.count(Disclosure.id))
        .join(Disclosure, Disclosure.agency_id == Agency.id)
        .where(Disclosure.status == Status.PUBLISHED)
        .group_by(Agency.slug)
    )
    if not with_nil_returns:
        query = query.where(Disclosure.period.is_(None))
    return {slug: count for slug, count in db.session.execute(query)}


def map_latest_by_agency() -> dict[str, datetime]:
    """Tell when each agency last published or withdrew something, by slug."""
    query = (
        select(Agency.slug, func.max(Disclosure.published_at))
        .join(Disclosure, Disclosure.agency_id == Agency.id)
        .where(Disclosure.published_at.is_not(None))
        .group_by(Agency.slug)
    )
    return {slug: moment for slug, moment in db.session.execute(query) if moment is not None}


def _counting_now(with_withdrawn: bool) -> Select[Disclosure, Revision]:
    statuses = [Status.PUBLISHED, Status.WITHDRAWN] if with_withdrawn else [Status.PUBLISHED]
    return _joined().where(
        Disclosure.status.in_(statuses), Revision.version == Disclosure.current_version
    )


def _counting(before: datetime, with_withdrawn: bool) -> Select[Disclosure, Revision]:
    other = aliased(Revision)
    latest = (
        select(func.max(other.version))
        .where(other.disclosure_id == Disclosure.id, other.at < before)
        .correlate(Disclosure)
        .scalar_subquery()
    )
    query = _joined().where(Revision.version == latest)
    return query if with_withdrawn else query.where(Revision.action != "withdrawn")


def _joined() -> Select[Disclosure, Revision]:
    return (
        select(Disclosure, Revision)
        .join(Revision, Revision.disclosure_id == Disclosure.id)
        .join(Agency, Agency.id == Disclosure.agency_id)
        .options(
            joinedload(Disclosure.agency).joinedload(Agency.parent),
            joinedload(Revision.author),
            joinedload(Revision.approver),
            joinedload(Revision.source_row),
        )
    )


def _facts(disclosure: Disclosure, revision: Revision) -> Publication:
    is_current = revision.version == disclosure.current_version
    is_withdrawal = revision.action == "withdrawn"
    return Publication(
        reference=disclosure.reference,
        body=body_of(disclosure.agency),
        version=revision.version,
        standard=revision.standard,
        status=Status.WITHDRAWN if is_withdrawal else Status.PUBLISHED,
        content=Content.from_json(revision.content),
        first_published_at=disclosure.first_published_at or revision.at,
        published_at=revision.at,
        change_note=revision.change_note,
        withdrawal_reason=revision.change_note if is_withdrawal else None,
        provenance=_provenance(revision.source_row),
        audit={
            "author": revision.author.email if revision.author else None,
            "approver": revision.approver.email if revision.approver else None,
            "raw": revision.source_row.raw if revision.source_row else None,
        },
        is_current=is_current,
        period=disclosure.period,
    )


def _provenance(source: SourceRow | None) -> dict[str, object] | None:
    if source is None:
        return None
    return {
        "source": source.format,
        "source_id": source.source_id,
        "retrieved": clock.stamp(source.at),
        "file": source.file_name,
        "file_sha256": source.file_hash,
        "row": source.row,
    }
