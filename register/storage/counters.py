"""Numbers under names, and the lock that goes with changing one; most of them only grow."""

import secrets

from sqlalchemy import Select, bindparam, select, text, update

from register.storage.database import db, transaction
from register.storage.driver import rows_of, run
from register.storage.models import Counter

_NEW = text("INSERT INTO counter (name, value) VALUES (:name, 0) ON CONFLICT DO NOTHING")
_HELD = select(Counter.value).where(Counter.name == bindparam("name")).with_for_update()


def reading(name: str) -> Select[int]:
    """Give the question for a number, as a part of another; there is no row if it never grew."""
    return select(Counter.value).where(Counter.name == name)


#: Which of its lives a database is in: after it was restored the old numbers mean other things.
LIFE = reading("life")


def begin_life() -> None:
    """Let marks of before mean nothing any more."""
    put("life", secrets.randbelow(2**31))


def life() -> int:
    """Give the number of this life of the database."""
    return db.session.scalar(LIFE) or 0


def value_of(name: str) -> int:
    """Give a number as it is; 0 if it never grew."""
    return db.session.scalar(reading(name)) or 0


def hold(name: str) -> int:
    """Give a number, and let others who hold it wait until this transaction ends."""
    with transaction():
        asked = {"name": name}
        found = rows_of(_HELD, asked)
        if not found:
            # The first two may come at once; both then find the row and wait in line.
            run(_NEW, [asked])
            found = rows_of(_HELD, asked)
        return int(found[0][0])


def grow(name: str, by: int = 1) -> int:
    """Let a number grow, held until this transaction ends; give what it is then."""
    with transaction():
        value = hold(name) + by
        _set(name, value)
        return value


def raise_to(name: str, least: int) -> None:
    """Let a number be no less than this, held until this transaction ends."""
    with transaction():
        if hold(name) < least:
            _set(name, least)


def put(name: str, value: int) -> None:
    """Let a number be another one, held until this transaction ends."""
    with transaction():
        hold(name)
        _set(name, value)


def _set(name: str, value: int) -> None:
    db.session.execute(update(Counter).where(Counter.name == name).values(value=value))
