"""A directory of agencies that is not one is refused, and nothing of it is stored."""

import json
from typing import Any

import pytest

from register.errors import Invalid, RegisterError
from register.services.directory import directory
from tests.journeys.conftest import Town


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    "rows",
    [
        None,
        1,
        "x",
        {},
        [1],
        [[]],
        [None],
        [{}],
        [{"slug": 1, "names": {"en": "X"}, "level": "local"}],
        [{"slug": "x", "names": [], "level": "local"}],
        [{"slug": "x", "names": {"en": 1}, "level": "local"}],
        [{"slug": "x", "names": {"en": "X"}, "level": []}],
        [{"slug": "x", "names": {"en": "X"}, "level": {}}],
        [{"slug": "x", "names": {"en": "X"}, "level": "local", "parent": []}],
        [{"slug": "x", "names": {"en": "X"}, "level": "local", "parent": "nobody"}],
        [{"slug": "x", "names": {"en": "X"}, "level": "local", "parent": "x"}],
        [{"slug": "x", "names": {"en": "X"}, "level": "local", "approval": []}],
        [{"slug": "x" * 500, "names": {"en": "X"}, "level": "local"}],
        [{"slug": "x", "names": {"en": "X\0"}, "level": "local"}],
        [{"slug": "x", "names": {"en": "\ud800"}, "level": "local"}],
    ],
)
def test_a_directory_of_wrong_types_is_refused(town: Town, rows: Any) -> None:
    with town.app.app_context(), pytest.raises(RegisterError):
        take_in(json.dumps(rows))


def test_a_directory_that_is_no_directory_is_refused(town: Town) -> None:
    for text in ("[", '[{"slug"', "[" * 100_000, "\0", "", "slug\n\0", "a,b\n1,2,3,4"):
        with town.app.app_context(), pytest.raises(Invalid):
            take_in(text)


def take_in(text: str) -> None:
    """Take in a directory; one with nothing in it is refused, too."""
    if not directory.import_agencies(directory.read_agencies(text)).rows:
        raise Invalid("Nothing was in it.")
