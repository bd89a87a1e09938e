"""Serving for real: the processes, the port, and how they end."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from register import config
from register.config import Settings
from tests.cli.conftest import Run

COMMAND = [sys.executable, "-c", "from register.cli import main; main()"]
PATIENCE = 60  # seconds, on a machine that is busy with other things


@pytest.fixture
def serving(run: Run, tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", str, Path]]:
    output = tmp_path / "output"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0"],
            cwd=config.ROOT,
            env={**os.environ, "REGISTER_WORKERS": "1"},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process, address_in(output), output
    finally:
        process.kill()
        process.wait()


def address_in(output: Path) -> str:
    for _try in range(PATIENCE * 10):
        if found := re.search(r" on (http://127\.0\.0\.1:\d+)", output.read_text("utf-8")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(output.read_text("utf-8"))


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def wait_for(url: str, status: int) -> None:
    for _try in range(PATIENCE * 5):
        if status_of(url) == status:
            return
        time.sleep(0.2)
    raise AssertionError(f"{url} does not answer {status}")


def wait_until(is_so: Callable[[], bool]) -> None:
    for _try in range(PATIENCE * 10):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("it never became so")


def children_of(process: "subprocess.Popen[bytes]") -> dict[int, str]:
    """The processes started by this one, with their command lines."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == process.pid:
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        except (OSError, IndexError):
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_the_register_is_served_with_its_drainers_and_all_end_together(
    serving: tuple["subprocess.Popen[bytes]", str, Path],
) -> None:
    process, address, output = serving

    wait_for(f"{address}/healthz", 200)
    wait_for(f"{address}/readyz", 200)
    children = children_of(process)
    (drainer,) = (pid for pid, words in children.items() if "index drain --watch" in words)
    os.kill(drainer, signal.SIGKILL)
    for _try in range(PATIENCE * 10):
        after = children_of(process)
        if len(after) == 4 and drainer not in after:
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    code = process.wait(PATIENCE)

    assert code == 0
    assert len(after) == 4
    assert any("drain-imports --watch" in words for words in after.values())
    assert any("ledger checkpoint --watch" in words for words in after.values())
    assert not any(Path(f"/proc/{pid}").exists() for pid in after)
    said = output.read_text("utf-8")
    assert "The drainer ended with code -9; it is started again." in said
    assert "Traceback" not in said


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("is_ready", [False, True])
def test_nothing_stays_behind_where_serving_is_killed(
    is_ready: bool, serving: tuple["subprocess.Popen[bytes]", str, Path]
) -> None:
    process, address, _output = serving
    if is_ready:
        wait_for(f"{address}/readyz", 200)
    wait_until(lambda: len(children_of(process)) == 4)
    children = children_of(process)

    process.kill()
    process.wait()

    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))


@pytest.mark.parametrize("harm", ["deleted", "unlinked", "damaged"])
def test_an_index_harmed_while_serving_is_made_again_by_itself(
    harm: str, serving: tuple["subprocess.Popen[bytes]", str, Path], settings: Settings
) -> None:
    _process, address, output = serving
    link = settings.index_folder / "current"
    wait_for(f"{address}/readyz", 200)
    before = link.resolve()

    if harm == "deleted":
        # At one stroke: the drainer may just be writing into it.
        shutil.rmtree(settings.index_folder.rename(settings.instance / "gone"), ignore_errors=True)
    elif harm == "unlinked":
        link.unlink()
    else:
        for path in before.glob("*.toc"):
            path.write_bytes(b"rubbish")
    wait_until(lambda: link.exists() and link.resolve() != before)

    wait_for(f"{address}/readyz", 200)
    assert "Traceback" not in output.read_text("utf-8")


def test_a_port_that_is_taken_is_told_in_one_sentence(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        result = run("serve", "--port", port)

    assert result.exit_code == 1
    assert result.stderr == (
        f"Port {port} on 127.0.0.1 is taken. Stop what uses it, or choose another with --port.\n"
    )


def test_a_host_that_is_not_this_machine_is_told_in_one_sentence(run: Run) -> None:
    result = run("serve", "--host", "192.0.2.1", "--port", "0")

    assert result.exit_code == 1
    assert result.stderr == "There is no address 192.0.2.1 on this machine.\n"
