"""The Dutch register: real files come in whole, and what goes out is the standard."""

import pytest

from register.exchange.exporting import export_row, exported
from register.exchange.formats import get_format
from register.exchange.result import ImportedFile
from register.services.imports.import_content import content_of
from tests.exchange.json_tables import import_json, import_objects, objects_of
from tests.exchange.nl_records import WHOLE_RECORD
from tests.exchange.real_files import FOLDER, real_bytes
from tests.exchange.round_trip import differences_of, is_declared, record_of
from tests.exchange.sample_records import sample_records
from tests.exchange.shapes import strange_answers

NL, DUMP = get_format("nl-1.0"), get_format("nl-dump")

DUMP_FILE = "nl-register-2026-05-13.json"

WHOLE = sorted(path.name for path in (FOLDER / "nl-full-1.0").glob("*.json"))

FILES = [*(("nl-1.0", f"nl-full-1.0/{name}") for name in WHOLE), ("nl-dump", DUMP_FILE)]

every_file = pytest.mark.parametrize(("name", "file"), FILES)

every_whole_file = pytest.mark.parametrize("file", [file for _name, file in FILES[:-1]])


def taken_in(name: str, file: str) -> ImportedFile:
    return import_json(real_bytes(file), get_format(name))


@every_file
def test_every_record_of_a_real_file_comes_in(name: str, file: str) -> None:
    found = taken_in(name, file)

    assert len(found.imported) == len(objects_of(real_bytes(file)))
    assert found.rejected == ()


@every_file
def test_what_comes_in_has_the_shape_that_the_standard_demands(name: str, file: str) -> None:
    for row in taken_in(name, file).imported:
        assert list(strange_answers(dict(row.content.answers))) == []
        content_of(row, "gemeente-bergen")


@every_file
def test_every_value_of_a_real_file_is_known(name: str, file: str) -> None:
    found = taken_in(name, file)

    assert found.unmapped_values == {}
    assert set(found.unmapped_columns) <= {"standard_version", "laatst_gewijzigd"}


@every_whole_file
def test_a_whole_record_goes_out_as_it_came_in(file: str) -> None:
    found = taken_in("nl-1.0", file)

    different = list(differences_of(found.imported, NL))

    assert [each for each in different if not is_declared(each, NL)] == []


@every_whole_file
def test_a_record_that_went_out_and_came_in_again_goes_out_the_same(file: str) -> None:
    once = [export_row(record_of(row), NL) for row in taken_in("nl-1.0", file).imported]
    again = import_objects([NL.writing.shape(row) for row in once], NL)  # type: ignore[union-attr]

    assert [export_row(record_of(row), NL) for row in again.imported] == once


def test_a_record_with_every_column_filled_goes_out_as_the_same_object() -> None:
    row = import_objects([WHOLE_RECORD], NL).imported[0]

    written = NL.writing.shape(export_row(record_of(row), NL))  # type: ignore[union-attr]

    assert list(written) == [*WHOLE_RECORD]
    wanted = {**WHOLE_RECORD, "organization": "Gemeente Bergen (NH)"}
    assert {**written, "category": sorted(written["category"])} == {
        **wanted,
        "category": sorted(wanted["category"]),
    }


def test_a_list_entry_without_a_link_is_said_to_be_named_in_the_text() -> None:
    cells = {"lawful_basis_grouping": [{"title": "Gemeentewet", "link": None}]}
    found = import_objects([{"name": "N", "description_short": "K", **cells}], NL)

    different = list(differences_of(found.imported, NL))

    assert different
    assert [each for each in different if not is_declared(each, NL)] == []


def test_the_sample_register_goes_out_within_the_limits_of_the_standard() -> None:
    limits = {link.column: link.most for link in NL.links if link.most}

    written = list(exported(sample_records(), NL))

    assert len(written) == 30
    for each in written:
        assert [c for c, most in limits.items() if len(each.row.get(c, "")) > most] == []
        assert (
            each.row["lang"] == {"en": "eng", "ur": "urd"}[each.record["answers"]["languages"][0]]
        )
        shaped = NL.writing.shape(each.row)  # type: ignore[union-attr]
        assert all(item["link"] for item in shaped["lawful_basis_grouping"] or ())
        assert shaped["lars"] is None
        assert shaped["source_id"] == each.record["reference"]


def test_a_text_that_is_too_long_is_cut_and_said_to_be() -> None:
    record = next(sample_records())
    answers = {**record["answers"], "how_it_works": {"en": "word " * 2000}}

    found = next(iter(exported([{**record, "answers": answers}], NL)))

    assert len(found.row["methods_and_models"]) <= 5000
    reasons = {loss.field: loss.reason for loss in found.losses}
    assert reasons["how_it_works"].startswith("It is longer than the standard allows")
