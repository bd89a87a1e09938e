"""Whatever happens to a file of the index: no wrong answer, and the next drain mends it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from register.errors import Unavailable
from register.search import Query, SearchIndex
from register.search.index import OpenIndex
from tests.search.register_in_memory import RegisterInMemory

QUERIES = [
    Query("words"),
    Query('"common words"'),
    Query("canary", sort="name"),
    Query(filters={"agency": ["tax-office"]}, sort="updated"),
]

# A damaged index is let go of with files half open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def blank(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


HARMS = [halve, empty, blank, flip_a_bit, Path.unlink]


@pytest.fixture
def filled(register: RegisterInMemory, open_index: Callable[[], SearchIndex]) -> SearchIndex:
    """An index of two segments, one of which has a deleted document."""
    for number in range(1, 40):
        register.publish(f"AIR-2026-{number:05}", name=f"Common words {number}")
    index = open_index()
    index.drain()
    register.publish("AIR-2026-00001", name="Canary words", agency="water-office")
    index.drain()
    return index


def files_of(folder: Path) -> list[Path]:
    current = (folder / "current").resolve()
    return sorted(path for path in current.iterdir() if path.suffix not in {"", ".tmp"})


def answers(index: SearchIndex) -> list[list[str]]:
    return [index.list_references(query) for query in QUERIES]


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_file_gives_no_wrong_answer_and_is_mended_by_the_next_drain(
    harm: Callable[[Path], None],
    filled: SearchIndex,
    open_index: Callable[[], SearchIndex],
    tmp_path: Path,
) -> None:
    right = answers(filled)
    kinds = {path.suffix for path in files_of(tmp_path / "index")}

    # After each rebuild there is one segment; so every second round has the fresh index harmed.
    for place in range(2 * len(kinds) + 1):
        names = files_of(tmp_path / "index")
        harm(names[place % len(names)])
        with pytest.raises(Unavailable):
            answers(open_index())
        open_index().drain()
        assert answers(open_index()) == right

    assert {".toc", ".trm", ".pst", ".sums"} <= kinds
    assert not filled.check()


@pytest.mark.parametrize("harm", HARMS)
def test_a_drainer_that_nobody_told_of_the_damage_notices_it(
    harm: Callable[[Path], None],
    filled: SearchIndex,
    open_index: Callable[[], SearchIndex],
    tmp_path: Path,
) -> None:
    right = answers(filled)
    filled.close()

    for path in files_of(tmp_path / "index"):
        if path.exists():
            harm(path)
            filled.drain()

            assert answers(open_index()) == right


def test_after_a_power_cut_that_lost_the_newest_commit_the_index_is_rebuilt(
    register: RegisterInMemory,
    filled: SearchIndex,
    open_index: Callable[[], SearchIndex],
    tmp_path: Path,
) -> None:
    right = answers(filled)
    before = set(files_of(tmp_path / "index"))
    register.publish("AIR-2026-00002", name="Canary words")
    filled.drain()
    filled.close()
    for path in set(files_of(tmp_path / "index")) - before:
        empty(path)

    with pytest.raises(Unavailable):
        answers(open_index())
    open_index().drain()

    assert open_index().search(Query("canary")).total == 2
    assert answers(open_index())[2] != right[2]


def test_a_table_of_contents_gets_its_name_when_all_that_it_names_is_on_the_disk(
    register: RegisterInMemory, filled: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    fsync, rename = os.fsync, os.rename

    def note_sync(handle: int) -> None:
        happened.append(os.readlink(f"/proc/self/fd/{handle}"))
        fsync(handle)

    def note_rename(old: str, new: str) -> None:
        happened.append(f"now {new}")
        rename(old, new)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "rename", note_rename)
    register.publish("AIR-2026-00002", name="Canary words")
    filled.drain()

    named = next(place for place, what in enumerate(happened) if what.startswith("now "))
    folder = Path(happened[named].removeprefix("now ")).parent
    synced = {Path(what) for what in happened[:named]}
    newest = max(folder.glob("*.trm"), key=lambda path: path.stat().st_mtime_ns)
    assert {path for path in files_of_segment(newest)} | {folder} <= synced
    assert any(path.name.startswith("_MAIN_") for path in synced)
    assert happened[named + 1] == str(folder)


def files_of_segment(path: Path) -> list[Path]:
    return [each for each in path.parent.iterdir() if each.stem == path.stem]


def test_a_folder_of_the_index_holds_nothing_that_no_commit_names(
    filled: SearchIndex, register: RegisterInMemory, tmp_path: Path
) -> None:
    register.publish("AIR-2026-00002", name="Canary words")
    filled.drain()
    filled.purge()

    kinds = sorted(path.suffix for path in files_of(tmp_path / "index"))

    assert kinds.count(".sums") == kinds.count(".trm") == kinds.count(".toc") == 1


def test_what_is_damaged_just_when_it_is_to_be_purged_is_mended_by_the_next_drain(
    filled: SearchIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = OpenIndex.wants_tidying

    def damaged_meanwhile(index: OpenIndex) -> bool:
        for path in (tmp_path / "index").glob("*/*.toc"):
            path.write_bytes(b"rubbish")
        return look(index)

    monkeypatch.setattr(OpenIndex, "wants_tidying", damaged_meanwhile)
    is_purged = filled.purge()
    filled.drain()

    assert not is_purged
    assert filled.search(Query("canary")).ids == ["AIR-2026-00001"]
