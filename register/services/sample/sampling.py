"""The sample register: fictitious agencies and their disclosures, filed as real ones are.

Every version goes the whole way: an officer writes it section by section and submits it, and a
second person publishes it, on the day on which the sample says that it was published.
"""

import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from register import clock
from register.errors import Conflict, Invalid
from register.services.sample import sampling_duties
from register.services.accounts import people
from register.services.actor import Actor
from register.services.directory import directory
from register.services.filings import filing, publishing, withdrawing
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.field import Section
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import accounts, agencies, disclosures, events, passwords, transaction
from register.storage.models import Account

#: Told how many versions are filed, and how many there are.
Progress = Callable[[int, int], None]
LOADED = "sample_loaded"
SHOWN_AGENCY = "revenue-service"  # whose accounts are shown as examples
SECRETARIAT = "secretariat@register.example"
STAFF = {
    SECRETARIAT: Role.SECRETARIAT,
    "auditor@register.example": Role.AUDITOR,
    "administrator@register.example": Role.ADMINISTRATOR,
}


@dataclass(frozen=True)
class Loaded:
    """What the sample brought into the register."""

    agencies: int
    accounts: int
    disclosures: int
    versions: int


@dataclass(frozen=True)
class _Step:
    """A version to publish or, without one, a withdrawal; steps are sorted by day, then file."""

    day: str
    file: str
    position: int
    agency: str
    version: Mapping[str, Any] | None
    reason: Mapping[str, str]
    period: str | None = None

    @property
    def when(self) -> tuple[str, str, int]:
        """What steps are sorted by, so that references come out the same each time."""
        return self.day, self.file, self.position


def is_loaded() -> bool:
    """Tell whether this register holds the sample."""
    return events.has_event(LOADED)


def is_empty() -> bool:
    """Tell whether the register has no agency, no account and no disclosure yet."""
    return not (
        agencies.list_agencies() or accounts.list_accounts() or disclosures.count_disclosures()
    )


def load_sample(
    folder: Path,
    *,
    password: str,
    reference_prefix: str,
    is_forced: bool = False,
    progress: Progress = lambda done, total: None,
) -> Loaded | None:
    """Load the sample from ``folder``, all or nothing; do nothing and give ``None`` if it is there.

    Each account has the same ``password``. Raise :exc:`Conflict` if the register holds anything
    else, unless ``is_forced``, and :exc:`Invalid` if the sample is not as it should be.
    """
    if is_loaded():
        return None
    if not is_forced and not is_empty():
        raise Conflict(_("The register is not empty. The sample belongs in a register of its own."))
    bodies = directory.read_agencies((folder / "agencies.json").read_text("utf-8"))
    steps = sorted(_steps(folder / "disclosures"), key=lambda step: step.when)
    known = sampling_duties.read_duties(folder / "duties.json")
    with transaction():
        with clock.at(sampling_duties.morning_of(known["founded_on"])):
            directory.import_agencies(bodies)
        made = _add_accounts([body["slug"] for body in bodies], password)
        references: dict[str, str] = {}
        for done, step in enumerate(steps, start=1):
            _take(step, references, reference_prefix)
            progress(done, len(steps))
        sampling_duties.load_duties(known, officer_of, SECRETARIAT)
        events.add_event(LOADED, by=None, details={"disclosures": len(references)})
    versions = sum(step.version is not None for step in steps)
    return Loaded(len(bodies), made, len(references), versions)


def is_sample(instance: Path) -> bool:
    """Tell whether this instance was made for the sample, so that its passwords may be shown."""
    return _password_file(instance).exists()


def sample_password(instance: Path, given: str = "") -> str:
    """Give the password of the sample accounts: a ``given`` one, else the kept one, else a new one.

    It is kept in ``keys/sample-password``, for the service alone to read.
    """
    path = _password_file(instance)
    if path.exists() and not given:
        return path.read_text("utf-8").strip()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    password = given or "-".join(secrets.token_hex(2) for _part in range(4))
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(password + "\n")
    return password


def sample_accounts(instance: Path) -> list[dict[str, str]]:
    """Give an account of each role with its password; empty unless this is a sample register.

    Every agency has such an officer and such an approver.
    """
    if not is_sample(instance):
        return []
    password = sample_password(instance)
    listed = [
        (officer_of(SHOWN_AGENCY), Role.OFFICER),
        (approver_of(SHOWN_AGENCY), Role.APPROVER),
        *STAFF.items(),
    ]
    return [{"email": e, "password": password, "role": role.value} for e, role in listed]


def _password_file(instance: Path) -> Path:
    return instance / "keys" / "sample-password"


def officer_of(agency: str) -> str:
    """Give the address of the sample officer of an agency."""
    return f"officer@{agency}.example"


def approver_of(agency: str) -> str:
    """Give the address of the sample approver of an agency."""
    return f"approver@{agency}.example"


def _add_accounts(slugs: list[str], password: str) -> int:
    """Make the accounts that are missing, under one hash, since they share one password."""
    password_hash = passwords.hashed(password)
    wanted: list[tuple[str, Role, str | None]] = [(e, role, None) for e, role in STAFF.items()]
    for slug in slugs:
        wanted.append((officer_of(slug), Role.OFFICER, slug))
        wanted.append((approver_of(slug), Role.APPROVER, slug))
    missing = [each for each in wanted if accounts.find_account(each[0]) is None]
    for email, role, agency in missing:
        accounts.add_account(
            Account(
                email=email,
                role=role,
                agency_id=agencies.get_agency(agency).id if agency else None,
                password_hash=password_hash,
                created_at=clock.now(),
            )
        )
        events.add_event("account_added", by=None, details={"email": email, "role": role})
    return len(missing)


def _steps(folder: Path) -> Iterator[_Step]:
    for path in sorted(folder.glob("*.json")):
        try:
            read = json.loads(path.read_text("utf-8"))
        except ValueError as error:
            raise Invalid(f"{path.name}: {error}") from error
        listed: list[tuple[str, Any, Mapping[str, str]]] = [
            (version["published_on"], version, {}) for version in read["versions"]
        ]
        if withdrawn := read.get("withdrawn"):
            listed.append((withdrawn["on"], None, withdrawn["reason"]))
        for position, (day, version, reason) in enumerate(listed):
            agency, period = read["agency"], read.get("period")
            yield _Step(day, path.name, position, agency, version, reason, period)


def _take(step: _Step, references: dict[str, str], prefix: str) -> None:
    """Take a step at nine in the morning, UTC, of its day."""
    officer = people.get_actor(officer_of(step.agency))
    body = directory.get_body(step.agency)
    approver = people.get_actor(approver_of(body.slug))
    decider = approver if body.approval == "agency" else people.get_actor(SECRETARIAT)
    with clock.at(sampling_duties.morning_of(step.day)):
        if step.version is None:
            reference = references[step.file]
            written = withdrawing.propose(officer, reference, reason=step.reason)
        else:
            written = _write(officer, step, references, prefix)
        if body.approval == "both":
            publishing.endorse(approver, written.reference, lock_version=written.lock_version)
            written = publishing.get_for_decision(decider, written.reference)
        publishing.publish(decider, written.reference, lock_version=written.lock_version)
        references[step.file] = written.reference


def _write(
    officer: Actor, step: _Step, references: Mapping[str, str], prefix: str
) -> filing.Filing:
    """Start or amend, save every section that says something, and submit."""
    version = step.version or {}
    if step.file in references:
        draft = filing.amend(officer, references[step.file])
    else:
        basis = filing.Basis(period=step.period)
        draft = filing.start(officer, step.agency, prefix, {}, basis=basis)
    content = _content(draft.content, version, step.agency)
    for section in _sections_to_save(draft, content):
        draft = filing.save_section(
            officer,
            draft.reference,
            section,
            content,
            lock_version=draft.lock_version,
            is_complete=True,
        )
    return filing.submit(
        officer,
        draft.reference,
        lock_version=draft.lock_version,
        change_note=version.get("change_note"),
    )


def _sections_to_save(draft: filing.Filing, content: Content) -> list[Section]:
    """Give every section of a new filing, and those of an amendment whose answers differ."""
    asked = [section for section in CURRENT.sections if section.asked_fields]
    if not draft.version:
        return asked
    before, after = draft.content.to_json(), content.to_json()
    names: set[str] = set()
    for kept in ("answers", "translations"):
        either = before[kept].keys() | after[kept].keys()
        names |= {name for name in either if before[kept].get(name) != after[kept].get(name)}
    if before["withheld"] != after["withheld"]:
        names |= {str(entry["field"]) for entry in (*before["withheld"], *after["withheld"])}
    return [section for section in asked if names & {f.name for f in section.asked_fields}]


def _content(before: Content, version: Mapping[str, Any], agency: str) -> Content:
    """Give the content of a version: stated whole, or as what changes from the one before."""
    if stated := version.get("content"):
        return Content.from_json(stated).with_answers(agency=agency)
    changed = version.get("answers", {})
    answers = {**before.answers, **changed, "agency": agency}
    return Content(
        answers={name: answer for name, answer in answers.items() if answer is not None},
        withheld=tuple(version.get("withheld", before.withheld)),
        translations={**before.translations, **version.get("translations", {})},
    )
