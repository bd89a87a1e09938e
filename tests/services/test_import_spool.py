"""Long lists of remarks, kept on disk."""

import gc

import pytest

from register.errors import Message
from register.services.imports import import_spool
from register.services.imports.import_report import Rejection, Report


def report() -> Report:
    return Report(
        format="omb-2025", file="a.csv", sha256="", encoding="UTF-8", is_dry_run=True,
        is_published=False,
    )  # fmt: skip


def test_remarks_are_in_the_order_of_the_rows_and_keep_what_they_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_spool, "IN_MEMORY", 100)
    told = report()
    late = Rejection(9, "id", "name", Message("No %(what)s.", what="نام"))

    told.reject([late])
    for row in (5, 2, 5):
        told.reject([Rejection(row, "", "", f"Broken \ud800 {row}")])

    assert [each.row for each in told.rejections] == [2, 5, 5, 9]
    assert told.rejections[-1] == late
    assert told.rejections[-1].reason.english == "No نام."  # type: ignore[attr-defined]
    assert [each.row for each in told.rejections[:2]] == [2, 5]
    assert (len(told.rejections), told.rejected) == (4, 4)
    assert [each.row for each in told.warnings] == [2, 5, 5, 9]
    with pytest.raises(IndexError):
        told.rejections[4]


def test_two_may_go_through_a_list_at_once() -> None:
    told = report()
    for row in (1, 2, 3):
        told.reject([Rejection(row, "", "", "No.")])

    both = [(a.row, b.row) for a, b in zip(told.rejections, iter(told.rejections), strict=True)]

    assert both == [(1, 1), (2, 2), (3, 3)]


@pytest.mark.filterwarnings("error")
def test_a_list_leaves_no_file_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_spool, "IN_MEMORY", 1)
    told = report()
    told.reject([Rejection(1, "", "", "No.")])
    file = told.rejections._file

    del told
    gc.collect()

    assert file.closed
