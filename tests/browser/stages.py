"""Filings between two people: approved by one, returned with comments, and sent too late."""

from dataclasses import replace

from register.services.accounts import people
from register.services.filings import filing, kept, publishing
from register.services.filings.filing import Filing
from register.standard import get_standard
from register.standard.content import Content
from register.storage import agencies, transaction
from tests.desk import looking_ahead

RAILWAYS = "zarwan-railways"
POWER = "officer@zarwan-power.example"
NOTE = {"en": "A figure was put right.", "ur": "ایک عدد درست کیا گیا۔"}
ENTRY = {
    "field": "benefits",
    "ground": "national_security",
    "citation": "Act 4, section 2",
    "public_reason": {"en": "It would help thieves.", "ur": "یہ چوروں کی مدد کرے گا۔"},
    "decided_by": "The director",
    "decided_on": "2026-01-05",
    "review_on": "2028-01-05",  # moved on below, so that it has never gone by
}


def decided(endorsed: str, returned: str, password: str) -> dict[str, str]:
    """Bring these published records to the stages; give what stands for them in addresses."""
    _endorsed(endorsed)
    _returned(returned)
    token = people.sign_in(POWER, password, address="192.0.2.250")
    fields = [("purpose-en", "To save power.\r\nAnd time."), ("lock_version", "1")]
    number = kept.keep(token, f"/filing/{returned}/purpose", fields)
    return {"endorsed": endorsed, "returned": returned, "kept": str(number)}


def _endorsed(reference: str) -> None:
    with transaction():
        agencies.get_agency(RAILWAYS).approval = "both"
    waiting = _handed_in(f"officer@{RAILWAYS}.example", reference)
    approver = people.get_actor(f"approver@{RAILWAYS}.example")
    publishing.endorse(approver, reference, lock_version=waiting.lock_version)


def _returned(reference: str) -> None:
    waiting = _handed_in(POWER, reference)
    publishing.give_back(
        people.get_actor(POWER.replace("officer", "approver")),
        reference,
        lock_version=waiting.lock_version,
        comments={"purpose": "Whose purpose?\nSay it in one sentence.", "risks": "Is this all?"},
    )


def _handed_in(email: str, reference: str) -> Filing:
    """Amend what is kept in lists, in texts and from the public, and hand it in."""
    officer = people.get_actor(email)
    draft = filing.amend(officer, reference)
    written = _changed(draft.content)
    for name in ("purpose", "assurance", "dates"):
        section = get_standard(draft.standard).section(name)
        draft = filing.save_section(
            officer, reference, section, written, lock_version=draft.lock_version
        )
    return filing.submit(officer, reference, lock_version=draft.lock_version, change_note=NOTE)


def _changed(content: Content) -> Content:
    risks = content.answers["risks"]
    texts = {"en": "Another one.", "ur": "ایک اور۔"}
    new = content.with_answers(
        purpose={"en": "Something else.", "ur": "کچھ اور۔"},
        benefits={"en": "Fewer thefts.", "ur": "کم چوریاں۔"},
        risks=[{**risks[0], "residual": texts}, *risks[1:], {**risks[0], "description": texts}],
    )
    return looking_ahead(replace(new, withheld=(*content.withheld, ENTRY)))
