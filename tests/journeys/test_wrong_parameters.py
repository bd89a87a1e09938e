"""What an address asks for that means nothing is said in words, and there is a way back."""

from datetime import timedelta

import pytest

from register import clock
from register.web.search.finding import MOST_VALUES
from register.web.search.results import MOST_DROPS
from register.web.wiring import search_index
from tests.journeys.answering import sample
from tests.journeys.conftest import Town


def tomorrow() -> str:
    return (clock.today() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "a&b=c", "x" * 3000, "\0", "//h", "#"]
)
def test_no_name_of_a_parameter_gets_into_the_page_or_leads_away(town: Town, name: str) -> None:
    answer = town.citizen.client.get("/search", query_string={name: "1", "q": "street & road"})

    assert answer.status_code == 400
    assert "<script>alert" not in answer.text
    assert 'href="/search?q=street+%26+road"' in answer.text


@pytest.mark.parametrize("language", ["", "/ur"])
def test_a_day_that_is_still_to_come_is_said_to_be_so_and_left_behind(
    town: Town, language: str
) -> None:
    citizen = town.citizen

    page = citizen.get(f"{language}/coverage?level=local&as_of={tomorrow()}&level=federal")
    (back,) = [link for link in page.links() if link.startswith(f"{language}/coverage?level=")]
    reached = citizen.get(back)

    assert page.status == 400
    assert back == f"{language}/coverage?level=local&level=federal"
    assert reached.status == 200
    if not language:
        assert "The parameter “as_of” of this address has no such value." in page.text
        assert "This day is still to come." in page.text
        assert page.links("Open this page without the parameter “as_of”") == [back]


@pytest.mark.parametrize(
    ("address", "name", "sentence"),
    [
        ("/coverage?as_of=soon", "as_of", "Enter a day such as 2026-11-23, or a moment in UTC"),
        ("/coverage?page=two", "page", "Leave this parameter out."),
        ("/coverage?colour=red", "colour", "Leave this parameter out."),
        ("/search?sort=upwards", "sort", "Leave this parameter out."),
        ("/agencies?page=-1", "page", "Leave this parameter out."),
    ],
)
def test_each_wrong_parameter_is_named_and_can_be_left_out(
    town: Town, address: str, name: str, sentence: str
) -> None:
    page = town.citizen.get(address)

    assert page.status == 400
    assert f"“{name}”" in page.text
    assert sentence in page.text
    assert "search parameter" not in page.text
    (back,) = page.links(f"Open this page without the parameter “{name}”")
    assert town.citizen.get(back).status == 200


def test_of_two_wrong_parameters_the_second_is_still_wrong(town: Town) -> None:
    page = town.citizen.get("/coverage?colour=red&as_of=soon")

    (back,) = page.links("Open this page without")
    page = town.citizen.get(back)

    assert page.status == 400
    assert page.links("Open this page without") == ["/coverage"]


def test_machines_are_told_the_same(town: Town) -> None:
    answer = town.citizen.client.get(f"/coverage.json?as_of={tomorrow()}")

    assert answer.status_code == 400
    assert answer.get_json()["errors"] == {"as_of": ["This day is still to come."]}
    assert answer.get_json()["detail"] == "The parameter “as_of” of this address has no such value."


@pytest.mark.parametrize("path", ["/search", "/search.json", "/api/v1/disclosures"])
def test_a_filter_with_too_many_values_is_refused_by_name(town: Town, path: str) -> None:
    town.drain()
    values = [f"none-{number}" for number in range(MOST_VALUES + 1)]

    refused = town.citizen.client.get(path, query_string={"phase": values})
    taken = town.citizen.client.get(path, query_string={"phase": values[:MOST_VALUES] * 2})

    assert (refused.status_code, taken.status_code) == (400, 200)
    assert "The parameter “phase” of this address has more than 10 values." in refused.text


def test_a_search_that_finds_nothing_looks_again_a_few_times_only(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.drain()
    with town.app.app_context():
        index = search_index()
    asked, count = [], index.count
    monkeypatch.setattr(index, "count", lambda query: (asked.append(query), count(query))[1])
    values = [f"none-{number}" for number in range(MOST_VALUES)]

    page = town.citizen.client.get(
        "/search", query_string={"q": "a b c d", **dict.fromkeys(index.facets, values)}
    )

    assert page.status_code == 200
    assert len(asked) == MOST_DROPS


def test_what_to_leave_out_is_still_named(town: Town) -> None:
    town.approver.publish(town.officer.file(sample("street-fault-reports")))
    town.drain()

    page = town.citizen.get("/search?q=reports&level=local&phase=none")

    assert page.section("Nothing was found").count("1 system") == 1
    assert "/search?q=reports&level=local" in page.links("Stage: none")
