"""From nothing to a public disclosure, as an officer and an approver live through it."""

import pytest

from tests.journeys.answering import sample
from tests.journeys.conftest import Town


def test_an_officer_is_told_what_is_missing_and_everything_typed_is_kept(town: Town) -> None:
    officer = town.officer
    reference = officer.begin(sample("street-fault-reports"))
    form = officer.get(f"/filing/{reference}/purpose").form("Save")

    page = officer.send(form.fill({"purpose-ur": "گڑھے جلد بھرنا"}), "Save and mark as complete")

    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.alerts == [
        "Purpose: Answer this in English, the language in which you file.",
    ]
    assert page.alert_targets == ["#purpose-en"]
    assert "Answer this in English" in page.beside("purpose-en")
    assert (
        officer.get(f"/filing/{reference}/purpose").form("Save")["purpose-ur"] == "گڑھے جلد بھرنا"
    )


def test_a_task_list_says_how_far_each_section_is(town: Town) -> None:
    officer, content = town.officer, sample("street-fault-reports")
    reference = officer.begin(content)
    officer.fill_in(reference, content, "identity")

    page = officer.get(f"/filing/{reference}")

    states = {
        each.one("a").text: each.all("div")[-1].text
        for each in page.root.one("ul", class_="govuk-task-list").all("li")
    }
    assert states["Identity"] == "Complete"
    assert states["Purpose and justification"] == "Not started"


def test_submitting_early_is_refused_with_the_whole_list_and_nothing_moves(town: Town) -> None:
    officer = town.officer
    reference = officer.begin(sample("street-fault-reports"))

    page = officer.hand_in(reference)

    assert page.status == 422
    assert len(page.alerts) > 5
    assert "Summary: Answer this question." in page.alerts
    assert "Stage: Answer this question." in page.alerts
    for target in page.alert_targets:
        address, _hash, anchor = target.partition("#")
        assert officer.get(address).root.all(id=anchor), target
    assert "Draft" in officer.get(f"/filing/{reference}").text


@pytest.mark.parametrize(
    ("name", "word", "urdu_word"),
    [
        ("job-matching", "vacancies", "ملازمت"),
        ("tax-return-risk", "returns", "گوشوارے"),
    ],
)
def test_a_complete_disclosure_is_filed_approved_found_and_read(
    town: Town, name: str, word: str, urdu_word: str
) -> None:
    content = sample(name)
    names = content.answers["name"]

    reference = town.officer.file(content, by_pages=True)
    page = town.approver.publish(reference)
    town.drain()

    assert "The disclosure is public now." in page.text
    citizen = town.citizen
    for prefix, language in (("", "en"), ("/ur", "ur")):
        for asked in (word, urdu_word):
            found = citizen.get(f"{prefix}/search?q={asked}")
            assert names[language] in found.text, (prefix, asked)
            assert f"{prefix}/disclosures/{reference}" in found.links(names[language])
        read = citizen.get(f"{prefix}/disclosures/{reference}")
        assert read.status == 200
        assert read.language == language
        assert read.heading == names[language]
        assert content.answers["purpose"][language].split("\n")[0][:60] in read.text
        told = citizen.client.get(f"{prefix}/disclosures/{reference}.json").get_json()
        assert told["version"] == 1
        kept = {k: v for k, v in content.answers.items() if k not in {"filed_by", "agency"}}
        assert {k: v for k, v in told["answers"].items() if k != "agency"} == kept


def test_every_answer_of_a_disclosure_is_on_its_page(town: Town) -> None:
    content = sample("tax-return-risk")
    reference = town.officer.file(content, by_pages=True)
    town.approver.publish(reference)

    text = town.citizen.get(f"/disclosures/{reference}").text

    for answer in content.answers.values():
        if isinstance(answer, dict) and "en" in answer:
            assert " ".join(answer["en"].split()) in text


def test_neither_officers_nor_those_who_touched_it_publish(town: Town) -> None:
    content = sample("street-fault-reports")
    deputy = town.person("deputy@city.example")
    reference = town.officer.begin(content)
    town.officer.write(reference, content)
    deputy.fill_in(reference, content, "purpose")
    town.officer.hand_in(reference)

    page = deputy.get(f"/review/{reference}")
    refused = deputy.post(
        f"/review/{reference}/publish", {"lock_version": lock_version(town, reference)}
    )
    by_officer = town.officer.post(
        f"/review/{reference}/publish", {"lock_version": lock_version(town, reference)}
    )

    assert "Somebody else must decide." in page.text
    assert not page.root.one("main").all("button")
    assert (refused.status_code, by_officer.status_code) == (403, 403)
    assert town.citizen.get(f"/disclosures/{reference}").status == 404
    assert "The disclosure is public now." in town.approver.publish(reference).text


def test_a_filing_is_returned_with_a_reason_and_comes_back_better(town: Town) -> None:
    content = sample("street-fault-reports")
    reference = town.officer.file(content)
    form = town.approver.get(f"/review/{reference}").form("Return to the officer")

    without_reason = town.approver.send(form, "Return to the officer")
    form = without_reason.form("Return to the officer").fill({"reason": "Say who pays for it."})
    page = town.approver.send(form, "Return to the officer")

    assert without_reason.alerts == ["Say what needs to change, here or at single answers."]
    assert "The filing was returned to the officer" in page.text
    tasks = town.officer.get(f"/filing/{reference}")
    assert "Returned for changes" in tasks.text
    assert "Say who pays for it." in tasks.text
    town.officer.fill_in(reference, content, "supply")
    town.officer.hand_in(reference)
    assert "The disclosure is public now." in town.approver.publish(reference).text


def test_what_waits_cannot_be_changed_meanwhile(town: Town) -> None:
    reference = town.officer.file(sample("street-fault-reports"))

    page = town.officer.get(f"/filing/{reference}")
    section = town.officer.get(f"/filing/{reference}/purpose")

    assert "It cannot be changed meanwhile." in page.text
    assert section.status == 409
    assert "not open for changes" in section.text


def test_an_agency_may_leave_the_decision_to_the_secretariat(town: Town) -> None:
    officer = town.person("officer@ministry.example")
    secretariat = town.person("secretariat@register.example")
    reference = officer.file(sample("street-fault-reports"))

    own_approver = town.person("approver@ministry.example").get(f"/review/{reference}")
    waiting = secretariat.get("/review/")
    page = secretariat.publish(reference)

    assert own_approver.status == 404
    assert f"/review/{reference}" in waiting.links()
    assert "The disclosure is public now." in page.text
    assert town.citizen.get(f"/disclosures/{reference}").status == 200


def test_the_secretariat_does_not_decide_for_other_agencies(town: Town) -> None:
    reference = town.officer.file(sample("street-fault-reports"))

    page = town.person("secretariat@register.example").get(f"/review/{reference}")

    assert page.status == 404


def test_two_people_who_save_at_once_are_told_and_lose_nothing(town: Town) -> None:
    officer, colleague = town.officer, town.person("colleague@city.example")
    reference = officer.begin(sample("street-fault-reports"))
    first = officer.get(f"/filing/{reference}/purpose").form("Save")
    second = colleague.get(f"/filing/{reference}/purpose").form("Save")
    officer.send(first.fill({"purpose-en": "Written first."}), "Save")

    page = colleague.send(second.fill({"purpose-en": "Written second."}), "Save")

    assert page.status == 409
    assert "Somebody else saved this filing after you opened it." in page.text
    assert page.form("Save")["purpose-en"] == "Written second."
    both = page.section("What is stored now, and what you wrote")
    assert "Written first." in both
    assert "Written second." in both
    both = page.section("What is stored now, and what you wrote")
    assert "Written first." in both
    assert "Written second." in both
    kept = officer.get(f"/filing/{reference}/purpose").form("Save")
    assert kept["purpose-en"] == "Written first."


def test_the_secretariat_does_not_see_what_was_not_handed_in(town: Town) -> None:
    officer = town.person("officer@ministry.example")
    secretariat = town.person("secretariat@register.example")
    reference = officer.begin(sample("street-fault-reports"))

    before = secretariat.get(f"/review/{reference}")
    officer.write(reference, sample("street-fault-reports"))
    officer.hand_in(reference)
    after = secretariat.get(f"/review/{reference}")

    assert before.status == 404
    assert after.status == 200


def test_a_filing_is_begun_and_completed_on_urdu_pages(town: Town) -> None:
    officer = town.person("officer@harbour.example")
    content = sample("school-bus-routes")

    reference = officer.begin(content, "/ur")
    officer.fill_in(reference, content, language="/ur")
    check = officer.get(f"/ur/filing/{reference}/check")
    page = officer.hand_in(reference, language="/ur")

    assert content.languages[0] == "ur"
    assert check.language == "ur"
    assert check.root.one("html")["dir"] == "rtl"
    assert content.answers["name"]["ur"] in check.text
    assert not page.alerts
    assert "Waiting for approval" in officer.get(f"/filing/{reference}").text


def lock_version(town: Town, reference: str) -> str:
    """The version of the lock as an approver's form would send it."""
    page = town.approver.get(f"/review/{reference}")
    return page.root.all("input", name="lock_version")[0]["value"]
