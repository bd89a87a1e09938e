"""A commit costs the same however large the index is: large segments are left alone."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from register.search import Query, SearchIndex
from register.search.merging import LARGE, MERGED_AT, choose
from tests.search.register_in_memory import RegisterInMemory


@pytest.mark.parametrize(
    ("sizes", "chosen"),
    [
        ([], []),
        ([2] * (MERGED_AT - 1), []),
        ([100_000] + [2] * MERGED_AT, list(range(1, MERGED_AT + 1))),
        ([LARGE] * 50, []),
        ([100_000] * 50 + [2] * (MERGED_AT - 1), []),
        ([20, 2] * MERGED_AT, list(range(1, 2 * MERGED_AT, 2))),
        ([12] * MERGED_AT + [2], list(range(MERGED_AT))),
    ],
)
def test_ten_small_segments_of_a_size_are_merged_among_themselves(
    sizes: list[int], chosen: list[int]
) -> None:
    assert choose(sizes) == chosen


def test_a_merge_in_a_commit_is_never_large() -> None:
    for size in range(1, 2 * LARGE):
        chosen = choose([size] * 30)

        assert sum([size] * len(chosen)) < LARGE


def segments_of(folder: Path) -> dict[str, int]:
    return {path.stem: path.stat().st_ino for path in (folder / "current").resolve().glob("*.trm")}


def test_many_commits_never_touch_the_large_segment(
    register: RegisterInMemory, index: SearchIndex, tmp_path: Path
) -> None:
    for number in range(LARGE):
        register.publish(f"AIR-2026-{number:05}", name="Words")
    index.drain()
    (large,) = segments_of(tmp_path / "index").items()
    most = 0

    for number in range(120):
        register.publish(f"AIR-2026-{number:05}", name="Newer words")
        index.drain()
        segments = segments_of(tmp_path / "index")
        assert large in segments.items()
        most = max(most, len(segments))

    assert most <= 2 * MERGED_AT + 1
    assert index.search(Query("newer")).total == 120
    assert index.search(Query("words")).total == LARGE
    assert not index.check()


def test_purging_makes_one_segment_of_many_large_ones(
    register: RegisterInMemory,
    index: SearchIndex,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("register.search.merging.LARGE", 3)
    index.drain()
    for number in range(100):
        register.publish(f"AIR-2026-{number:05}", name="Words")
    index.drain(batch=3)
    before = segments_of(tmp_path / "index")

    assert index.purge()
    assert not index.purge()

    assert len(before) > 3 * MERGED_AT
    assert len(segments_of(tmp_path / "index")) == 1
    assert not index.check()


@pytest.mark.parametrize("calls_before", [0, 1, 2, 5])
def test_purging_gives_way_to_what_is_published(
    calls_before: int,
    register: RegisterInMemory,
    open_index: Callable[[], SearchIndex],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("register.search.merging._LOOK_EVERY", 0.0)
    index, stop = open_index(), threading.Event()
    for number in range(50):
        register.publish(f"AIR-2026-{number:05}", name=f"Words {number}")
    index.drain()
    register.publish("AIR-2026-00001", name="Newer words")
    index.drain()
    calls: list[int] = []
    waiting = register.list_waiting

    def publish_during_the_purge(limit: int) -> object:
        # The first look of all is the watcher's own; the others come from within the purge.
        calls.append(limit)
        if len(calls) == calls_before + 2:
            register.publish("AIR-2026-00099", name="Urgent words")
            monkeypatch.setattr(register, "list_waiting", waiting)
        return waiting(limit)

    def settle_and_stop(ids: object) -> None:
        found.append(open_index().search(Query("urgent")).total)
        register.outbox.clear()
        stop.set()

    found: list[int] = []
    monkeypatch.setattr(register, "list_waiting", publish_during_the_purge)
    monkeypatch.setattr(register, "settle", settle_and_stop)
    index.watch(stop, 0.01)

    assert found == [1]
    assert index.purge()
    assert not index.check()
    assert index.search(Query("words")).total == 51
