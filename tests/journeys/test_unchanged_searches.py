"""A page of results is sent once: after that only when something on it may have changed."""

from collections.abc import Callable

import pytest

from register.search import Query
from register.services.directory import directory
from register.web.wiring import search_index
from tests.journeys.answering import sample
from tests.journeys.conftest import Town

PAGES = ("/search", "/search?q=street", "/ur/search?q=street", "/search.json?q=street")
REASON = {"reason-en": "It was filed twice."}


def publish(town: Town, name: str = "street-fault-reports") -> str:
    reference = town.officer.file(sample(name))
    town.approver.publish(reference)
    return reference


def withdraw(town: Town, reference: str) -> None:
    town.officer.withdraw(reference, REASON)
    town.person("deputy@city.example").publish(reference, "Withdraw")


def rename(town: Town) -> None:
    with town.app.app_context():
        row = {"slug": "city", "names": {"en": "City of Lamps", "ur": "شہر"}, "level": "local"}
        directory.import_agencies([row])


def marks(town: Town) -> dict[str, str]:
    answers = {path: town.citizen.client.get(path) for path in PAGES}
    return {path: answer.headers["ETag"] for path, answer in answers.items()}


def statuses(town: Town, known: dict[str, str]) -> set[int]:
    client = town.citizen.client
    return {
        client.get(path, headers={"If-None-Match": mark}).status_code
        for path, mark in known.items()
    }


@pytest.mark.parametrize("is_drained", [False, True])
@pytest.mark.parametrize(
    "change",
    [
        lambda town, _reference: publish(town, "job-matching"),
        withdraw,
        lambda town, _reference: rename(town),
    ],
    ids=["published", "withdrawn", "renamed"],
)
def test_after_a_change_the_page_is_sent_anew_also_before_the_index_has_heard_of_it(
    town: Town, change: Callable[[Town, str], object], is_drained: bool
) -> None:
    reference = publish(town)
    town.drain()
    known = marks(town)
    assert statuses(town, known) == {304}

    change(town, reference)
    if is_drained:
        town.drain()

    assert statuses(town, known) == {200}


def test_once_the_index_has_heard_of_it_the_page_is_another_one_again(town: Town) -> None:
    publish(town)
    town.drain()
    reference = publish(town, "job-matching")
    before = marks(town)

    town.drain()

    assert statuses(town, before) == {200}
    assert reference in town.citizen.get("/search").text


def test_an_unchanged_page_is_neither_searched_nor_made(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(town)
    town.drain()
    known = marks(town)
    with town.app.app_context():
        index = search_index()
    asked: list[Query] = []
    monkeypatch.setattr(index, "search", asked.append)

    assert statuses(town, known) == {304}
    assert asked == []


def test_who_is_signed_in_is_never_told_to_take_a_page_made_for_others(town: Town) -> None:
    publish(town)
    town.drain()
    known = marks(town)

    answers = [
        town.officer.client.get(path, headers={"If-None-Match": mark})
        for path, mark in known.items()
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert "officer@city.example" in answers[0].text


def test_address_language_and_font_each_have_a_page_of_their_own(town: Town) -> None:
    publish(town)
    town.drain()
    known = marks(town)
    light = town.citizen.client
    light.set_cookie("light_font", "yes")

    mark = light.get("/ur/search?q=street").headers["ETag"]

    assert len(set(known.values())) == len(PAGES)
    assert mark not in known.values()
    assert light.get("/ur/search?q=street", headers={"If-None-Match": mark}).status_code == 304
    assert statuses(town, {"/search?q=road": known["/search?q=street"]}) == {200}


def test_caches_ask_each_time_and_know_what_the_page_depends_on(town: Town) -> None:
    town.drain()

    answer = town.citizen.client.get("/search")
    again = town.citizen.client.get("/search", headers={"If-None-Match": answer.headers["ETag"]})

    for each in (answer, again):
        assert each.headers["Cache-Control"] == "public, no-cache"
        assert each.headers["Vary"] == "Cookie"
    assert again.data == b""


def test_what_was_found_without_the_index_is_kept_by_nobody(town: Town) -> None:
    publish(town)

    for path in PAGES:
        answer = town.citizen.client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store", path


def test_a_wrong_address_has_no_mark(town: Town) -> None:
    town.drain()

    answer = town.citizen.client.get("/search?nonsense=1")

    assert answer.status_code == 400
    assert "ETag" not in answer.headers
