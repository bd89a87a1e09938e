"""Files that come again, changed in any way: each row is counted once and known again."""

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.services.exports import exports
from register.storage.models import Disclosure
from tests.services.inventories import count_of, counts, imported, omb

pytestmark = pytest.mark.usefixtures("context")
EXAMPLES = count(1)
ROW = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["", " ", "1", "2", "DOW - 3", "dow-3", "DOW-3#2"]),
        "use_case_name": st.sampled_from(
            ["", "Chat", "chat ", "CHAT!", "Chat 2", "Search", "Sëarch", "?"]
        ),
        "agency_name": st.sampled_from(["Office of Tides", "Tidal Bureau", "OFFICE OF TIDES", ""]),
        "agency": st.sampled_from(["OT", "ot", ""]),
        "problem_solved": st.sampled_from(["Floods.", "Storms.", ""]),
        "development_stage": st.sampled_from(["Pilot", "Sandbox"]),
    }
)
FILES = st.lists(st.lists(ROW, max_size=7).flatmap(st.permutations), min_size=1, max_size=3)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(files=FILES, is_published=st.booleans())
def test_every_row_is_counted_once_and_a_second_time_nothing_changes(
    files: list[list[dict[str, str]]], is_published: bool
) -> None:
    number = next(EXAMPLES)
    kept: list[list[dict[str, str]]] = []
    for new in files:
        # Half of what was there stays, so that rows are also removed and changed.
        rows = [*new, *(kept[-1][::2] if kept else [])]
        kept.append(rows)
        data = omb(*(of_example(number, row) for row in rows))
        order: dict[str, Any] = {"is_published": is_published, "accepts_smaller": True}
        before = count_of(Disclosure)

        foretold = imported(data, is_dry_run=True, **order)
        first = imported(data, **order)
        second = imported(data, **order)

        filled = [row for row in rows if any(cell.strip() for cell in row.values())]
        assert first.rows == second.rows == len(filled)
        assert counts(foretold) == counts(first)
        assert count_of(Disclosure) == before + first.created
        assert counts(second) == (0, 0, first.rows - first.rejected, first.rejected)
        # Once it is accepted that an agency is gone, it is not asked for again.
        assert set(second.absent) <= set(first.absent)


def of_example(number: int, row: dict[str, str]) -> dict[str, str]:
    """Give a row to bodies that no other example has."""
    said = dict(row)
    if row["agency_name"].strip():
        said["agency_name"] = f"{row['agency_name']} {number}"
    if row["agency"]:
        said["agency"] = f"{row['agency']}{number}"
    return said


def test_an_id_that_becomes_two_systems_keeps_the_first_ones_filing() -> None:
    imported(omb({"id": "34", "use_case_name": "Chat"}))
    (chat,) = exports.export_records()

    both = imported(
        omb({"id": "34", "use_case_name": "Chat"}, {"id": "34", "use_case_name": "Search"})
    )
    alone = imported(omb({"id": "34", "use_case_name": "Search"}), accepts_smaller=True)

    assert counts(both) == (1, 0, 1, 0)
    assert counts(alone) == (0, 0, 1, 0)
    assert alone.absent == [chat["reference"]]


def test_a_new_name_under_an_id_of_its_own_is_the_same_system() -> None:
    imported(omb({"id": "34", "use_case_name": "Chat"}))

    report = imported(omb({"id": "34", "use_case_name": "Assistant"}))

    assert counts(report) == (0, 1, 0, 0)
