"""The filings and their drafts."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import and_, exists, func, not_, or_, select
from sqlalchemy.orm import joinedload

from register import clock
from register.errors import NotFound
from register.standard.lifecycle import WAITING, DraftState, Role, Status
from register.standard.marking import _
from register.storage import counters
from register.storage.database import db, transaction
from register.storage.models import Account, Agency, Contribution, Disclosure


def get_disclosure(reference: str) -> Disclosure:
    """Give the filing of this reference; raise :exc:`NotFound` if there is none."""
    found = find_disclosure(reference)
    if found is None:
        raise NotFound(_("There is no disclosure of this reference."))
    return found


def find_disclosure(reference: str) -> Disclosure | None:
    """Give the filing of this reference, or ``None``."""
    return db.session.scalar(select(Disclosure).where(Disclosure.reference == reference))


def count_disclosures() -> int:
    """Tell how many filings there are, published or not."""
    return db.session.scalar(select(func.count(Disclosure.id))) or 0


def list_of_agencies(agencies: Sequence[Agency]) -> list[Disclosure]:
    """Give every filing of these agencies, the newest first."""
    ids = [agency.id for agency in agencies]
    query = select(Disclosure).where(Disclosure.agency_id.in_(ids)).order_by(Disclosure.id.desc())
    return list(db.session.scalars(query))


def list_in_work(agency: Agency) -> list[Disclosure]:
    """Give the agency's filings of which a version is in preparation, the newest first."""
    resting = (DraftState.NONE, DraftState.DISCARDED)
    query = select(Disclosure).where(
        Disclosure.agency_id == agency.id, Disclosure.draft_state.not_in(resting)
    )
    return list(db.session.scalars(query.order_by(Disclosure.id.desc())))


def map_nil_returns(agency: Agency) -> dict[str, str]:
    """Give the reference of the agency's nil return for each period that has one.

    A draft is one as well; one that was withdrawn or discarded is not.
    """
    query = select(Disclosure.period, Disclosure.reference).where(
        Disclosure.agency_id == agency.id,
        Disclosure.period.is_not(None),
        Disclosure.status != Status.WITHDRAWN,
        Disclosure.draft_state != DraftState.DISCARDED,
    )
    found = db.session.execute(query.order_by(Disclosure.id))
    return {period: reference for period, reference in found if period is not None}


def list_waiting(agencies: Sequence[Agency] | None) -> list[Disclosure]:
    """Give the filings that wait for a decision, the longest waiting first; ``None``: of all."""
    query = select(Disclosure).where(Disclosure.draft_state.in_(sorted(WAITING)))
    if agencies is not None:
        query = query.where(Disclosure.agency_id.in_([agency.id for agency in agencies]))
    return list(db.session.scalars(query.order_by(Disclosure.draft_saved_at, Disclosure.id)))


def list_undecidable() -> frozenset[str]:
    """Give the references of what waits for a decision that no active account may take."""
    is_theirs = and_(Account.role == Role.APPROVER, Account.agency_id == Disclosure.agency_id)
    awaits_agency = or_(
        Agency.approval == "agency",
        and_(Agency.approval == "both", Disclosure.draft_state == DraftState.SUBMITTED),
    )
    touched = exists().where(
        Contribution.disclosure_id == Disclosure.id,
        Contribution.version == Disclosure.current_version + 1,
        Contribution.account_id == Account.id,
    )
    free = exists().where(
        Account.is_disabled.is_(False),
        or_(
            and_(awaits_agency, is_theirs),
            and_(not_(awaits_agency), Account.role == Role.SECRETARIAT),
        ),
        Account.id != func.coalesce(Disclosure.draft_endorser_id, 0),
        not_(touched),
    )
    query = (
        select(Disclosure.reference)
        .join(Agency, Agency.id == Disclosure.agency_id)
        .where(Disclosure.draft_state.in_(sorted(WAITING)), not_(free))
    )
    return frozenset(db.session.scalars(query))


def next_reference(prefix: str) -> str:
    """Give out a new reference such as ``AIR-2026-00042``; it is never given out again.

    Call it inside the transaction that stores it: the counter's row is locked until then.
    """
    return next_references(prefix, 1)[0]


def next_references(prefix: str, count: int) -> list[str]:
    """Give out several new references, in order; see :func:`next_reference`."""
    year = clock.today().year
    last = counters.grow(f"reference-{year}", count)
    return [f"{prefix}-{year}-{number:05d}" for number in range(last - count + 1, last + 1)]


def pass_over(references: Iterable[str]) -> None:
    """Let none of these references, which another register gave out, be given out again."""
    highest: dict[str, int] = {}
    for reference in references:
        _prefix, year, number = reference.rsplit("-", 2)
        highest[year] = max(highest.get(year, 0), int(number))
    with transaction():
        # In one order, so that two who wait for several counters do not wait for each other.
        for year in sorted(highest):
            counters.raise_to(f"reference-{year}", highest[year])


def map_disclosures(references: Collection[str]) -> dict[str, Disclosure]:
    """Give the filings of these references, those that are there."""
    query = select(Disclosure).where(Disclosure.reference.in_(references))
    found = db.session.scalars(query.options(joinedload(Disclosure.agency)))
    return {each.reference: each for each in found}


def add_contribution(disclosure: Disclosure, account_id: int) -> None:
    """Note that this account touched the filing that is to become the next version."""
    with transaction() as session:
        version = disclosure.current_version + 1
        if account_id not in contributors(disclosure):
            session.add(
                Contribution(
                    disclosure_id=disclosure.id,
                    version=version,
                    account_id=account_id,
                    at=clock.now(),
                )
            )
            session.flush()


def list_touched(account_id: int, disclosures: Sequence[Disclosure]) -> frozenset[int]:
    """Give the ids of those filings that this account touched since their last publication."""
    query = (
        select(Contribution.disclosure_id)
        .join(Disclosure, Disclosure.id == Contribution.disclosure_id)
        .where(
            Contribution.account_id == account_id,
            Contribution.version == Disclosure.current_version + 1,
            Contribution.disclosure_id.in_([each.id for each in disclosures]),
        )
    )
    return frozenset(db.session.scalars(query))


def contributors(disclosure: Disclosure) -> frozenset[int]:
    """Give the accounts that touched the filing since its last publication."""
    query = select(Contribution.account_id).where(
        Contribution.disclosure_id == disclosure.id,
        Contribution.version == disclosure.current_version + 1,
    )
    return frozenset(db.session.scalars(query))
