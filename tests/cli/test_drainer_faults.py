"""Drainers on a full disk, and two at once: nothing is lost and nobody has to do anything."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from register import config
from register.config import Settings
from register.search import Query, SearchIndex
from register.storage import outbox
from register.web.wiring import search_index
from tests.cli.conftest import Run
from tests.desk import Desk, make_desk

# Python ignores the signal that comes with this limit, so that writing fails as on a full disk.
FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}));"
DRAIN = "from register.cli import main; main()"
PATIENCE = 60


@pytest.fixture
def desk(run: Run, context: Flask) -> Desk:
    return make_desk()


@pytest.fixture
def index(context: Flask) -> Iterator[SearchIndex]:
    yield search_index()
    search_index().close()


def start(*words: str, bytes_free: int = 0) -> "subprocess.Popen[str]":
    code = (FULL.format(bytes_free) if bytes_free else "") + DRAIN
    command = [sys.executable, "-W", "ignore", "-c", code, "index", *words]
    return subprocess.Popen(command, cwd=config.ROOT, stdout=-1, stderr=-1, text=True)


def ended(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    said, complained = process.communicate(timeout=PATIENCE)
    return process.returncode, said, complained


@pytest.mark.parametrize("words", [("drain",), ("drain", "--watch"), ("rebuild",)])
def test_on_a_full_disk_the_drainer_says_so_and_the_next_takes_everything_in(
    words: tuple[str, ...], desk: Desk, index: SearchIndex, settings: Settings
) -> None:
    first = desk.publish(name={"en": "First"})
    index.drain()
    second = desk.publish(name={"en": "Xyzzy"})

    code, _said, complained = ended(start(*words, bytes_free=20_000))
    meanwhile = index.search(Query("first")).ids
    waiting = outbox.count_waiting()
    after = ended(start("drain"))

    assert code == 1
    assert len(complained.splitlines()) == 1
    assert "File too large" in complained
    assert (meanwhile, waiting) == ([first], 1)
    assert after == (0, "Settled 1 notice.\n", "")
    assert index.search(Query("xyzzy")).ids == [second]
    assert not index.check()
    assert len(list(settings.index_folder.glob("gen-*"))) <= 2


def test_a_process_that_ran_out_of_disk_can_itself_write_again(
    desk: Desk, index: SearchIndex, tmp_path: Path
) -> None:
    code = (
        "import resource; from register import create_app; from register.web.wiring import *\n"
        "soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)\n"
        "with create_app().app_context():\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))\n"
        "    try:\n        search_index().drain()\n"
        "    except OSError as error:\n        print(error.strerror)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))\n"
        "    print(search_index().drain())\n"
    )
    index.drain()
    desk.publish(name={"en": "First"})

    process = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=config.ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert process.stdout == "File too large\n1\n", process.stderr
    assert index.search(Query("first")).total == 1


def test_two_drainers_at_once_settle_only_what_can_be_found(desk: Desk, index: SearchIndex) -> None:
    index.drain()
    drainers = [start("drain", "--watch") for _ in range(2)]
    try:
        published = set()
        for number in range(30):
            published.add(desk.publish(name={"en": f"Number{number}"}))
            still_waiting = {notice.reference for notice in outbox.list_waiting(100)}
            found = set(index.list_references(Query()))
            assert published - still_waiting <= found
        while outbox.count_waiting() and all(each.poll() is None for each in drainers):
            time.sleep(0.05)
    finally:
        for drainer in drainers:
            drainer.terminate()
    outcomes = [ended(drainer) for drainer in drainers]

    assert outcomes == [(0, "", "")] * 2
    assert set(index.list_references(Query())) == published
    assert not index.check()
