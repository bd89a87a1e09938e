"""An auditor narrows the trail, turns its pages, and takes it along."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from register import clock
from register.services.accounts import people
from register.storage import events
from tests.journeys.answering import sample
from tests.journeys.conftest import Town, in_scope_since
from tests.journeys.page import Page, csv_rows
from tests.journeys.people import PASSWORD
from tests.journeys.scene import publish, started, submitted

OFFICER, APPROVER = "officer@city.example", "approver@city.example"
FORMULA = "=1+1@city.example"
LONG_AGO = datetime(2025, 2, 3, 23, 59, 59, tzinfo=UTC)


@pytest.fixture(scope="module")
def reference(lasting_town: Town) -> str:
    """A filing of long ago, and a body that was brought into scope today."""
    with lasting_town.app.app_context():
        with clock.at(LONG_AGO):
            officer = people.get_actor(OFFICER)
            waiting = submitted(officer, started(officer, sample("tax-return-risk")))
        with clock.at(LONG_AGO + timedelta(seconds=1)):
            publish(people.get_actor(APPROVER), waiting)
        in_scope_since(10, "harbour")
        events.add_event("imported", by=None, details={"file": "a.csv", "raw": {"a": "b"}})
        people.add_account(FORMULA, "auditor", PASSWORD)
        events.add_event("signed_in", by=people.get_actor(FORMULA).account_id)
    return waiting.reference


@pytest.fixture
def town(lasting_town: Town, reference: str) -> Town:
    return lasting_town


def actions(page: Page) -> list[str]:
    """The second cell of each row."""
    rows = page.root.all("tbody")[0].all("tr") if page.root.all("tbody") else []
    return [row.all("td")[0].text for row in rows]


def lines(town: Town, query: str) -> list[dict[str, Any]]:
    answer = town.auditor.client.get(f"/audit/trail.ndjson?{query}")
    assert answer.status_code == 200, query
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("colour=red", "This address has no parameter called “colour”."),
        ("action=<script>", "The parameter “action” of this address has no such value."),
        ("before=-1", "The parameter “before” of this address has no such value."),
        ("from=yesterday", "Enter a real date with day, month and year."),
        ("to=9999-12-31", "This day is still to come."),
        ("from=2026-02-01&to=2026-01-31", "The last day comes before the first one."),
        ("actor=nobody@city.example", "Nobody has an account under this address."),
        ("agency=atlantis", "There is no agency of this name in the directory."),
        ("reference=AIR-1999-00001", "There is no disclosure of this reference."),
        ("actor=%00", ""),
        ("reference=%00", ""),
    ],
)
def test_what_means_nothing_is_refused_by_name_on_the_page_and_in_a_file(
    town: Town, query: str, sentence: str
) -> None:
    page = town.auditor.get(f"/audit/trail?{query}")
    files = [town.auditor.client.get(f"/audit/trail.{each}?{query}") for each in ("csv", "ndjson")]

    assert page.status == 400
    assert sentence in page.text
    assert "<script>" not in page.html.replace('<script src="', "")
    assert actions(page) == []
    assert [each.status_code for each in files] == [400, 400]


def test_a_wrong_filter_keeps_what_was_typed_and_says_so_beside_it(town: Town) -> None:
    page = town.auditor.get("/ur/audit/trail?actor=nobody@city.example&action=published")

    form = page.form(control="actor")
    assert form["actor"] == "nobody@city.example"
    assert form["action"] == "published"
    assert page.beside("actor")
    assert page.alert_targets == ["#actor"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("action=published", ["Published"]),
        (f"actor={OFFICER}&action=submitted", ["Submitted"]),
        ("actor=APPROVER@city.example&reference={}", ["Published"]),
        ("from=2025-02-04&to=2025-02-04", ["Published"]),
        ("to=2025-02-03&action=submitted", ["Submitted"]),
        ("to=2025-02-03&action=published", []),
        ("to=2025-02-02", []),
        ("agency=city&action=published", ["Published"]),
        ("agency=harbour", ["Public body brought into scope", "Public body added"]),
        ("actor=system&action=imported", ["Imported"]),
        ("action=&actor=&reference={}&action=submitted", None),
    ],
)
def test_each_filter_narrows_the_page_and_the_files_alike(
    town: Town, reference: str, query: str, found: list[str] | None
) -> None:
    query = query.format(reference.lower())

    page = town.auditor.get(f"/audit/trail?{query}")
    told = lines(town, query)
    table = town.auditor.client.get(f"/audit/trail.csv?{query}")

    rows = csv_rows(table)
    assert [row["id"] for row in rows] == [str(each["id"]) for each in told]
    assert [row["event"] for row in reversed(rows)] == actions(page)
    assert found is None or actions(page) == found


def test_page_by_page_every_event_comes_once(town: Town) -> None:
    with town.app.app_context():
        for number in range(130):
            events.add_event("sample_loaded", by=None, details={"disclosures": number})

    def pages() -> Iterator[Page]:
        page = town.auditor.get("/audit/trail?action=sample_loaded&from=2024-01-01")
        yield page
        while older := page.links("Older events"):
            assert "from=2024-01-01" in older[0]
            page = town.auditor.get(older[0])
            yield page

    told = [[li.text for li in page.root.all("ul", class_="app-told")] for page in pages()]

    assert [len(each) for each in told] == [50, 50, 30]
    numbers = [text for each in told for text in each]
    assert numbers == [f"Disclosures: {number}" for number in reversed(range(130))]


def test_a_file_runs_no_formula_and_its_taking_is_in_the_trail(town: Town) -> None:
    table = town.auditor.client.get("/audit/trail.csv", query_string={"actor": FORMULA})
    (told,) = lines(town, "action=imported&actor=system")

    assert [row["actor"] for row in csv_rows(table)] == [f"'{FORMULA}"]
    assert told["details"] == {"file": "a.csv", "raw": {"a": "b"}}
    (taken,) = town.auditor.get("/audit/trail?action=trail_exported").root.all("tbody")
    assert "auditor@register.example" in taken.text
    assert "Event: Imported" in taken.text


def test_what_an_event_tells_is_told_in_words(town: Town, reference: str) -> None:
    page = town.auditor.get(f"/audit/trail?reference={reference}")
    harbour = town.auditor.get("/audit/trail?agency=harbour")

    assert "Section: Purpose" in page.text
    assert "Version: 1" in page.text
    assert "draft_saved" not in page.text
    assert "Name (English): Harbour Office" in harbour.text
