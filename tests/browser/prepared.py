"""What journeys begin with, put into the served register by its services, as a command would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from register import clock, create_app, storage
from register.services.accounts import people
from register.services.directory import directory
from register.services.filings import filing, kept, publishing
from register.standard.content import Content
from register.storage import transaction
from register.storage.models import Account, SignIn
from tests.browser.service import PASSWORD, Service

BEGAN_ON = "2025-01-01"
LONG_AGO = timedelta(days=400)


@dataclass(frozen=True)
class Bureau:
    """A public body of a journey's own, and the addresses of those who work there."""

    slug: str

    @property
    def officer(self) -> str:
        return f"officer@{self.slug}.example"

    @property
    def colleague(self) -> str:
        return f"colleague@{self.slug}.example"

    @property
    def approver(self) -> str:
        return f"approver@{self.slug}.example"


@contextmanager
def behind_the_desk(service: Service) -> Iterator[None]:
    """Act on the register that is served."""
    app = create_app({"instance": service.folder})
    with app.app_context():
        try:
            yield
        finally:
            storage.close()


def a_bureau(service: Service, slug: str, approval: str = "agency") -> Bureau:
    """Make a public body with two officers and an approver, unless it is there already."""
    bureau = Bureau(slug)
    names = {"en": slug.replace("-", " ").title(), "ur": f"دفتر {slug}"}
    row = {"slug": slug, "names": names, "level": "federal", "approval": approval}
    with behind_the_desk(service):
        if slug not in {body.slug for body in directory.list_bodies()}:
            directory.import_agencies([{**row, "in_scope_from": BEGAN_ON}])
            for email in (bureau.officer, bureau.colleague):
                people.add_account(email, "officer", PASSWORD, agency=slug)
            people.add_account(bureau.approver, "approver", PASSWORD, agency=slug)
    return bureau


def a_draft(service: Service, bureau: Bureau, content: Content) -> str:
    """Let an officer begin a filing with all of this in it; give its reference."""
    with behind_the_desk(service):
        return _begun(bureau, content).reference


def a_waiting_one(service: Service, bureau: Bureau, content: Content) -> str:
    """Let an officer hand it in, too."""
    with behind_the_desk(service):
        return _handed_in(bureau, content).reference


def an_old_record(service: Service, bureau: Bureau, content: Content) -> str:
    """Let it be published so long ago that it should have been confirmed since."""
    with behind_the_desk(service), clock.at(clock.now() - LONG_AGO):
        waiting = _handed_in(bureau, content)
        approver = people.get_actor(bureau.approver)
        publishing.publish(approver, waiting.reference, lock_version=waiting.lock_version)
        return waiting.reference


def stored(service: Service, bureau: Bureau, reference: str) -> Content:
    """What is stored of a filing now."""
    with behind_the_desk(service):
        return filing.get_filing(people.get_actor(bureau.officer), reference).content


def count_kept(service: Service, email: str) -> int:
    """How many forms are kept for somebody."""
    with behind_the_desk(service):
        return len(kept.list_kept(people.get_actor(email)))


def end_sessions(service: Service, email: str) -> None:
    """Let this person's sessions have ended, as they do when nobody uses them."""
    with behind_the_desk(service), transaction() as session:
        own = select(SignIn).join(Account).where(Account.email == email)
        for sign_in in session.scalars(own):
            sign_in.seen_at = _earlier(sign_in.seen_at)


def _earlier(moment: datetime) -> datetime:
    return moment - people.IDLE - timedelta(minutes=1)


def _begun(bureau: Bureau, content: Content) -> filing.Filing:
    officer = people.get_actor(bureau.officer)
    return filing.start(officer, bureau.slug, "AIR", {}, basis=filing.Basis(content=content))


def _handed_in(bureau: Bureau, content: Content) -> filing.Filing:
    officer, begun = people.get_actor(bureau.officer), _begun(bureau, content)
    return filing.submit(officer, begun.reference, lock_version=begun.lock_version)
