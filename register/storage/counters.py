"""Numbers under names, and the lock that goes with changing one; most of them only grow."""

import secrets

from sqlalchemy import select, text

from register.storage.database import db, transaction
from register.storage.models import Counter

_NEW = text("INSERT INTO counter (name, value) VALUES (:name, 0) ON CONFLICT DO NOTHING")


#: Which of its lives a database is in: after it was restored the old numbers mean other things.
LIFE = select(Counter.value).where(Counter.name == "life")


def begin_life() -> None:
    """Let marks of before mean nothing any more."""
    with transaction():
        put("life", secrets.randbelow(2**31))


def life() -> int:
    """Give the number of this life of the database."""
    return db.session.scalar(LIFE) or 0


def value_of(name: str) -> int:
    """Give a number as it is; 0 if it never grew."""
    return db.session.scalar(select(Counter.value).where(Counter.name == name)) or 0


def hold(name: str) -> int:
    """Give a number, and let others who hold it wait until this transaction ends."""
    with transaction() as session:
        session.execute(_NEW, {"name": name})
        return session.get_one(Counter, name, with_for_update=True).value


def grow(name: str) -> None:
    """Let a number grow by one, held until this transaction ends."""
    hold(name)
    with transaction() as session:
        session.get_one(Counter, name).value += 1


def put(name: str, value: int) -> None:
    """Let a number be another one, held until this transaction ends."""
    hold(name)
    with transaction() as session:
        session.get_one(Counter, name).value = value
