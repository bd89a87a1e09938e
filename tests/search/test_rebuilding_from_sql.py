"""While the index is rebuilt from the database, others publish, and nothing is lost."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask

from register.search import Query
from register.storage import outbox
from register.web.wiring import search_index
from tests.desk import Desk, make_desk
from tests.services.inventories import imported, many

SHORTEST = 12


@pytest.fixture
def desk(context: Flask) -> Desk:
    imported(many(250))
    return make_desk()


@pytest.mark.parametrize("is_drained", [False, True])
def test_what_is_published_and_withdrawn_during_a_rebuild_is_right_afterwards(
    is_drained: bool, context: Flask, desk: Desk, make_app: Callable[..., Flask]
) -> None:
    index, other = search_index(), make_app()
    index.drain()
    public, is_rebuilt = set(index.list_references(Query())), threading.Event()

    def publish() -> None:
        number = 0
        with other.app_context():
            while number < SHORTEST or not is_rebuilt.is_set():
                number += 1
                reference = desk.publish(name={"en": f"Number{number}"})
                if number % 3:
                    public.add(reference)
                else:
                    desk.withdraw(reference)
                if is_drained:
                    search_index().drain()
            search_index().close()

    publisher = threading.Thread(target=publish)
    publisher.start()
    for _ in range(2):
        index.rebuild()
    is_rebuilt.set()
    publisher.join()
    index.drain()

    assert len(public) >= 250 + SHORTEST * 2 // 3
    assert set(index.list_references(Query())) == public
    assert not index.check()
    assert outbox.count_waiting() == 0
    index.close()
