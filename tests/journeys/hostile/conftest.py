"""A town in which nothing may change, with a draft and a published disclosure."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from register.storage import database
from register.storage.models import Account, Agency, Disclosure, Revision
from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.hostile.sent import CANARY


@pytest.fixture(scope="module")
def town(lasting_town: Town) -> Town:
    lasting_town.drain()
    return lasting_town


@pytest.fixture(scope="module")
def draft(town: Town) -> str:
    """A filing in preparation, with a word in it that no stranger may see."""
    content = sample("street-fault-reports")
    reference = town.officer.begin(content.with_answers(name={"en": f"{CANARY} planner"}))
    town.officer.fill_in(reference, content, "classification", "purpose", "assurance")
    return reference


@pytest.fixture(scope="module")
def reference(town: Town) -> str:
    """A published disclosure."""
    filed = town.officer.file(sample("street-fault-reports"))
    town.approver.publish(filed)
    town.drain()
    return filed


def stored(town: Town) -> Any:
    """Everything that is kept of filings, versions, bodies and accounts."""
    with town.app.app_context():
        database.forget()
        session = database.db.session
        filings = session.scalars(select(Disclosure).order_by(Disclosure.id))
        return (
            [(d.reference, d.draft_content, d.draft_state, d.lock_version) for d in filings],
            [r.content for r in session.scalars(select(Revision).order_by(Revision.id))],
            [(a.slug, a.names) for a in session.scalars(select(Agency).order_by(Agency.id))],
            [(a.email, a.role) for a in session.scalars(select(Account).order_by(Account.id))],
        )


@pytest.fixture
def nothing_changes(town: Town, draft: str, reference: str) -> Iterator[None]:
    """What is stored after the test is what was stored before it."""
    before = stored(town)
    yield
    assert stored(town) == before
