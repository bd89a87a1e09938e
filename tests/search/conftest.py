from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from register.search import SearchIndex
from register.standard.v1 import V1
from tests.search.register_in_memory import RegisterInMemory


@pytest.fixture
def register() -> RegisterInMemory:
    return RegisterInMemory()


@pytest.fixture
def open_index(tmp_path: Path, register: RegisterInMemory) -> Iterator[Callable[[], SearchIndex]]:
    opened: list[SearchIndex] = []

    def open_one() -> SearchIndex:
        opened.append(SearchIndex(tmp_path / "index", register, V1, languages=("en", "ur")))
        return opened[-1]

    yield open_one
    for index in opened:
        index.close()


@pytest.fixture
def index(open_index: Callable[[], SearchIndex]) -> SearchIndex:
    return open_index()
