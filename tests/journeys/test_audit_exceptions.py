"""An auditor sees what is out of order, why, and how much of it, and takes it along."""

from datetime import UTC, datetime

import pytest

from register import clock
from register.services.accounts import people
from register.services.audit.irregularities import Kind
from register.services.filings.filing import start
from register.standard.content import Content
from tests.desk import append_version
from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.page import Page, csv_rows
from tests.journeys.scene import publish, started, submitted, written_into
from tests.services.inventories import imported, omb

FORMULA = "=1+1 is a forecast"


@pytest.fixture(scope="module")
def town(lasting_town: Town) -> Town:
    """A town with an old record, one that waits, and an inventory from elsewhere."""
    with lasting_town.app.app_context():
        officer, approver = (people.get_actor(f"{r}@city.example") for r in ("officer", "approver"))
        with clock.at(datetime(2025, 2, 3, tzinfo=UTC)):
            waiting = submitted(officer, started(officer, sample("tax-return-risk")))
            publish(approver, waiting)
        submitted(officer, started(officer, sample("street-fault-reports")))
        lonely = people.get_actor("officer@harbour.example")
        content = sample("street-fault-reports").with_answers(agency="harbour")
        submitted(lonely, written_into(lonely, start(lonely, "harbour", "AIR", {}), content))
        people.disable_account("approver@harbour.example")
        imported(
            omb(
                {"id": "1", "use_case_name": FORMULA, "problem_solved": ""},
                {"id": "2", "use_case_name": "Dykes"},
                {"id": "3", "use_case_name": "Fog"},
            )
        )
        append_version("AIR-2026-00004", Content(answers={"name": {"en": "Dykes"}}))
    return lasting_town


def rows(page: Page) -> list[list[str]]:
    """The cells of each row."""
    bodies = page.root.all("tbody")
    return [[c.text for c in row.all("th", "td")] for row in bodies[0].all("tr")] if bodies else []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/audit/exceptions?colour=red", 400),
        ("/audit/exceptions?agency=atlantis", 400),
        ("/audit/exceptions/nothing", 404),
        ("/audit/exceptions/nothing.csv", 404),
        ("/audit/exceptions/<script>", 404),
        ("/audit/exceptions/overdue?page=two", 400),
        ("/audit/exceptions/overdue?question=nothing", 400),
        ("/audit/exceptions/overdue.csv?page=1", 400),
        ("/audit/exceptions/overdue?agency=%00", 400),
        ("/audit/exceptions/overdue?page=99999999999", 200),
        ("/audit/exceptions/overdue?agency=&question=", 200),
    ],
)
def test_what_means_nothing_is_refused(town: Town, address: str, status: int) -> None:
    assert town.auditor.client.get(address).status_code == status


@pytest.mark.parametrize("language", ["", "/ur"])
def test_every_kind_leads_to_a_list_of_as_many(town: Town, language: str) -> None:
    page = town.auditor.get(f"{language}/audit/exceptions")

    entries = page.root.one("dl", class_="app-counted").all("dt")
    assert len(entries) == len(Kind)
    for entry in entries:
        assert entry.parent is not None
        count, why = (dd.text for dd in entry.parent.all("dd"))
        listed = town.auditor.get(entry.one("a")["href"])
        file = town.auditor.client.get(entry.one("a")["href"] + ".csv")
        assert listed.status == 200
        assert why in listed.text
        assert entry.text == listed.heading
        assert len(rows(listed)) == int(count) == len(csv_rows(file))


def test_what_is_not_stated_is_counted_by_question_and_narrowed_to_one(town: Town) -> None:
    page = town.auditor.get("/audit/exceptions/not_stated")

    (purpose,) = page.links("Purpose")
    narrowed = town.auditor.get(purpose)

    assert [row[0] for row in rows(page)] == [
        f"{FORMULA} AIR-2026-00003",
        "Fog AIR-2026-00005",
    ]
    assert purpose == "/audit/exceptions/not_stated?question=purpose"
    assert [row[0] for row in rows(narrowed)] == [f"{FORMULA} AIR-2026-00003"]
    assert "Purpose: 1 exception" in narrowed.text
    (kept,) = narrowed.root.all("input", name="question")
    assert kept["value"] == "purpose"


def test_a_row_leads_to_the_version_and_says_what_it_is(town: Town) -> None:
    page = town.auditor.get("/audit/exceptions/not_approved?agency=department-of-weather")
    old = town.auditor.get("/audit/exceptions/never_amended")

    assert page.links(FORMULA) == ["/audit/records/AIR-2026-00003?version=1"]
    assert [row[2] for row in rows(page)] == [
        "inventory.csv",
        "Without a file",
        "inventory.csv",
    ]
    assert [row[1:] for row in rows(old)] == [["City of Lantern Bay", "", "3 February 2025"]]


def test_a_draft_is_told_of_and_not_shown(town: Town) -> None:
    page = town.auditor.get("/audit/exceptions/nobody_decides")

    (row,) = rows(page)
    assert row[0] == "AIR-2026-00002"
    assert page.root.one("tbody").all("a") == []


def test_a_body_that_owes_a_return_is_named_though_it_has_no_record(town: Town) -> None:
    with clock.at(datetime(2028, 6, 1, tzinfo=UTC)):
        town.auditor.sign_in()
        page = town.auditor.get("/ur/audit/exceptions/overdue?agency=court")

    assert ["عدالتِ مدوجزر" in " ".join(row) for row in rows(page)] == [True, True]


def test_a_file_runs_no_formula_and_names_fields_and_addresses(town: Town) -> None:
    file = town.auditor.client.get("/audit/exceptions/not_stated.csv")
    row, _fog = csv_rows(file)

    assert row["name"] == f"'{FORMULA}"
    assert {"summary", "contact_point"} <= set(row["fields"].split())
    assert row["url"] == "http://127.0.0.1:8000/audit/records/AIR-2026-00003?version=1"
    assert (row["kind"], row["agency"]) == ("not_stated", "department-of-weather")


@pytest.mark.parametrize("role", ["officer", "approver", "secretariat"])
def test_nobody_else_comes_in(town: Town, role: str) -> None:
    email = f"{role}@{'register' if role == 'secretariat' else 'city'}.example"

    for path in ("", "/overdue", "/overdue.csv", "/nothing"):
        answer = town.person(email).client.get(f"/audit/exceptions{path}")
        assert answer.status_code == 403, path
