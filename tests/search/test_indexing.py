"""The index follows the register, whatever happens to it."""

import os
import shutil
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from register.errors import Unavailable
from register.search import Query, SearchIndex
from tests.search.register_in_memory import RegisterInMemory


def test_what_is_published_is_found_and_the_notice_is_settled(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    index.drain()
    register.publish("AIR-2026-00001", name="Old words")
    register.publish("AIR-2026-00001", name="New words")

    settled = index.drain()

    assert (settled, register.outbox) == (2, [])
    assert index.search(Query("new")).ids == ["AIR-2026-00001"]
    assert index.search(Query("old")).ids == []
    state = index.state()
    assert state is not None
    assert (state.position, state.documents) == (2, 1)


def test_a_withdrawn_disclosure_vanishes(register: RegisterInMemory, index: SearchIndex) -> None:
    register.publish("AIR-2026-00001", name="Words")
    index.drain()
    assert index.search(Query("words")).total == 1

    register.withdraw("AIR-2026-00001")
    index.drain()

    found = index.search(Query("words"))
    assert (found.ids, found.total, found.facets["agency"]) == ([], 0, [])
    assert index.search(Query()).total == 0


def test_draining_twice_does_no_harm(register: RegisterInMemory, index: SearchIndex) -> None:
    index.drain()
    register.publish("AIR-2026-00001", name="Words")
    waiting = list(register.outbox)
    index.drain()

    register.outbox = waiting
    index.drain()

    assert index.search(Query("words")).ids == ["AIR-2026-00001"]
    assert index.state().documents == 1  # type: ignore[union-attr]


def test_a_notice_is_settled_only_after_the_index_has_it(
    register: RegisterInMemory, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.drain()
    register.publish("AIR-2026-00001", name="Words")
    found_at_settling = []

    def settle(ids: object) -> None:
        found_at_settling.append(index.search(Query("words")).total)
        register.outbox.clear()

    monkeypatch.setattr(register, "settle", settle)
    index.drain()

    assert found_at_settling == [1]


def test_another_process_sees_a_commit_and_a_rebuild_at_its_next_search(
    register: RegisterInMemory, open_index: Callable[[], SearchIndex]
) -> None:
    writer, reader = open_index(), open_index()
    writer.drain()
    assert reader.search(Query()).total == 0

    register.publish("AIR-2026-00001", name="Words")
    writer.drain()
    assert reader.search(Query()).total == 1

    register.withdraw("AIR-2026-00001")
    writer.rebuild()
    assert reader.search(Query()).total == 0


def test_while_another_drains_a_drainer_leaves_quietly(
    register: RegisterInMemory,
    open_index: Callable[[], SearchIndex],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = open_index(), open_index()
    first.drain()
    register.publish("AIR-2026-00001", name="Words")
    tried: list[int] = []
    find = register.find_published

    def find_slowly(reference: str) -> object:
        tried.append(second.drain())
        return find(reference)

    monkeypatch.setattr(register, "find_published", find_slowly)

    assert first.drain() == 1
    assert tried == [0]


def test_only_the_service_may_read_the_folder(index: SearchIndex, tmp_path: Path) -> None:
    index.drain()

    for folder in (tmp_path / "index", (tmp_path / "index" / "current").resolve()):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("damage", ["toc", "postings", "empty", "rubbish", "gone", "link"])
def test_a_corrupt_index_is_unavailable_and_the_next_drain_rebuilds_it(
    damage: str, register: RegisterInMemory, open_index: Callable[[], SearchIndex], tmp_path: Path
) -> None:
    index = open_index()
    register.publish("AIR-2026-00001", name="Words")
    index.drain()
    index.search(Query("words"))
    harm(tmp_path / "index", damage)
    index.close()

    with pytest.raises(Unavailable):
        index.search(Query("words"))
    index.drain()

    assert index.search(Query("words")).ids == ["AIR-2026-00001"]
    assert index.is_ready


def harm(folder: Path, damage: str) -> None:
    current = (folder / "current").resolve()
    if damage == "link":
        (folder / "current").unlink()
    elif damage == "gone":
        shutil.rmtree(current)
    elif damage in ("empty", "rubbish"):
        for path in current.iterdir():
            path.write_bytes(b"rubbish" if damage == "rubbish" else b"")
    else:
        for path in current.iterdir():
            if (path.suffix == ".toc") == (damage == "toc") and path.is_file():
                path.write_bytes(os.urandom(path.stat().st_size))


def test_many_small_commits_do_not_pile_up_and_purging_leaves_nothing_behind(
    register: RegisterInMemory, index: SearchIndex, tmp_path: Path
) -> None:
    index.drain()
    for number in range(60):
        register.publish("AIR-2026-00001", name=f"Canary{number}")
        register.publish(f"AIR-2026-{number + 2:05}", name="Words")
        index.drain()
    folder = (tmp_path / "index" / "current").resolve()
    assert len(list(folder.glob("*.seg"))) + len(list(folder.glob("*.trm"))) < 60

    assert index.purge()
    assert not index.purge()

    kept = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    assert b"canary59" in kept
    assert b"canary58" not in kept
    assert index.search(Query()).total == 61


def test_the_watcher_drains_until_it_is_stopped(
    register: RegisterInMemory, open_index: Callable[[], SearchIndex]
) -> None:
    index, stop = open_index(), threading.Event()
    register.publish("AIR-2026-00001", name="Words")
    watcher = threading.Thread(target=index.watch, args=(stop, 0.01))

    watcher.start()
    try:
        deadline = time.monotonic() + 30
        while register.outbox and time.monotonic() < deadline:
            time.sleep(0.01)
    finally:
        stop.set()
        watcher.join()

    assert open_index().search(Query("words")).total == 1


def test_the_watcher_ends_with_the_first_exception(
    register: RegisterInMemory, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.drain()

    def fail(_limit: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(register, "list_waiting", fail)

    with pytest.raises(OSError, match="No space"):
        index.watch(threading.Event())
