"""A register with a backup, and what is done to backups."""

import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from flask import Flask

from register import storage
from register.services import backups
from tests.cli.conftest import Run
from tests.databases import on_sqlite
from tests.desk import Desk, make_desk

WORD = "canary-of-the-backup"
Files = dict[str, bytes]


@pytest.fixture
def desk(run: Run, context: Flask) -> Desk:
    """The people of a register whose log is open."""
    if not on_sqlite():
        pytest.skip("tests/storage/test_dumping.py does it with PostgreSQL")
    assert run("init").exit_code == 0
    return make_desk()


@pytest.fixture
def reference(run: Run, desk: Desk) -> str:
    """The reference of what is published, in a log that is signed."""
    found = desk.publish(purpose={"en": f"It compares returns, says {WORD}."})
    storage.close()
    run("ledger", "checkpoint")
    return found


@pytest.fixture
def file(run: Run, reference: str, tmp_path: Path) -> Path:
    """A backup of that."""
    path = tmp_path / "backup.zip"
    assert run("backup", path).exit_code == 0
    return path


def rewritten(path: Path, change: Callable[[Files], object]) -> None:
    with zipfile.ZipFile(path) as file:
        files = {name: file.read(name) for name in file.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w") as file:
        for name, data in files.items():
            file.writestr(name, data)


def told_otherwise(**changes: object) -> Callable[[Files], object]:
    def change(files: Files) -> None:
        told = {**json.loads(files[backups.MANIFEST]), **changes}
        files[backups.MANIFEST] = json.dumps(told).encode()

    return change


def grown(
    name: str, listed: Mapping[str, str] | None = None, content: str = ""
) -> Callable[[Files], object]:
    def change(files: Files) -> None:
        files[name] = content.encode()
        if listed:
            told = json.loads(files[backups.MANIFEST])
            told_otherwise(files=told["files"] | listed)(files)

    return change
