"""The links by which people make their account or a new password; kept only as hashes."""

import hashlib
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import joinedload

from register import clock
from register.storage.database import db, transaction
from register.storage.models import Invitation


def add_invitation(invitation: Invitation, token: str) -> Invitation:
    """Keep an invitation whose secret is ``token``; earlier ones of its address end."""
    with transaction() as session:
        end_invitations(invitation.email)
        invitation.token_hash = _hash(token)
        session.add(invitation)
        session.flush()
        return invitation


def find_open(token: str, *, for_use: bool = False) -> Invitation | None:
    """Give the invitation of this secret, if it can be used now; ``for_use`` locks its row."""
    query = select(Invitation).where(Invitation.token_hash == _hash(token), *_is_open(clock.now()))
    if for_use:
        query = query.with_for_update()
    return db.session.scalar(query)


def find_open_of(email: str) -> Invitation | None:
    """Give the invitation of this address that can be used now, or ``None``."""
    query = select(Invitation).where(Invitation.email == email, *_is_open(clock.now()))
    return db.session.scalar(query.order_by(Invitation.id.desc()).limit(1))


def list_open() -> list[Invitation]:
    """Give the invitations that can be used now, by address."""
    query = select(Invitation).where(*_is_open(clock.now())).order_by(Invitation.email)
    return list(db.session.scalars(query.options(joinedload(Invitation.agency))))


def end_invitations(email: str) -> int:
    """Let no link that was sent to this address work any longer; tell how many ended."""
    return _end(Invitation.email == email)


def end_sent_by(account_id: int) -> int:
    """Let no link that this account sent work any longer; tell how many ended."""
    return _end(Invitation.invited_by_id == account_id)


def _end(which: ColumnElement[bool]) -> int:
    with transaction() as session:
        now = clock.now()
        ended = update(Invitation).where(which, *_is_open(now)).values(expires_at=now)
        return len(session.execute(ended.returning(Invitation.id)).all())


def _is_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Invitation.used_at.is_(None), Invitation.expires_at > now


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
