"""What is sent that a browser would never send, and where to."""

from typing import Any

from tests.journeys.conftest import Town
from tests.journeys.people import Person

CANARY = "Quetzalcoatlus"
SCRIPT = "<script>alert('pwned')</script>\"'><img src=x onerror=alert(1)>{{7*7}}${7*7}"
PUBLIC = (
    "/disclosures/{}",
    "/disclosures/{}.json",
    "/disclosures/{}/v/1",
    "/disclosures/{}/v/1.json",
    "/api/v1/disclosures/{}",
)
WORKED_ON = (
    ("GET", "/filing/{}"),
    ("GET", "/filing/{}/purpose"),
    ("POST", "/filing/{}/purpose"),
    ("GET", "/filing/{}/check"),
    ("POST", "/filing/{}/check"),
    ("POST", "/filing/{}/amend"),
    ("POST", "/filing/{}/take-back"),
    ("GET", "/filing/{}/discard"),
    ("POST", "/filing/{}/discard"),
    ("POST", "/filing/{}/resume"),
)
DECIDED_ON = (
    ("GET", "/review/{}"),
    ("POST", "/review/{}/endorse"),
    ("POST", "/review/{}/publish"),
    ("POST", "/review/{}/return"),
    ("GET", "/filing/{}/withdraw"),
    ("POST", "/filing/{}/withdraw"),
)
ODD_TEXTS = {
    "null": "a\0b",
    "controls": "\x01\x02\x1b[2J\x7f",
    "bidi": "\u202eevil\u202c\u2066x\u2069",
    "zero-width": "\u200b\u200c\u200d\ufeff",
    "combining": "Z" + "\u0310" * 500,
    "astral": "\U0001f9ff\U00010400",
    "noncharacter": "\ufffe\uffff\U0010ffff",
    "line-separators": "a\u2028b\u2029c\x85d",
    "long": "x" * 50_000,
    "format": "%s %(name)s %n {0} {name}",
    "sql": "'; DROP TABLE disclosures; --",
}
NOT_THERE = {400, 404}  # PostgreSQL cannot even look for a text with a zero in it


def section_data(town: Town, draft: str, section: str = "purpose") -> dict[str, str]:
    """What the form of a section needs besides answers."""
    form = town.officer.get(f"/filing/{draft}/{section}").form(control="lock_version")
    return {name: form[name] for name in ("csrf_token", "lock_version")}


def ask(person: Person, method: str, path: str) -> Any:
    """Ask for a page, or send a form with a valid token and a lock."""
    if method == "GET":
        return person.client.get(path)
    return person.post(path, {"lock_version": "1", "reason": "x", "reason-en": "x"})
