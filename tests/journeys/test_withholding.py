"""What is withheld is nowhere that the public can look, and everywhere that an auditor can."""

from dataclasses import replace

import pytest

from register.standard.content import Content
from tests.journeys.answering import sample
from tests.journeys.conftest import Town

SECRET = "Xyzzyplugh"
SECRET_URDU = "قفلسازی"
ENTRY = {
    "field": "benefits",
    "ground": "commercial_confidence",
    "citation": "Information Act, section 7",
    "public_reason": {"en": "It would harm a supplier.", "ur": "اس سے نقصان ہوگا۔"},
    "review_on": "2030-01-05",
}
ADDRESSES = (
    "/",
    "/search",
    "/search?q={secret}",
    "/search?q=benefits+supplier",
    "/disclosures/{reference}",
    "/disclosures/{reference}/v/1",
    "/agencies",
    "/agencies/city",
)
DATA = (
    "/search.json",
    "/search.json?q=supplier",
    "/disclosures/{reference}.json",
    "/disclosures/{reference}/v/1.json",
    "/agencies/city.json",
    "/api/v1/disclosures",
    "/api/v1/disclosures/{reference}",
    "/api/v1/facets",
    "/api/v1/export.ndjson",
)


def secretive() -> Content:
    content = sample("tax-return-risk")
    texts = {"en": f"It saves {SECRET}.", "ur": SECRET_URDU}
    answers = {**content.answers, "benefits": texts}
    return replace(content, answers=answers, withheld=(ENTRY,))


@pytest.fixture
def reference(town: Town) -> str:
    """A published disclosure whose benefits are withheld."""
    filed = town.officer.file(secretive())
    town.approver.publish(filed)
    town.drain()
    return filed


def test_no_public_byte_holds_what_is_withheld(town: Town, reference: str) -> None:
    citizen = town.citizen
    pages = [f"{prefix}{path}" for prefix in ("", "/ur") for path in ADDRESSES]

    for path in (*pages, *DATA):
        answer = citizen.client.get(path.format(reference=reference, secret="benefits"))
        body = answer.get_data(as_text=True)
        assert answer.status_code == 200, path
        assert SECRET.casefold() not in body.casefold(), path
        assert SECRET_URDU not in body, path


def test_nobody_finds_it_by_what_is_withheld(town: Town, reference: str) -> None:
    citizen = town.citizen

    for word in (SECRET, SECRET_URDU, SECRET[:6]):
        assert citizen.client.get(f"/search.json?q={word}").get_json()["total"] == 0
        assert citizen.client.get(f"/api/v1/disclosures?q={word}").get_json()["total"] == 0
        assert f"/disclosures/{reference}" not in citizen.get(f"/search?q={word}").html


def test_the_index_on_the_disk_does_not_know_it(town: Town, reference: str) -> None:
    folder = town.app.extensions["register.settings"].index_folder

    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())

    assert SECRET.lower().encode() not in kept.lower()
    assert SECRET_URDU.encode() not in kept


def test_its_place_says_that_it_is_withheld_why_and_until_when(town: Town, reference: str) -> None:
    answer = town.citizen.get(f"/disclosures/{reference}").answer("Benefits")

    assert "Withheld from the public: Trade secrets of a company" in answer
    assert "It would harm a supplier." in answer
    assert "Information Act, section 7" in answer
    assert "2030" in answer
    assert "officer@city.example" not in town.citizen.get(f"/disclosures/{reference}").html


def test_officer_approver_and_auditor_read_it(town: Town, reference: str) -> None:
    officer = town.officer
    officer.send(officer.get(f"/filing/{reference}").form("Prepare a new version"))

    checked = officer.get(f"/filing/{reference}/check").answer("Benefits")
    decided = town.approver.get(f"/review/{reference}").text
    exported = town.auditor.client.get("/audit/export.ndjson").get_data(as_text=True)

    assert SECRET in checked
    assert "Withheld from the public" in checked
    assert SECRET in decided
    assert SECRET in exported
    assert "officer@city.example" in exported


def test_what_was_public_once_is_gone_from_the_search_after_it_is_withheld(town: Town) -> None:
    content = replace(secretive(), withheld=())
    reference = town.officer.file(content)
    town.approver.publish(reference)
    town.drain()
    assert town.citizen.client.get(f"/search.json?q={SECRET}").get_json()["total"] == 1
    officer = town.officer
    officer.send(officer.get(f"/filing/{reference}").form("Prepare a new version"))
    officer.fill_in(reference, secretive(), "purpose")
    officer.hand_in(reference, "The benefits are withheld now.")

    town.approver.publish(reference)
    town.drain()

    assert town.citizen.client.get(f"/search.json?q={SECRET}").get_json()["total"] == 0
    assert SECRET not in town.citizen.get(f"/disclosures/{reference}").html


def test_withholding_without_a_ground_is_refused(town: Town) -> None:
    officer, content = town.officer, sample("tax-return-risk")
    reference = officer.begin(content)
    officer.fill_in(reference, content, "classification")
    form = officer.get(f"/filing/{reference}/purpose").form("Save")

    page = officer.send(form.fill({"withhold-benefits": "yes"}), "Save and mark as complete")

    assert page.status == 422
    assert any("Benefits: Answer this to withhold the answer." in each for each in page.alerts)
