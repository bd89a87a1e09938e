"""Agencies with their people, and a filing that is complete: the ground of tests of deeds."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from register import clock
from register.services.accounts import people
from register.services.actor import Actor
from register.services.directory import directory
from register.services.filings import filing, publishing, withdrawing
from register.services.filings.filing import Filing
from register.services.filings.revisions import NewRevision, add_revision
from register.standard.content import Content
from register.standard.lifecycle import Role
from register.storage import accounts, agencies, disclosures, forget, transaction
from register.storage.base import Base
from register.storage.database import db
from register.storage.models import Account

SAMPLE = Path(__file__).parents[1] / "sample" / "disclosures" / "01-tax-return-risk.json"
# The schools have their approver too, but what they file the secretariat decides. What the courts
# file their approver approves, and the secretariat publishes.
AGENCIES = {"taxes": "agency", "health": "agency", "schools": "secretariat", "courts": "both"}
NOTE = {"en": "A figure was put right.", "ur": "ایک عدد درست کیا گیا۔"}


@dataclass(frozen=True)
class Desk:
    """Everybody, by address."""

    people: dict[str, Actor]

    def __getitem__(self, name: str) -> Actor:
        return self.people[name]

    def start(self, by: str = "officer@taxes", **answers: Any) -> Filing:
        """Begin a filing that answers everything."""
        actor = self[by]
        written = {**sample_content().answers, **answers}
        return filing.start(actor, str(actor.agency), "AIR", written)

    def submit(self, by: str = "officer@taxes", **answers: Any) -> Filing:
        """Begin a filing and hand it in."""
        begun = self.start(by, **answers)
        return filing.submit(self[by], begun.reference, lock_version=begun.lock_version)

    def publish(self, by: str = "officer@taxes", **answers: Any) -> str:
        """Make a filing public; give its reference."""
        waiting = self.submit(by, **answers)
        agency = str(self[by].agency)
        if AGENCIES[agency] == "both":
            waiting = self.endorse(waiting)
        decider = f"approver@{agency}" if AGENCIES[agency] == "agency" else "secretariat"
        publishing.publish(self[decider], waiting.reference, lock_version=waiting.lock_version)
        return waiting.reference

    def withdraw(
        self, reference: str, by: str = "", *, reason: dict[str, str] | None = None
    ) -> int:
        """Let an officer propose to withdraw it, and somebody who may decide so; or ``by``."""
        agency = disclosures.get_disclosure(reference).agency.slug
        waiting = withdrawing.propose(self[f"officer@{agency}"], reference, reason=reason or NOTE)
        if AGENCIES[agency] == "both":
            waiting = self.endorse(waiting)
        decider = f"second-approver@{agency}" if AGENCIES[agency] == "agency" else "secretariat"
        lock = waiting.lock_version
        return publishing.publish(self[by or decider], reference, lock_version=lock)

    def endorse(self, waiting: Filing, by: str = "") -> Filing:
        """Approve what waits for an agency's own approver."""
        approver = self[by or f"approver@{waiting.body.slug}"]
        publishing.endorse(approver, waiting.reference, lock_version=waiting.lock_version)
        return publishing.get_for_decision(approver, waiting.reference)


@cache
def sample_content() -> Content:
    """A complete filing of the kind that is asked most; its answers are not to be changed."""
    read = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return looking_ahead(Content.from_json(read["versions"][0]["content"]))


def looking_ahead(content: Content) -> Content:
    """Give a filing of the sample with days of review that have not gone by, whenever this runs."""
    later = (clock.today() + timedelta(days=300)).isoformat()
    kept = content.with_answers(next_review_due=later)
    return replace(kept, withheld=tuple({**each, "review_on": later} for each in kept.withheld))


def make_desk() -> Desk:
    """Make the agencies and their people; nobody of them needs a password.

    Most tests begin with this, so the people are written all at once.
    """
    directory.import_agencies(
        {"slug": slug, "names": {"en": slug.title()}, "level": "federal", "approval": approval}
        for slug, approval in AGENCIES.items()
    )
    with transaction() as session:
        for slug in AGENCIES:
            agency = agencies.get_agency(slug).id
            for name, role in (("officer", Role.OFFICER), ("approver", Role.APPROVER)):
                session.add(_person(f"{name}@{slug}", role, agency))
                session.add(_person(f"second-{name}@{slug}", role, agency))
        for role in (Role.SECRETARIAT, Role.AUDITOR, Role.ADMINISTRATOR):
            session.add(_person(str(role), role))
        session.add(_person("second-secretariat", Role.SECRETARIAT))
    return Desk({account.email: people.actor_of(account) for account in accounts.list_accounts()})


def append_version(reference: str, content: Content, *, is_withdrawal: bool = False) -> None:
    """Make a version public that nobody worked on and nobody approved, as an import does."""
    with transaction():
        add_revision(
            NewRevision(
                disclosure=disclosures.get_disclosure(reference),
                content=content,
                standard="v1",
                author_id=None,
                approver_id=None,
                change_note=NOTE,
                is_withdrawal=is_withdrawal,
            )
        )


def add_person(email: str, role: Role, agency: str | None = None) -> None:
    """Make an account that cannot sign in."""
    accounts.add_account(_person(email, role, agencies.get_agency(agency).id if agency else None))


def _person(email: str, role: Role, agency_id: int | None = None) -> Account:
    return Account(
        email=email,
        role=role,
        agency_id=agency_id,
        password_hash="none",
        created_at=clock.now(),
    )


def change_role(email: str, role: Role) -> None:
    """Give a person another role."""
    with transaction():
        accounts.get_account(email).role = role


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, read anew."""
    forget()
    return {
        table.name: [tuple(map(repr, row)) for row in _rows(table)]
        for table in Base.metadata.sorted_tables
    }


def _rows(table: Any) -> Any:
    return db.session.execute(table.select().order_by(*table.primary_key.columns))
