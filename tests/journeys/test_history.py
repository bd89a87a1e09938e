"""What became of a disclosure can be read: its versions, their differences, and any past day."""

from datetime import UTC, datetime, timedelta

from register import clock
from register.services.accounts import people
from register.services.directory import bodies, directory
from register.services.directory.bodies import Described
from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.test_amending import amend

FIRST_DAY = datetime(2026, 3, 10, 9, tzinfo=UTC)
SECOND_DAY = datetime(2026, 6, 20, 9, tzinfo=UTC)


def with_two_versions(town: Town) -> str:
    with clock.at(FIRST_DAY):
        reference = town.officer.file(sample("street-fault-reports"))
        town.approver.publish(reference)
    town.officer.sign_in()
    town.approver.sign_in()
    with clock.at(SECOND_DAY):
        again = Town(town.app)
        amend(again, reference)
        again.approver.publish(reference)
    return reference


def test_the_history_names_every_version_and_what_changed_in_it(town: Town) -> None:
    reference = with_two_versions(town)

    page = town.citizen.get(f"/disclosures/{reference}/history")
    items = town.citizen.client.get(f"/disclosures/{reference}/history.json").get_json()["items"]

    assert page.status == 200
    assert "It now sorts reports of floods too." in page.text
    assert "Changed: Purpose" in page.text
    assert "20 June 2026" in page.text
    assert [item["version"] for item in items] == [2, 1]


def test_two_versions_are_compared_field_by_field(town: Town) -> None:
    reference = with_two_versions(town)
    before = " ".join(sample("street-fault-reports").answers["purpose"]["en"].split())

    page = town.citizen.get(f"/disclosures/{reference}/compare?from=1&to=2")
    same = town.citizen.get(f"/disclosures/{reference}/compare?from=2&to=2")

    difference = page.section("What changed")
    assert before in difference
    assert "To find flooded streets." in difference
    assert "The answers of these two versions are the same." in same.text


def test_a_disclosure_is_read_as_it_was_on_a_day(town: Town) -> None:
    reference = with_two_versions(town)
    address = f"/disclosures/{reference}"

    between = town.citizen.get(f"{address}?as_of=2026-06-19")
    after = town.citizen.client.get(f"{address}.json?as_of=2026-06-20").get_json()
    called = town.citizen.client.get(f"/api/v1{address}?as_of=2026-03-10").get_json()

    assert "This is the disclosure as it was on 19 June 2026." in between.text
    assert "To find flooded streets." not in between.text
    assert (after["version"], called["version"]) == (2, 1)


def test_what_has_no_past_or_no_such_version_is_not_there(town: Town) -> None:
    reference = with_two_versions(town)
    get = town.citizen.client.get

    assert get(f"/disclosures/{reference}?as_of=2026-03-09").status_code == 404
    assert get(f"/disclosures/{reference}?as_of=soon").status_code == 400
    assert get(f"/disclosures/{reference}?as_of=9999-12-31").status_code == 400
    assert get(f"/disclosures/{reference}/compare?from=1&to=7").status_code == 404
    assert get(f"/disclosures/{reference}/compare?from=x").status_code == 400
    assert get("/disclosures/AIR-2026-99999/history").status_code == 404


def test_what_was_never_published_has_no_history(town: Town) -> None:
    reference = town.officer.begin(sample("street-fault-reports"))

    for page in ("history", "history.json", "compare"):
        assert town.citizen.client.get(f"/disclosures/{reference}/{page}").status_code == 404


def test_a_record_has_its_body_as_it_is_now_and_a_frozen_version_as_it_was_then(town: Town) -> None:
    reference = with_two_versions(town)
    with clock.at(SECOND_DAY + timedelta(days=9)), town.app.app_context():
        body = directory.get_body("city")
        changed = {**vars(body), "parent": body.parent or "", "names": {"en": "Greater City"}}
        by = people.get_actor("secretariat@register.example")
        bodies.change_body(by, Described(**changed))
    get = town.citizen.client.get
    address = f"/disclosures/{reference}"

    def body_in(path: str) -> str:
        told = get(path).get_json()
        return str(told["agency"]["name"]["en"])

    before = {
        "/v/1.json",
        "/v/2.json",
        ".json?as_of=2026-06-28",
        ".json?as_of=2026-06-29T08:59:59Z",
    }
    after = {".json", ".json?as_of=2026-06-29", ".json?as_of=2026-06-29T09:00:00Z"}
    old_name = body_in(f"{address}/v/1.json")
    assert old_name != "Greater City"
    assert {body_in(address + path) for path in before} == {old_name}
    assert {body_in(address + path) for path in after} == {"Greater City"}
    assert {body_in(f"/api/v1{address}?version={number}") for number in (1, 2)} == {old_name}
    listed = get(f"{address}/history.json").get_json()["items"]
    assert {each["agency"]["name"]["en"] for each in listed} == {old_name}
    page = town.citizen.get(f"{address}?as_of=2026-06-28")
    assert old_name in page.text
    assert "This is the disclosure as it was on 28 June 2026." in page.text
    assert "Read the current version" in page.text
    assert "Greater City" in town.citizen.get(address).text


def test_what_was_current_at_a_moment_is_told_as_current(town: Town) -> None:
    reference = with_two_versions(town)

    for day, version in (("2026-06-19", 1), ("2026-06-20", 2)):
        told = town.citizen.client.get(f"/disclosures/{reference}.json?as_of={day}").get_json()
        assert (told["version"], told["is_current"]) == (version, True)
    frozen = town.citizen.client.get(f"/disclosures/{reference}/v/1.json").get_json()
    assert frozen["is_current"] is False
