"""A backup that was changed is refused, and nothing is written over by mistake."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from register.config import Settings
from register.services import backups
from tests.cli.backed_up import Files, desk, file, grown, reference, rewritten, told_otherwise
from tests.cli.conftest import Run

__all__ = ["desk", "file", "reference"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda files: files.pop(backups.MANIFEST), "it has no list of its files."),
        (told_otherwise(format="other"), "its list of files cannot be read."),
        (told_otherwise(database="postgresql"), "it has no database."),
        (told_otherwise(migration="9999"), "made by newer code (migration 9999)"),
        (lambda files: files.pop("database.sqlite"), "database.sqlite is not what was written"),
        (lambda files: files.update({"keys/cookie.key": b""}), "keys/cookie.key is not what was"),
        (grown("stray"), "stray is not what was written"),
        (grown("../out", {"../out": "0"}), "would be put outside of the instance."),
    ],
)
def test_a_backup_that_was_changed_is_refused_and_nothing_is_touched(
    run: Run, settings: Settings, file: Path, change: Callable[[Files], object], sentence: str
) -> None:
    rewritten(file, change)
    before = sorted(settings.instance.iterdir())

    refused = run("restore", file, "--over")

    assert refused.exit_code == 1
    assert sentence in refused.stderr
    assert sorted(settings.instance.iterdir()) == before


@pytest.mark.parametrize("content", [b"", b"PK\3\4 and no more"])
def test_what_is_no_backup_is_refused(run: Run, file: Path, content: bytes) -> None:
    file.write_bytes(content)

    refused = run("restore", file, "--over")

    assert (refused.exit_code, "This is no backup of a register" in refused.stderr) == (1, True)


def test_no_byte_of_the_database_can_be_changed_unnoticed(
    run: Run, settings: Settings, file: Path
) -> None:
    data = bytearray(file.read_bytes())
    for at in range(200, len(data) // 2, len(data) // 12):
        data[at] ^= 0x40
        file.write_bytes(data)

        refused = run("restore", file, "--over")
        assert refused.exit_code == 1, (at, refused.output)
        data[at] ^= 0x40
    assert not list(settings.instance.glob("*.replaced-*"))


def test_nothing_is_overwritten_unless_it_is_asked_for_or_while_it_is_served(
    run: Run, settings: Settings, file: Path
) -> None:
    unasked = run("restore", file)
    with closing(sqlite3.connect(settings.instance / "register.sqlite")) as serving:
        serving.execute("SELECT * FROM disclosure").fetchall()
        in_use = run("restore", file, "--over")

    assert (unasked.exit_code, "--over" in unasked.stderr) == (1, True)
    assert (in_use.exit_code, "Stop the service" in in_use.stderr) == (1, True)
