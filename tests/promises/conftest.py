"""An office with two people, and a filing that is complete: taken from the sample register."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from register.services.accounts import people
from register.services.actor import Actor
from register.services.directory import directory
from register.services.filings import filing, publishing, withdrawing
from register.services.filings.filing import Filing
from register.standard import CURRENT
from register.standard.content import Content
from register.web.wiring import search_index
from tests.promises.sources import ROOT

SAMPLE = ROOT / "sample" / "disclosures" / "01-tax-return-risk.json"
PASSWORD = "a long enough password"


@dataclass(frozen=True)
class Office:
    """One agency with an officer who writes and an approver who decides."""

    officer: Actor
    approver: Actor

    def submit(self, content: Content | None = None, **answers: Any) -> Filing:
        """File ``content`` (the sample's, if none is given) section by section and hand it in."""
        written = (content or sample_content()).with_answers(**answers)
        draft = filing.start(self.officer, "tax-office", "AIR", {})
        for section in CURRENT.sections:
            if section.asked_fields:
                draft = filing.save_section(
                    self.officer,
                    draft.reference,
                    section,
                    written,
                    lock_version=draft.lock_version,
                )
        return filing.submit(self.officer, draft.reference, lock_version=draft.lock_version)

    def publish(self, content: Content | None = None, **answers: Any) -> str:
        """File it and make it public; give the reference."""
        waiting = self.submit(content, **answers)
        publishing.publish(self.approver, waiting.reference, lock_version=waiting.lock_version)
        return waiting.reference

    def propose_withdrawal(self, reference: str) -> Filing:
        """Let a withdrawal wait for the second person."""
        reason = {"en": "It was filed twice."}
        return withdrawing.propose(self.officer, reference, reason=reason)

    def withdraw(self, reference: str) -> None:
        """Withdraw a published filing."""
        waiting = self.propose_withdrawal(reference)
        publishing.publish(self.approver, reference, lock_version=waiting.lock_version)


def sample_content() -> Content:
    """A complete filing of the kind that is asked most."""
    read: Mapping[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return Content.from_json(read["versions"][0]["content"])


@pytest.fixture
def office(context: Flask) -> Iterator[Office]:
    names = {"en": "Tax Office", "ur": "دفترِ محصولات"}
    directory.import_agencies([{"slug": "tax-office", "names": names, "level": "federal"}])
    for role in ("officer", "approver"):
        email = f"{role}@tax.example"
        people.add_account(email, role, PASSWORD, agency="tax-office")
    yield Office(
        officer=people.get_actor("officer@tax.example"),
        approver=people.get_actor("approver@tax.example"),
    )
    search_index().close()
