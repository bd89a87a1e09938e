"""The register as files: complete, the same every time, and with all that is lost said."""

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from register import clock
from register.errors import NotFound
from register.exchange.own import flat_table
from register.services.directory import directory
from register.services.exports import export_files
from register.services.exports.export_files import FileKind, Wanted
from register.services.exports.exports import export_records
from register.services.exports.register_state import find_state
from register.standard import CURRENT
from register.storage import forget, publications
from tests.desk import Desk
from tests.exchange.standing_in import NAME as FOREIGN
from tests.exchange.standing_in import foreign
from tests.services.test_nil_returns import declare, publish

__all__ = ["foreign"]
TABLE = flat_table.NAME
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def wanted(name: str, file: FileKind, **more: Any) -> Wanted:
    return Wanted(
        format=name, file=file, base_url="https://a.example", languages=("en", "ur"), **more
    )


def text(name: str, file: FileKind, **more: Any) -> str:
    forget()
    return b"".join(export_files.file_pieces(wanted(name, file, **more))).decode()


def rows(name: str, file: FileKind = FileKind.CSV, **more: Any) -> list[dict[str, str]]:
    read = io.StringIO(text(name, file, **more).removeprefix("\ufeff"), newline="")
    return list(csv.DictReader(read))


def book(name: str) -> bytes:
    forget()
    out = io.BytesIO()
    export_files.write_workbook(wanted(name, FileKind.XLSX), out)
    return out.getvalue()


@pytest.fixture
def references(desk: Desk) -> list[str]:
    """Two that are published, and one that was and is withdrawn."""
    kept = [desk.publish(name={"en": f"=System {n}", "ur": "نظام"}) for n in (1, 2)]
    gone = desk.publish()
    desk.withdraw(gone)
    return [*kept, gone]


def test_what_is_not_public_is_in_no_file(desk: Desk, foreign: str) -> None:
    secret = "Zarkhez-44871"
    desk.publish(filed_by={"name": secret, "email": f"{secret}@city.example"})
    desk.start(name={"en": secret})

    everything = [
        text(name, file).encode()
        for name in export_files.export_names()
        for file in export_files.file_kinds(name)
        if file is not FileKind.XLSX
    ]
    with CalamineWorkbook.from_filelike(io.BytesIO(book(TABLE))) as read:
        everything.append(repr(list(read.get_sheet_by_index(0).iter_rows())).encode())

    assert len(everything) > 5
    assert [found for found in everything if secret.encode() in found] == []


def test_every_published_record_is_in_every_file_and_a_withdrawn_one_in_ours_alone(
    references: list[str], foreign: str
) -> None:
    *kept, gone = references

    ours = json.loads(text("json", FileKind.JSON))
    lines = [json.loads(line) for line in text("ndjson", FileKind.NDJSON).splitlines()]

    assert ours == lines == list(export_records(base_url="https://a.example"))
    assert [each["reference"] for each in ours] == [*kept, gone]
    assert [each["reference"] for each in rows(TABLE)] == kept
    assert [each["id"] for each in rows(FOREIGN)] == kept
    assert [each["title"] for each in rows(FOREIGN)] == ["'=System 1", "'=System 2"]
    shaped = json.loads(text(FOREIGN, FileKind.JSON))
    assert [each["system"]["title"] for each in shaped] == ["=System 1", "=System 2"]


@pytest.mark.parametrize("file", [FileKind.CSV, FileKind.JSON, FileKind.LOSSES])
def test_two_files_of_one_state_are_the_same(
    references: list[str], foreign: str, file: FileKind
) -> None:
    first = text(FOREIGN, file)

    with clock.at(clock.now() + timedelta(days=3)):
        again = text(FOREIGN, file)

    assert first == again
    assert len(first) > 100


def test_two_workbooks_of_one_state_are_the_same(references: list[str], foreign: str) -> None:
    first = book(FOREIGN)

    with clock.at(clock.now() + timedelta(days=3)):
        assert book(FOREIGN) == first


def test_every_answer_that_a_row_does_not_carry_whole_is_named(
    references: list[str], foreign: str
) -> None:
    record = next(iter(export_records()))

    losses = rows(FOREIGN, FileKind.LOSSES)

    mine = {each["field"]: each for each in losses if each["reference"] == references[0]}
    carried = {"purpose", "name"}  # in English, which all that is lost of them is not
    about_the_row = {"agency", "languages", "record_kind"}
    assert set(mine) >= set(record["answers"]) - carried - about_the_row
    assert mine["risks"]["what_happened"] == "not carried"
    assert mine["risks"]["label"] == CURRENT.field("risks").label
    assert mine["contact_point"]["what_happened"] in {"changed", "not carried"}
    assert mine["contact_point"]["why"] == "One way of reaching somebody has room."
    with CalamineWorkbook.from_filelike(io.BytesIO(book(FOREIGN))) as read:
        sheet = list(read.get_sheet_by_name("What was lost").iter_rows())
    assert [list(each.values()) for each in losses] == sheet[1:]


def test_a_record_that_has_no_row_in_a_format_is_a_loss_itself(desk: Desk, foreign: str) -> None:
    declared = publish(desk, declare(desk, str(clock.today().year)))

    losses = rows(FOREIGN, FileKind.LOSSES)

    assert rows(FOREIGN) == []
    assert [(each["reference"], each["field"], each["what_happened"]) for each in losses] == [
        (declared, "", "not carried")
    ]
    assert [each["reference"] for each in rows(TABLE)] == [declared]


def test_an_export_of_an_earlier_day_is_the_register_as_it_was_then(desk: Desk) -> None:
    with clock.at(START):
        first = desk.publish(name={"en": "Old name", "ur": "نظام"})
    with clock.at(START + timedelta(days=2)):
        gone = desk.publish()
    with clock.at(START + timedelta(days=4)):
        desk.withdraw(gone)

    def names(days: int) -> list[str]:
        before = START + timedelta(days=days)
        return [each["reference"] for each in rows(TABLE, before=before)]

    assert [names(days) for days in (0, 1, 3, 5)] == [[], [first], [first, gone], [first]]
    now = text("ndjson", FileKind.NDJSON)
    assert text("ndjson", FileKind.NDJSON, before=START + timedelta(days=5)) == now


def test_the_mark_of_a_state_changes_with_all_that_an_export_shows(desk: Desk) -> None:
    marks = [find_state().mark]
    marks.append(find_state().mark)
    desk.start()
    forget()
    marks.append(find_state().mark)
    desk.publish()
    forget()
    marks.append(find_state().mark)
    directory.import_agencies([{"slug": "taxes", "names": {"en": "Revenue"}, "level": "federal"}])
    forget()
    marks.append(find_state().mark)

    assert marks[0] == marks[1] == marks[2]
    assert len(set(marks)) == 3


def test_what_is_published_while_a_file_is_written_is_not_in_it(context: Flask, desk: Desk) -> None:
    def publish_another() -> None:
        with context.app_context():
            desk.publish()

    first, second = desk.publish(), desk.publish()
    forget()
    read = publications.iterate_published(batch=1)
    found = [next(read).reference]
    with ThreadPoolExecutor(1) as pool:
        pool.submit(publish_another).result()
    found += [each.reference for each in read]

    assert found == [first, second]
    forget()
    assert len(list(publications.iterate_published())) == 3


def test_an_unknown_format_is_refused_with_the_names_of_those_there_are(foreign: str) -> None:
    with pytest.raises(NotFound) as refused:
        export_files.file_kinds("nowhere-1.0")

    assert FOREIGN in refused.value.args[0].values["known"]


def test_progress_is_told_of_every_record(references: list[str], foreign: str) -> None:
    told: list[tuple[int, int]] = []

    list(
        export_files.file_pieces(
            wanted(FOREIGN, FileKind.CSV, progress=lambda done, total: told.append((done, total)))
        )
    )

    assert told == [(1, 2), (2, 2)]


def test_a_record_of_several_sections_has_a_row_each_and_who_is_left_out_is_told_why(
    desk: Desk,
) -> None:
    listed = {"trigger_codes": ["eu_education"], "presumed": "yes"}
    listed["justification"] = {"en": "Listed.", "ur": "درج ہے۔"}
    high = desk.publish(impact_tier="high", impact_determination=listed)
    other = desk.publish()

    table = rows("eu-annex-viii")
    objects = json.loads(text("eu-annex-viii", FileKind.JSON))
    lost = rows("eu-annex-viii", FileKind.LOSSES)

    assert [(row["Reference"], row["Section"]) for row in table] == [(high, "A"), (high, "C")]
    assert [list(each["Sections"]) for each in objects] == [["A", "C"]]
    assert [row["why"] for row in lost if row["reference"] == other] == [
        "Annex III does not list this kind of use."
    ]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book("eu-annex-viii"))).get_sheet_by_index(0)
    assert [line[1] for line in sheet.to_python()] == ["Section", "A", "C"]
