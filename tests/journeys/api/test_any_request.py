"""Whatever is asked of the API, nothing breaks, and nothing comes back that is not described."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from register import create_app, storage
from register.web.wiring import search_index
from tests.journeys.api.any_request import Asking, prepared
from tests.journeys.programs import Program

EXAMPLES = (
    4  # of each call, as the description allows it and as it does not; a long run is in bench/
)
VISITORS = {
    "nobody": ("", ""),
    "officer": ("officer@taxes", "file"),
    "auditor": ("auditor", "read:audit"),
}


@pytest.fixture(scope="module")
def register(
    new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, tuple[str, ...]]]:
    folder = tmp_path_factory.mktemp("asked")
    app = create_app({"instance": folder, "database_url": new_database(folder)})
    yield app, prepared(app)
    with app.app_context():
        search_index().close()
        storage.close()


@pytest.mark.parametrize("visitor", VISITORS)
def test_nothing_comes_back_that_the_description_does_not_tell_of(
    register: tuple[Flask, tuple[str, ...]], visitor: str
) -> None:
    app, references = register
    program = Program(app, *VISITORS[visitor])

    outcome = Asking(program, references, EXAMPLES).ask_everything()

    assert outcome.faults == {}
    assert outcome.answers.total() > 100
    assert {200, 400, 404} <= outcome.statuses("GET")
    closed = {"nobody": 401, "auditor": 403}
    if visitor in closed:
        assert closed[visitor] in outcome.statuses("P")
    else:
        assert outcome.statuses("P") >= {422}
        assert outcome.statuses("P") & {200, 201}
