"""A file that lacks what the last one had is asked about, and what it lacks is left as it is."""

import csv
import io

import pytest

from register.errors import Conflict
from register.services.filings import filing
from register.services.imports.import_past import Smaller
from register.standard.content import Content
from register.standard.lifecycle import Role
from tests.events import list_events
from tests.given import an_account, an_agency
from tests.services.inventories import COLUMNS, counts, imported, many, omb, published

pytestmark = pytest.mark.usefixtures("context")
TIDES = {"agency": "OT", "agency_name": "Office of Tides", "id": "OT-1", "use_case_name": "Tides"}


def without(column: str, data: bytes) -> bytes:
    text = io.StringIO()
    columns = [each for each in COLUMNS if each != column]
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(csv.DictReader(io.StringIO(data.decode())))
    return text.getvalue().encode()


def started() -> int:
    return sum(event.action == "import_started" for event in list_events(999))


def test_a_file_with_fewer_rows_is_refused_and_nothing_of_it_is_written() -> None:
    imported(many(5), file_name="last.csv")
    before = [event.id for event in list_events(99)]

    with pytest.raises(Smaller) as refused:
        imported(omb({"id": "NEW"}, {"id": "DOW-1", "use_case_name": "System 1"}))

    message = refused.value.args[0].english
    assert "inventory.csv is smaller than last.csv" in message
    assert "Rows: 2, before: 5." in message
    assert [event.id for event in list_events(99)] == before


def test_a_file_that_dropped_a_column_is_refused_by_its_name() -> None:
    imported(many(2))

    with pytest.raises(Smaller) as refused:
        imported(without("benefits", many(3)))

    assert refused.value.shrinkage.missing_columns == ("benefits",)
    assert "Missing columns: benefits." in refused.value.args[0].english


def test_a_file_from_which_an_agency_is_gone_is_refused_even_if_others_grew() -> None:
    imported(omb({}, TIDES))

    with pytest.raises(Smaller) as refused:
        imported(many(4))

    assert refused.value.shrinkage.missing_agencies == {"office-of-tides": 1}
    assert "office-of-tides" in refused.value.args[0].english


def test_the_file_of_one_agency_is_compared_with_that_agencys_rows_only() -> None:
    imported(omb({}, TIDES))

    report = imported(omb(TIDES), agency="office-of-tides")

    assert counts(report) == (0, 0, 1, 0)
    assert (report.shrinkage, report.absent) == (None, [])


def test_a_dry_run_tells_it_without_refusing() -> None:
    imported(many(5), file_name="last.csv")

    report = imported(many(3), is_dry_run=True)

    assert counts(report) == (0, 0, 3, 0)
    assert report.to_json()["shrinkage"] == {
        "last_file": "last.csv",
        "last_rows": 5,
        "rows": 3,
        "missing_columns": [],
        "missing_agencies": {},
    }
    assert len(report.absent) == 2


def test_what_was_accepted_is_what_the_next_file_is_compared_with() -> None:
    imported(many(5))

    accepted = imported(many(3), accepts_smaller=True)
    again = imported(many(3))

    assert counts(accepted) == counts(again) == (0, 0, 3, 0)
    assert accepted.shrinkage is not None
    assert again.shrinkage is None
    assert started() == 2


def test_what_has_no_row_any_more_is_listed_and_stays_published() -> None:
    imported(many(3))
    references = {each["answers"]["name"]["en"]: each["reference"] for each in published()}

    report = imported(omb(*({"id": f"DOW-{n}", "use_case_name": f"System {n}"} for n in (2, 3, 0))))

    assert report.absent == [references["System 1"]]
    assert len(published()) == 4


def test_a_row_that_is_rejected_is_not_absent() -> None:
    imported(omb({}), is_published=False)
    officer = an_account(Role.OFFICER, "department-of-weather")
    (draft,) = filing.list_filings(officer)
    section = filing.CURRENT.section("identity")
    written = Content(answers={**draft.content.answers, "name": {"en": "Our storm forecast"}})
    filing.save_section(officer, draft.reference, section, written, lock_version=draft.lock_version)

    report = imported(omb({"problem_solved": "Storms came without warning."}))

    assert counts(report) == (0, 0, 0, 1)
    assert report.absent == []


@pytest.mark.parametrize(
    "written_anew",
    [
        lambda text: text.replace("\r\n", "\n").encode("utf-8-sig"),
        lambda text: text.encode("cp1252"),
        lambda text: "\n".join([text.splitlines()[0], *reversed(text.splitlines()[1:])]).encode(),
    ],
    ids=["line ends", "encoding", "order"],
)
def test_the_same_rows_in_another_writing_cannot_be_imported_for_two_bodies(
    written_anew: object,
) -> None:
    text = omb({"benefits": "Fewer cafés flooded"}, {"id": "2"}).decode()
    imported(text.encode(), agency=an_agency("weather"))
    an_agency("tides")

    assert callable(written_anew)
    with pytest.raises(Conflict) as caught:
        imported(written_anew(text), agency="tides")

    assert "weather" in caught.value.args[0].english


def test_rows_that_say_something_else_are_another_bodys_to_import() -> None:
    imported(omb({}), agency=an_agency("weather"))

    report = imported(omb({"benefits": "Fewer floods."}), agency=an_agency("tides"))

    assert counts(report) == (1, 0, 0, 0)


def test_a_file_without_rows_is_no_bodys() -> None:
    imported(omb(), agency=an_agency("weather"))

    report = imported(omb(), agency=an_agency("tides"))

    assert report.rows == 0


def test_a_column_under_another_heading_of_the_standard_is_not_one_that_is_gone() -> None:
    imported(many(2))
    names = {b"use_case_name": b"Use Case Name", b"development_stage": b"Stage of Development"}
    data = many(3)
    for short, heading in names.items():
        data = data.replace(short, heading, 1)

    report = imported(data)

    assert (report.created, report.unchanged) == (1, 2)
