"""A commit with much that is new is read beside, while the one before answers."""

import time
from collections.abc import Callable

from register.search import Query, SearchIndex
from tests.search.register_in_memory import RegisterInMemory

MANY = 2_100


def test_searches_go_on_while_a_large_commit_is_read_and_then_see_it(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    for number in range(MANY):
        register.publish(f"AIR-2026-{number:05}", name=f"Number{number}x")
    index.drain()
    assert index.search(Query("number7x")).total == 1

    before = index.position()
    register.withdraw("AIR-2026-00007")
    register.publish("AIR-2026-99999", name="Newcomer")
    index.rebuild()

    assert index.position() == before
    assert index.search(Query()).total == MANY
    assert soon(lambda: index.search(Query("newcomer")).ids == ["AIR-2026-99999"])
    assert index.position() != before
    assert "AIR-2026-00007" not in index.list_references(Query("number7x"))


def test_an_index_can_be_closed_while_a_large_commit_is_read(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    for number in range(MANY):
        register.publish(f"AIR-2026-{number:05}", name=f"Number{number}x")
    index.drain()
    index.search(Query())
    index.rebuild()
    index.search(Query())

    index.close()

    assert index.search(Query("number7x")).ids == ["AIR-2026-00007"]


def soon(condition: Callable[[], bool]) -> bool:
    return any(condition() or time.sleep(0.05) for _ in range(400))
