"""The index is compared with the register record by record, while others go on working."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from register.errors import Unavailable
from register.search import Difference, Query, SearchIndex
from register.standard.v1 import V1
from tests.search.register_in_memory import RegisterInMemory, publication


def falsify(register: RegisterInMemory) -> None:
    """Change the register without a notice, as a restored backup does."""
    register.publications["AIR-2026-00001"] = publication("AIR-2026-00001", name="Newer words")
    register.publications["AIR-2026-00002"]["status"] = "withdrawn"
    register.publications["AIR-2026-00009"] = publication("AIR-2026-00009", name="Words")


@pytest.fixture
def wrong_index(register: RegisterInMemory, index: SearchIndex) -> SearchIndex:
    for number in range(1, 6):
        register.publish(f"AIR-2026-{number:05}", name="Words", phase="pilot")
    index.drain()
    falsify(register)
    return index


WRONG = Difference(
    missing=("AIR-2026-00009",), surplus=("AIR-2026-00002",), stale=("AIR-2026-00001",)
)


def test_a_check_names_what_differs_and_changes_nothing(wrong_index: SearchIndex) -> None:
    before = wrong_index.state()

    assert wrong_index.check() == wrong_index.check() == WRONG
    assert wrong_index.state() == before


def test_mending_takes_in_exactly_what_differs(
    register: RegisterInMemory, wrong_index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = wrong_index.state()

    mended = wrong_index.mend()

    assert mended == WRONG
    assert not wrong_index.check()
    assert not wrong_index.mend()
    assert wrong_index.search(Query("newer")).ids == ["AIR-2026-00001"]
    assert wrong_index.search(Query("words", sort="name")).total == 5
    after = wrong_index.state()
    assert before is not None
    assert after is not None
    assert (after.position, after.documents) == (before.position, 5)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Other words"},
        {"agency": "water-office"},
        {"at": "2026-04-01T09:00:00Z"},
        {"phase": "in_use"},
        {"purpose": {"ur": "نیا مقصد"}},
        {"withheld": ["phase"], "phase": "pilot"},
    ],
)
def test_whatever_is_indexed_of_a_record_is_compared(
    changed: Mapping[str, Any], register: RegisterInMemory, index: SearchIndex
) -> None:
    reference = "AIR-2026-00001"
    register.publish(reference, name="Words", phase="pilot")
    index.drain()

    said = {"name": "Words", "phase": "pilot"} | dict(changed)
    register.publications[reference] = publication(reference, **said)

    assert index.check() == Difference(stale=(reference,))


def test_what_waits_in_the_outbox_is_no_difference(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", name="Words")
    register.publish("AIR-2026-00002", name="Words")
    index.drain()

    register.publish("AIR-2026-00001", name="New words")
    register.withdraw("AIR-2026-00002")
    register.publish("AIR-2026-00003", name="Words")

    assert not index.check()


class BusyRegister(RegisterInMemory):
    """A register in which things happen after the index was read and before the register is."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], object] = lambda: None

    def iterate_published(self, batch: int) -> Iterator[Mapping[str, Any]]:
        self.meanwhile()
        yield from super().iterate_published(batch)


@pytest.mark.parametrize("is_drained", [False, True])
def test_what_happens_during_a_check_is_neither_reported_nor_undone(
    is_drained: bool, tmp_path: Path
) -> None:
    register = BusyRegister()
    index, other = (SearchIndex(tmp_path / "index", register, V1) for _ in range(2))
    for number in range(1, 4):
        register.publish(f"AIR-2026-{number:05}", name="Words")
    index.drain()

    def meanwhile() -> None:
        register.publish("AIR-2026-00001", name="Newer words")
        register.withdraw("AIR-2026-00002")
        register.publish("AIR-2026-00009", name="Words")
        if is_drained:
            other.drain()

    register.meanwhile = meanwhile
    checked, mended = index.check(), index.mend()
    register.meanwhile = lambda: None
    index.drain()

    assert not checked
    assert not mended
    found = {text: set(index.list_references(Query(text))) for text in ("newer", "words")}
    assert not index.check()
    assert found["newer"] == {"AIR-2026-00001"}
    assert found["words"] == {f"AIR-2026-0000{number}" for number in (1, 3, 9)}
    index.close()


def test_a_check_without_a_sound_index_says_so_and_mending_rebuilds(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", name="Words")
    with pytest.raises(Unavailable):
        index.check()

    assert not index.mend()

    assert index.search(Query("words")).total == 1
    assert register.outbox == []
