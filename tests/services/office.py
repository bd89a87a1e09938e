"""What filings should be, and the people of three agencies and the secretariat who work on them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from register.errors import RegisterError
from register.services.actor import Actor
from register.services.filings import filing, publishing
from register.services.filings.filing import WITHDRAWAL
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.lifecycle import DraftState, Role, Status
from register.standard.publication import Publication
from register.storage import disclosures, forget, publications
from register.storage.database import db
from register.storage.models import AuditEvent, Outbox
from tests.desk import NOTE, Desk, sample_content

BY_SECRETARIAT = {"schools", "courts"}
IDENTITY = CURRENT.section("identity")


@dataclass
class Model:
    """What a filing should be."""

    reference: str
    agency: str
    content: str
    state: DraftState = DraftState.DRAFT
    status: Status = Status.UNPUBLISHED
    touched: set[str] = field(default_factory=set)
    versions: list[str] = field(default_factory=list)
    revisions: list[str] = field(default_factory=list)
    endorser: str = ""
    purpose: str = "filing"
    comments: dict[str, str] = field(default_factory=dict)
    events: int = 1

    @property
    def awaited(self) -> DraftState:
        """The state in which it can be published."""
        return DraftState.ENDORSED if self.agency == "courts" else DraftState.SUBMITTED

    @property
    def barred(self) -> set[str]:
        """Who may not publish it."""
        return self.touched | {self.endorser} - {""}


class Office:
    """Who there is, what is there, and what several deeds have in common."""

    desk: Desk
    counts: Counter[str]
    references: set[str]
    filings: list[Model]
    written: int

    # Who there is.

    def writer(self, agency: str, number: int) -> Actor:
        names = ("officer", "second-officer", "approver", "second-approver")
        return self.desk[f"{names[number % 4]}@{agency}"]

    def decider(self, agency: str, number: int) -> Actor:
        """Whoever publishes."""
        if agency in BY_SECRETARIAT:
            return self.desk[("secretariat", "second-secretariat")[number % 2]]
        return self.approver(agency, number)

    def approver(self, agency: str, number: int) -> Actor:
        return self.desk[(f"approver@{agency}", f"second-approver@{agency}")[number % 2]]

    def as_decider(self, email: str, agency: str) -> Actor:
        """This person, promoted to whoever publishes the agency's filings."""
        if agency in BY_SECRETARIAT:
            return replace(self.desk[email], role=Role.SECRETARIAT, agency=None)
        return self.as_approver(email, agency)

    def as_approver(self, email: str, agency: str) -> Actor:
        return replace(self.desk[email], role=Role.APPROVER, agency=agency)

    def stranger(self, model: Model) -> Actor:
        """Somebody who may publish and had no hand in it, so that only the lock is in the way."""
        deciders = [self.decider(model.agency, number) for number in range(2)]
        free = [each for each in deciders if each.email not in model.barred]
        return free[0] if free else self.as_decider("approver@health", model.agency)

    def free_approver(self, model: Model) -> Actor:
        """An approver of the agency who had no hand in it."""
        approvers = [self.approver(model.agency, number) for number in range(2)]
        free = [each for each in approvers if each.email not in model.touched]
        return free[0] if free else self.as_approver("approver@health", model.agency)

    def by_id(self, number: int) -> str:
        return next(each.email for each in self.desk.people.values() if each.account_id == number)

    # What is there.

    def pick(self, turn: int, *states: DraftState, status: Status | None = None) -> Model | None:
        fit = [
            each for each in self.filings if each.state in states and status in {None, each.status}
        ]
        return fit[turn % len(fit)] if fit else None

    def text(self) -> str:
        self.written += 1
        return f"Number {self.written}"

    def lock(self, model: Model) -> int:
        forget()
        return disclosures.get_disclosure(model.reference).lock_version

    def attempt(self, deed: str, expected: str, do: Callable[[], object]) -> bool:
        self.counts[deed] += 1
        try:
            do()
            found = "done"
        except RegisterError as error:
            found = type(error).__name__
            if isinstance(error.__cause__, DBAPIError):
                found = "refused by nobody but the database"
        assert found == expected, f"{deed}: {found} instead of {expected}"
        return found == "done"

    def check(self, model: Model) -> None:
        """Compare all that the database holds of a filing with the model."""
        forget()
        kept = disclosures.get_disclosure(model.reference)
        versions = publications.list_versions(model.reference)
        assert (kept.draft_state, kept.status) == (model.state, model.status)
        assert kept.current_version == len(model.versions)
        assert [name_of(each.content) for each in versions][::-1] == model.versions
        assert [told(each) for each in versions][::-1] == model.revisions
        assert (kept.draft_comments or {}) == model.comments
        assert (kept.draft_endorser.email if kept.draft_endorser else "") == model.endorser
        assert {self.by_id(number) for number in disclosures.contributors(kept)} == model.touched
        assert kept.draft_purpose == model.purpose
        if model.state is not DraftState.NONE:
            assert name_of(Content.from_json(kept.draft_content or {})) == model.content
        notices = select(func.count(Outbox.id)).where(Outbox.reference == model.reference)
        assert db.session.scalar(notices) == len(model.versions)
        events = select(func.count(AuditEvent.id)).where(AuditEvent.disclosure_id == kept.id)
        assert db.session.scalar(events) == model.events

    # What people do.

    def started(self, agency: str, by: Actor) -> Model:
        text = self.text()
        answers = {**sample_content().answers, "name": {"en": text, "ur": text}}
        begun = filing.start(by, agency, "AIR", answers)
        assert begun.reference not in self.references
        self.references.add(begun.reference)
        self.filings.append(Model(begun.reference, agency, text, touched={by.email}))
        return self.filings[-1]

    def submitted(self, model: Model, by: Actor) -> Model:
        filing.submit(by, model.reference, lock_version=self.lock(model), change_note=NOTE)
        model.state, model.comments = DraftState.SUBMITTED, {}
        model.touched.add(by.email)
        model.events += 1
        return model

    def ready(self, model: Model) -> Model:
        """See to it that a waiting filing waits for whoever publishes."""
        if model.state is not model.awaited:
            approver, lock = self.free_approver(model), self.lock(model)
            self.attempt(
                "endorse",
                "done",
                lambda: publishing.endorse(approver, model.reference, lock_version=lock),
            )
            self.made_endorsed(model, approver)
        return model

    def made_endorsed(self, model: Model, by: Actor) -> None:
        assert by.email not in model.touched
        model.state, model.endorser = DraftState.ENDORSED, by.email
        model.events += 1

    def published(self, turn: int, who: int, agency: str) -> Model:
        """Bring a filing, one that is published already if there is one, to its next version."""
        by = self.writer(agency, who)
        model = self.pick(turn, DraftState.NONE)
        if model is None:
            model = self.started(agency, by)
        else:
            by = self.writer(model.agency, who)
            self.attempt("amend", "done", lambda: filing.amend(by, model.reference))
            model.state, text = DraftState.DRAFT, self.text()
            self.save_as(model, by, text, self.lock(model))
            model.content = text
            model.touched.add(by.email)
            model.events += 2
        self.ready(self.submitted(model, by))
        decider, lock = self.stranger(model), self.lock(model)
        self.attempt(
            "publish",
            "done",
            lambda: publishing.publish(decider, model.reference, lock_version=lock),
        )
        self.made_public(model, model.content, decider)
        return model

    def save_as(self, model: Model, by: Actor, text: str, lock_version: int) -> None:
        forget()
        kept = Content.from_json(
            disclosures.get_disclosure(model.reference).draft_content or sample_content().to_json()
        )
        written = kept.with_answers(name={"en": text, "ur": text})
        filing.save_section(by, model.reference, IDENTITY, written, lock_version=lock_version)

    def made_public(self, model: Model, text: str, by: Actor) -> None:
        """Note a version that was published or withdrawn just now, by a second person."""
        is_withdrawal = model.purpose == WITHDRAWAL
        model.status = Status.WITHDRAWN if is_withdrawal else Status.PUBLISHED
        model.state, model.purpose, model.comments = DraftState.NONE, "filing", {}
        assert by.email not in model.barred
        forget()
        listed = publications.list_versions(model.reference)
        assert len(listed) == len(model.versions) + 1
        newest = listed[0]
        assert newest.audit["approver"] == by.email
        model.versions.append(text)
        model.revisions.append(told(newest))
        model.touched, model.endorser = set(), ""
        model.events += 1


def told(version: Publication) -> str:
    """All that a version says, to see that it never says anything else."""
    return repr((version.version, version.content.to_json(), version.change_note, version.audit))


def name_of(content: Content) -> str:
    return str(content.answers["name"]["en"])
