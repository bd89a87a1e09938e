"""Words that mean the same are known, and no file that people edit brings the search down."""

import os
from pathlib import Path

import pytest

from register.search.language import stems
from register.search.synonyms import (
    DEFAULT,
    MAX_BYTES,
    MAX_PROBLEMS,
    Match,
    Synonyms,
    mtimes,
)


def written(path: Path, content: str | bytes) -> Synonyms:
    file = path / "synonyms.txt"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return Synonyms.load([file])


def meanings(synonyms: Synonyms, query: str) -> set[tuple[str, ...]]:
    return {other for match in synonyms.find(stems(query)) for other in match.alternatives}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"a car ~ " + b"x" * 100_000, "more than 500 characters"),
        (b"a car ~ ", "no word"),
        (b"~", "no word"),
        (b"~~~~", "no word"),
        (b"car ~ the ~ lorry", "no word"),
        ("گاڑی ~ کے".encode(), "no word"),
        (b"car ~ lo\x00rry", "NUL"),
        (b"car ~ lorry \xff\xfe", "not in UTF-8"),
        ("façade ~ front".encode("latin-1"), "not in UTF-8"),
        (" ~ ".join(f"w{n}" for n in range(30)).encode(), "more than 20 members"),
        (b"car ~ one two three four five six seven", "more than 6 words"),
        (b"car, lorry, van, truck, bus, tram, bicycle", "more than 6 words"),
    ],
)
def test_a_line_that_cannot_be_read_is_said_and_skipped(
    line: bytes, what: str, tmp_path: Path
) -> None:
    found = written(tmp_path, b"tax ~ levy\n" + line + b"\ncourt ~ bench\n")

    assert [problem.line for problem in found.problems] == [2]
    assert what in found.problems[0].what
    assert found.problems[0].mend
    assert [len(group) for group in found.groups] == [2, 2]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 1000,
        b"\n" * 1000,
        os.urandom(20_000),
        "car ~ lorry\n".encode("utf-16"),
        "car ~ lorry\n".encode("utf-16-be"),
        b"\xef\xbb\xbf",
        b"#" * MAX_BYTES,
        b"car ~ lorry " * MAX_BYTES,
        b"car ~\n" * 10_000,
    ],
)
def test_no_content_makes_it_raise_or_complain_without_end(content: bytes, tmp_path: Path) -> None:
    found = written(tmp_path, content)

    assert found.groups == ()
    assert len(found.problems) <= MAX_PROBLEMS
    assert found.find(["car", "lorri"]) == []


def test_a_file_too_long_is_read_as_far_as_its_last_whole_line(tmp_path: Path) -> None:
    found = written(tmp_path, b"car ~ lorry\n" * (MAX_BYTES // 12) + b"van ~ truck\n" * 100)

    assert found.problems[0].line == 0
    assert meanings(found, "car") == {("lorri",)}


def test_a_folder_or_a_missing_file_has_no_groups(tmp_path: Path) -> None:
    found = Synonyms.load([tmp_path, tmp_path / "nothing.txt"])

    assert found.groups == ()
    assert [problem.path for problem in found.problems] == [tmp_path]


def test_circles_end_and_groups_are_not_chained(tmp_path: Path) -> None:
    found = written(tmp_path, "car ~ lorry\nlorry ~ van\nvan ~ car\nbus ~ bus\n")

    assert meanings(found, "car") == {("lorri",), ("van",)}
    assert found.find(["bus"]) == []


def test_byte_order_mark_comments_and_foreign_line_ends_are_fine(tmp_path: Path) -> None:
    found = written(tmp_path, b"\xef\xbb\xbfcar ~ lorry # both drive\r\n# van ~ x\r\n\r\nbus~tram")

    assert found.problems == ()
    assert meanings(found, "cars") == {("lorri",)}
    assert meanings(found, "TRAMS") == {("bus",)}


def test_the_longest_run_is_taken_and_none_overlaps(tmp_path: Path) -> None:
    found = written(
        tmp_path, "fraud ~ scam\nfraud detection ~ anti-scam\ndetection tool ~ detector\n"
    )

    assert found.find(stems("a fraud detection tool for fraud")) == [
        Match(0, 2, (("anti", "scam"),)),
        Match(3, 4, (("scam",),)),
    ]
    assert found.find([]) == []


def test_an_instance_extends_replaces_and_switches_off(tmp_path: Path) -> None:
    shipped, own = tmp_path / "a.txt", tmp_path / "b.txt"
    shipped.write_text("car ~ lorry\ntax ~ levy\ncourt ~ bench\n")
    own.write_text("tax ~ duty\nbench\nvan ~ truck\n")

    found = Synonyms.load([shipped, own])

    assert meanings(found, "car") == {("lorri",)}
    assert meanings(found, "tax") == {("duti",)}
    assert meanings(found, "levy court") == set()
    assert meanings(found, "van") == {("truck",)}


def test_a_change_shows_in_the_times(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.txt"
    missing = mtimes([file])
    file.write_text("a ~ b")
    before = mtimes([file])
    file.write_text("a ~ bc")

    assert len({missing, before, mtimes([file])}) == 3


def test_every_line_that_ships_can_be_read() -> None:
    shipped = Synonyms.load([DEFAULT])

    assert shipped.problems == ()
    assert len(shipped.groups) >= 60
    assert all(len(group) > 1 for group in shipped.groups)


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("face matching", "چہرہ شناسی"),
        ("ANPR cameras", "licence plate readers"),
        ("نمبر پلیٹ", "ALPR"),
        ("چیٹ بوٹ", "virtual assistant"),
        ("LLM", "generative AI"),
        ("welfare", "benefit"),
        ("translate", "ترجمہ"),
        ("radiology", "medical imaging"),
        ("hiring", "بھرتی"),
        ("ٹیکس", "taxes"),
        ("خودکار", "خود کار"),
        ("خود\u200cکار", "خودکار"),
        ("law enforcement", "پولیس"),
    ],
)
def test_the_groups_that_ship_mean_what_people_say(query: str, other: str) -> None:
    assert tuple(stems(other)) in meanings(Synonyms.load([DEFAULT]), query)
