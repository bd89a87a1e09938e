"""A register with the sample in it, and filings at every stage for those who work on them."""

import json
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from register import config, create_app, storage
from register.services.accounts import people
from register.services.actor import Actor
from register.services.filings import determinations, discarding, filing, renewing, templates
from register.services.sample import sampling
from register.storage import migrating
from register.web.wiring import search_index
from tests.browser.stages import decided
from tests.desk import looking_ahead

PASSWORD = "a password for the sample"
OFFICER = "officer@revenue-service.example"
APPROVER = "approver@revenue-service.example"
WATER = "officer@sehra-water.example"
AUDITOR = "auditor@register.example"
ADMINISTRATOR = "administrator@register.example"
SECRETARIAT = "secretariat@register.example"
HIGH = "01-tax-return-risk"
NOTE = {"en": "A figure was put right.", "ur": "ایک عدد درست کیا گیا۔"}


@dataclass(frozen=True)
class Service:
    """Where the register is served, and the references of what is in it."""

    base: str
    references: Mapping[str, str]
    log: Path

    @property
    def folder(self) -> Path:
        """The instance that is served."""
        return self.log.parent

    def url(self, path: str) -> str:
        """An address; ``{high}`` and the like stand for references."""
        return self.base + path.format(**self.references)

    def wait_until_ready(self) -> None:
        """Wait until database and index answer; the drainer makes the index at first."""
        while True:
            try:
                with urllib.request.urlopen(self.url("/readyz"), timeout=5) as answer:
                    assert answer.status == 200
                    return
            except OSError:
                time.sleep(0.1)


def fill_register(folder: Path) -> dict[str, str]:
    """Load the sample, and begin, amend and hand in; give the references by what they show."""
    app = create_app({"instance": folder})
    with app.app_context():
        migrating.upgrade()
        sampling.load_sample(config.ROOT / "sample", password=PASSWORD, reference_prefix="AIR")
        sampling.sample_password(folder, PASSWORD)
        search_index().drain()
        references = {
            "high": _reference(HIGH),
            "withheld": _reference("04-duplicate-identity-faces"),
            "withdrawn": _reference("23-complaint-sorting"),
            "nothing": _reference("30-national-archive-nil-return"),
        }
        officer = people.get_actor(OFFICER)
        filing.amend(officer, references["high"])
        empty = filing.start(
            officer, "revenue-service", "AIR", {"record_kind": "system", "name": {"en": "Empty"}}
        )
        gone = filing.start(officer, "revenue-service", "AIR", {"name": {"en": "By mistake"}})
        discarding.discard(officer, gone.reference, lock_version=gone.lock_version)
        references |= {"empty": empty.reference, "discarded": gone.reference}
        references["waiting"] = _handed_in(officer, _reference("03-receipt-matching"))
        references["public"] = _reference("02-tax-helpline-assistant")
        references |= _determined(officer, references["public"])
        references |= _renewed()
        rails, power = map(_reference, ("28-track-inspection", "29-power-demand-and-meter-checks"))
        references |= decided(rails, power, PASSWORD)
        search_index().close()
        storage.close()
    return references


def _handed_in(officer: Actor, reference: str) -> str:
    """Hand in a new version, which waits."""
    found = filing.amend(officer, reference)
    texts = found.content.answers["purpose"]
    changed = found.content.with_answers(purpose={**texts, "en": "To save paper."})
    for section in _sections(found):
        if section.name in {"purpose", "dates"}:
            found = filing.save_section(
                officer,
                reference,
                section,
                looking_ahead(changed),
                lock_version=found.lock_version,
            )
    filing.submit(officer, reference, lock_version=found.lock_version, change_note=NOTE)
    return reference


def _determined(officer: Actor, public: str) -> dict[str, str]:
    """Check two systems, one of which must be disclosed, and keep a template."""
    answers = {"infers": "yes", "used": "yes", "touches": "decides", "excluded": "unsure"}
    check = determinations.check(officer, {**answers, "name": "Chat", "since": "2026"})
    answers |= {"infers": "no", "name": "Fee table", "since": "2024-02"}
    other = determinations.check(officer, {**answers, "reason": {"en": "All rules are fixed."}})
    templates.keep_template(officer, public, {"en": "Chat assistant"}, is_shared=True)
    return {"check": str(check.id), "no_check": str(other.id)}


def _renewed() -> dict[str, str]:
    """Begin the yearly confirmation of one record; another is still to be confirmed."""
    reference = _reference("24-water-leak-detection")
    empty = renewing.Words(opening={}, unchanged={}, confirmed={})
    begun = renewing.begin(people.get_actor(WATER), reference, months=12, words=empty)
    said = {"identity": True, "purpose": False}
    renewing.keep(
        people.get_actor(WATER), reference, said, lock_version=begun.lock_version, note={}
    )
    return {"renewed": reference, "unrenewed": _reference("25-household-bill-anomalies")}


def _sections(found: filing.Filing) -> Iterator[filing.Section]:
    from register.standard import get_standard

    yield from get_standard(found.standard).sections


def _reference(file: str) -> str:
    """The reference that a file of the sample was given."""
    from register.services.exports.exports import export_records

    read = json.loads((config.ROOT / "sample" / "disclosures" / f"{file}.json").read_text("utf-8"))
    name = read["versions"][-1].get("answers", {}).get("name")
    name = name or read["versions"][0]["content"]["answers"]["name"]
    return next(r["reference"] for r in export_records() if r["answers"]["name"] == name)
