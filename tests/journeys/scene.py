"""A town with a marker in all that the public may not read, from the first draft to the last."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from io import StringIO
from logging import DEBUG, StreamHandler, getLogger
from typing import Any

from register import clock
from register.services.accounts import invitations, people
from register.services.accounts.invitations import Wanted
from register.services.actor import Actor
from register.services.audit import audit_notes
from register.services.filings import determinations, filing, publishing, templates, withdrawing
from register.services.filings.filing import Filing
from register.standard import CURRENT
from register.standard.content import Content
from register.storage import accounts, agencies, transaction
from register.storage.models import KeptForm, Upload
from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.markers import Marks, withheld_wherever_possible
from tests.journeys.people import STAFF

IN_USE, ENDED = "tax-return-risk", "missed-appointments"
NOTE = {"en": "A figure was put right.", "ur": "ایک عدد درست کیا گیا۔"}
WHY = {"en": "It was filed twice.", "ur": "یہ دو بار درج ہوا۔"}
OFFICER, APPROVER = "officer@city.example", "approver@city.example"


@dataclass
class Scene:
    """What was done in the town: the filings by what became of them, and all that was said."""

    town: Town
    marks: Marks = field(default_factory=Marks)
    said: StringIO = field(default_factory=StringIO)
    references: dict[str, str] = field(default_factory=dict)
    contents: list[Content] = field(default_factory=list)

    def play(self) -> None:
        """Do all of it."""
        with self.overheard(), self.town.app.app_context():
            self._name_accounts()
            self._publish_and_amend()
            self._withdraw()
            self._leave_things_lying()
        with self.overheard():
            self.town.drain()

    @contextmanager
    def overheard(self) -> Iterator[None]:
        """Keep all that is logged, however little it matters, and all that is printed."""
        handler, root = StreamHandler(self.said), getLogger()
        level = root.level
        root.addHandler(handler)
        root.setLevel(DEBUG)
        try:
            with redirect_stdout(self.said), redirect_stderr(self.said):
                yield
        finally:
            root.setLevel(level)
            root.removeHandler(handler)

    def content(self, name: str) -> Content:
        """A filing with markers in all that is withheld or not public."""
        made = withheld_wherever_possible(sample(name), self.marks)
        person = self.marks.word("withheld.decided_by")
        entries = [{**e, "decided_by": person, "decided_on": "2026-01-05"} for e in made.withheld]
        self.contents.append(replace(made, withheld=tuple(entries)))
        return self.contents[-1]

    def _name_accounts(self) -> None:
        with transaction():
            for email in STAFF:
                self.marks.places[email] = "the address of an account"
                accounts.get_account(email).name = self.marks.word("the name of an account")

    def _publish_and_amend(self) -> None:
        officer, approver = people.get_actor(OFFICER), people.get_actor(APPROVER)
        waiting = submitted(officer, started(officer, self.content(IN_USE)))
        publishing.give_back(
            approver,
            waiting.reference,
            lock_version=waiting.lock_version,
            reason=f"No: {self.marks.word('the reason of a return')}.",
            comments={"purpose": self.marks.word("the comment of a return")},
        )
        waiting = submitted(officer, filing.get_filing(officer, waiting.reference))
        publish(approver, waiting)
        for turn in ("published", "left as a draft"):
            begun = filing.amend(officer, waiting.reference)
            written = written_into(officer, begun, self.content(IN_USE))
            if turn == "published":
                publish(approver, submitted(officer, written, NOTE))
        draft = {"purpose": {"en": self.marks.word("a draft of a new version")}}
        written_into(officer, written, self.contents[-1].with_answers(**draft))
        self.references["current"] = waiting.reference

    def _withdraw(self) -> None:
        officer, approver = people.get_actor(OFFICER), people.get_actor(APPROVER)
        waiting = submitted(officer, started(officer, self.content(ENDED)))
        publish(approver, waiting)
        publish(approver, withdrawing.propose(officer, waiting.reference, reason=WHY))
        self.references["withdrawn"] = waiting.reference

    def _leave_things_lying(self) -> None:
        officer, mark = people.get_actor(OFFICER), self.marks.word
        draft = sample(IN_USE).with_answers(purpose={"en": mark("a draft")})
        draft = draft.with_answers(name={"en": mark("the name of a draft")})
        self.references["draft"] = started(officer, draft).reference
        determinations.check(
            officer,
            {
                "name": mark("the name in a determination"),
                "infers": "no",
                "used": "yes",
                "since": "2026",
                "touches": "neither",
                "excluded": "yes",
                "provision": mark("the provision in a determination"),
                "reason": {"en": mark("the reason in a determination")},
            },
        )
        names = {"en": mark("the name of a template")}
        templates.keep_template(officer, self.references["current"], names)
        self._note()
        self._leave_rows(officer)
        wanted = Wanted(email=f"{mark('an address that is invited')}@city.example", role="auditor")
        invitations.invite(
            people.get_actor("administrator@register.example"),
            wanted,
            lambda token, language: f"http://localhost/{self._kept_secret(token)}",
            by_mail=True,
        )

    def _note(self) -> None:
        auditor, mark = people.get_actor("auditor@register.example"), self.marks.word
        said = mark("a note of an auditor")
        for about in ({"reference": self.references["current"]}, {"agency": "city"}, {}):
            audit_notes.write(auditor, f"Ask about {said} again.", **about)

    def _leave_rows(self, officer: Actor) -> None:
        mark = self.marks.word
        with transaction() as session:
            session.add(
                KeptForm(
                    account_id=officer.account_id,
                    path=f"/filing/{mark('the path of a kept form')}",
                    fields=[["purpose-en", mark("a kept form")]],
                    at=clock.now(),
                )
            )
            session.add(
                Upload(
                    token=mark("the token of an upload"),
                    account_id=officer.account_id,
                    agency_id=agencies.get_agency("city").id,
                    file_name=f"{mark('the name of an upload')}.xlsx",
                    file_hash=mark("the hash of an upload"),
                    body=mark("an upload").encode(),
                    at=clock.now(),
                )
            )

    def _kept_secret(self, token: str) -> str:
        self.marks.places[token] = "the secret of an invitation"
        return token


def started(officer: Actor, content: Content) -> Filing:
    """A filing with all of this in it."""
    return written_into(officer, filing.start(officer, "city", "AIR", {}), content)


def written_into(officer: Actor, draft: Filing, content: Content) -> Filing:
    """The draft with all of this in it, section by section."""
    for section in CURRENT.sections:
        if section.asked_fields:
            draft = filing.save_section(
                officer, draft.reference, section, content, lock_version=draft.lock_version
            )
    return draft


def submitted(officer: Actor, draft: Filing, note: Mapping[str, Any] | None = None) -> Filing:
    """The draft, handed in."""
    return filing.submit(
        officer, draft.reference, lock_version=draft.lock_version, change_note=note
    )


def publish(approver: Actor, waiting: Filing) -> None:
    """Make it public."""
    publishing.publish(approver, waiting.reference, lock_version=waiting.lock_version)
