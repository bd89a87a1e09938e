"""Second thoughts: taking back what waits, discarding a draft, and what came back before."""

import pytest

from tests.journeys.answering import sample
from tests.journeys.conftest import Town

CONTENT = sample("street-fault-reports")
NAME = CONTENT.answers["name"]["en"]


@pytest.fixture
def draft(town: Town) -> str:
    return town.officer.begin(CONTENT)


def press(town: Town, reference: str, button: str) -> str:
    page = town.officer.get(f"/filing/{reference}")
    return town.officer.send(page.form(button), button).text


def test_a_draft_is_discarded_after_a_question_and_taken_up_again(town: Town, draft: str) -> None:
    (link,) = town.officer.get(f"/filing/{draft}").links("Discard this draft")
    asked = town.officer.get(link)
    assert "it can be taken up again" in asked.text
    assert asked.links("Keep it") == [f"/filing/{draft}"]

    desk = town.officer.send(asked.form("Discard this draft"))

    assert "The draft is discarded." in desk.text
    assert NAME not in desk.section("In preparation")
    assert NAME in desk.section("Discarded drafts")
    assert town.officer.client.get(f"/filing/{draft}/purpose").status_code == 409
    assert "Sections" in press(town, draft, "Take it up again")


def test_what_was_written_meanwhile_is_not_discarded(town: Town, draft: str) -> None:
    asked = town.officer.get(f"/filing/{draft}/discard")
    town.officer.fill_in(draft, CONTENT, "purpose")

    page = town.officer.send(asked.form("Discard this draft"))

    assert page.status == 409
    assert NAME in town.officer.get("/filing/").section("In preparation")


def test_a_filing_that_waits_is_taken_back_and_leaves_the_queue(town: Town) -> None:
    reference = town.officer.file(CONTENT)

    page = press(town, reference, "Take it back")

    assert "It no longer waits for a decision." in page
    assert reference not in town.approver.get("/review/").text
    assert "The filing now waits for approval." in town.officer.hand_in(reference).text


def test_who_decides_again_sees_what_was_asked_for_before(town: Town) -> None:
    reference = town.officer.file(CONTENT)
    form = town.approver.get(f"/review/{reference}").form("Return to the officer")
    said = {"comment-purpose": "Whose purpose is this?"}
    town.approver.send(form.fill({"reason": "The cost?"}), "Return to the officer", **said)
    town.officer.hand_in(reference)

    again = town.approver.get(f"/review/{reference}").section("What was asked for before")

    assert "The cost?" in again
    assert "Whose purpose is this?" in again
    town.approver.publish(reference)
    trail = town.auditor.get("/audit/").html
    assert "Whose purpose is this?" in trail or "The cost?" in trail
    assert "Whose purpose" not in town.citizen.get(f"/disclosures/{reference}/history").html


def test_a_withdrawal_that_came_back_is_proposed_again_with_its_reason_kept(town: Town) -> None:
    reference = town.officer.file(CONTENT)
    town.approver.publish(reference)
    town.officer.withdraw(reference, {"reason-en": "We prefer not to show it."})
    form = town.approver.get(f"/review/{reference}").form("Return to the officer")
    town.approver.send(form.fill({"reason": "That is no reason."}), "Return to the officer")

    page = town.officer.get(f"/filing/{reference}")

    assert page.path == f"/filing/{reference}/withdraw"
    assert "That is no reason." in page.text
    assert page.form("Propose to withdraw it")["reason-en"] == "We prefer not to show it."
    town.officer.withdraw(reference, {"reason-en": "It was filed twice."})
    town.approver.publish(reference, "Withdraw")
    assert "It was filed twice." in town.citizen.get(f"/disclosures/{reference}").text
