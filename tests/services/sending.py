"""Officers who send spreadsheets: what the tests of that have in common."""

from typing import Any

from register.services.filings import filing, publishing
from register.services.uploads import uploading
from register.services.uploads.uploading import Report
from register.standard import CURRENT
from tests.desk import Desk, sample_content
from tests.exchange.sheets import the_words

WORDS = the_words()
OFFICER = "officer@taxes"
NAMES = {"name.en": "A machine", "name.ur": "ایک مشین", "record_kind": "system"}


def whole() -> dict[str, Any]:
    """Answers that need nothing more."""
    return {name: each for name, each in sample_content().answers.items() if name != "agency"}


def send(desk: Desk, data: bytes, by: str = OFFICER, file: str = "ours.csv") -> str:
    return uploading.check(desk[by], file, data, WORDS)


def report(desk: Desk, data: bytes, by: str = OFFICER, file: str = "ours.csv") -> Report:
    return uploading.report(desk[by], send(desk, data, by, file), WORDS)


def take_in(desk: Desk, data: bytes, by: str = OFFICER, file: str = "ours.csv") -> Report:
    return uploading.take_in(desk[by], send(desk, data, by, file), WORDS, "AIR")


def fates(found: Report) -> list[str]:
    return [str(row.fate) for row in found.rows]


def drafts(desk: Desk, by: str = OFFICER) -> list[filing.Filing]:
    return filing.list_filings(desk[by])


def save(desk: Desk, draft: filing.Filing, **answers: Any) -> None:
    """Change a draft in the form."""
    section = next(s for s in CURRENT.sections if {f.name for f in s.fields} & set(answers))
    written = draft.content.with_answers(**answers)
    filing.save_section(
        desk[OFFICER], draft.reference, section, written, lock_version=draft.lock_version
    )


def publish(desk: Desk, reference: str, note: dict[str, str] | None = None) -> None:
    lock = filing.get_filing(desk[OFFICER], reference).lock_version
    filing.submit(desk[OFFICER], reference, lock_version=lock, change_note=note)
    lock = filing.get_filing(desk["approver@taxes"], reference).lock_version
    publishing.publish(desk["approver@taxes"], reference, lock_version=lock)
