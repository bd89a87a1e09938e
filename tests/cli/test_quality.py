"""The commands that judge records and try links."""

import pytest

from tests.cli.conftest import Run


def test_links_are_not_tried_unless_that_is_allowed(run: Run) -> None:
    refused = run("links", "check")
    allowed = run("links", "check", "--yes")

    assert refused.exit_code == 1
    assert "REGISTER_LINK_CHECKS" in refused.stderr
    assert allowed.exit_code == 0
    assert allowed.stdout == "Tried 0 links: 0 failed, 0 shown as broken.\n"


def test_the_setting_allows_it_and_takes_yes_or_no(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTER_LINK_CHECKS", "yes")
    allowed = run("links", "check", "--limit", "5")
    monkeypatch.setenv("REGISTER_LINK_CHECKS", "perhaps")
    unread = run("links", "check")

    assert allowed.exit_code == 0
    assert unread.exit_code == 1
    assert "REGISTER_LINK_CHECKS must be yes or no" in unread.stderr


def test_marks_are_computed_again(run: Run) -> None:
    run("sample")

    result = run("quality", "recompute")

    assert result.exit_code == 0, result.stderr
    assert "Judged 3" in result.stdout
