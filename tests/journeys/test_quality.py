"""Points and suggestions: for the officer while filing, for everybody afterwards, and why."""

from dataclasses import replace

import pytest

from register.standard.quality import RULES
from tests.journeys.answering import sample
from tests.journeys.conftest import Town

SECRET = "XYZZYPLU"
ENTRY = {
    "field": "benefits",
    "ground": "commercial_confidence",
    "citation": "Information Act, section 7",
    "public_reason": {"en": "It would harm a supplier.", "ur": "اس سے نقصان ہوگا۔"},
    "review_on": "2030-01-05",
}
# Every rule would have something to say of this, if it looked.
LOUD = {"en": f"{SECRET} uses {SECRET[:5]}", "ur": f"{SECRET} " * 60}


def test_no_finding_knows_what_is_withheld_or_not_public(town: Town) -> None:
    content = sample("tax-return-risk").with_answers(
        benefits=LOUD, filed_by={"name": SECRET, "email": f"{SECRET}@city.example"}
    )
    reference = town.officer.file(replace(content, withheld=(ENTRY,)))
    bare = town.officer.file(
        replace(content.with_answers(benefits={"en": ".", "ur": "."}), withheld=(ENTRY,))
    )
    marked = town.officer.get(f"/filing/{reference}/check")
    town.approver.publish(reference)
    town.approver.publish(bare)

    for prefix in ("", "/ur"):
        shown = town.citizen.get(f"{prefix}/disclosures/{reference}")
        other = town.citizen.get(f"{prefix}/disclosures/{bare}")
        assert SECRET not in shown.html
        assert (
            shown.root.one("section", id="quality").one("meter")["value"]
            == (other.root.one("section", id="quality").one("meter")["value"])
        )
        for path in ("/quality", "/quality.json", "/agencies/city", "/agencies/city.json"):
            assert SECRET not in town.citizen.client.get(prefix + path).get_data(as_text=True)
    assert marked.status == 200


def test_suggestions_lead_to_their_questions_and_stop_nobody(town: Town) -> None:
    content = sample("tax-return-risk").with_answers(
        summary={"en": "It sorts with NLP.", "ur": "یہ چھانٹتا ہے۔"}
    )
    reference = town.officer.begin(content)
    town.officer.write(reference, content)

    page = town.officer.get(f"/filing/{reference}/check")
    sent = town.officer.hand_in(reference)

    listed = [e.text for e in page.root.all("li") if "Summary" in e.text]
    assert any("Very short in English" in each for each in listed), listed
    assert any("Not explained in English: \u2068NLP\u2069." in each for each in listed), listed
    (link,) = {
        e["href"]
        for each in page.root.all("li")
        if "Very short" in each.text
        for e in each.all("a")
    }
    assert link == f"/filing/{reference}/identity?check=1#summary-question"
    assert "The filing now waits for approval." in sent.text


def test_everybody_reads_the_points_of_a_record_and_what_could_be_better(town: Town) -> None:
    content = sample("tax-return-risk").with_answers(
        outputs={"en": "A list of returns, the most doubtful ones first."}
    )
    reference = town.officer.file(content)
    town.approver.publish(reference)

    english = town.citizen.get(f"/disclosures/{reference}").root.one("section", id="quality")
    urdu = town.citizen.get(f"/ur/disclosures/{reference}").root.one("section", id="quality")
    agency = town.citizen.get("/agencies/city")

    points = english.one("meter")["value"]
    assert f"{points} of 100 points" in english.text
    assert "Missing in Urdu." in english.text
    assert next(e["href"] for e in english.all("a")) == "/quality"
    assert next(e["href"] for e in urdu.all("a")) == "/ur/quality"
    assert urdu.one("meter")["value"] == points
    assert f"{points} of 100 points" in agency.text
    assert "This is the average of 1 record." in agency.text
    assert [e.text for e in agency.root.one("table", class_="govuk-table app-steps").all("td")][
        -2
    ] == "1"


def test_an_older_version_and_a_withdrawn_record_have_no_points(town: Town) -> None:
    content = sample("tax-return-risk")
    reference = town.officer.file(content)
    town.approver.publish(reference)
    officer = town.officer
    officer.send(officer.get(f"/filing/{reference}").form("Prepare a new version"))
    officer.hand_in(reference, "Nothing is new.")
    town.approver.publish(reference)

    pages = [town.citizen.get(f"/disclosures/{reference}{end}") for end in ("", "/v/1")]

    assert [len(page.root.all("section", id="quality")) for page in pages] == [1, 0]


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_every_rule_is_printed_with_its_weight(town: Town, prefix: str) -> None:
    page = town.citizen.get(f"{prefix}/quality")
    data = town.citizen.client.get("/quality.json").get_json()

    assert page.status == 200
    for rule in RULES:
        assert len(page.root.all("section", id=rule.id)) == 1
    assert "%(" not in page.text
    assert {each["id"]: each["weight"] for each in data["rules"]} == {
        rule.id: rule.weight for rule in RULES
    }
    assert all("%(" not in each["why"] for each in data["rules"])
    assert data["version"] == "q1"


def test_who_begins_a_system_twice_is_warned_and_so_is_who_decides(town: Town) -> None:
    content = sample("tax-return-risk")
    first = town.officer.file(content)
    town.approver.publish(first)

    second = town.officer.begin(content)
    started = town.officer.get(f"/filing/{second}")
    town.officer.write(second, content)
    checked = town.officer.get(f"/filing/{second}/check")
    sent = town.officer.hand_in(second)
    decided = town.approver.get(f"/review/{second}")

    for page in (started, checked, decided):
        assert "Is this in the register already?" in page.text, page.path
        assert f"/disclosures/{first}" in page.links()
    assert "The filing now waits for approval." in sent.text


def test_a_system_of_its_own_warns_nobody(town: Town) -> None:
    content = sample("tax-return-risk")
    town.approver.publish(town.officer.file(content))

    other = town.officer.begin(sample("essay-feedback"))

    assert "Is this in the register already?" not in town.officer.get(f"/filing/{other}").text
