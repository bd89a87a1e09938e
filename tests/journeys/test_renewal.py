"""A year later: an officer confirms that what is published is still correct, in both languages."""

import pytest

from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.page import Page
from tests.journeys.people import Person

NOTHING = "Yearly confirmation: nothing changed."


def publish(town: Town) -> str:
    reference = town.officer.file(sample("street-fault-reports"))
    town.approver.publish(reference)
    return reference


def begin(person: Person, reference: str, prefix: str = "") -> Page:
    page = person.get(f"{prefix}/filing/{reference}/renew")
    token = page.root.all("input", name="csrf_token")[0]["value"]
    return person._follow(
        person.client.post(f"{prefix}/filing/{reference}/renew/begin", data={"csrf_token": token})
    )


def asked(page: Page) -> list[str]:
    """The names of the questions whether a section is still correct."""
    names = [each["name"] for each in page.root.all("input", type="radio")]
    return list(dict.fromkeys(name for name in names if name.startswith("confirm-")))


def confirm_all(person: Person, page: Page, *but: str) -> Page:
    """Say of each section that it is correct, but for some, and hand it in."""
    form = page.form(control="lock_version")
    said = {name: "change" if name in but else "yes" for name in asked(page)}
    return person.send(form.fill(said), value="", submit="yes")


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_an_unchanged_record_is_confirmed_by_two_people(town: Town, prefix: str) -> None:
    reference = publish(town)
    officer = town.officer
    page = begin(officer, reference, prefix)

    handed_in = confirm_all(officer, page)
    decision = town.approver.get(f"/review/{reference}")
    town.approver.publish(reference)

    assert page.path == f"{prefix}/filing/{reference}/renew"
    assert len(asked(page)) > 5
    assert handed_in.status == 200
    assert handed_in.path == f"{prefix}/filing/{reference}"
    assert "This is a yearly confirmation" in decision.text
    assert NOTHING in decision.text
    assert "Next review due" in decision.section("What changed since the published version")
    told = town.citizen.client.get(f"/disclosures/{reference}.json").get_json()
    assert told["version"] == 2
    assert told["change_note"]["en"] == NOTHING
    assert set(told["change_note"]) == {"en", "ur"}


def test_a_published_record_leads_to_what_confirming_means(town: Town) -> None:
    reference = publish(town)
    (link,) = town.officer.get(f"/filing/{reference}").links("Confirm that this is still correct")

    page = town.officer.get(link)

    assert page.heading == "Confirm that this is still correct"
    assert "12 months" in page.text
    assert page.form("Begin the confirmation")


def test_until_every_section_is_confirmed_it_is_not_handed_in_and_what_was_said_is_kept(
    town: Town,
) -> None:
    officer = town.officer
    reference = publish(town)
    page = begin(officer, reference)
    form = page.form(control="lock_version").fill({"confirm-purpose": "yes"})

    refused = officer.send(form, submit="yes")
    again = officer.get(f"/filing/{reference}")

    assert refused.status == 422
    assert len(refused.alerts) == len(asked(page)) - 1
    assert "Identity: Say whether this section is still correct." in refused.alerts
    assert "#confirm-identity" in refused.alert_targets
    assert refused.root.one(id="confirm-identity")["type"] == "radio"
    assert again.path == f"/filing/{reference}/renew"
    assert "checked" in again.root.one(id="confirm-purpose").attributes


def test_a_section_that_needs_a_change_is_changed_in_its_own_form(town: Town) -> None:
    officer = town.officer
    reference = publish(town)
    page = begin(officer, reference)
    form = page.form(control="lock_version")
    said = {name: "yes" for name in asked(page)} | {"confirm-purpose": "change"}
    saved = officer.send(form.fill(said), "Save")
    (link,) = saved.links("Change “Purpose")
    form = officer.get(link).form("Save").fill({"purpose-en": "To find flooded streets."})

    changed = officer.send(form, "Save and mark as complete")
    without_note = confirm_all(officer, changed)
    form = without_note.form(control="lock_version")
    done = officer.send(form.fill({"change_note-en": "Floods are new."}), submit="yes")
    decision = town.approver.get(f"/review/{reference}")

    assert changed.path == f"/filing/{reference}/renew"
    assert "Changed and confirmed" in changed.text
    assert without_note.status == 422
    assert without_note.alerts == ["Say what you changed and why; the public reads it."]
    assert done.status == 200
    assert "Floods are new." in decision.text
    assert "still correct are the sections Identity," in decision.text
    assert "To find flooded streets." in decision.section(
        "What changed since the published version"
    )


def test_of_two_who_confirm_at_once_the_second_keeps_what_they_said(town: Town) -> None:
    reference = publish(town)
    colleague = town.person("colleague@city.example")
    late = begin(town.officer, reference)
    form = colleague.get(f"/filing/{reference}/renew").form(control="lock_version")
    colleague.send(form.fill({"confirm-purpose": "yes"}), "Save")

    form = late.form(control="lock_version").fill(
        {"confirm-identity": "change", "change_note-en": "Mine."}
    )
    page = town.officer.send(form, "Save")

    assert page.status == 409
    assert "Somebody else saved this filing" in page.text
    assert "checked" in page.root.one(id="confirm-identity-change").attributes
    assert "checked" in page.root.one(id="confirm-purpose").attributes
    assert page.form(control="lock_version")["change_note-en"] == "Mine."


def test_a_confirmation_can_become_an_ordinary_version(town: Town) -> None:
    officer = town.officer
    reference = publish(town)
    page = begin(officer, reference)

    after = officer.send(page.form("Make it an ordinary new version"))

    assert after.path == f"/filing/{reference}"
    assert "ordinary new version now" in after.text
    assert after.links("Check your answers")


def test_what_came_back_is_confirmed_again(town: Town) -> None:
    officer, approver = town.officer, town.approver
    reference = publish(town)
    confirm_all(officer, begin(officer, reference))
    form = approver.get(f"/review/{reference}").form("Return to the officer")
    form.fill({"reason": "Is the cost still right?"})
    approver.send(form, "Return to the officer", **{"comment-purpose": "Floods as well?"})

    page = officer.get(f"/filing/{reference}")
    done = confirm_all(officer, page)

    assert "Is the cost still right?" in page.text
    assert "Floods as well?" in page.answer("Purpose")
    assert page.links("Change “Purpose")
    assert "now waits for approval" in done.text


def test_what_is_not_published_leads_to_its_sections(town: Town) -> None:
    reference = town.officer.begin(sample("street-fault-reports"))

    page = town.officer.get(f"/filing/{reference}/renew")

    assert page.path == f"/filing/{reference}"
    assert begin(town.officer, reference).status == 409


def test_nobody_else_confirms(town: Town) -> None:
    reference = publish(town)
    stranger = town.person("officer@harbour.example")

    assert stranger.get(f"/filing/{reference}/renew").status == 404
    assert stranger.post(f"/filing/{reference}/renew/begin", {}).status_code == 404
    assert town.auditor.get(f"/filing/{reference}/renew").status == 403


def test_the_language_of_letters_is_chosen_on_the_account(town: Town) -> None:
    officer = town.officer
    form = officer.get("/account/").form(control="language")

    page = officer.send(form.fill({"language": "ur"}))
    wrong = officer.post("/account/language", {"language": "xx"})

    assert "From now on we write to you in this language." in page.text
    assert page.form(control="language")["language"] == "ur"
    assert wrong.status_code == 400
