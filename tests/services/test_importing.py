"""Importing another register's inventory: what is written, found again, and refused."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from register import clock
from register.errors import Invalid, NotFound
from register.services.directory import directory
from register.services.filings import filing, publishing, withdrawing
from register.standard.content import Content
from register.standard.lifecycle import DraftState, Role
from register.storage import outbox, publications
from register.storage.models import Disclosure, Revision
from tests.databases import on_sqlite
from tests.events import list_events
from tests.given import an_account
from tests.services.inventories import count_of, counts, imported, many, omb, published, thinned

pytestmark = pytest.mark.usefixtures("context")
# Each with how few of its rows are taken: of two that are alike the whole of one is enough.
REAL = [
    ("us-omb-2025.csv", "omb-2025", 1),
    ("us-omb-2024.csv", "omb-2024", 8),
    ("ca-register-2025.csv", "canada-2025", 1),
]


@pytest.mark.parametrize(("name", "format_name", "every"), REAL)
def test_a_real_inventory_is_taken_in_whole_and_a_second_time_changes_nothing(
    name: str, format_name: str, every: int, real_file: Callable[[str], bytes]
) -> None:
    every = every if on_sqlite() else every * 8
    data = thinned(real_file(name), every) if every > 1 else real_file(name)

    first = imported(data, file_name=name, format_name=format_name)
    second = imported(data, file_name=name, format_name=format_name)

    assert first.updated == first.unchanged == 0
    assert first.rejected <= 1
    assert counts(second) == (0, 0, first.created, first.rejected)
    assert count_of(Disclosure) == count_of(Revision) == first.created


def test_a_dry_run_over_a_real_inventory_foretells_what_will_be_done(
    real_file: Callable[[str], bytes],
) -> None:
    data = real_file("ca-register-2025.csv")

    dry = imported(data, format_name="canada-2025", is_dry_run=True)
    before = count_of(Disclosure)
    done = imported(data, format_name="canada-2025")

    foretold = {**dry.to_json(), "dry_run": False}
    assert before == 0
    assert foretold == done.to_json()


def test_an_imported_row_is_published_with_its_provenance() -> None:
    with clock.at(datetime(2026, 3, 4, 9, tzinfo=UTC)):
        report = imported(omb({}))

    (record,) = published()
    publication = publications.get_publication(record["reference"])
    assert report.rows == 1
    assert record["answers"]["name"] == {"en": "Storm forecast"}
    assert record["answers"]["agency"] == "department-of-weather"
    assert record["import_provenance"] == {
        "source": "omb-2025",
        "source_id": "DOW-1",
        "retrieved": "2026-03-04T09:00:00Z",
        "file": "inventory.csv",
        "file_sha256": report.sha256,
        "row": 2,
    }
    assert publication.audit["raw"]["use_case_name"] == "Storm forecast"
    assert [notice.reference for notice in outbox.list_waiting(9)] == [record["reference"]]


def test_what_the_source_does_not_say_is_named_and_not_invented() -> None:
    imported(omb({"problem_solved": ""}))

    (record,) = published()
    assert "purpose" in record["not_stated"]
    assert "purpose" not in record["answers"]
    assert record["withheld"] == []


def test_a_case_that_the_source_withholds_gets_a_warning_and_no_made_up_decision() -> None:
    report = imported(omb({"is_withheld": "Yes - Prohibited by Law", "problem_solved": ""}))

    (record,) = published()
    (warning,) = [w for w in report.warnings if w.field == "withheld"]
    assert record["withheld"] == []
    assert "purpose" in record["not_stated"]
    assert (warning.row, warning.column) == (2, "is_withheld")
    assert "Yes - Prohibited by Law" in warning.message


def test_a_changed_row_becomes_a_new_version_that_says_so() -> None:
    imported(omb({}))

    report = imported(omb({"problem_solved": "Storms came without warning."}))

    (record,) = published()
    assert counts(report) == (0, 1, 0, 0)
    assert record["version"] == 2
    assert record["change_note"] == {"en": "Updated from the source file “inventory.csv”."}


def test_a_dry_run_writes_nothing() -> None:
    report = imported(omb({}), is_dry_run=True)

    assert counts(report) == (1, 0, 0, 0)
    assert report.agencies_created == ["department-of-weather"]
    assert directory.list_bodies() == []
    assert count_of(Disclosure) == 0
    assert list_events(9) == []


def test_a_run_that_was_killed_goes_on_where_it_stopped() -> None:
    def die(done: int, _total: int) -> None:
        if done == 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(many(250), progress=die)
    report = imported(many(250))

    assert counts(report) == (50, 0, 200, 0)
    assert len({record["answers"]["name"]["en"] for record in published()}) == 250


def test_without_publishing_a_row_becomes_a_draft_of_its_agency() -> None:
    imported(omb({}), is_published=False)

    officer = an_account(Role.OFFICER, "department-of-weather")
    (draft,) = filing.list_filings(officer)
    details = next(e.details for e in list_events(9) if e.action == "imported")
    assert published() == []
    assert draft.draft_state is DraftState.DRAFT
    assert draft.is_imported
    assert draft.content.answers["name"] == {"en": "Storm forecast"}
    assert details["raw"]["id"] == "DOW-1"


def test_a_draft_that_nobody_touched_can_be_published_by_the_next_import() -> None:
    imported(omb({}), is_published=False)

    report = imported(omb({}))

    assert counts(report) == (0, 1, 0, 0)
    assert len(published()) == 1


def test_what_an_officer_wrote_is_not_overwritten() -> None:
    imported(omb({}), is_published=False)
    officer = an_account(Role.OFFICER, "department-of-weather")
    (draft,) = filing.list_filings(officer)
    section = next(s for s in filing.CURRENT.sections if s.name == "identity")
    written = Content(answers={**draft.content.answers, "name": {"en": "Our storm forecast"}})
    filing.save_section(officer, draft.reference, section, written, lock_version=draft.lock_version)

    same = imported(omb({}))
    changed = imported(omb({"problem_solved": "Storms came without warning."}))

    assert counts(same) == (0, 0, 1, 0)
    assert counts(changed) == (0, 0, 0, 1)
    assert draft.reference in changed.to_json()["rejections"][0]["reason"]
    (kept,) = filing.list_filings(officer)
    assert kept.content.answers["name"] == {"en": "Our storm forecast"}


def test_a_withdrawn_disclosure_is_not_brought_back() -> None:
    imported(omb({}))
    (record,) = published()
    approver = an_account(Role.APPROVER, "department-of-weather")
    officer = an_account(Role.OFFICER, "department-of-weather")
    waiting = withdrawing.propose(officer, record["reference"], reason={"en": "Filed twice."})
    publishing.publish(approver, waiting.reference, lock_version=waiting.lock_version)

    same = imported(omb({}))
    changed = imported(omb({"problem_solved": "Storms came without warning."}))

    assert counts(same) == (0, 0, 1, 0)
    assert counts(changed) == (0, 0, 0, 1)


def test_texts_are_kept_in_unicodes_composed_form() -> None:
    decomposed = unicodedata.normalize("NFD", "Prévision des orages")

    imported(omb({"use_case_name": decomposed}))

    assert published()[0]["answers"]["name"]["en"] == "Prévision des orages"


def test_the_report_has_the_keys_that_others_rely_on() -> None:
    report = imported(omb({}, {"id": "", "use_case_name": ""})).to_json()

    assert report["rows"] == 2
    assert report["rows"] == sum(
        report[name] for name in ("created", "updated", "unchanged", "rejected")
    )
    assert {"warnings", "unmapped_columns", "lossy"} <= set(report)
    assert all(set(w) == {"row", "column", "field", "message"} for w in report["warnings"])
    assert any(w["row"] == 3 and "rejected" in w["message"] for w in report["warnings"])


def test_a_file_of_another_format_is_refused() -> None:
    with pytest.raises(Invalid, match=r"inventory\.csv"):
        imported(b"a,b\n1,2\n")
    with pytest.raises(NotFound):
        imported(omb({}), format_name="unheard-of")
    with pytest.raises(NotFound):
        imported(omb({}), agency="nobody")
