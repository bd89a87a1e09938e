"""The auditor's desk says what needs looking at, and leads to everything else."""

import pytest

from tests.journeys.conftest import Town
from tests.services.inventories import imported, many


@pytest.fixture(scope="module")
def town(lasting_town: Town) -> Town:
    with lasting_town.app.app_context():
        imported(many(3))
    return lasting_town


@pytest.mark.parametrize("language", ["", "/ur"])
def test_the_desk_counts_what_is_out_of_order_and_names_what_is_in_order(
    town: Town, language: str
) -> None:
    page = town.auditor.get(f"{language}/audit/")

    entries = page.root.one("dl", class_="app-counted").all("dt")
    counts = {e.one("a")["href"]: e.parent.one("dd").text for e in entries if e.parent}
    assert counts[f"{language}/audit/exceptions/not_stated"] == "3"
    assert counts[f"{language}/audit/exceptions/not_approved"] == "3"
    assert f"{language}/audit/exceptions/past_review" not in counts
    if not language:
        assert "Withheld past the day of review" in page.section("What needs looking at")


@pytest.mark.parametrize("language", ["", "/ur"])
def test_every_way_from_the_desk_leads_somewhere(town: Town, language: str) -> None:
    page = town.auditor.get(f"{language}/audit/")

    links = {link["href"] for link in page.root.one("main").all("a")}
    assert {f"{language}/audit/{name}" for name in WAYS} <= links
    for href in sorted(links):
        assert town.auditor.client.get(href, buffered=True).status_code == 200, href


WAYS = (
    "exceptions",
    "records",
    "changes",
    "sample",
    "trail",
    "notes",
    "export.ndjson",
    "records.ndjson?versions=all",
    "trail.ndjson",
    "notes.ndjson",
)


def test_the_desk_takes_no_parameters(town: Town) -> None:
    assert town.auditor.client.get("/audit/?before=1").status_code == 400
