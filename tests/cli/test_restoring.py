"""A backup is taken while others write, comes back whole, and without what was erased since."""

import hashlib
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from register import storage
from register.config import Settings
from register.services.ledger.ledger_checking import check
from register.storage import publications
from tests.cli.backed_up import WORD, desk, file, grown, reference, rewritten
from tests.cli.conftest import Run
from tests.desk import Desk

__all__ = ["desk", "file", "reference"]

BASIS = ("--basis", "A court's order of 3 March 2026.")
MAIN = "from register.cli import main; main()"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another machine, on which there is nothing yet, and which does not sign."""
    monkeypatch.setenv("REGISTER_INSTANCE", str(tmp_path / "elsewhere"))
    monkeypatch.delenv("REGISTER_DATABASE_URL")
    monkeypatch.setenv("REGISTER_SIGNER", "no")
    return tmp_path / "elsewhere"


def test_what_is_published_during_a_backup_is_in_it_whole_or_not_at_all(
    run: Run, app: Flask, desk: Desk, tmp_path: Path, request: pytest.FixtureRequest
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
    request.getfixturevalue("elsewhere")
    restored = run("restore", path, "--nothing-erased")

    assert made.exit_code == 0, made.output
    assert (restored.exit_code, restored.stderr) == (0, "")
    assert "All is as it was logged" in restored.output
    with zipfile.ZipFile(path) as file:
        assert not any(name.startswith("signer") for name in file.namelist())
    assert path.stat().st_mode & 0o077 == 0


def test_another_machine_asks_what_was_erased_and_gets_keys_and_settings_back(
    run: Run, settings: Settings, reference: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path, listed = tmp_path / "backup.zip", tmp_path / "erasures.ndjson"
    moved = tmp_path / "moved.sqlite"
    run("backup", path)
    run("erase", reference, "purpose", *BASIS, "--yes")
    run("erasures", "--out", listed)
    key = (settings.instance / "keys" / "cookie.key").read_text()
    said = f'DATABASE_URL = "sqlite:///{moved}"\n'
    rewritten(
        path, grown("config.py", {"config.py": hashlib.sha256(said.encode()).hexdigest()}, said)
    )

    elsewhere = request.getfixturevalue("elsewhere")
    unasked = run("restore", path)
    before = sorted(each for each in elsewhere.rglob("*") if each.is_file())
    restored = run("restore", path, "--erasures", listed)

    assert (unasked.exit_code, "--nothing-erased" in unasked.stderr, before) == (1, True, [])
    assert restored.exit_code == 0, restored.output
    assert "Erased 1 answer; 0 were gone." in restored.output
    assert (elsewhere / "keys" / "cookie.key").read_text() == key
    assert moved.exists()
    held = [each for each in (moved, *elsewhere.rglob("*")) if each.is_file()]
    assert [each for each in held if WORD.encode() in each.read_bytes()] == []


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


def test_a_restore_that_is_killed_has_changed_nothing_and_can_be_begun_again(
    run: Run, reference: str, settings: Settings, file: Path
) -> None:
    run("erase", reference, "purpose", *BASIS, "--yes")
    storage.close()
    instance = settings.instance
    killed = subprocess.Popen(
        [sys.executable, "-c", MAIN, "restore", str(file), "--over"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while killed.poll() is None and not list(instance.glob(".restore-*/instance")):
        time.sleep(0.005)
    killed.kill()
    killed.wait()

    left = list(instance.glob(".restore-*"))
    answers = publications.get_publication(reference).content.answers
    storage.close()
    again = run("restore", file, "--over")

    assert (len(left), "purpose" in answers) == (1, False)
    assert "Erased 1 answer" in again.output
    assert not list(instance.glob(".restore-*"))


@pytest.mark.parametrize("harm", ["whole", "a page"])
def test_a_damaged_database_is_kept_beside_and_replaced(
    run: Run, reference: str, settings: Settings, file: Path, harm: str
) -> None:
    storage.close()
    database = settings.instance / "register.sqlite"
    data = bytearray(database.read_bytes())
    data[: len(data) if harm == "whole" else 0] = b"no database at all " * (len(data) // 19)
    if harm == "a page":
        data[4096 * 2 : 4096 * 40] = b"\x7f" * (4096 * 38)
    database.write_bytes(data)

    unasked = run("restore", file, "--over")
    restored = run("restore", file, "--over", "--nothing-erased")
    looked = run("doctor")

    assert (unasked.exit_code, "--erasures FILE" in unasked.stderr) == (1, True)
    assert restored.exit_code == 0, restored.output
    (aside,) = settings.instance.glob("register.sqlite.replaced-*")
    assert aside.read_bytes() == bytes(data)
    assert f"{aside} is a copy of the database" in looked.output
    assert publications.get_publication(reference).version == 1


def test_a_page_of_before_is_no_page_of_the_restored_register(
    run: Run, app: Flask, reference: str, desk: Desk, file: Path
) -> None:
    desk.publish()
    storage.close()
    app.extensions["register.search"].drain()
    before = app.test_client().get("/search").headers["ETag"]
    app.extensions["register.search"].close()
    storage.close()
    run("restore", file, "--over")
    with app.app_context():
        desk.publish()
        app.extensions["register.search"].drain()

    answer = app.test_client().get("/search", headers={"If-None-Match": before})
    app.extensions["register.search"].close()

    assert answer.status_code == 200


def test_a_command_that_is_told_to_end_leaves_nothing_behind(tmp_path: Path) -> None:
    program = (
        "import tempfile, time; from register.cli.stopping import tidying_up\n"
        f"with tidying_up(), tempfile.TemporaryDirectory(dir={str(tmp_path)!r}):\n"
        " print('ready', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()

    process.terminate()

    assert process.wait() == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []
    process.stdout.close()
