"""What tests start from: agencies, accounts, and a disclosure that breaks no rule."""

import json
from functools import cache
from typing import Any

from register import clock, config
from register.services.accounts import people
from register.services.actor import Actor
from register.services.directory import directory
from register.services.filings import filing, publishing
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.lifecycle import Role
from register.storage import accounts, agencies, passwords, transaction
from register.storage.models import Account
from tests.desk import looking_ahead

PASSWORD = "a password for tests"
SAMPLE = config.ROOT / "sample"


def an_agency(slug: str = "ministry-health", **values: Any) -> str:
    """Put an agency into the directory; give its slug."""
    name = slug.replace("-", " ").title()
    row = {"slug": slug, "names": {"en": name}, "level": "federal", **values}
    directory.import_agencies([row])
    return slug


def an_account(role: Role, agency: str | None = None, email: str = "") -> Actor:
    """Make an account with the tests' password; give who it is."""
    email = email or f"{role.value}@{agency or 'register'}.example"
    with transaction():
        accounts.add_account(
            Account(
                email=email,
                role=role,
                agency_id=agencies.get_agency(agency).id if agency else None,
                password_hash=_password_hash(),
                created_at=clock.now(),
            )
        )
    return people.get_actor(email)


def content(**answers: Any) -> Content:
    """Give the content of a filing that breaks no rule, with these answers replaced."""
    text = (SAMPLE / "disclosures" / "15-essay-feedback.json").read_text("utf-8")
    first = Content.from_json(json.loads(text)["versions"][0]["content"])
    return looking_ahead(first).with_answers(**answers)


def a_draft(officer: Actor, what: Content | None = None) -> filing.Filing:
    """Let an officer write a whole draft."""
    agency = officer.agency or ""
    what = (what or content()).with_answers(agency=agency)
    draft = filing.start(officer, agency, "AIR", {})
    for section in CURRENT.sections:
        draft = filing.save_section(
            officer, draft.reference, section, what, lock_version=draft.lock_version
        )
    return draft


def a_published_one(officer: Actor, approver: Actor, what: Content | None = None) -> str:
    """Let an officer write a disclosure and an approver publish it; give its reference."""
    draft = a_draft(officer, what)
    sent = filing.submit(officer, draft.reference, lock_version=draft.lock_version)
    publishing.publish(approver, sent.reference, lock_version=sent.lock_version)
    return sent.reference


@cache
def _password_hash() -> str:
    return passwords.hashed(PASSWORD)
