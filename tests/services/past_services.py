"""The database's own guards, tried by what comes past the services."""

from typing import Any

from sqlalchemy import text

from register import clock
from register.services.actor import Actor
from register.services.filings import filing
from register.services.filings.filing import Filing
from register.storage import disclosures, transaction
from tests.databases import on_sqlite
from tests.desk import Desk
from tests.services.deeds import SECTION

INSERT = """
    INSERT INTO {schema}.revision
        (disclosure_id, version, action, standard, content, author_id, approver_id, at)
    VALUES (:disclosure_id, :version, :action, 'v1', '{{}}', :author_id, :approver_id, :at)
"""


def insert(reference: str, approver: Actor | None, *, first: str = "", **values: Any) -> None:
    """Write a revision as somebody with a connection could, past every check of ours.

    The statement ``first`` is theirs, too, and may prepare it.
    """
    schema = "main" if on_sqlite() else "public"
    filed = disclosures.get_disclosure(reference)
    row = {
        "disclosure_id": filed.id,
        "version": filed.current_version + 1,
        "action": "published",
        "author_id": None,
        "approver_id": approver.account_id if approver else None,
        "at": clock.now().replace(tzinfo=None).isoformat(" "),
        **values,
    }
    with transaction() as session:
        if first:
            session.execute(text(first))
        session.execute(text(INSERT.format(schema=schema)), row)


def endorse_past_the_services(waiting: Filing, by: Actor) -> None:
    with transaction() as session:
        session.execute(
            text("UPDATE disclosure SET draft_endorser_id = :by WHERE reference = :reference"),
            {"by": by.account_id, "reference": waiting.reference},
        )


def handed_in_by_several(desk: Desk) -> Filing:
    """A filing in which several people had a hand: one began it, one saved, one handed it in."""
    begun = desk.start("officer@courts")
    saved = filing.save_section(
        desk["second-officer@courts"],
        begun.reference,
        SECTION,
        begun.content,
        lock_version=begun.lock_version,
    )
    return filing.submit(
        desk["second-approver@courts"], begun.reference, lock_version=saved.lock_version
    )
