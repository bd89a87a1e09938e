"""What is not yours does not exist for you, and what is not open now cannot be done."""

import pytest

from tests.journeys.conftest import Town
from tests.journeys.hostile.sent import CANARY, DECIDED_ON, PUBLIC, WORKED_ON, ask


@pytest.mark.usefixtures("nothing_changes")
def test_another_agency_s_filing_does_not_exist_for_you(town: Town, draft: str) -> None:
    officer = town.person("officer@harbour.example")
    approver = town.person("approver@harbour.example")
    secretariat = town.person("secretariat@register.example")

    tries = [(officer, *way) for way in WORKED_ON] + [(approver, *way) for way in WORKED_ON]
    tries += [(approver, *way) for way in DECIDED_ON] + [(secretariat, *way) for way in DECIDED_ON]
    for person, method, path in tries:
        answer = ask(person, method, path.format(draft))
        missing = ask(person, method, path.format("AIR-2026-99999"))
        assert answer.status_code == 404, (person.email, path)
        assert CANARY not in answer.text
        told, usual = (each.text.split("<main")[1].split("<code>")[0] for each in (answer, missing))
        assert told == usual, "the answer tells that there is something"
    for person in (officer, approver, secretariat):
        for desk in ("/filing/", "/review/", "/", "/search"):
            assert CANARY not in ask(person, "GET", desk).text


def test_a_draft_does_not_exist_for_the_public(town: Town, draft: str) -> None:
    for path in PUBLIC:
        answer = town.citizen.client.get(path.format(draft))
        assert answer.status_code == 404
        assert CANARY not in answer.text
    for path in ("/", "/search", "/search.json", "/agencies/city", "/api/v1/export.ndjson"):
        assert CANARY not in town.citizen.client.get(path).text


def test_a_step_that_is_not_open_now_is_a_conflict(town: Town, reference: str) -> None:
    lock = {"lock_version": "1", "reason": "x"}

    for person, path in (
        (town.officer, f"/filing/{reference}/check"),
        (town.officer, f"/filing/{reference}/purpose"),
        (town.approver, f"/review/{reference}/publish"),
        (town.approver, f"/review/{reference}/return"),
    ):
        assert person.post(path, lock).status_code == 409, path
