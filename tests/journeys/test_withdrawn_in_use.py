"""A record is withdrawn while its system is in use: everybody sees that it is owed again."""

from datetime import timedelta

from register import clock
from tests.journeys.answering import sample
from tests.journeys.conftest import Town


def withdrawn(town: Town) -> str:
    reference = town.officer.file(sample("job-matching"))
    town.approver.publish(reference)
    town.officer.withdraw(reference, {"reason-en": "It was filed twice."})
    town.approver.publish(reference, "Withdraw")
    return reference


def test_the_desk_leads_to_where_it_is_disclosed_again(town: Town) -> None:
    reference = withdrawn(town)

    desk = town.officer.get("/filing/")

    agenda = desk.section("What has to be done")
    assert "Disclosure after a withdrawal" in agenda
    assert "Disclose again" in agenda
    (way,) = [href for href in desk.links() if href.endswith(f"/filing/{reference}")][:1]
    assert "Prepare a new version" in town.officer.get(way).text


def test_the_record_and_the_agencys_page_say_so(town: Town) -> None:
    reference = withdrawn(town)

    soon = town.citizen.get(f"/disclosures/{reference}")
    with clock.at(clock.now() + timedelta(days=400)):
        late = town.citizen.get(f"/disclosures/{reference}")
        listed = town.citizen.get("/agencies/city")

    assert "The system is to be disclosed again by" in soon.text
    assert "The system should have been disclosed again by" in late.text
    assert "Disclosure after a withdrawal" in listed.text
