"""A drainer that is killed at any moment loses nothing, and shows nothing that was withdrawn."""

from pathlib import Path

import pytest

from bench import kills


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_drainer_killed_six_times_in_its_commit_loses_nothing(tmp_path: Path) -> None:
    outcome = kills.run(tmp_path, 6)

    assert outcome.is_good, outcome
    assert (outcome.kills, outcome.published + outcome.withdrawn) == (6, 6)
    assert outcome.withdrawn > 0
    assert outcome.halfway > 0
