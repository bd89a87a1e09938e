"""What is printed from the standard is committed, and says what the standard says."""

import pytest

from tools import generated


def test_every_generated_file_is_current() -> None:
    stale = sorted(generated.list_stale())

    assert stale == [], "make docs writes them"


@pytest.mark.parametrize("path", sorted(generated.FILES))
def test_printing_twice_gives_the_same(path: str) -> None:
    assert generated.FILES[path]() == generated.FILES[path]()
