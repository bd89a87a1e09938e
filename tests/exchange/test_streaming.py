"""A file read row by row: nothing is read before it is asked for, and nothing is kept."""

import io
from collections.abc import Iterator

import pytest

from register.errors import Invalid
from register.exchange.files.reading import Row, Table
from register.exchange.formats import get_format
from register.exchange.importing import import_file, stream_file, stream_table
from register.exchange.result import ImportedRow, RowWarning

OMB = get_format("omb-2025")
HEADER = ("agency", "agency_name", "id", "use_case_name", "development_stage")
FILE = ",".join(HEADER) + "\nDOL,Labor,1,Chat,Pilot\nDOL,Labor,2,Search,Sandbox\n"


def table(rows: Iterator[Row]) -> Table:
    return Table("UTF-8", HEADER, 1, rows, [])


def test_a_row_that_cannot_be_read_does_not_keep_back_those_before_it() -> None:
    def rows() -> Iterator[Row]:
        yield Row(2, ("DOL", "Labor", "1", "Chat", "Pilot"))
        raise Invalid("row 3 is broken")

    stream = stream_table(table(rows()), OMB)

    first = next(stream.rows)
    assert isinstance(first, ImportedRow)
    assert first.source_id == "1"
    with pytest.raises(Invalid, match="row 3"):
        next(stream.rows)


def test_a_table_of_another_kind_is_refused_before_any_row_is_read() -> None:
    def rows() -> Iterator[Row]:
        raise AssertionError("a row was read")
        yield Row(2, ())

    with pytest.raises(Invalid, match="no column"):
        stream_table(Table("UTF-8", ("colour",), 1, rows(), []), OMB)


def test_remarks_are_handed_over_once() -> None:
    remarks: list[RowWarning] = []

    def rows() -> Iterator[Row]:
        for number in (2, 3):
            remarks.append(RowWarning(number, "", "", "Ragged.", "ragged"))
            yield Row(number, ("DOL", "Labor", str(number), "Chat", "Pilot"))

    stream = stream_table(Table("UTF-8", HEADER, 1, rows(), remarks), OMB)
    stream.take_remarks()

    taken = [[each.row for each in stream.take_remarks()] for _row in stream.rows]

    assert taken == [[2], [3]]


def test_a_file_can_be_streamed_again_and_says_the_same_as_when_read_whole() -> None:
    source = io.BytesIO(FILE.encode())

    first = list(stream_file(source, OMB).rows)
    again = stream_file(source, OMB)
    second = list(again.rows)

    whole = import_file(FILE.encode(), OMB)
    assert first == second == list(whole.rows)
    assert tuple(again.take_remarks()) == whole.warnings
    assert again.unmapped_values == whole.unmapped_values == {"development_stage": {"Sandbox": 1}}
