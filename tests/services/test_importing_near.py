"""New rows whose names are like those of other records are listed for a person, never merged."""

import pytest

from register.standard.lifecycle import Role
from tests.given import a_draft, an_account, an_agency
from tests.services.inventories import counts, imported, omb, published

pytestmark = pytest.mark.usefixtures("context")


def test_a_new_row_named_like_a_filing_of_the_agency_is_listed_and_not_merged() -> None:
    imported(omb({}))
    (first,) = published()

    report = imported(omb({}, {"id": "DOW-2", "use_case_name": "Storm forecasts"}))

    (match,) = report.to_json()["near_matches"]
    assert match == {
        "row": 3,
        "name": "Storm forecasts",
        "reference": first["reference"],
        "other_row": None,
        "other_name": "Storm forecast",
        "likeness": 0.97,
    }
    assert len(published()) == 2


def test_two_new_rows_of_one_name_are_listed_once() -> None:
    report = imported(omb({"id": "A"}, {"id": "B"}, {"id": "C", "use_case_name": "Tide tables"}))

    (match,) = report.near_matches
    assert (match.row, match.other_row, match.reference, match.likeness) == (3, 2, None, 1.0)
    assert counts(report) == (3, 0, 0, 0)


def test_what_another_agency_calls_the_same_is_no_match() -> None:
    report = imported(omb({}, {"agency": "OT", "agency_name": "Office of Tides", "id": "1"}))

    assert list(report.near_matches) == []


def test_a_row_that_is_known_is_no_match_of_itself() -> None:
    imported(omb({}))

    same, changed = imported(omb({})), imported(omb({"problem_solved": "Floods."}))

    assert [len(each.near_matches) for each in (same, changed)] == [0, 0]


def test_a_draft_of_the_agency_counts_and_a_dry_run_tells_the_same() -> None:
    officer = an_account(Role.OFFICER, an_agency("weather"))
    draft = a_draft(officer)
    name = next(iter(draft.content.answers["name"].values()))

    dry = imported(omb({"use_case_name": name}), agency="weather", is_dry_run=True)
    done = imported(omb({"use_case_name": name}), agency="weather")

    assert [match.reference for match in done.near_matches] == [draft.reference]
    assert list(dry.near_matches) == list(done.near_matches)
