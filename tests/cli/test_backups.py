"""A backup is taken while others write, comes back whole, and is refused if it was changed."""

import json
import sqlite3
import threading
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from register import storage
from register.config import Settings
from register.services import backups
from register.services.ledger_checking import check
from register.storage import publications
from tests.cli.conftest import Run
from tests.databases import on_sqlite
from tests.desk import Desk, make_desk

BASIS = ("--basis", "A court's order of 3 March 2026.")
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


def grown(name: str, listed: Mapping[str, str] | None = None) -> Callable[[Files], object]:
    def change(files: Files) -> None:
        files[name] = b""
        if listed:
            told = json.loads(files[backups.MANIFEST])
            told_otherwise(files=told["files"] | listed)(files)

    return change


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


def test_what_is_published_during_a_backup_is_in_it_whole_or_not_at_all(
    run: Run, app: Flask, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_over = threading.Event()
    published: list[str] = []

    def publish() -> None:
        with app.app_context():
            while not is_over.is_set() or len(published) < 3:
                published.append(desk.publish())
            storage.close()

    writer = threading.Thread(target=publish)
    writer.start()
    path = tmp_path / "busy.zip"
    made = run("backup", path)
    is_over.set()
    writer.join()

    monkeypatch.setenv("REGISTER_INSTANCE", str(tmp_path / "elsewhere"))
    monkeypatch.delenv("REGISTER_DATABASE_URL")
    monkeypatch.setenv("REGISTER_SIGNER", "no")
    restored = run("restore", path)

    assert made.exit_code == 0, made.output
    assert (restored.exit_code, restored.stderr) == (0, "")
    assert "All is as it was logged" in restored.output
    with zipfile.ZipFile(path) as file:
        assert not any(name.startswith("signer") for name in file.namelist())
    assert path.stat().st_mode & 0o077 == 0


def test_what_was_erased_since_is_erased_again_and_the_signer_sees_what_is_missing(
    run: Run, reference: str, settings: Settings, file: Path
) -> None:
    run("erase", reference, "purpose", *BASIS, "--yes")
    run("ledger", "checkpoint")
    storage.close()

    restored = run("restore", file, "--over")

    assert restored.exit_code == 1
    assert "Erased 1 answer; 0 were gone." in restored.output
    assert "The log shrank" in restored.stderr or "The past of the log was" in restored.stderr
    assert "purpose" not in publications.get_publication(reference).content.answers
    assert list(check()) == []
    storage.close()
    assert WORD.encode() not in (settings.instance / "register.sqlite").read_bytes()


def test_a_damaged_database_is_kept_beside_and_replaced(
    run: Run, reference: str, settings: Settings, file: Path
) -> None:
    storage.close()
    database = settings.instance / "register.sqlite"
    database.write_bytes(b"no database at all " * 400)

    restored = run("restore", file, "--over")

    assert restored.exit_code == 0, restored.output
    assert "erase --from FILE" in restored.stderr
    (aside,) = settings.instance.glob("register.sqlite.replaced-*")
    assert aside.read_bytes().startswith(b"no database")
    assert publications.get_publication(reference).version == 1
