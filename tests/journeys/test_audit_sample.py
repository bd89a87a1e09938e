"""A sample of records that nobody chose, and that anybody can draw again."""

import hashlib
import html
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from register import clock
from register.services.actor import SYSTEM
from register.standard.content import Content
from tests.desk import append_version
from tests.journeys.conftest import Town
from tests.journeys.page import csv_rows
from tests.services.inventories import imported, many

MORNING = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
NOON, EVENING = "2026-01-05T12:00:00Z", "2026-01-05T18:00:00Z"


@pytest.fixture(scope="module")
def town(lasting_town: Town) -> Town:
    """A town with thirty records in the morning, one of them withdrawn in the afternoon."""
    with lasting_town.app.app_context():
        with clock.at(MORNING):
            imported(many(30), by=SYSTEM)
        with clock.at(MORNING + timedelta(hours=6)):
            ended = Content(answers={"name": {"en": "System 6"}})
            append_version("AIR-2026-00007", ended, is_withdrawal=True)
    return lasting_town


def draw(town: Town, **asked: Any) -> dict[str, Any]:
    answer = town.auditor.client.get("/audit/sample.json", query_string={"at": NOON, **asked})
    assert answer.status_code == 200
    told: dict[str, Any] = answer.get_json()
    return told


def references(told: dict[str, Any]) -> list[str]:
    return [each["reference"] for each in told["items"]]


def by_hand(seed: str, population: list[str], size: int) -> list[str]:
    def digest(reference: str) -> str:
        return hashlib.sha256(seed.encode() + b"\n" + reference.encode()).hexdigest()

    return sorted(population, key=digest)[:size]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("colour=red", "This address has no parameter called “colour”."),
        (f"seed=&size=5&at={NOON}", "Enter the seed as it was published"),
        (f"seed=++&size=5&at={NOON}", "Enter the seed as it was published"),
        (f"seed=a%0Ab&size=5&at={NOON}", "Enter the seed as it was published"),
        (f"seed=a%E2%80%8Bb&size=5&at={NOON}", "Enter the seed as it was published"),
        (f"seed=a%00b&size=5&at={NOON}", "Enter the seed as it was published"),
        (f"seed={'a' * 201}&at={NOON}", "Enter a seed of at most 200 characters."),
        (f"seed=a&size=0&at={NOON}", "Enter a number from 1 to 500."),
        (f"seed=a&size=501&at={NOON}", "Enter a number from 1 to 500."),
        (f"seed=a&size=%DB%B5&at={NOON}", "Enter a number from 1 to 500."),
        ("seed=a&at=yesterday", "Enter a day and a time, such as 2026-11-23T06:17."),
        ("seed=a&at=2026-13-01T00:00", "Enter a day and a time, such as 2026-11-23T06:17."),
        ("seed=a&at=2999-01-01T00:00", "This moment is still to come."),
    ],
)
def test_what_means_nothing_is_refused_and_nothing_is_drawn(
    town: Town, query: str, sentence: str
) -> None:
    before = town.auditor.client.get("/audit/trail.ndjson?action=sample_drawn").text

    page = town.auditor.get(f"/audit/sample?{query}")
    files = [town.auditor.client.get(f"/audit/sample.{each}?{query}") for each in ("csv", "json")]

    assert page.status == 400
    assert sentence in page.text
    assert [each.status_code for each in files] == [400, 400]
    assert town.auditor.client.get("/audit/trail.ndjson?action=sample_drawn").text == before


def test_a_sample_is_what_anybody_works_out_by_hand(town: Town) -> None:
    told = draw(town, seed="قرعہ 4 8 15 'x' \\n", size=7)

    every = [f"AIR-2026-{number:05}" for number in range(1, 31)]
    listed = "".join(f"{each}\n" for each in every)
    assert references(told) == by_hand("قرعہ 4 8 15 'x' \\n", every, 7)
    assert told["population"] == {
        "count": 30,
        "sha256": hashlib.sha256(listed.encode()).hexdigest(),
    }
    assert town.auditor.client.get(f"/audit/sample/population.txt?at={NOON}").text == listed


def test_the_line_for_the_shell_draws_the_same(town: Town, tmp_path: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("there is no sha256sum")
    seed, at = "قرعہ '4' $HOME \\n `8`", NOON
    page = town.auditor.client.get("/audit/sample", query_string={"seed": seed, "at": at})
    text = town.auditor.client.get(f"/audit/sample/population.txt?at={at}").get_data()
    (tmp_path / "population.txt").write_bytes(text)
    found = re.search(r'<pre class="app-command" dir="ltr"><code>(.*?)</code>', page.text, re.S)
    assert found is not None

    line = html.unescape(found[1])
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, check=True)

    drawn = [each.split()[1] for each in done.stdout.decode().splitlines()]
    assert drawn == references(draw(town, seed=seed, size=25))


def test_the_same_seed_and_moment_give_the_same_sample_whatever_happens_later(town: Town) -> None:
    first = draw(town, seed="a", size=30)
    later = draw(town, seed="a", size=30, at=EVENING)

    assert draw(town, seed="a", size=30) == first
    assert "AIR-2026-00007" in references(first)
    assert references(later) == [each for each in references(first) if each != "AIR-2026-00007"]
    assert draw(town, seed="a", size=3)["items"] == first["items"][:3]
    assert draw(town, seed="b", size=30)["items"] != first["items"]


def test_before_anything_was_public_there_is_nothing_to_draw(town: Town) -> None:
    told = draw(town, seed="a", at="2026-01-05T08:00:00Z")
    page = town.auditor.get("/audit/sample?seed=a&at=2026-01-05T08:00")

    assert (told["population"]["count"], told["items"]) == (0, [])
    assert page.status == 200


@pytest.mark.parametrize("language", ["", "/ur"])
def test_whoever_draws_reads_from_what_and_how_and_is_seen(town: Town, language: str) -> None:
    seed = f"Lottery {language}".strip()
    form = town.auditor.get(f"{language}/audit/sample").form(control="seed")
    page = town.auditor.get(f"{form.action}?seed={seed}&size=4&at=2026-01-05T12:00")

    told = draw(town, seed=seed, size=4)
    rows = page.root.all("tbody")[0].all("tr")
    assert [row.one("small").text for row in rows] == references(told)
    assert told["population"]["sha256"] in page.text
    trail = town.auditor.get("/audit/trail?action=sample_drawn").text
    assert f"Seed: {seed}" in trail
    assert told["population"]["sha256"] in trail
    again = town.auditor.get(f"{language}/audit/sample")
    assert "auditor@register.example" in again.root.one("tbody").text
    assert again.links(seed)[0].startswith(f"{language}/audit/sample?seed=Lottery")


def test_without_a_moment_it_is_that_of_now_and_stands_in_the_address(town: Town) -> None:
    answer = town.auditor.client.get("/audit/sample?seed=a&size=2&at=")

    assert answer.status_code == 303
    assert re.search(r"seed=a&size=2&at=20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$", answer.location)


def test_the_table_says_all_that_is_needed_to_draw_again(town: Town) -> None:
    told = draw(town, seed="=1+1", size=2)
    file = town.auditor.client.get(f"/audit/sample.csv?seed=%3D1%2B1&size=2&at={NOON}")

    rows = csv_rows(file)
    assert [row["reference"] for row in rows] == references(told)
    assert {(row["seed"], row["at"], row["population"]) for row in rows} == {("'=1+1", NOON, "30")}


@pytest.mark.parametrize("role", ["officer", "approver", "secretariat"])
def test_nobody_else_draws(town: Town, role: str) -> None:
    email = f"{role}@{'register' if role == 'secretariat' else 'city'}.example"

    for path in ("", ".csv", ".json", "/population.txt"):
        answer = town.person(email).client.get(f"/audit/sample{path}?seed=a&at={NOON}")
        assert answer.status_code == 403, path
