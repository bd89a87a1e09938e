"""Must it be disclosed? From the four questions to a filing, and what is kept either way."""

import pytest

from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.people import MUST, Person


def number_of(person: Person, name: str, **answers: str) -> str:
    """Let somebody check a system; give the number of the check."""
    page = person.determine(name, **answers)
    assert page.status == 200, page.alerts
    return page.path.rsplit("/", 1)[1]


def begin_links(town: Town, path: str) -> list[str]:
    return [href for href in town.officer.get(path).links() if "/filing/new?" in href]


def test_a_check_of_another_agency_is_no_way_in(town: Town) -> None:
    theirs = number_of(town.person("officer@harbour.example"), "Crane planner")

    assert town.officer.get(f"/filing/determinations/{theirs}").status == 404
    assert town.officer.get(f"/filing/must-disclose?follows={theirs}").status == 404
    page = town.officer.get(f"/filing/new?check={theirs}")

    assert page.path == "/filing/must-disclose"
    assert "Crane planner" not in page.html
    assert "Crane planner" not in town.officer.get("/filing/determinations").html


@pytest.mark.parametrize("check", ["", "?check=0", "?check=x", "?check=٣", "?check=" + "9" * 40])
def test_without_a_check_the_way_leads_to_one(town: Town, check: str) -> None:
    page = town.officer.get(f"/filing/new{check}")
    answer = town.officer.post(f"/filing/new{check}", {"record_kind": "system", "name-en": "X"})

    assert page.path == "/filing/must-disclose"
    assert answer.status_code == 303
    assert "There are no drafts." in town.officer.get("/filing/").text


def test_what_need_not_be_disclosed_is_kept_with_its_reason_and_begins_nothing(town: Town) -> None:
    page = town.officer.determine("Fee table", infers="no")
    assert page.status == 422
    assert page.alerts == [
        "Why, in your own words: Say in your own words why it need not be disclosed."
    ]

    page = town.officer.determine("Fee table", infers="no", **{"reason-ur": "قواعد مقرر ہیں۔"})

    assert page.heading == "This need not be disclosed"
    assert "fixed rules that a person wrote" in page.text
    assert page.answer("Why, in your own words").startswith("قواعد مقرر ہیں۔")
    assert begin_links(town, page.path) == []
    number = page.path.rsplit("/", 1)[1]
    assert town.officer.get(f"/filing/new?check={number}").path == "/filing/must-disclose"
    assert "Need not be disclosed" in town.officer.get("/filing/determinations").text


def test_what_is_typed_stays_when_something_is_missing(town: Town) -> None:
    form = town.officer.get("/filing/must-disclose").form(control="infers")

    page = town.officer.send(form.fill({"name": "Planner", "used": "yes", "since-year": "2999"}))

    assert page.status == 422
    assert "Does the software infer its results?: Answer this question." in page.alerts
    assert any("has begun already" in alert for alert in page.alerts)
    assert page.form(control="infers")["name"] == "Planner"
    for target in page.alert_targets:
        assert page.root.all(id=target.removeprefix("#")), target


@pytest.mark.parametrize("language", ["", "/ur"])
def test_what_must_be_disclosed_is_begun_once_with_its_name(town: Town, language: str) -> None:
    page = town.officer.determine("Claims sorter", language, touches="decides")
    (link,) = [href for href in page.links() if "/filing/new?" in href]

    form = town.officer.get(link).form(control="record_kind")
    assert form[f"name-{'ur' if language else 'en'}"] == "Claims sorter"
    assert form._options("record_kind")
    begun = town.officer.send(form.fill({"record_kind": "system"}))

    assert begun.path.startswith(f"{language}/filing/AIR-")
    assert town.officer.get(link).path == begun.path
    assert begin_links(town, "/filing/determinations") == []
    assert begun.path in town.officer.get(f"{language}/filing/determinations").html


def test_what_is_checked_again_is_the_same_system_and_the_latest_answer_counts(town: Town) -> None:
    first = number_of(town.officer, "Claims sorter")
    form = town.officer.get(f"/filing/must-disclose?follows={first}").form(control="infers")
    assert (form["name"], form["used"], form["since-year"]) == ("Claims sorter", "yes", "2026")

    town.officer.send(form.fill({"used": "no", "reason-en": "The trial was called off."}))

    assert town.officer.get(f"/filing/new?check={first}").path == "/filing/must-disclose"
    listed = town.officer.get("/filing/determinations")
    assert listed.text.count("Claims sorter") == listed.text.count("Check again Claims sorter") + 1


def test_a_nil_return_is_not_begun_as_if_it_were_a_system(town: Town) -> None:
    number = number_of(town.officer, "Nothing")
    sent = {"check": number, "record_kind": "nil_return", "name-en": "Nothing"}

    answer = town.officer.post("/filing/new", sent)

    assert answer.status_code == 422
    assert "Choose one of the answers that are offered." in answer.get_data(as_text=True)


def test_a_record_is_a_starting_point_for_those_who_file(town: Town) -> None:
    content = sample("job-matching")
    reference = town.officer.file(content)
    town.approver.publish(reference)
    other = town.person("officer@harbour.example")
    for person in (town.citizen, town.auditor):
        assert "Use as a starting point" not in person.get(f"/disclosures/{reference}").text

    page = other.send(other.get(f"/disclosures/{reference}").form("Use as a starting point"))
    assert f"answers from the record {reference}" in page.text
    page = other.send(page.form(control="infers").fill({**MUST, "name": "Harbour jobs"}))
    (link,) = [href for href in page.links() if "/filing/new?" in href]
    form = other.get(link).form(control="record_kind")
    begun = other.send(form.fill({"name-en": "Harbour jobs"}))

    section = other.get(f"{begun.path}/purpose").form("Save")
    assert section["purpose-en"] == content.answers["purpose"]["en"]
    contact = content.answers["contact_point"]["email"]
    assert contact not in other.get(f"{begun.path}/accountability").html
    assert other.get(f"{begun.path}/identity").form("Save")["name-en"] == "Harbour jobs"


def test_a_draft_of_another_agency_is_no_starting_point(town: Town) -> None:
    draft = town.officer.begin(sample("job-matching"))
    other = town.person("officer@harbour.example")

    assert other.post("/filing/copy", {"reference": draft}).status_code == 404
    assert other.get(f"/filing/must-disclose?copy={draft}").status == 404
    assert other.post("/filing/copy", {}).status_code == 404


def test_the_history_of_a_record_tells_its_tier_in_both_languages(town: Town) -> None:
    reference = town.officer.file(sample("tax-return-risk"))
    town.approver.publish(reference)

    page = town.citizen.get(f"/disclosures/{reference}/history")
    urdu = town.citizen.get(f"/ur/disclosures/{reference}/history")
    told = town.citizen.client.get(f"/disclosures/{reference}/history.json").get_json()

    assert "Impact tier set: High" in page.text
    assert urdu.status == 200
    (entry,) = told["determinations"]
    assert (entry["version"], entry["tier"], entry["tier_before"]) == (1, "high", None)
    assert set(entry) == {"version", "at", "tier", "tier_before", "reason"}


@pytest.mark.parametrize("month", ["", "3"])
def test_what_is_to_decide_about_people_needs_its_planned_day(town: Town, month: str) -> None:
    answers = {"used": "soon", "touches": "decides", "since-year": ""}

    page = town.officer.determine("Claims sorter", **answers)
    assert page.status == 422
    assert "Give the planned day" in page.beside("since-day")

    page = town.officer.determine(
        "Claims sorter", **{**answers, "since-year": "2999", "since-month": month}
    )
    assert page.heading == "This must be disclosed"
