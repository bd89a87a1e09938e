"""Somebody who owns the database, and writes into it past the register and past its guards."""

import random
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from register.ledger import merkle
from register.services.ledger.ledger_signing import LedgerSigner, Origin
from register.services.ledger.signer_folder import SignerFolder
from register.storage import forget, ledger
from register.storage.database import db, let_write
from register.storage.ledger import StoredNodes
from tests.databases import on_sqlite

ORIGIN = "register.example/log"
COLUMNS = ("content", "change_note", "action", "standard", "at", "version", "disclosure_id")
GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def signer(folder: Path, origin: str = ORIGIN, *, is_stated: bool = False) -> LedgerSigner:
    """A signer that has just been started."""
    return LedgerSigner(SignerFolder(folder), Origin(origin, is_stated=is_stated))


@contextmanager
def past_the_guards() -> Iterator[Callable[..., Any]]:
    """Lend a function that runs a statement while no trigger speaks; they are back afterwards."""
    forget()
    with db.engine.connect() as connection:
        bare: Any = connection.connection.driver_connection
        if on_sqlite():
            let_write(connection.connection, may=True)
            bare.execute("PRAGMA foreign_keys=OFF")
            guards = bare.execute(GUARDS).fetchall()
            for name, _sql in guards:
                bare.execute(f"DROP TRIGGER {name}")
            yield lambda statement, **values: bare.execute(statement, values)
            for _name, sql in guards:
                bare.execute(sql)
            bare.execute("PRAGMA foreign_keys=ON")
            return
        connection.exec_driver_sql("SET session_replication_role = replica")
        yield lambda statement, **values: connection.execute(text(statement), values)
        connection.exec_driver_sql("SET session_replication_role = origin")
        connection.commit()


def tamper(statement: str, **values: Any) -> None:
    """Do a single change."""
    with past_the_guards() as run:
        run(statement, **values)


def rewrite_tree() -> None:
    """Make all hashes fit to the entries again, as somebody would who knows the tree."""
    forget()
    rows = ledger.list_rows(0, 10_000)
    nodes = merkle.added_nodes(0, [merkle.leaf_hash(row.data) for row in rows], StoredNodes())
    with past_the_guards() as run:
        run("DELETE FROM ledger_node")
        for level, position, found in nodes:
            run("INSERT INTO ledger_node VALUES (:l, :p, :h)", l=level, p=position, h=found)


def lose_entries(least: int) -> None:
    """Let the log be as short as it was, with everything that belongs to that."""
    with past_the_guards() as run:
        run("DELETE FROM ledger_entry WHERE seq >= :least", least=least)
        run("DELETE FROM ledger_checkpoint WHERE size > :least", least=least)
    rewrite_tree()


@dataclass(frozen=True)
class Edit:
    """A byte of a version that is another one now, with what stands around it."""

    reference: str
    version: int
    column: str
    around: bytes

    def is_in(self, sentences: Collection[str]) -> bool:
        """Tell whether the version is named."""
        return any(f"{self.reference}, version {self.version}: " in each for each in sentences)


def byte_edits(database: str, count: int, seed: int) -> Iterator[Edit]:
    """Change a byte of any version in SQLite's file, so often, and put it back after each."""
    chance = random.Random(seed)
    forget()
    with closing(sqlite3.connect(database, isolation_level=None)) as bare:
        for name, _sql in bare.execute(GUARDS).fetchall():
            bare.execute(f"DROP TRIGGER {name}")
        versions = bare.execute(
            "SELECT revision.id, reference, version FROM revision"
            " JOIN disclosure ON disclosure.id = disclosure_id"
        ).fetchall()
        for number in range(count):
            key, reference, version = chance.choice(versions)
            column = "content" if number % 2 else chance.choice(COLUMNS)
            read = f"SELECT CAST({column} AS BLOB) FROM revision WHERE id = ?"
            put = f"UPDATE revision SET {column} = CAST(? AS TEXT) WHERE id = ?"
            (kept,) = bare.execute(read, [key]).fetchone()
            edited = bytearray(kept or b"null")
            place = chance.randrange(len(edited))
            edited[place] = chance.choice([b for b in range(1, 256) if b != edited[place]])
            bare.execute(put, [bytes(edited), key])
            yield Edit(reference, version, column, bytes(edited[max(0, place - 20) : place + 20]))
            bare.execute(put, [kept, key])
