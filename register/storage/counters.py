"""Numbers that only grow, each under a name, and the lock that goes with changing one."""

from sqlalchemy import select, text

from register.storage.database import db, transaction
from register.storage.models import Counter

_NEW = text("INSERT INTO counter (name, value) VALUES (:name, 0) ON CONFLICT DO NOTHING")


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
