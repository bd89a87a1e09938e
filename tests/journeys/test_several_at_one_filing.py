"""Several people at one filing: nobody's word is lost, and everybody sees who wrote last."""

from datetime import UTC, datetime

import pytest

from register import clock
from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.page import Form
from tests.journeys.people import Person

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TEXT = "To find flooded streets."


def written(person: Person, reference: str) -> Form:
    """A section's form, filled in and not yet sent."""
    return person.get(f"/filing/{reference}/purpose").form("Save").fill({"purpose-en": TEXT})


@pytest.fixture
def person(town: Town) -> Person:
    with clock.at(NOW):
        return town.officer


@pytest.fixture
def reference(person: Person) -> str:
    with clock.at(NOW):
        return person.begin(sample("street-fault-reports"))


def test_two_who_write_different_sections_are_not_in_each_other_s_way(
    town: Town, person: Person, reference: str
) -> None:
    with clock.at(NOW):
        form = written(person, reference)
        colleague = town.person("colleague@city.example")
        other = colleague.get(f"/filing/{reference}/identity").form("Save")
        colleague.send(other.fill({"summary-en": "It sorts reports."}), "Save")

        page = person.send(form, "Save")

        kept = person.get(f"/filing/{reference}/purpose").form("Save")["purpose-en"]
        others = person.get(f"/filing/{reference}/identity").form("Save")["summary-en"]
    assert page.path == f"/filing/{reference}"
    assert (kept, others) == (TEXT, "It sorts reports.")


def test_in_a_conflict_no_word_of_a_list_or_of_a_reason_is_lost(town: Town, person: Person) -> None:
    content = sample("tax-return-risk")
    with clock.at(NOW):
        reference = person.begin(content)
        person.fill_in(reference, content, "purpose", "classification")
        form = person.get(f"/filing/{reference}/purpose").form("Save")
        form.fill(
            {
                "legal_basis-0-title-en": "My law",
                "withhold-benefits-public_reason-en": "My reason",
                "withhold-purpose": "yes",
                "withhold-purpose-public_reason-ur": "میری وجہ",
            }
        )
        colleague = town.person("colleague@city.example")
        other = colleague.get(f"/filing/{reference}/purpose").form("Save")
        colleague.send(other.fill({"legal_basis-0-title-en": "Their law"}), "Save")

        page = person.send(form, "Save")

    assert page.status == 409
    assert "Their law" in page.text
    assert "My law" in page.text
    mine = page.form("Save")
    assert mine["legal_basis-0-title-en"] == "My law"
    assert mine["withhold-benefits-public_reason-en"] == "My reason"
    assert mine["withhold-purpose"] == "yes"
    assert mine["withhold-purpose-public_reason-ur"] == "میری وجہ"


def test_a_page_that_saves_by_itself_is_answered_as_data(
    town: Town, person: Person, reference: str
) -> None:
    with clock.at(NOW):
        form = written(person, reference)
        data = {**form.pressed("Save"), "autosave": "yes"}
        del data["save"]
        first = person.client.post(form.action, data=data)
        stale = person.client.post(form.action, data={**data, "purpose-en": "Another."})
        data |= {k: str(v) for k, v in first.get_json().items() if k != "saved"}
        second = person.client.post(form.action, data={**data, "purpose-en": "Another."})

    assert (first.status_code, stale.status_code, second.status_code) == (200, 409, 200)
    assert set(first.get_json()) == {"lock_version", "section_seen", "saved"}
    assert "9:00" in first.get_json()["saved"]
    assert "detail" in stale.get_json()


def test_the_task_list_and_the_desk_say_who_saved_last(
    town: Town, person: Person, reference: str
) -> None:
    with clock.at(NOW):
        person.send(written(person, reference), "Save")
        colleague = town.person("colleague@city.example")
        other = colleague.get(f"/filing/{reference}/identity").form("Save")
        colleague.send(other.fill({"summary-en": "It sorts reports."}), "Save")
        items = person.get(f"/filing/{reference}").root.all("li")
        desk = person.get("/filing/").text

    told = {item.all("a")[0].text: item.text for item in items if item.all("a")}
    assert "officer@city.example" in told["Purpose and justification"]
    assert "colleague@city.example" in told["Identity"]
    assert "@" not in told["Dates"]
    assert "colleague@city.example" in desk
