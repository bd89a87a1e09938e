"""Who has filed and who has not can be read by anybody, of any day, and adds up."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from register import clock, create_app, storage
from register.services.directory import directory
from register.services.duties.obligations import Counts
from register.services.sample import sampling
from register.standard.obligations import DutyState
from register.web.showing import counting
from register.web.wiring import search_index
from tests.given import SAMPLE
from tests.journeys.conftest import Town
from tests.journeys.page import Page

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
COLUMNS = (*(state.value for state in counting.ORDER), "total")
PUBLIC = ("/", "/agencies", "/search.json", "/coverage", "/coverage.json", "/coverage.csv")
CALLS = ("obligations", "disclosures", "agencies", "facets", "export.ndjson")


@pytest.fixture(scope="module")
def sampled(
    new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The sample register, which these tests only read."""
    folder = tmp_path_factory.mktemp("coverage")
    app = create_app({"instance": folder, "database_url": new_database(folder)})
    with app.app_context():
        sampling.load_sample(SAMPLE, password="a sample password", reference_prefix="AIR")
        search_index().drain()
    yield app
    with app.app_context():
        search_index().close()
        storage.close()


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with clock.at(NOW):
        yield


def read(app: Flask, path: str) -> Page:
    return Page(app.test_client().get(path))


def data(app: Flask, path: str) -> Any:
    answer = app.test_client().get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def rows(app: Flask, query: str = "") -> dict[str, dict[str, str]]:
    """The rows of the CSV, by agency."""
    text = app.test_client().get(f"/coverage.csv{query}").get_data(as_text=True)
    return {row["agency"]: row for row in csv.DictReader(io.StringIO(text))}


def bodies(app: Flask, query: str = "") -> dict[str, dict[str, Any]]:
    """What the JSON says of each agency."""
    return {each["slug"]: each for each in data(app, f"/coverage.json{query}")["agencies"]}


def counts(entry: dict[str, Any]) -> list[int]:
    return [int(entry[name]) for name in COLUMNS]


def tables(page: Page) -> list[list[list[int]]]:
    """The numbers of each table of counts, row by row; the last row is the sum."""
    return [
        [[int(cell.text) for cell in row.all("td")] for row in table.all("tr") if row.all("td")]
        for table in page.root.all("table")
    ]


def test_no_public_byte_names_a_system_that_is_not_disclosed(sampled: Flask) -> None:
    checks = json.loads((SAMPLE / "duties.json").read_text("utf-8"))["checks"]
    names = [check["answers"]["name"].casefold() for check in checks]
    slugs = bodies(sampled)
    paths = [*PUBLIC, *(f"/api/v1/{call}" for call in CALLS)]
    paths += [f"/agencies/{slug}{ending}" for slug in slugs for ending in ("", ".json")]

    said = {
        path: sampled.test_client().get(path).get_data(as_text=True).casefold()
        for path in [*paths, *("/ur" + path for path in paths)]
    }

    assert len(names) == len(checks) > 5
    assert [path for path, text in said.items() if any(name in text for name in names)] == []
    assert "A system that is not disclosed yet" in read(sampled, "/agencies/gulzar-city").text


def test_a_cell_is_never_taken_for_a_formula(town: Town) -> None:
    names = [f"{start}cmd|' /C calc'!A0" for start in ("=", "+", "@", " =", "\N{NO-BREAK SPACE}-")]
    with town.app.app_context():
        directory.import_agencies(
            {"slug": f"odd-{number}", "names": {"en": name}, "level": "local", "sector": name}
            for number, name in enumerate(names)
        )

    listed = rows(town.app)

    cells = [listed[f"odd-{number}"] for number in range(len(names))]
    assert [cell["name_en"] for cell in cells] == [f"'{name}" for name in names]
    assert [cell["sector"] for cell in cells] == [f"'{name}" for name in names]
    assert listed["city"]["name_en"] == "City of Lantern Bay"


@pytest.mark.parametrize(
    "query",
    [
        "as_off=2026-01-01",
        "as_of=2026-02-30",
        "as_of=2026-11-24",
        "as_of=9999-12-31",
        "as_of=x%00",
        "as_of=2026-11-23T12:00:01Z",
        "level=galactic",
        "sector=federal",
    ],
)
@pytest.mark.parametrize("ending", ["", ".json", ".csv"])
def test_what_means_nothing_is_refused_by_name(sampled: Flask, query: str, ending: str) -> None:
    answer = sampled.test_client().get(f"/coverage{ending}?{query}")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "query", ["level=federal", "kind=other", "state=lost", "agency=nobody", "as_of=2027-01-01"]
)
def test_the_call_for_duties_refuses_what_means_nothing(sampled: Flask, query: str) -> None:
    answer = sampled.test_client().get(f"/api/v1/obligations?{query}")

    assert answer.status_code == 400
    assert list(answer.get_json()["errors"]) == [query.partition("=")[0]]


@pytest.mark.parametrize("query", ["", "?as_of=2026-02-01", "?level=federal&level=local"])
def test_page_json_csv_and_the_duties_one_by_one_say_the_same(sampled: Flask, query: str) -> None:
    told = data(sampled, f"/coverage.json{query}")
    day = told["as_of"]
    listed = data(sampled, f"/api/v1/obligations?as_of={day}")["items"]
    english, urdu = (tables(read(sampled, f"{code}/coverage{query}")) for code in ("", "/ur"))

    by_agency = Counter((duty["agency"], duty["state"]) for duty in listed)
    for body in told["agencies"]:
        assert counts(body)[:-1] == [by_agency[body["slug"], state] for state in COLUMNS[:-1]]
        assert counts(body) == counts(rows(sampled, query)[body["slug"]])
    total = counts(told["total"])
    assert total == [sum(column) for column in zip(*map(counts, told["agencies"]), strict=True)]
    assert total[-1] == sum(total[:-1])
    for shown in (english, urdu):
        groups = (told["levels"], told["agencies"], told["kinds"], told["sectors"])
        for table, group in zip(shown, groups, strict=True):
            assert sorted(table[:-1]) == sorted(map(counts, group))
            assert table[-1] == total


def test_the_sample_shows_every_state_and_says_so_plainly(sampled: Flask) -> None:
    total = data(sampled, "/coverage.json")["total"]
    page = read(sampled, "/coverage")

    assert all(total[state.value] > 0 for state in DutyState)
    share = f"{total['fulfilled_percent']}% of what had to be filed by 23 November 2026"
    assert share in page.text
    assert f"{total['overdue']} duties of" in page.text
    assert "30 days after it enters use" in page.text
    assert "For each year that begins on 1 January" in page.text


def test_what_is_exempt_and_who_has_left_stays_and_gives_its_reason(sampled: Flask) -> None:
    page = read(sampled, "/coverage")
    told = data(sampled, "/coverage.json")

    listed = bodies(sampled)
    assert listed["zarwan-ferries"]["standing"] == "left"
    assert listed["zarwan-ferries"]["overdue"] == 1
    assert listed["signals-office"]["standing"] == "exempt"
    assert listed["signals-office"]["exempt"] == listed["signals-office"]["total"] > 0
    said = page.section("Exempt, or no longer under the duty")
    for words in ("National security", "section 9 (1)", "30 June 2027", "The ferries were sold"):
        assert words in said
    single = [each for each in told["decisions"] if each["duty"]]
    assert [each["ground"] for each in single] == ["entered_in_error"]
    assert single[0]["duty"]["reference"] is None
    assert "This duty alone: A system that is not disclosed yet" in said


def test_an_earlier_day_is_read_as_it_was_known_then(sampled: Flask) -> None:
    before = bodies(sampled, "?as_of=2026-06-30")["zarwan-ferries"]
    page = read(sampled, "/coverage?as_of=2026-06-30")
    first = read(sampled, "/coverage?as_of=2025-01-01")
    late = bodies(sampled, "?as_of=2026-03-10")["sehra-territory"]

    assert (before["standing"], before["overdue"]) == ("in_scope", 0)
    assert "The ferries were sold" not in page.text
    assert "at the end of 30 June 2026" in page.text
    assert (late["overdue"], late["late"]) == (1, 0)
    assert bodies(sampled, "?as_of=2026-03-11")["sehra-territory"]["late"] == 1
    assert "No public body came under the duty by this day." in first.text


@pytest.mark.parametrize(("code", "language"), [("", "en"), ("/ur", "ur")])
def test_each_bar_says_in_words_what_it_draws(sampled: Flask, code: str, language: str) -> None:
    page = read(sampled, f"{code}/coverage")

    drawn = page.root.all("svg", class_="app-bar")
    assert page.language == language
    assert len(drawn) == 6
    for bar in drawn:
        assert bar["role"] == "img"
        assert bar.one("title").raw
        assert bar.one("desc").raw
        widths = [float(each["width"].rstrip("%")) for each in bar.all("rect")]
        assert sum(widths) == pytest.approx(100, abs=0.1)
    assert "style=" not in page.html


def test_the_bars_begin_where_the_reader_does(sampled: Flask) -> None:
    english, urdu = (
        read(sampled, f"{code}/coverage").root.all("svg", class_="app-bar")[0]
        for code in ("", "/ur")
    )

    first, mirrored = english.all("rect")[0], urdu.all("rect")[0]
    assert first["fill"] == mirrored["fill"] == "url(#bar-filed)"
    assert first["x"] == "0.000%"
    assert float(mirrored["x"].rstrip("%")) == pytest.approx(
        100 - float(first["width"].rstrip("%")), abs=0.01
    )


def test_the_page_of_a_body_lists_its_duties_with_the_overdue_first(sampled: Flask) -> None:
    page = read(sampled, "/agencies/ministry-health")
    gone = read(sampled, "/agencies/zarwan-ferries")

    first = page.root.one("table", class_="govuk-table app-duties").all("tr")[1]
    assert "Overdue" in first.text
    assert "1 September 2026" in first.text
    assert first.all("a")[0]["href"] == "/disclosures/AIR-2025-00006"
    assert "Has left" in gone.text
    assert "Ferries (Sale) Order 2026" in gone.section("Decisions about its duties")


def test_a_record_says_itself_that_it_is_not_confirmed_or_was_late(sampled: Flask) -> None:
    overdue = "This record should have been confirmed by 1 September 2026."
    late = "This system was disclosed late: on 17 March 2026; it was due by 28 December 2025."

    assert overdue in read(sampled, "/disclosures/AIR-2025-00006").text
    assert overdue not in read(sampled, "/disclosures/AIR-2025-00006?as_of=2025-12-01").text
    with clock.at(datetime(2026, 8, 1, tzinfo=UTC)):
        soon = read(sampled, "/disclosures/AIR-2025-00006").text
    with clock.at(datetime(2026, 6, 1, tzinfo=UTC)):
        early = read(sampled, "/disclosures/AIR-2025-00006").text
    assert "This record is to be confirmed by 1 September 2026." in soon
    assert "is to be confirmed" not in early
    assert late in read(sampled, "/disclosures/AIR-2026-00010").text
    assert "confirmed by" not in sampled.test_client().get(
        "/disclosures/AIR-2025-00006.json"
    ).get_data(as_text=True)


def test_duties_are_called_for_by_agency_kind_and_state(sampled: Flask) -> None:
    path = "/api/v1/obligations?kind=system&state=overdue&state=late"

    found = data(sampled, path)
    narrowed = data(sampled, path + "&agency=gulzar-city&agency=ministry-health")["items"]

    assert found["total"] == len(found["items"]) > len(narrowed)
    assert {duty["kind"] for duty in found["items"]} == {"system"}
    assert {duty["state"] for duty in found["items"]} == {"overdue", "late"}
    hidden, public = narrowed
    assert (hidden["agency"], hidden["reference"], hidden["url"]) == ("gulzar-city", None, None)
    assert public["url"].endswith(f"/disclosures/{public['reference']}")


def test_the_share_is_never_whole_while_anything_is_overdue() -> None:
    assert counting.share(Counts(filed=9999, overdue=1)) == 99
    assert counting.share(Counts(filed=1, late=1, nil=1)) == 100
    assert counting.share(Counts(overdue=2, exempt=5)) == 0
    assert counting.share(Counts(due=3, exempt=5)) is None
