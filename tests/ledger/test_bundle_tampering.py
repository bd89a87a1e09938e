"""Each way of tampering with a bundle is called by its name, in a sentence that says where."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from register.ledger import Event, canonical, tiles
from tests.ledger.bundles import (
    KEY,
    STANDARD,
    Story,
    changed,
    problems_of,
    repacked,
    sealed_again,
    small_story,
    they_refuse,
)
from tests.ledger.log_in_memory import ORIGIN

Files = dict[str, bytes]
ENTRIES = "log/tile/entries/000.p/7"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return small_story().write(tmp_path / "bundle.zip")


def written(story: Story, tmp_path: Path) -> Path:
    return story.write(tmp_path / "told.zip")


def entries_changed(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Files], None]:
    def apply(files: Files) -> None:
        datas = tiles.read_entry_bundle(files[ENTRIES])
        files[ENTRIES] = tiles.entry_bundle(change(datas))

    return apply


def rows_changed(change: Callable[[list[Any]], object]) -> Callable[[Files], None]:
    def apply(files: Files) -> None:
        rows = [json.loads(line) for line in files["disclosures.ndjson"].splitlines()]
        change(rows)
        written = [canonical.encode(row) + b"\n" for row in rows]
        files["disclosures.ndjson"] = b"".join(written)

    return apply


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda datas: [*datas[:3], datas[3].replace(b"water", b"waste"), *datas[4:]],
            "entry: Entry 3 was changed.",
        ),
        (lambda datas: datas[:3] + datas[4:], "dropped: Entry 3 was dropped."),
        (lambda datas: datas[:-1], "dropped: Entry 6 was dropped."),
        (
            lambda datas: [*datas, datas[3].replace(b"water", b"waste")],
            "added: Entry 7 was added; it is not of the log.",
        ),
        (
            lambda datas: [*datas[:3], datas[4], datas[3], *datas[5:]],
            "reordered: Entries from 3 on stand in another order.",
        ),
    ],
)
def test_a_changed_log_is_compared_with_the_one_that_was_signed(
    bundle: Path, change: Callable[[list[bytes]], list[bytes]], sentence: str
) -> None:
    found = problems_of(repacked(bundle, entries_changed(change)))

    assert sentence in found
    assert f"file: The file {ENTRIES} is another than the one that was sealed." in found


def test_entries_whose_hashes_were_changed_too_do_not_make_the_tree(bundle: Path) -> None:
    def change(files: Files) -> None:
        entries_changed(lambda datas: [datas[0], datas[0], *datas[2:]])(files)
        files["log/tile/0/000.p/7"] = bytes(224)

    found = problems_of(repacked(bundle, change))

    assert "entry: The entries of the log do not make the tree that was signed." in found


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda rows: rows[0]["fields"]["answers.name"][1].update(en="Other"), "was changed"),
        (lambda rows: rows[0]["fields"]["answers.name"].__setitem__(0, "00" * 16), "was changed"),
        (lambda rows: rows[0]["fields"]["answers.name"].__setitem__(0, "x"), "was changed"),
        (lambda rows: rows[0]["fields"]["answers.name"].pop(), "was changed"),
    ],
)
def test_a_changed_value_is_found_even_if_it_was_sealed_again(
    bundle: Path, change: Callable[[list[Any]], object], sentence: str
) -> None:
    found = problems_of(sealed_again(bundle, rows_changed(change), KEY))

    where = "Entry 1 (AIR-2026-00001, version 1)"
    assert found == [f"value: {where}: the value of answers.name {sentence}."]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda rows: rows[0]["fields"].update(spare=["00" * 16, 1]),
            "value: Entry 1 (AIR-2026-00001, version 1): it is bound to no spare.",
        ),
        (
            lambda rows: rows[0].update(version=2),
            "value: disclosures.ndjson, line 1: this is no row for an entry of the log.",
        ),
        (
            lambda rows: rows[0].update(seq=2),
            "value: disclosures.ndjson, line 1: this is no row for an entry of the log.",
        ),
        (
            lambda rows: rows[0].update(seq=99),
            "value: disclosures.ndjson, line 1: this is no row for an entry of the log.",
        ),
        (
            lambda rows: rows.append(rows[0]),
            "reordered: disclosures.ndjson, line 4: rows stand in the order of entries.",
        ),
        (
            lambda rows: rows[0]["fields"].pop("answers.name"),
            "silent erasure: Entry 1 (AIR-2026-00001, version 1): answers.name is missing, and no "
            "entry says that it was erased.",
        ),
        (
            lambda rows: rows[0]["fields"].pop("withheld.cost"),
            "silent erasure: Entry 1 (AIR-2026-00001, version 1): withheld.cost is missing, and no "
            "entry says that it was erased.",
        ),
        (
            lambda rows: rows.pop(1),
            "silent erasure: Entry 4 (AIR-2026-00002, version 1): change_note is missing, and no "
            "entry says that it was erased.",
        ),
    ],
)
def test_what_is_told_fits_the_log_even_if_it_was_sealed_again(
    bundle: Path, change: Callable[[list[Any]], object], sentence: str
) -> None:
    found = problems_of(sealed_again(bundle, rows_changed(change), KEY))

    assert sentence in found


def test_a_fact_of_a_published_determination_is_not_erased_in_silence(bundle: Path) -> None:
    def change(files: Files) -> None:
        row = json.loads(files["determinations.ndjson"])
        del row["fields"]["tier"]
        files["determinations.ndjson"] = canonical.encode(row) + b"\n"

    found = problems_of(sealed_again(bundle, change, KEY))

    assert found == [
        "silent erasure: Entry 2 (AIR-2026-00001, version 1): tier is missing, and no entry says "
        "that it was erased."
    ]


def test_an_erasure_that_was_announced_beforehand_counts_for_nothing(tmp_path: Path) -> None:
    story = Story()
    story.add(Event.LOG_OPEN, {}, (), origin=ORIGIN, vkeys=(KEY.vkey,))
    story.add(Event.ERASE, {}, (), basis="Section 9", targets=((2, "answers.name"),))
    story.publish(1)
    del story.told[2]["answers.name"]

    found = problems_of(written(story, tmp_path))

    assert [each.partition(":")[0] for each in found] == ["silent erasure"]


def test_a_standard_that_does_not_say_what_is_public_is_missed(bundle: Path) -> None:
    for content in (b"{}", canonical.encode(STANDARD)[:-1], canonical.encode({"fields": [{}]})):
        path = sealed_again(
            bundle, lambda files, it=content: files.update({"standards/v1.json": it}), KEY
        )

        assert any("does not say what the public may read" in each for each in problems_of(path))


def test_a_backdated_entry_is_named_with_both_moments(tmp_path: Path) -> None:
    story = small_story()
    earlier = story.entries[3].logged_at - timedelta(seconds=1)
    story.entries[4] = changed(story.entries[4], logged_at=earlier)

    found = problems_of(written(story, tmp_path))

    assert found == [
        "backdated: Entry 4 is backdated: it says 2026-03-02T08:02:59Z, and the one before it "
        "2026-03-02T08:03:00Z."
    ]
    assert they_refuse(tmp_path / "told.zip")


def test_moments_within_a_second_are_told_apart(tmp_path: Path) -> None:
    story = small_story()
    moment = story.entries[3].logged_at + timedelta(microseconds=500)
    story.entries[3] = changed(story.entries[3], logged_at=moment)
    story.entries[4] = changed(story.entries[4], logged_at=moment + timedelta(microseconds=1))
    assert problems_of(written(story, tmp_path)) == []

    story.entries[4] = changed(story.entries[4], logged_at=moment - timedelta(microseconds=1))

    assert [each.partition(":")[0] for each in problems_of(written(story, tmp_path))] == [
        "backdated"
    ]


def test_a_version_that_is_told_twice_is_found(tmp_path: Path) -> None:
    story = small_story()
    story.publish(1, 2)

    found = problems_of(written(story, tmp_path))

    assert found == ["added: Entry 7 tells version 2 of AIR-2026-00001 again, after 5."]


def test_a_log_opens_once_and_first(tmp_path: Path) -> None:
    story = small_story()
    story.add(Event.LOG_OPEN, {}, (), origin=ORIGIN, vkeys=(KEY.vkey,))
    headless = Story()
    headless.publish(1)

    assert problems_of(written(story, tmp_path)) == [
        "added: Entry 7: The first entry of a log, and no other, opens it."
    ]
    assert "dropped: Entry 0: The first entry of a log, and no other, opens it." in problems_of(
        written(headless, tmp_path)
    )
