"""Files of our own format that are broken or made to harm: said where, and nothing half done."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from register.errors import Invalid
from register.exchange.own import register_1
from tests.desk import Desk, everything
from tests.services.histories import exported, instance, reasons, rows, taken_in, written
from tests.services.inventories import counts
from tests.services.wrong_lines import WRONG_LINES, Object, answer

Other = tuple[Path, str]


@pytest.fixture
def objects(desk: Desk) -> list[Object]:
    """The lines of a file with one disclosure, withdrawn in its second version."""
    desk.withdraw(desk.publish())
    return rows(exported())


@pytest.mark.parametrize("name", WRONG_LINES)
def test_a_line_that_is_wrong_is_rejected_with_its_place_and_the_others_come_in(
    objects: list[Object], other: Other, name: str
) -> None:
    change, place = WRONG_LINES[name]
    good = deepcopy(objects[-1])
    good["reference"] = "AIR-2020-00001"
    change(objects)
    objects[0]["disclosures"] = 2
    text = written([*objects[:-1], good, objects[-1]]).encode("utf-8", "surrogatepass")

    with instance(*other):
        report = taken_in(text.replace(b"\xed\xa0\x80", b"\\ud800"))
        here = [row["reference"] for row in rows(exported()) if "reference" in row]

    assert counts(report) == (1, 0, 0, 1)
    assert here == ["AIR-2020-00001"]
    assert {each.row for each in report.rejections} == {len(objects) + 1}
    assert any(each.field.startswith(place) for each in report.rejections), report.rejections
    assert all(reasons(report))


BROKEN_LINES = {
    "cut in the middle": (b'{"reference": "AIR-20', "not JSON"),
    "no object": (b"[1, 2]", "named values"),
    "not UTF-8": (b'{"reference": "\xff"}', "UTF-8"),
    "a key twice": (b'{"reference": "a", "reference": "b"}', "twice"),
    "no number": (b'{"reference": NaN}', "NaN"),
    "endless digits": (b'{"reference": ' + b"9" * 9999 + b"}", "not JSON"),
    "endless depth": (b'{"a":' * 200_000 + b"1" + b"}" * 200_000, "too deep"),
    "a million keys": (
        b"{" + b",".join(b'"k%d":1' % number for number in range(1_000_000)) + b"}",
        "The format has no such key.",
    ),
}


@pytest.mark.parametrize("name", BROKEN_LINES)
def test_a_line_that_cannot_be_read_is_rejected_and_the_others_come_in(
    objects: list[Object], other: Other, name: str
) -> None:
    raw, said = BROKEN_LINES[name]
    objects[0]["disclosures"] = 2
    text = written(objects).encode() + raw

    with instance(*other):
        report = taken_in(text)

    assert counts(report) == (1, 0, 0, 1)
    assert len(report.rejections) <= 20
    assert report.rejections[0].row == len(objects) + 1
    assert any(said in each for each in reasons(report))


def test_a_line_that_is_too_long_is_passed_over_in_small_memory(
    objects: list[Object], other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest = max(len(line) for line in written(objects).encode().splitlines())
    monkeypatch.setattr(register_1, "LONGEST_LINE", longest + 1)
    long = b'{"reference": "' + b"x" * 3 * longest + b'"}\n'
    *head, last = written(objects).encode().splitlines(keepends=True)

    with instance(*other):
        report = taken_in(b"".join([*head, long, last]))

    assert counts(report) == (1, 0, 0, 1)
    assert report.rejections[0].row == len(objects)
    assert "longer than" in reasons(report)[0]


def test_a_reference_that_comes_twice_is_taken_once(objects: list[Object], other: Other) -> None:
    twice = written([*objects, objects[-1]])

    with instance(*other):
        report = taken_in(twice)

    assert counts(report) == (1, 0, 0, 1)
    assert reasons(report)[0] == f"Line {len(objects)} has this reference already."
    assert [each.kind for each in report.warnings] == ["longer", "rejected"]


def test_a_script_in_a_text_is_a_text(objects: list[Object], other: Other) -> None:
    answer(name={"en": "<script>alert(1)</script>"})(objects)
    objects[-1]["versions"][0]["translations"]["name"] = {"en": "original"}

    with instance(*other) as app:
        report = taken_in(written(objects))
        reference = objects[-1]["reference"]
        page = app.test_client().get(f"/disclosures/{reference}/v/1").get_data(as_text=True)

    assert counts(report) == (1, 0, 0, 0)
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


WRONG_HEADS: dict[str, tuple[Callable[[list[Object]], Any], str]] = {
    "another format": (lambda o: o[0].update(format="omb-2025"), "line 1, format"),
    "no header": (lambda o: o.pop(0), "line 1, format"),
    "a count that is a text": (lambda o: o[0].update(agencies="4"), "line 1, agencies"),
    "a count without end": (lambda o: o[0].update(agencies=2**31 - 1), "line 1, agencies"),
    "a key too many": (lambda o: o[0].update(secret=1), "line 1, secret"),
    "standards that are none": (lambda o: o[0].update(standards=[1]), "line 1, standards"),
    "an unknown standard": (lambda o: o[0].update(standards=["v1", "v9"]), "standards"),
    "fewer agencies": (lambda o: o[0].update(agencies=5), "line 6, slug"),
    "fewer disclosures": (lambda o: o[0].update(disclosures=2), "it was cut"),
    "an agency twice": (lambda o: o[2].update(slug=o[1]["slug"]), "line 3, slug"),
    "an agency without name": (lambda o: o[1].update(name={}), "line 2, names"),
    "a name in no language": (lambda o: o[1].update(name={"<b>": "x"}), "line 2, name"),
    "a level that is none": (lambda o: o[1].update(level="galactic"), "line 2, level"),
    "a slug that is none": (lambda o: o[1].update(slug="../etc"), "line 2, slug"),
    "a parent that comes later": (lambda o: o[1].update(parent=o[2]["slug"]), "line 2, parent"),
    "its own parent": (lambda o: o[1].update(parent=o[1]["slug"]), "line 2, parent"),
    "a NUL": (lambda o: o[1].update(sector="\0"), "line 2, sector"),
}


@pytest.mark.parametrize("name", WRONG_HEADS)
def test_a_file_whose_head_is_wrong_is_refused_whole_with_file_line_and_place(
    objects: list[Object], other: Other, name: str
) -> None:
    change, said = WRONG_HEADS[name]
    change(objects)

    with instance(*other):
        before = everything()
        with pytest.raises(Invalid) as refused:
            taken_in(written(objects))
        after = everything()

    assert str(refused.value).startswith("register.ndjson")
    assert said in str(refused.value)
    assert after == before


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a,b\n1,2\n", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"])
def test_another_kind_of_file_is_refused(context: Flask, data: bytes) -> None:
    with pytest.raises(Invalid, match=r"register.ndjson, line 1: "):
        taken_in(data)


def test_a_file_that_was_cut_between_two_lines_is_refused_whole(
    objects: list[Object], other: Other
) -> None:
    with instance(*other):
        before = everything()
        with pytest.raises(Invalid, match="it was cut"):
            taken_in(written(objects[:-1]))
        after = everything()

    assert after == before


def test_a_byte_order_mark_blank_lines_and_windows_line_ends_change_nothing(
    objects: list[Object], other: Other
) -> None:
    text = "\ufeff" + "\r\n\r\n".join(json.dumps(each) for each in objects)

    with instance(*other):
        report = taken_in(text)
        again = exported()

    assert counts(report) == (1, 0, 0, 0)
    assert rows(again) == objects
