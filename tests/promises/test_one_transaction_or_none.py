"""Publishing writes revision, status, audit event, notice and ledger together, or none of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import func, select

from register.services.filings import publishing
from register.storage.database import db, forget
from register.storage.models import (
    AuditEvent,
    Disclosure,
    LedgerEntry,
    LedgerNode,
    Outbox,
    Revision,
)
from tests.databases import hearing
from tests.promises.conftest import Office

WRITES = (
    "INSERT INTO revision",
    "UPDATE disclosure",
    "INSERT INTO audit_event",
    "INSERT INTO outbox",
    "INSERT INTO ledger_entry",
    "INSERT INTO ledger_node",
)
Facts = tuple[int, int, int, int, int, str, str]


class PowerCutError(Exception):
    """The machine stops."""


def facts() -> Facts:
    """What the database holds of a publication, read anew."""
    forget()
    counts = [
        db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Revision, AuditEvent, Outbox, LedgerEntry, LedgerNode)
    ]
    disclosure = db.session.scalars(select(Disclosure)).one()
    return (
        counts[0],
        counts[1],
        counts[2],
        counts[3],
        counts[4],
        disclosure.status,
        disclosure.draft_state,
    )


@contextmanager
def failing_at(is_fatal: Callable[[str], bool]) -> Iterator[None]:
    """Stop just before a statement reaches the database."""

    def before(statement: str) -> None:
        if is_fatal(statement):
            raise PowerCutError

    with hearing(before):
        yield


@pytest.mark.parametrize("write", WRITES)
def test_a_failure_at_any_write_leaves_everything_as_it_was(
    context: Flask, office: Office, write: str
) -> None:
    waiting = office.submit()
    before = facts()

    with failing_at(lambda statement: statement.startswith(write)), pytest.raises(PowerCutError):
        publishing.publish(office.approver, waiting.reference, lock_version=waiting.lock_version)

    assert facts() == before


def test_without_a_failure_all_of_it_is_written(context: Flask, office: Office) -> None:
    waiting = office.submit()
    revisions, events, notices, entries, nodes, _status, _draft = facts()

    publishing.publish(office.approver, waiting.reference, lock_version=waiting.lock_version)

    # One entry tells of the version, one of its tier; the tree joins them to the first.
    written = (revisions + 1, events + 1, notices + 1, entries + 2, nodes + 3)
    assert facts() == (*written, "published", "none")


def test_a_withdrawal_is_one_transaction_as_well(context: Flask, office: Office) -> None:
    reference = office.publish()
    waiting = office.propose_withdrawal(reference)
    before = facts()

    with (
        failing_at(lambda statement: statement.startswith("INSERT INTO outbox")),
        pytest.raises(PowerCutError),
    ):
        publishing.publish(office.approver, reference, lock_version=waiting.lock_version)

    assert facts() == before
