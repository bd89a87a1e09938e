"""The tokens by which programs come in; of their secrets only hashes are kept."""

import hashlib
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from register import clock
from register.storage.database import db, transaction, write_aside
from register.storage.models import Account, Token

_TOLD_EVERY = timedelta(minutes=1)  # when a token was last used is noted no more often


def add_token(token: Token, secret: str) -> Token:
    """Keep a new token whose secret is ``secret``."""
    with transaction() as session:
        token.token_hash = _hash(secret)
        session.add(token)
        session.flush()
        return token


def find_by_secret(secret: str) -> Token | None:
    """Give the token of this secret, with its account, whether it still opens anything or not."""
    query = select(Token).where(Token.token_hash == _hash(secret))
    return db.session.scalar(query.options(joinedload(Token.account)))


def find_token(number: int) -> Token | None:
    """Give the token of this number, or ``None``."""
    return db.session.scalar(select(Token).where(Token.id == number))


def list_tokens(account: Account | None = None) -> list[Token]:
    """Give the tokens of an account or of all, the newest first."""
    query = select(Token).options(joinedload(Token.account)).order_by(Token.id.desc())
    if account is not None:
        query = query.where(Token.account_id == account.id)
    return list(db.session.scalars(query))


def note_use(token: Token) -> None:
    """Note that the token was used just now, to the minute, unless the database is busy."""
    now = clock.now()
    if token.used_at is None or now - token.used_at >= _TOLD_EVERY:
        write_aside(update(Token).where(Token.id == token.id).values(used_at=now))


def end_tokens(account: Account) -> None:
    """Let no token of an account open anything any more."""
    with transaction() as session:
        own = update(Token).where(Token.account_id == account.id, Token.revoked_at.is_(None))
        session.execute(own.values(revoked_at=clock.now()))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
