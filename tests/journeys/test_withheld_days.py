"""A first day of use that is withheld: asking about one day after the other does not find it."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from register import clock
from register.services.duties.obligations import list_duties
from register.services.filings import determinations, filing
from register.standard import CURRENT
from register.standard.obligations import Duty, DutyKind, DutyState
from register.storage import forget
from tests.desk import Desk, make_desk, sample_content
from tests.services.duty_desk import CHECK, RULES, handed_in, on

IN_SCOPE = date(2025, 3, 10)
BEGUN = "2025-04-25"
TODAY = "2025-12-15"
WITHHELD = {
    "field": "in_use_since",
    "ground": "national_security",
    "citation": "Information Act, section 7",
    "public_reason": {"en": "It would say since when."},
    "decided_by": "Director",
    "decided_on": "2025-04-25",
    "review_on": "2027-04-30",
}
#: Three agencies do the same on the same days; of each the system is in use since another day.
SINCE = {"taxes": "2019", "health": "2025-03-27", "schools": "2025-04-19"}
#: The same of systems that are only planned.
PLANNED = {"taxes": "2025-05-20", "health": "2025-09", "schools": "2026-03-03"}


@pytest.fixture
def desk(context: Flask) -> Desk:
    with on(IN_SCOPE.isoformat()):
        return make_desk()


def checked(desk: Desk, slug: str, since: str, **answers: str) -> int:
    given = {**CHECK, "since": since, **answers}
    return determinations.check(desk[f"officer@{slug}"], given).id


def begun(desk: Desk, slug: str, check: int, *, is_withheld: bool = True, **answers: Any) -> Any:
    officer = desk[f"officer@{slug}"]
    source = sample_content()
    content = replace(
        source,
        answers={**source.answers, **answers},
        withheld=(WITHHELD,) if is_withheld else (),
    )
    basis = filing.Basis(content=content, matter=determinations.claim(officer, check))
    return filing.start(officer, slug, "AIR", {}, basis=basis)


def days() -> Iterator[str]:
    day = IN_SCOPE
    while day <= clock.today():
        yield day.isoformat()
        day += timedelta(days=1)


def told(app: Flask, day: str) -> dict[str, dict[str, Any]]:
    """All that anybody can read of each agency's duties as of a day, without what names it."""
    client = app.test_client()
    duties = client.get(f"/api/v1/obligations?as_of={day}").get_json()["items"]
    shown = client.get(f"/coverage?as_of={day}").get_data(as_text=True)
    counts = client.get(f"/coverage.json?as_of={day}").get_json()["agencies"]
    table = client.get(f"/coverage.csv?as_of={day}").get_data(as_text=True)
    rows = re.findall(r"<tr>.*?</tr>", shown, re.DOTALL)
    return {
        slug: {
            "duties": [
                {name: each[name] for name in ("kind", "state", "due_on", "settled_on", "period")}
                for each in duties
                if each["agency"] == slug
            ],
            "page": [re.findall(r"<td.*?</td>", row) for row in rows if f"/{slug}" in row],
            "json": [
                {name: each[name] for name in (*DutyState, "total")}
                for each in counts
                if each["slug"] == slug
            ],
            "csv": [
                [row[name] for name in (*DutyState, "total")]
                for row in csv.DictReader(io.StringIO(table))
                if row["agency"] == slug
            ],
        }
        for slug in SINCE
    }


def differences(app: Flask, slugs: Collection[str]) -> dict[str, Any]:
    """The days of which something is told of one agency that is not told of another."""
    found = {}
    for day in days():
        by_agency = told(app, day)
        first, *others = [by_agency[slug] for slug in slugs]
        assert all(first.values())
        if any(other != first for other in others):
            found[day] = [first, *others]
    return found


def test_no_day_that_is_asked_about_tells_a_withheld_day(context: Flask, desk: Desk) -> None:
    with on(BEGUN):
        for since, used, phase in ((SINCE, "yes", "in_use"), (PLANNED, "soon", "planned")):
            for slug, day in since.items():
                for is_published, name in ((True, "One"), (False, "Other")):
                    given = {"used": used, "touches": "decides", "name": f"{name} {used}"}
                    check = checked(desk, slug, day, **given)
                    draft = begun(desk, slug, check, phase=phase, in_use_since=day)
                    if is_published:
                        handed_in(desk, draft)

    with on(TODAY):
        assert differences(context, SINCE) == {}
        listed = told(context, TODAY)["taxes"]["duties"]
    assert Counter(each["state"] for each in listed if each["kind"] == "system") == {
        "filed": 2,
        "overdue": 1,
    }


def test_what_was_overdue_before_it_was_begun_stays_so(context: Flask, desk: Desk) -> None:
    with on("2025-04-01"):
        for slug, since in (("taxes", "2025-03-11"), ("health", "2025-03-20")):
            checked(desk, slug, since)
    with on("2025-04-20"):
        before = {each.agency: each.state for each in systems()}
        for slug in before:
            (check,) = determinations.list_checks(desk[f"officer@{slug}"])
            handed_in(desk, begun(desk, slug, check.id, phase="in_use"))
        after = {each.agency: each.state for each in systems()}

    assert before == {"taxes": "overdue", "health": "overdue"}
    assert after == {"taxes": "late", "health": "late"}
    with on("2025-06-01"):
        # Since when it was overdue is withheld: only that it was, when somebody began to write.
        assert differences(context, ["taxes", "health"]) == {}


def test_withholding_a_day_that_was_public_makes_nothing_of_what_was_late(
    context: Flask, desk: Desk
) -> None:
    with on("2025-04-01"):
        check = checked(desk, "taxes", "2025-03-11")
    with on("2025-04-20"):
        draft = begun(desk, "taxes", check, is_withheld=False, phase="in_use")
        reference = handed_in(desk, draft)
        before = systems()
    with on("2025-05-20"):
        amended = filing.amend(desk["officer@taxes"], reference)
        filing.save_section(
            desk["officer@taxes"],
            reference,
            CURRENT.section("dates"),
            replace(amended.content, withheld=(WITHHELD,)),
            lock_version=amended.lock_version,
        )
        forget()
        handed_in(desk, filing.get_filing(desk["officer@taxes"], reference))

        assert systems() == before
        assert [each.state for each in before] == ["late"]


def test_when_a_system_is_due_is_told_once_it_is_disclosed(context: Flask, desk: Desk) -> None:
    with on("2025-04-01"):
        check = checked(desk, "taxes", "2025-03-20")
    with on("2025-04-02"):
        (before,) = of_systems(told(context, "2025-04-02")["taxes"])
        page = context.test_client().get("/agencies/taxes").get_data(as_text=True)
        given = {"phase": "in_use", "in_use_since": "2025-03-20"}
        handed_in(desk, begun(desk, "taxes", check, is_withheld=False, **given))
        (after,) = of_systems(told(context, "2025-04-02")["taxes"])

    assert (before["state"], before["due_on"]) == ("due", None)
    assert "Not public yet" in page
    assert "19 April 2025" not in page
    # What is published says that its impact is high.
    assert (after["state"], after["due_on"]) == ("late", "2025-03-19")


def of_systems(told_of: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in told_of["duties"] if each["kind"] == "system"]


def systems() -> list[Duty]:
    forget()
    return [each for each in list_duties(RULES) if each.kind is DutyKind.SYSTEM]
