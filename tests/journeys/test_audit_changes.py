"""The register of two days side by side: what came, what changed, and what went."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from register import clock
from register.standard.content import Content
from register.web.audit import audit_changes, audit_files
from tests.desk import append_version
from tests.journeys.conftest import Town
from tests.journeys.page import Page, csv_rows
from tests.services.inventories import imported, omb

START = datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC)
ROWS = tuple({"id": str(number), "use_case_name": f"={number}"} for number in range(1, 7))


def named(number: int, **answers: Any) -> Content:
    return Content(answers={"name": {"en": f"={number}"}, **answers})


def reference(number: int) -> str:
    return f"AIR-2026-{number:05}"


@pytest.fixture(scope="module")
def town(lasting_town: Town) -> Town:
    """Each record with a fate of its own, on days of their own."""
    with lasting_town.app.app_context():
        with clock.at(START):
            imported(omb(*ROWS[:4]))
        with clock.at(START + timedelta(seconds=1)):  # the next day
            append_version(reference(2), named(2, purpose={"en": "Rain."}))
            append_version(reference(3), named(3), is_withdrawal=True)
            append_version(reference(4), named(4), is_withdrawal=True)
        with clock.at(START + timedelta(days=2)):
            tides = {**ROWS[4], "agency": "DOT", "agency_name": "Department of Tides"}
            imported(omb(tides, ROWS[5]), accepts_smaller=True)
            append_version(reference(2), named(2, purpose={"en": "Rain, and snow."}))
            append_version(reference(4), named(4))
            append_version(reference(6), named(6), is_withdrawal=True)
    return lasting_town


def told(town: Town, query: str) -> dict[str, Any]:
    answer = town.auditor.client.get(f"/audit/changes.json?{query}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def fates(told: dict[str, Any]) -> dict[int, str]:
    return {int(each["reference"][-2:]): each["change"] for each in told["items"]}


def listed(page: Page) -> list[list[str]]:
    return [[c.text for c in row.all("th", "td")] for row in page.root.all("tbody")[-1].all("tr")]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("colour=red", "This address has no parameter called “colour”."),
        ("change=vanished", "The parameter “change” of this address has no such value."),
        ("agency=atlantis", "The parameter “agency” of this address has no such value."),
        ("page=two", "The parameter “page” of this address has no such value."),
        ("from=soon", "Enter a real date with day, month and year."),
        ("to=2999-01-01", "This day is still to come."),
        ("from=2026-03-02&to=2026-03-01", "The last day comes before the first one."),
    ],
)
def test_what_means_nothing_is_refused_by_name(town: Town, query: str, sentence: str) -> None:
    page = town.auditor.get(f"/audit/changes?{query}")
    files = [town.auditor.client.get(f"/audit/changes.{each}?{query}") for each in ("csv", "json")]

    assert page.status == 400
    assert sentence in page.text
    assert [each.status_code for each in files] == [400, 400]


def test_the_first_days_of_all_and_a_single_day_break_nothing(town: Town) -> None:
    for query in (
        "to=0001-01-01",
        "from=0001-01-01&to=0001-01-01",
        "from=2026-03-02&to=2026-03-02",
    ):
        assert told(town, query)["items"] == [], query
        assert town.auditor.get(f"/audit/changes?{query}").status == 200


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("from=2026-02-28&to=2026-03-01", dict.fromkeys((1, 2, 3, 4), "added")),
        ("from=2026-03-01&to=2026-03-02", {2: "amended", 3: "withdrawn", 4: "withdrawn"}),
        (
            "from=2026-03-01&to=2026-03-03",
            {2: "amended", 3: "withdrawn", 4: "amended", 5: "added", 6: "passed"},
        ),
        ("from=2026-03-02&to=2026-03-03", {2: "amended", 4: "restored", 5: "added", 6: "passed"}),
        ("from=2026-03-03", {}),
        (
            "from=2026-02-28&to=2026-03-03",
            {1: "added", 2: "added", 3: "passed", 4: "added", 5: "added", 6: "passed"},
        ),
    ],
)
def test_what_counts_is_how_each_record_was_at_either_day(
    town: Town, days: str, expected: dict[int, str]
) -> None:
    found = told(town, days)

    assert fates(found) == expected
    assert {name: n for name, n in found["counts"].items() if n} == {
        name: list(expected.values()).count(name) for name in set(expected.values())
    }


def test_the_same_is_told_on_the_page_and_as_a_table(town: Town) -> None:
    query = "from=2026-03-01&to=2026-03-03"
    page = town.auditor.get(f"/audit/changes?{query}")
    file = town.auditor.client.get(f"/audit/changes.csv?{query}")

    rows = csv_rows(file)
    items = told(town, query)["items"]
    assert [row["reference"] for row in rows] == [each["reference"] for each in items]
    assert [row["name"] for row in rows] == [f"'={number}" for number in range(2, 7)]
    assert [row[0] for row in listed(page)] == [
        f"={number} {reference(number)}" for number in range(2, 7)
    ]
    assert listed(page)[0][2] == "Amended Version 1, then 3"
    assert items[0]["fields"] == rows[0]["fields"].split()
    assert {"purpose", "record_kind"} <= set(items[0]["fields"])
    assert "name" not in items[0]["fields"]
    assert "Purpose" in listed(page)[0][3]


def test_a_long_list_is_sent_in_pieces_that_fit_together(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "from=2026-03-01&to=2026-03-03"
    whole = told(town, query), town.auditor.client.get(f"/audit/changes.csv?{query}").text

    monkeypatch.setattr(audit_files, "AT_ONCE", 2)
    monkeypatch.setattr(audit_changes, "PAGE", 2)

    pieces = told(town, query), town.auditor.client.get(f"/audit/changes.csv?{query}").text
    assert pieces == whole
    assert len(whole[0]["items"]) == 5


def test_a_change_leads_to_the_two_versions(town: Town) -> None:
    page = town.auditor.get("/ur/audit/changes?from=2026-03-02&to=2026-03-03")

    links = [href for href in page.links() if "/compare?" in href]
    assert links == [
        f"/ur/audit/records/{reference(2)}/compare?from=2&to=3",
        f"/ur/audit/records/{reference(4)}/compare?from=2&to=3",
    ]
    assert town.auditor.get(links[0]).status == 200


def test_bodies_are_counted_and_the_list_narrows_to_one_or_to_a_change(town: Town) -> None:
    query = "from=2026-03-01&to=2026-03-03"
    page = town.auditor.get(f"/audit/changes?{query}")
    found = told(town, query)

    (link,) = page.links("Department of Weather")
    narrowed = town.auditor.get(link)
    weather, tides = found["agencies"]
    assert weather["agency"] == "department-of-weather"
    assert (weather["amended"], weather["withdrawn"], weather["passed"]) == (2, 1, 1)
    assert (tides["agency"], tides["added"]) == ("department-of-tides", 1)
    assert len(listed(narrowed)) == 4
    assert fates(told(town, f"{query}&agency=department-of-tides")) == {5: "added"}
    only = told(town, f"{query}&change=withdrawn")
    assert fates(only) == {3: "withdrawn"}
    assert only["counts"] == found["counts"]


def test_without_days_it_is_the_last_thirty(town: Town) -> None:
    auditor = town.auditor
    assert auditor.get("/audit/changes").status == 200

    with clock.at(START + timedelta(days=31)):
        found = told(town, "")

    assert (found["from"], found["to"]) == ("2026-03-02", "2026-04-01")


@pytest.mark.parametrize("role", ["officer", "approver", "secretariat"])
def test_nobody_else_comes_in(town: Town, role: str) -> None:
    email = f"{role}@{'register' if role == 'secretariat' else 'city'}.example"

    for path in ("", ".csv", ".json"):
        assert town.person(email).client.get(f"/audit/changes{path}").status_code == 403, path
