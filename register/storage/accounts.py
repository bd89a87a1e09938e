"""The people who sign in, and their sessions."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from register import clock
from register.errors import NotFound
from register.standard.marking import _
from register.storage.database import db, transaction
from register.storage.models import Account, Agency, Attempt, SignIn


def get_account(email: str) -> Account:
    """Give the account of this address; raise :exc:`NotFound` if there is none."""
    found = find_account(email)
    if found is None:
        raise NotFound(_("There is no account of this e-mail address."))
    return found


def find_account(email: str) -> Account | None:
    """Give the account of this address, whatever its capitals, or ``None``."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def list_accounts() -> list[Account]:
    """Give every account, by address."""
    query = select(Account).options(joinedload(Account.agency)).order_by(Account.email)
    return list(db.session.scalars(query))


def list_active(role: str, agency: Agency | None = None) -> list[Account]:
    """Give the accounts of a role that are not disabled, of one agency if it is given."""
    query = select(Account).where(Account.role == role, Account.is_disabled.is_(False))
    if agency is not None:
        query = query.where(Account.agency_id == agency.id)
    return list(db.session.scalars(query.order_by(Account.id)))


def list_staffed() -> frozenset[tuple[str, str]]:
    """Give each agency's slug with each role that an account of it has that is not disabled."""
    query = select(Agency.slug, Account.role).join(Account, Account.agency_id == Agency.id)
    found = db.session.execute(query.where(Account.is_disabled.is_(False)).distinct())
    return frozenset((slug, role) for slug, role in found)


def list_by_ids(ids: Collection[int]) -> list[Account]:
    """Give these accounts, the oldest first."""
    query = select(Account).where(Account.id.in_(list(ids))).order_by(Account.id)
    return list(db.session.scalars(query))


def add_account(account: Account) -> Account:
    """Keep a new account; its address must be new."""
    with transaction() as session:
        account.email = account.email.strip().lower()
        session.add(account)
        session.flush()
    return account


def add_sign_in(account: Account, token: str, *, keep_since: datetime) -> None:
    """Open a session whose secret is ``token``; forget those that started before ``keep_since``."""
    with transaction() as session:
        now = clock.now()
        session.execute(delete(SignIn).where(SignIn.started_at < keep_since))
        session.add(
            SignIn(token_hash=_hash(token), account_id=account.id, started_at=now, seen_at=now)
        )


def find_sign_in(token: str) -> SignIn | None:
    """Give the session of this secret, or ``None``."""
    return db.session.scalar(select(SignIn).where(SignIn.token_hash == _hash(token)))


def touch_sign_in(sign_in: SignIn) -> None:
    """Note that the session was used just now."""
    with transaction() as session:
        kept = session.get(SignIn, sign_in.id)
        if kept is not None:
            kept.seen_at = clock.now()


def end_sign_ins(*, token: str = "", account: Account | None = None) -> None:
    """End one session by its secret, or all of an account's."""
    with transaction() as session:
        if account is not None:
            session.execute(delete(SignIn).where(SignIn.account_id == account.id))
        if token:
            session.execute(delete(SignIn).where(SignIn.token_hash == _hash(token)))


def count_attempts(subject: str, since: datetime) -> int:
    """Tell how often ``subject`` tried to sign in since a moment."""
    query = select(func.count(Attempt.id)).where(
        Attempt.subject == _hash(subject), Attempt.at >= since
    )
    return db.session.scalar(query) or 0


def add_attempts(subjects: Sequence[str]) -> None:
    """Note a try to sign in under each subject; forget tries older than a day."""
    with transaction() as session:
        now = clock.now()
        session.execute(delete(Attempt).where(Attempt.at < now - timedelta(days=1)))
        session.add_all(Attempt(subject=_hash(subject), at=now) for subject in subjects)


def forget_attempts(subject: str, *, most: int | None = None) -> None:
    """Forget a subject's tries, or only the latest ``most`` of them."""
    with transaction() as session:
        own = select(Attempt.id).where(Attempt.subject == _hash(subject))
        latest = own.order_by(Attempt.id.desc()).limit(most)
        session.execute(delete(Attempt).where(Attempt.id.in_(latest)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
