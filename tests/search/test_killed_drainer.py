"""A drainer that is killed at any moment loses nothing, and shows nothing that was withdrawn."""

from pathlib import Path

import pytest

from bench import kills


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_drainer_killed_ten_times_in_its_commit_loses_nothing(tmp_path: Path) -> None:
    outcome = kills.run(tmp_path, 10)

    assert outcome.is_good, outcome
    assert (outcome.kills, outcome.published + outcome.withdrawn) == (10, 10)
    assert outcome.withdrawn > 0
    assert outcome.halfway > 0
