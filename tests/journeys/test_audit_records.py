"""An auditor finds records by what nobody else may read, and every look leaves a trace."""

import json
from typing import Any

import pytest

from tests.journeys.conftest import Town
from tests.journeys.scene import Scene

FRAME = {"the address of an account", "the name of an account"}  # whoever is signed in
DOORS = (
    "/audit/records",
    "/audit/records.ndjson",
    "/audit/records/{}",
    "/audit/records/{}.json",
    "/audit/records/{}/compare",
)


@pytest.fixture
def town(scene: Scene) -> Town:
    return scene.town


@pytest.fixture
def reference(scene: Scene) -> str:
    return scene.references["current"]


def latest(town: Town, action: str) -> dict[str, Any]:
    """What the last event of this kind tells."""
    told = town.auditor.client.get(f"/audit/trail.ndjson?action={action}").text.splitlines()
    last: dict[str, Any] = json.loads(told[-1]) if told else {}
    return last


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("colour=red", "This address has no parameter called “colour”."),
        ("versions=some", "The parameter “versions” of this address has no such value."),
        ("page=two", "The parameter “page” of this address has no such value."),
        ("agency=atlantis", "There is no agency of this name in the directory."),
        ("q=" + "a" * 201, "Search for at most 200 characters."),
    ],
)
def test_what_means_nothing_is_refused_by_name(town: Town, query: str, sentence: str) -> None:
    page = town.auditor.get(f"/audit/records?{query}")
    file = town.auditor.client.get(f"/audit/records.ndjson?{query}")

    assert page.status == 400
    assert sentence in page.text
    assert file.status_code == 400


@pytest.mark.parametrize("words", ["%", "ris_s", '"name"', "\\", "answers", "not_stated", "\0"])
def test_no_word_means_more_than_itself(town: Town, words: str) -> None:
    answer = town.auditor.client.get("/audit/records", query_string={"q": words})

    assert answer.status_code == 200
    assert "No record is like this." in answer.text


def test_a_draft_is_no_record_to_be_read(scene: Scene) -> None:
    draft = scene.references["draft"]

    for door in DOORS[2:]:
        assert scene.town.auditor.client.get(door.format(draft)).status_code == 404, door
    page = scene.town.auditor.get("/audit/records")
    assert page.status == 200
    assert draft not in page.text


def test_a_version_that_does_not_exist_is_not_found(town: Town, reference: str) -> None:
    client = town.auditor.client

    for query in ("?version=9", "/compare?from=1&to=9", "/compare?from=9&to=9"):
        assert client.get(f"/audit/records/{reference}{query}").status_code == 404, query
    for query in ("?version=x", "/compare?from=1&to=-1", "?colour=red", ".json?version=1"):
        assert client.get(f"/audit/records/{reference}{query}").status_code == 400, query


def test_a_record_is_found_by_a_word_that_is_withheld_and_the_list_does_not_tell_it(
    scene: Scene, reference: str
) -> None:
    withheld = [w for w, place in scene.marks.places.items() if place == "benefits"]
    word = next(w for w in withheld if w in json.dumps(scene.contents[1].answers["benefits"]))

    page = scene.town.auditor.get(f"/audit/records?q={word.upper()}&agency=city")
    elsewhere = scene.town.auditor.get(f"/audit/records?q={word}&agency=harbour")

    assert page.links(scene.contents[1].answers["name"]["en"])
    assert reference in page.text
    assert scene.marks.found_in(page.html.encode(), but=word) <= FRAME
    assert "No record is like this." in elsewhere.text
    told = latest(scene.town, "records_searched")
    assert told["actor"] == "auditor@register.example"
    assert told["details"] == {"words": word, "agency": "harbour", "found": 0}


def test_what_a_record_said_before_is_found_only_where_that_is_asked_for(
    scene: Scene, reference: str
) -> None:
    first = next(
        word
        for word, place in scene.marks.places.items()
        if place == "benefits" and word in json.dumps(scene.contents[0].answers["benefits"])
    )

    now = scene.town.auditor.get(f"/audit/records?q={first}")
    ever = scene.town.auditor.get(f"/audit/records?q={first}&versions=all")

    assert reference not in now.text
    assert reference in ever.text


def test_looking_through_the_list_is_no_look_at_what_is_not_public(town: Town) -> None:
    before = latest(town, "records_searched")

    page = town.auditor.get("/ur/audit/records")

    assert page.status == 200
    assert latest(town, "records_searched") == before


def test_a_record_is_read_in_each_version_and_each_look_is_in_the_trail(
    scene: Scene, reference: str
) -> None:
    town = scene.town
    for version in (1, 2):
        page = town.auditor.get(f"/ur/audit/records/{reference}?version={version}")

        assert "withheld.decided_by" in scene.marks.found_in(page.html.encode())
        told = latest(town, "non_public_read")
        assert told["reference"] == reference
        assert told["details"] == {"version": version}
        assert f"/ur/audit/records/{reference}?version={3 - version}" in page.links()


def test_two_versions_are_compared_with_what_is_not_public(scene: Scene, reference: str) -> None:
    page = scene.town.auditor.get(f"/audit/records/{reference}/compare")
    public = scene.town.citizen.get(f"/disclosures/{reference}/compare")

    assert "benefits" in scene.marks.found_in(page.html.encode())
    assert "benefits" not in scene.marks.found_in(public.html.encode())
    assert latest(scene.town, "non_public_read")["details"] == {"versions": [1, 2]}


def test_every_version_is_given_as_data(scene: Scene, reference: str) -> None:
    town = scene.town

    told = town.auditor.client.get(f"/audit/records/{reference}.json").get_json()
    lines = town.auditor.client.get("/audit/records.ndjson?versions=all").text.splitlines()
    current = town.auditor.client.get("/audit/records.ndjson?agency=city").text.splitlines()

    assert [each["version"] for each in told["items"]] == [2, 1]
    assert [each["audit"]["author"] for each in told["items"]] == ["officer@city.example"] * 2
    read = [json.loads(line) for line in lines]
    assert [(each["reference"], each["version"]) for each in read] == sorted(
        (name, version) for name in (reference, scene.references["withdrawn"]) for version in (1, 2)
    )
    assert read[0] == told["items"][1]
    assert [json.loads(line)["version"] for line in current] == [2, 2]
    assert latest(town, "records_exported")["details"] == {
        "agency": "city",
        "found": 2,
        "every_version": False,
    }


@pytest.mark.parametrize("role", ["officer", "approver", "secretariat"])
def test_nobody_else_comes_in(town: Town, reference: str, role: str) -> None:
    email = f"{role}@{'register' if role == 'secretariat' else 'city'}.example"
    person = town.person(email)

    for door in DOORS:
        assert person.client.get(door.format(reference)).status_code == 403, door
