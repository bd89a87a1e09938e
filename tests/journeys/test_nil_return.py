"""Nothing to report: declared for a period, approved, and read by everybody."""

import pytest

from register import clock
from tests.journeys.answering import sample
from tests.journeys.conftest import Town

YEAR = str(clock.today().year)


@pytest.mark.parametrize("language", ["", "/ur"])
def test_a_nil_return_is_declared_approved_and_read(town: Town, language: str) -> None:
    officer, content = town.officer, sample("national-archive-nil-return")
    form = officer.get(f"{language}/filing/nil").form(control="period")

    begun = officer.send(form.fill({"period": YEAR}))
    reference = begun.path.rsplit("/", 1)[1]
    kept = officer.get(f"/filing/{reference}/identity").form("Save")
    assert YEAR in kept["name-en"]
    assert "City of Lantern Bay" in kept["summary-en"]
    assert kept["summary-ur"]
    officer.fill_in(reference, content)
    officer.hand_in(reference)
    town.approver.publish(reference)

    page = town.citizen.get(f"{language}/disclosures/{reference}")
    told = town.citizen.client.get(f"/disclosures/{reference}.json").get_json()
    assert YEAR in [each.text for each in page.root.all("dd")]
    assert told["period"] == YEAR
    assert page.status == 200


def test_it_counts_as_no_system_and_is_said_on_the_agencys_page(town: Town) -> None:
    officer = town.officer
    form = officer.get("/filing/nil").form(control="period")
    reference = officer.send(form.fill({"period": YEAR})).path.rsplit("/", 1)[1]
    officer.fill_in(reference, sample("national-archive-nil-return"))
    officer.hand_in(reference)
    town.approver.publish(reference)
    town.drain()

    page = town.citizen.get("/agencies/city")

    assert "0 systems disclosed" in page.text
    assert f"declared that it used no AI system in the period {YEAR}" in page.text
    figures = town.citizen.get("/").root.one("dl", class_="app-figures").text
    assert "systems disclosed 0" in figures
    assert "public bodies with disclosures 1" in figures


def test_a_period_has_one_nil_return(town: Town) -> None:
    form = town.officer.get("/filing/nil").form(control="period")
    begun = town.officer.send(form.fill({"period": YEAR}))

    page = town.officer.get("/filing/nil")
    answer = town.officer.post("/filing/nil", {"period": YEAR})

    assert begun.path in page.html
    assert "Every period of your agency has a nil return already." in page.text
    assert answer.status_code == 422


def test_against_what_the_register_holds_it_takes_a_confirmation(town: Town) -> None:
    reference = town.officer.file(sample("job-matching"))
    town.approver.publish(reference)
    form = town.officer.get("/filing/nil").form(control="period")
    assert "holds 1 system of your agency" in form.page.text

    refused = town.officer.send(form.fill({"period": YEAR}))
    again = refused.form(control="confirmed").fill({"period": YEAR, "confirmed": "yes"})
    begun = town.officer.send(again)

    assert refused.status == 422
    assert f"/disclosures/{reference}" in refused.links()
    assert refused.alert_targets == ["#confirmed"]
    assert begun.path.startswith("/filing/AIR-")


@pytest.mark.parametrize("period", ["", "1999", "2999", "<b>", "x" * 300])
def test_a_period_that_is_not_offered_is_refused(town: Town, period: str) -> None:
    answer = town.officer.post("/filing/nil", {"period": period})

    assert answer.status_code == 422
    assert "There are no drafts." in town.officer.get("/filing/").text
