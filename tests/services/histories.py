"""A register with histories, its file, and another instance that takes the file in."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask

from register import clock, create_app, storage
from register.services.actor import SYSTEM
from register.services.duties import nil_returns
from register.services.exports import register_export
from register.services.filings import filing, publishing
from register.services.imports.import_order import Order
from register.services.imports.import_report import Report
from register.services.imports.register_import import import_register
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.field import Kind
from register.standard.lifecycle import Status
from register.standard.obligations import Rules
from register.storage import disclosures, forget
from tests.desk import NOTE, Desk, sample_content
from tests.journeys.markers import Marks, withheld_wherever_possible

BEFORE = timedelta(days=400)  # what is told began so long ago
RULES = Rules()
NIL = {
    "name": {"en": "Nothing to report", "ur": "کچھ نہیں"},
    "summary": {"en": "No AI was used.", "ur": "کوئی نہیں"},
}
STATUSES = ("original", "human_translation", "machine_translation")


def exported(**given: Any) -> str:
    """The register at hand as a file."""
    forget()
    return "".join(register_export.lines(**given))


def taken_in(text: str | bytes, **order: Any) -> Report:
    """Take a file in, as an administrator does on the command line."""
    data = text.encode() if isinstance(text, str) else text
    given = {
        "file_name": "register.ndjson",
        "format_name": "register-1",
        "by": SYSTEM,
        "reference_prefix": "AIR",
        "is_published": True,
    }
    return import_register(io.BytesIO(data), Order(**{**given, **order}))


def reasons(report: Report) -> list[str]:
    """Why lines were rejected, in English."""
    return [str(each.to_json()["reason"]) for each in report.rejections]


@contextmanager
def instance(folder: Path, url: str) -> Iterator[Flask]:
    """An application over a database of its own, at hand for a while."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = create_app({"instance": folder, "database_url": url})
    with app.app_context():
        yield app
        storage.close()


@contextmanager
def then(moment: datetime) -> Iterator[None]:
    """Let it be an earlier moment for a while; what a filing looks ahead to is still ahead now."""
    sample_content()
    with clock.at(moment):
        yield


def rows(text: str) -> list[dict[str, Any]]:
    """The objects of a file."""
    return [json.loads(line) for line in text.split("\n") if line]


def written(objects: list[dict[str, Any]]) -> str:
    """A file of these objects."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)


class Chronicle:
    """Random deeds of people at a desk, one after the other in time; every text is new."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.marks = Marks()
        self.nil_returns = 0
        self._desk = desk
        self._chance = Random(seed)
        self._now = clock.now() - BEFORE
        self._public: list[str] = []

    def tell(self, deeds: int) -> None:
        """Do so many things; begin with one that is published."""
        self._at(self._publish)
        for _deed in range(deeds):
            self._at(self._chance.choice((self._publish, self._amend, self._amend, self._leave)))
        self._at(lambda: self._desk.start(**self._answers()))
        self._declare()

    def _at(self, deed: Callable[[], object]) -> None:
        self._now += timedelta(microseconds=self._chance.randrange(10**12))
        with then(self._now):
            deed()

    def _publish(self) -> None:
        agency = self._chance.choice(("taxes", "health", "schools", "courts"))
        self._public.append(self._desk.publish(f"officer@{agency}", **self._answers()))

    def _leave(self) -> None:
        reference = self._chance.choice(self._public)
        if disclosures.get_disclosure(reference).status == Status.PUBLISHED:
            self._desk.withdraw(reference, reason=self._note())

    def _amend(self) -> None:
        reference = self._chance.choice(self._public)
        officer = self._desk[f"officer@{disclosures.get_disclosure(reference).agency.slug}"]
        begun = filing.amend(officer, reference)
        content = self._content(begun.content)
        for section in CURRENT.sections:
            begun = filing.save_section(
                officer, reference, section, content, lock_version=begun.lock_version
            )
        sent = filing.submit(
            officer, reference, lock_version=begun.lock_version, change_note=self._note()
        )
        self._decide(sent)

    def _decide(self, sent: filing.Filing) -> None:
        if sent.body.approval == "both":
            sent = self._desk.endorse(sent)
        decider = f"approver@{sent.body.slug}" if sent.body.approval == "agency" else "secretariat"
        lock = sent.lock_version
        publishing.publish(self._desk[decider], sent.reference, lock_version=lock)

    def _declare(self) -> None:
        officer = self._desk["officer@health"]
        begun = nil_returns.declare(
            officer, "AIR", RULES, str(clock.today().year), texts=NIL, is_confirmed=True
        )
        answers = {**sample_content().answers, **begun.content.answers}
        whole = Content({**answers, "filed_by": self._filed_by()})
        for name in ("identity", "accountability"):
            section = CURRENT.section(name)
            begun = filing.save_section(
                officer, begun.reference, section, whole, lock_version=begun.lock_version
            )
        lock = begun.lock_version
        self._decide(filing.submit(officer, begun.reference, lock_version=lock))
        self.nil_returns += 1

    def _note(self) -> dict[str, str]:
        said = {code: f"{text} {self._chance.randrange(1000)}" for code, text in NOTE.items()}
        return said if self._chance.random() < 0.5 else {"ur": said["ur"], "en": said["en"]}

    def _answers(self) -> dict[str, Any]:
        return {"name": self._name(), "filed_by": self._filed_by()}

    def _name(self) -> dict[str, str]:
        number = self._chance.randrange(10**6)
        return {"en": f"System <b>{number}</b> “\\”", "ur": f"نظام {number} \u200f\u2028"}

    def _filed_by(self) -> dict[str, str]:
        word = self.marks.word("filed_by")
        return {"name": word, "email": f"{word}@example.org"}

    def _content(self, content: Content) -> Content:
        answers = {"name": self._name(), "filed_by": self._filed_by()}
        content = content.with_answers(**answers)
        if self._chance.random() < 0.4:
            kept = withheld_wherever_possible(content, self.marks)
            decided = {"decided_by": "The director", "decided_on": "2026-01-05"}
            content = replace(
                kept,
                withheld=tuple({**each, **decided} for each in kept.withheld),
                not_stated=(),
            )
        localized = [f.name for f in CURRENT.asked_fields if f.localized and f.kind is Kind.PROSE]
        told = self._chance.sample(localized, 3)
        made = {name: {"ur": self._chance.choice(STATUSES)} for name in told}
        return replace(content, translations=made)
