"""What happens to a disclosure after it was published: new versions, and the end."""

from dataclasses import replace

from tests.journeys.answering import sample
from tests.journeys.conftest import Town

NAME = "Sorting reports about faults in streets"


def publish(town: Town) -> str:
    reference = town.officer.file(sample("street-fault-reports"))
    town.approver.publish(reference)
    return reference


def amend(town: Town, reference: str, *, note: str = "It now sorts reports of floods too.") -> None:
    """Prepare a new version with another purpose, and hand it in."""
    officer = town.officer
    officer.send(officer.get(f"/filing/{reference}").form("Prepare a new version"))
    form = officer.get(f"/filing/{reference}/purpose").form("Save")
    officer.send(form.fill({"purpose-en": "To find flooded streets."}), "Save")
    assert "waits for approval" in officer.hand_in(reference, note).text


def test_an_amendment_must_say_what_changed(town: Town) -> None:
    reference = publish(town)
    officer = town.officer
    officer.send(officer.get(f"/filing/{reference}").form("Prepare a new version"))

    page = officer.hand_in(reference)

    assert page.status == 422
    assert page.alerts == ["Say what you changed and why; the public reads it."]
    assert page.alert_targets == ["#change_note-en"]
    assert "Say what you changed" in page.beside("change_note-en")


def test_the_approver_sees_what_changed_and_only_that(town: Town) -> None:
    reference = publish(town)
    amend(town, reference)

    page = town.approver.get(f"/review/{reference}")

    difference = page.section("What changed since the published version")
    before = sample("street-fault-reports").answers["purpose"]["en"]
    assert "It now sorts reports of floods too." in difference
    assert "Purpose" in difference
    assert " ".join(before.split()) in difference
    assert "To find flooded streets." in difference
    assert "Benefits" not in difference


def test_until_an_amendment_is_approved_the_public_reads_the_version_before(town: Town) -> None:
    reference = publish(town)
    amend(town, reference)

    waiting = town.citizen.get(f"/disclosures/{reference}").text
    town.approver.publish(reference)
    after = town.citizen.get(f"/disclosures/{reference}")
    first = town.citizen.get(f"/disclosures/{reference}/v/1")

    assert "To find flooded streets." not in waiting
    assert "To find flooded streets." in after.text
    assert "It now sorts reports of floods too." in after.text
    assert "You are reading an older version" in first.text
    assert "To find flooded streets." not in first.text
    told = town.citizen.client.get(f"/disclosures/{reference}.json").get_json()
    assert told["version"] == 2
    assert told["change_note"] == {"en": "It now sorts reports of floods too."}


def test_search_finds_the_new_words_and_forgets_the_old(town: Town) -> None:
    reference = publish(town)
    amend(town, reference)
    town.approver.publish(reference)
    town.drain()

    found = town.citizen.get("/search?q=flooded").text

    assert NAME in found


def test_a_withdrawn_disclosure_keeps_its_page_and_leaves_the_search(town: Town) -> None:
    reference = publish(town)
    town.drain()

    without_reason = town.officer.withdraw(reference, {})
    form = without_reason.form("Propose to withdraw it")
    proposed = town.officer.send(form.fill({"reason-en": "It was filed twice."}))
    assert "This disclosure was withdrawn" not in town.citizen.get(f"/disclosures/{reference}").text
    assert "It was filed twice." in town.approver.get(f"/review/{reference}").text
    page = town.approver.publish(reference, "Withdraw")
    town.drain()

    assert without_reason.alerts == ["Say why the disclosure is withdrawn."]
    assert "The withdrawal now waits for a second person." in proposed.text
    assert "Withdrawal proposed" in proposed.section("In preparation")
    assert "This disclosure was withdrawn" in page.text
    for prefix in ("", "/ur"):
        read = town.citizen.get(f"{prefix}/disclosures/{reference}")
        assert read.status == 200
        assert "It was filed twice." in read.text
        assert f"/disclosures/{reference}" not in town.citizen.get(f"{prefix}/search").html
    assert town.citizen.client.get("/search.json?q=faults").get_json()["total"] == 0
    told = town.citizen.client.get(f"/disclosures/{reference}.json").get_json()
    assert told["status"] == "withdrawn"
    assert told["withdrawal_reason"] == {"en": "It was filed twice."}
    exported = town.citizen.client.get("/api/v1/export.ndjson").get_data(as_text=True)
    assert exported.count(f'"reference":"{reference}"') == 1
    assert '"status":"withdrawn"' in exported


def test_a_withdrawn_disclosure_can_be_amended_and_returns(town: Town) -> None:
    reference = publish(town)
    town.officer.withdraw(reference, {"reason-en": "By mistake."})
    town.approver.publish(reference, "Withdraw")
    amend(town, reference)

    page = town.approver.publish(reference)
    town.drain()

    assert "The disclosure is public now." in page.text
    assert "This disclosure was withdrawn" not in town.citizen.get(f"/disclosures/{reference}").text
    assert town.citizen.client.get("/search.json?q=flooded").get_json()["total"] == 1


def test_the_export_holds_the_current_version_of_each_disclosure_once(town: Town) -> None:
    reference = publish(town)
    amend(town, reference)
    town.approver.publish(reference)
    content = sample("street-fault-reports")
    other = replace(content, answers={**content.answers, "name": {"en": "Another"}})
    draft = town.officer.begin(other)

    lines = town.citizen.client.get("/api/v1/export.ndjson").get_data(as_text=True).splitlines()

    assert len(lines) == 1
    assert '"version":2' in lines[0]
    assert draft not in "".join(lines)


def test_an_auditor_follows_every_step(town: Town) -> None:
    reference = publish(town)
    amend(town, reference)

    text = town.auditor.get("/audit/").text

    for action in ("Filing begun", "Submitted", "Published"):
        assert action in text
    assert "officer@city.example" in text
    assert reference in text
