"""The command line over an instance of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from register.cli import main
from register.config import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Run:
    """A function that runs ``ai-register`` with these words, on a migrated, empty register."""
    monkeypatch.setenv("REGISTER_INSTANCE", str(settings.instance))
    monkeypatch.setenv("REGISTER_DATABASE_URL", settings.database_url)
    return command


@pytest.fixture
def run_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The same where nothing was set up yet."""
    monkeypatch.setenv("REGISTER_INSTANCE", str(tmp_path / "new"))
    return command


def command(*words: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=typed)
