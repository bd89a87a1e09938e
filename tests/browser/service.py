"""A register with the sample in it, and filings at every stage for those who work on them."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from register import config, create_app, storage
from register.services import filing, people, sampling
from register.storage import migrating
from register.web.wiring import search_index

PASSWORD = "a password for the sample"
OFFICER = "officer@revenue-service.example"
APPROVER = "approver@revenue-service.example"
AUDITOR = "auditor@register.example"
ADMINISTRATOR = "administrator@register.example"
HIGH = "01-tax-return-risk"
NOTE = {"en": "A figure was put right.", "ur": "ایک عدد درست کیا گیا۔"}


@dataclass(frozen=True)
class Service:
    """Where the register is served, and the references of what is in it."""

    base: str
    references: Mapping[str, str]
    log: Path

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
            except (urllib.error.URLError, ConnectionError):
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
        waiting = filing.amend(officer, _reference("03-receipt-matching"))
        section = next(s for s in _sections(waiting) if s.name == "purpose")
        texts = waiting.content.answers["purpose"]
        written = waiting.content.with_answers(purpose={**texts, "en": "To save paper."})
        waiting = filing.save_section(
            officer, waiting.reference, section, written, lock_version=waiting.lock_version
        )
        filing.submit(
            officer, waiting.reference, lock_version=waiting.lock_version, change_note=NOTE
        )
        empty = filing.start(
            officer, "revenue-service", "AIR", {"record_kind": "system", "name": {"en": "Empty"}}
        )
        references |= {"waiting": waiting.reference, "empty": empty.reference}
        references["public"] = _reference("02-tax-helpline-assistant")
        search_index().close()
        storage.close()
    return references


def _sections(found: filing.Filing) -> Iterator[filing.Section]:
    from register.standard import get_standard

    yield from get_standard(found.standard).sections


def _reference(file: str) -> str:
    """The reference that a file of the sample was given."""
    from register.services.exports import export_records

    read = json.loads((config.ROOT / "sample" / "disclosures" / f"{file}.json").read_text("utf-8"))
    name = read["versions"][-1].get("answers", {}).get("name")
    name = name or read["versions"][0]["content"]["answers"]["name"]
    return next(r["reference"] for r in export_records() if r["answers"]["name"] == name)
