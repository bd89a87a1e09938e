"""A new index is made beside the one in use; it holds nobody up, and loses nothing."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from register.errors import Unavailable
from register.search import Query, SearchIndex
from register.search.layout import Layout
from register.standard.v1 import V1
from tests.search.register_in_memory import RegisterInMemory


def test_a_rebuild_takes_in_what_is_published_meanwhile(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    for number in range(450):
        register.publish(f"AIR-2026-{number:05}", name="Words")
    heard = []

    def publish_another(count: int) -> None:
        heard.append(count)
        register.publish(f"AIR-2027-{count:05}", name="Late words")
        register.withdraw("AIR-2026-00001")

    documents = index.rebuild(publish_another)

    assert heard == [200, 400]
    assert documents == index.search(Query("words")).total == 451
    assert index.search(Query("late")).total == 2
    assert register.outbox == []


def test_during_a_rebuild_others_drain_and_do_not_rebuild(
    register: RegisterInMemory, open_index: Callable[[], SearchIndex]
) -> None:
    first, second = open_index(), open_index()
    for number in range(1, 202):
        register.publish(f"AIR-2026-{number:05}", name="Words")
    first.drain()
    register.publish("AIR-2026-00202", name="Words")
    tried: list[int] = []
    found: list[int] = []

    def publish_and_drain(_count: int) -> None:
        # The rebuild has read the first two hundred: it hears of these only from the outbox.
        register.publish("AIR-2026-00001", name="Late words")
        register.withdraw("AIR-2026-00002")
        register.publish("AIR-2026-00000", name="Late words")
        tried.append(second.drain())
        found.append(second.search(Query("late")).total)
        with pytest.raises(Unavailable):
            second.rebuild()

    documents = first.rebuild(publish_and_drain)

    assert (tried, found, documents) == ([4], [2], 202)
    assert second.search(Query("late")).total == 2
    assert not first.check()
    assert first.state().position == 205  # type: ignore[union-attr]


def test_what_was_drained_into_an_index_that_then_broke_is_not_lost(
    register: RegisterInMemory, open_index: Callable[[], SearchIndex], tmp_path: Path
) -> None:
    first, second = open_index(), open_index()
    for number in range(1, 202):
        register.publish(f"AIR-2026-{number:05}", name="Words")
    first.drain()

    def drain_and_break(_count: int) -> None:
        register.publish("AIR-2026-00001", name="Late words")
        second.drain()
        shutil.rmtree((tmp_path / "index" / "current").resolve())

    first.rebuild(drain_and_break)

    assert second.search(Query("late")).ids == ["AIR-2026-00001"]
    assert not first.check()


def test_one_folder_before_the_present_one_is_kept(
    register: RegisterInMemory, index: SearchIndex, tmp_path: Path
) -> None:
    for _ in range(4):
        index.rebuild()

    assert len(list((tmp_path / "index").glob("gen-*"))) == 2


def test_an_index_of_another_layout_is_rebuilt(
    tmp_path: Path, register: RegisterInMemory, open_index: Callable[[], SearchIndex]
) -> None:
    register.publish("AIR-2026-00001", name="Words")
    english = SearchIndex(tmp_path / "index", register, V1, languages=("en",))
    english.drain()
    english.close()
    index = open_index()
    assert not index.is_ready

    index.drain()

    assert index.search(Query("words", sort="name", language="ur")).total == 1
    assert Layout.of(V1, ("en",)).schema_hash != Layout.of(V1, ("en", "ur")).schema_hash


def test_what_a_killed_rebuild_left_behind_is_removed_by_the_next(
    index: SearchIndex, tmp_path: Path
) -> None:
    index.drain()
    left = tmp_path / "index" / "gen-left"
    left.mkdir()

    index.rebuild()

    assert not left.exists()


def test_the_folder_before_the_present_one_is_removed_when_its_readers_have_left(
    register: RegisterInMemory, open_index: Callable[[], SearchIndex], tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    register.publish("AIR-2026-00001", name="Words")
    reader, writer = open_index(), open_index()
    writer.drain()
    reader.search(Query())
    writer.rebuild()
    writer.purge()
    soon = len(list(folder.glob("gen-*")))
    os.utime(folder / "current", (0, 0), follow_symlinks=False)

    writer.purge()

    assert (soon, len(list(folder.glob("gen-*")))) == (2, 1)
    assert reader.search(Query("words")).total == 1
