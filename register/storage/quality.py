"""The marks of published records, and the fingerprints of their long texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import JSON, bindparam, case, delete, distinct, func, insert, select, text

from register.standard.content import Content
from register.standard.lifecycle import Status
from register.storage.database import db, transaction
from register.storage.models import Agency, Disclosure, Json, Quality, Revision, TextPrint

#: The lowest scores of the steps of a distribution.
STEPS = (0, 20, 40, 60, 80)

_PUT = text(
    "INSERT INTO quality (disclosure_id, version, rules, score, findings)"
    " VALUES (:disclosure_id, :version, :rules, :score, :findings)"
    " ON CONFLICT (disclosure_id) DO UPDATE SET version = excluded.version,"
    " rules = excluded.rules, score = excluded.score, findings = excluded.findings"
).bindparams(bindparam("findings", type_=JSON))


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The marks of one version as they are kept."""

    rules: str
    score: int
    findings: Sequence[Json]


@dataclass(frozen=True, kw_only=True)
class Published:
    """A published version, with what is needed to judge it."""

    disclosure_id: int
    version: int
    standard: str
    content: Content
    abbreviation: str


@dataclass(frozen=True, kw_only=True)
class Average:
    """The marks of one agency: the mean, of how many records, and how many stand on each step."""

    mean: float
    count: int
    steps: tuple[int, ...]


def put_marks(marks: Mapping[int, tuple[int, Kept]]) -> None:
    """Keep the marks of a version of each of these filings, in place of those of any other."""
    rows = [
        {
            "disclosure_id": disclosure_id,
            "version": version,
            "rules": kept.rules,
            "score": kept.score,
            "findings": list(kept.findings),
        }
        for disclosure_id, (version, kept) in marks.items()
    ]
    with transaction() as session:
        if rows:
            session.execute(_PUT, rows)


def put_prints(
    prints: Mapping[int, Iterable[tuple[tuple[str, str], str]]], *, replacing: Sequence[int]
) -> None:
    """Keep the fingerprints of each of these filings, each once.

    Those to be replaced are struck out first; there are none before the first version.
    """
    rows = [
        {"disclosure_id": disclosure_id, "field": field, "language": language, "print": mark}
        for disclosure_id, own in prints.items()
        for (field, language), mark in dict.fromkeys(own)
    ]
    with transaction() as session:
        if replacing:
            session.execute(delete(TextPrint).where(TextPrint.disclosure_id.in_(replacing)))
        if rows:
            session.execute(insert(TextPrint), rows)


def drop_marks(disclosure_id: int) -> None:
    """Forget the marks and the fingerprints of a record that is not published any more."""
    with transaction() as session:
        session.execute(delete(Quality).where(Quality.disclosure_id == disclosure_id))
        session.execute(delete(TextPrint).where(TextPrint.disclosure_id == disclosure_id))


def find_marks(reference: str, version: int) -> Kept | None:
    """Give the marks of a version, or ``None`` if it has none or is not the current one."""
    query = (
        select(Quality)
        .join(Disclosure, Disclosure.id == Quality.disclosure_id)
        .where(
            Disclosure.reference == reference,
            Disclosure.status == Status.PUBLISHED,
            Quality.version == version,
        )
    )
    found = db.session.scalar(query)
    if found is None:
        return None
    return Kept(rules=found.rules, score=found.score, findings=found.findings)


def count_copies(prints: Iterable[str], but: str) -> dict[str, int]:
    """Tell for each fingerprint in how many records besides this reference it stands, if in any."""
    query = (
        select(TextPrint.print, func.count(distinct(TextPrint.disclosure_id)))
        .join(Disclosure, Disclosure.id == TextPrint.disclosure_id)
        .where(TextPrint.print.in_(sorted(set(prints))), Disclosure.reference != but)
        .group_by(TextPrint.print)
    )
    return {mark: count for mark, count in db.session.execute(query)}


def map_averages(slug: str | None = None) -> dict[str, Average]:
    """Give the marks of every agency that has any, or of one, by slug."""
    ends: list[float] = [*STEPS[1:], 101]
    steps = [
        func.sum(case(((Quality.score >= low) & (Quality.score < high), 1), else_=0))
        for low, high in zip(STEPS, ends, strict=True)
    ]
    query = (
        select(Agency.slug, func.avg(Quality.score), func.count(Quality.score), *steps)
        .join(Disclosure, Disclosure.id == Quality.disclosure_id)
        .join(Agency, Agency.id == Disclosure.agency_id)
        .where(Disclosure.status == Status.PUBLISHED)
        .group_by(Agency.slug)
    )
    if slug is not None:
        query = query.where(Agency.slug == slug)
    return {
        row[0]: Average(mean=float(row[1]), count=row[2], steps=tuple(map(int, row[3:])))
        for row in db.session.execute(query)
    }


def list_published(after: int, limit: int) -> list[Published]:
    """Give published versions in the order of their ids, from behind ``after``."""
    query = (
        select(
            Disclosure.id,
            Revision.version,
            Revision.standard,
            Revision.content,
            Agency.abbreviation,
        )
        .join(Revision, Revision.disclosure_id == Disclosure.id)
        .join(Agency, Agency.id == Disclosure.agency_id)
        .where(
            Disclosure.status == Status.PUBLISHED,
            Revision.version == Disclosure.current_version,
            Disclosure.id > after,
        )
        .order_by(Disclosure.id)
        .limit(limit)
    )
    return [
        Published(
            disclosure_id=row.id,
            version=row.version,
            standard=row.standard,
            content=Content.from_json(row.content),
            abbreviation=row.abbreviation,
        )
        for row in db.session.execute(query)
    ]


def drop_unpublished() -> None:
    """Forget the marks and the fingerprints of every record that is not published."""
    others = select(Disclosure.id).where(Disclosure.status != Status.PUBLISHED)
    with transaction() as session:
        session.execute(delete(Quality).where(Quality.disclosure_id.in_(others)))
        session.execute(delete(TextPrint).where(TextPrint.disclosure_id.in_(others)))
