"""What the secretariat decides about who owes what, and who reads it."""

from datetime import timedelta

import pytest

from register import clock
from register.services.directory import standings
from tests.journeys.conftest import Town
from tests.journeys.page import Page
from tests.journeys.people import Person


def test_a_body_is_exempted_with_ground_provision_and_reason(
    town: Town, secretariat: Person
) -> None:
    here = "/review/agencies/harbour"
    form = secretariat.get(here).form("Exempt the body")
    wrong = secretariat.send(form, "Exempt the body")
    assert wrong.status == 422
    assert "#exempt-citation" in wrong.alert_targets
    kept = secretariat.send(form.fill({"exempt-citation": "Section 9"}), "Exempt the body")
    assert 'value="Section 9"' in kept.html

    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    given = {
        "exempt-from_on": tomorrow,
        "exempt-ground": "national_security",
        "exempt-citation": "Security Act, section 3",
        "exempt-reason-en": "It guards the harbour.",
    }
    page = secretariat.send(wrong.form("Exempt the body").fill(given), "Exempt the body")

    assert page.path == here
    assert "It guards the harbour." in page.section("Standing")
    with town.app.app_context():
        assert [each.kind for each in standings.list_entries("harbour")][-1] == "exempt"


def exempted(secretariat: Person) -> tuple[list[str], Page]:
    """Exempt two duties by one decision; give their keys and the page that follows."""
    form = secretariat.get("/review/agencies/harbour").form("Exempt these duties")
    keys = [box["value"] for box in form.element.all("input", name="duty-duty")][:2]
    given = {
        "duty-duty": keys,
        "duty-ground": "entered_in_error",
        "duty-citation": "Register Act, section 9",
        "duty-reason-en": "It was entered twice.",
    }
    return keys, secretariat.send(form.fill(given), "Exempt these duties")


def test_several_duties_are_exempted_from_the_list_of_those_that_are_open(
    town: Town, secretariat: Person
) -> None:
    town.person("officer@harbour.example").determine("Crane planner")

    keys, page = exempted(secretariat)

    assert len(keys) == 2
    standing = page.section("Standing")
    assert standing.count("It was entered twice.") == 2
    # What a decision is about is said in words.
    assert "Disclosure of a system · Crane planner" in standing
    assert "Return for a period · 20" in standing
    assert [key for key in keys if key in page.text] == []


def test_an_exempt_duty_is_owed_again_by_a_decision_that_everybody_reads(
    town: Town, secretariat: Person
) -> None:
    town.person("officer@harbour.example").determine("Crane planner")
    _keys, page = exempted(secretariat)

    form = page.form("Let these be owed again")
    (key, *_others) = [box["value"] for box in form.element.all("input", name="again-duty")]
    given = {
        "again-duty": [key],
        "again-citation": "Register Act, section 10",
        "again-reason-en": "It was no error.",
    }
    wrong = secretariat.send(form.fill({**given, "again-duty": []}))
    after = secretariat.send(wrong.form("Let these be owed again").fill(given))
    public = town.citizen.get("/coverage")

    assert wrong.status == 422
    assert "#again-duty" in wrong.alert_targets
    assert "Choose at least one duty." in wrong.beside("again-duty")
    assert "Owed again" in after.section("Standing")
    assert "It was no error." in public.text
    assert "Owed again" in public.text


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "1e9"])
def test_a_day_that_is_none_is_said_beside_its_place(secretariat: Person, day: str) -> None:
    form = secretariat.get("/review/agencies/harbour").form("Note that it left")

    page = secretariat.send(form.fill({"left-from_on": day}), "Note that it left")

    assert page.status == 422
    assert "year, month and day" in page.beside("left-from_on")


def test_a_decision_that_there_is_not_is_refused(secretariat: Person) -> None:
    answer = secretariat.post("/review/agencies/harbour/standing", {"deed": "abolish"})

    assert answer.status_code in {400, 422}
