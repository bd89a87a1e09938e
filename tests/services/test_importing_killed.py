"""An import that is killed at any moment and begun again ends as one that nobody disturbed."""

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask

from register import clock
from register.config import Settings
from register.storage.models import Agency, Disclosure, Revision, SourceRow
from tests.events import list_events
from tests.services.inventories import count_of, counts, imported, many, published

ROWS = 130
IMPORT = """
import os, signal, sys
from register import create_app
from register.services.actor import SYSTEM
from register.services.imports.import_order import Order
from register.services.imports.importing import import_file
from register.storage.database import db
from sqlalchemy import event

instance, url, file, fatal = sys.argv[1:]
app = create_app({"instance": instance, "database_url": url})
written = 0

def die(_connection, _cursor, statement, parameters, *_rest):
    global written
    if statement.startswith(("INSERT", "UPDATE")):
        written += 1
        if fatal == str(written) or (not fatal.isdigit() and fatal in str(parameters)):
            os.kill(os.getpid(), signal.SIGKILL)

with app.app_context(), open(file, "rb") as source:
    event.listen(db.engine, "after_cursor_execute", die)
    sys.stdin.readline()
    order = Order(
        file_name="inventory.csv", format_name="omb-2025", by=SYSTEM, reference_prefix="AIR",
        is_published=True,
    )
    report = import_file(source, order)
    print(report.created, report.unchanged)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file that is imported, in more than one batch."""
    path = tmp_path / "inventory.csv"
    path.write_bytes(many(ROWS))
    return path


def begin(settings: Settings, file: Path, *, killed_at: str = "") -> subprocess.Popen[str]:
    """Begin an import in a process of its own, which waits for a word.

    It is killed when it has written so many statements, or one that holds this text.
    """
    words = [str(settings.instance), settings.database_url, str(file), killed_at or "never"]
    command = [sys.executable, "-W", "ignore", "-c", IMPORT, *words]
    return subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, text=True)


def starts_and_ends() -> Counter[str]:
    actions = [event.action for event in list_events(999)]
    return Counter(each for each in actions if each.startswith("import_"))


def check_whole() -> None:
    """Check that all rows are there once, in the order of the file."""
    year = clock.today().year
    found = [(each["reference"], each["answers"]["name"]["en"]) for each in published()]
    assert found == [(f"AIR-{year}-{n + 1:05d}", f"System {n}") for n in range(ROWS)]
    assert [count_of(each) for each in (Disclosure, Revision, SourceRow)] == [ROWS] * 3
    assert count_of(Agency) == 1


# The counter of turns, the note of the beginning, then what a batch is made of.
@pytest.mark.parametrize("moment", [1, 2, 9, 60, 130, 170])
def test_a_run_that_was_killed_makes_no_doubles_when_it_is_begun_again(
    settings: Settings, file: Path, app: Flask, moment: int
) -> None:
    process = begin(settings, file, killed_at=str(moment))
    said, error = process.communicate("now\n")
    assert process.returncode == -signal.SIGKILL, (said, error)

    with app.app_context():
        was_begun = starts_and_ends()["import_started"]
        before = count_of(Disclosure)
        report = imported(many(ROWS))

        assert before in {0, 100}
        assert counts(report) == (ROWS - before, 0, before, 0)
        check_whole()
        assert was_begun == (moment > 1)
        assert starts_and_ends() == {"import_started": was_begun + 1, "import_finished": 1}


def test_a_run_that_was_killed_before_its_last_word_is_ended_by_the_next(
    settings: Settings, file: Path, app: Flask
) -> None:
    process = begin(settings, file, killed_at="import_finished")
    process.communicate("now\n")

    with app.app_context():
        before = starts_and_ends()
        report = imported(many(ROWS))

        assert before == {"import_started": 1}
        assert counts(report) == (0, 0, ROWS, 0)
        check_whole()
        assert starts_and_ends() == {"import_started": 2, "import_finished": 1}


def test_two_imports_of_one_file_at_the_same_time_make_no_doubles(
    settings: Settings, file: Path, app: Flask
) -> None:
    both = [begin(settings, file) for _process in range(2)]
    for each in both:
        assert each.stdin is not None
        each.stdin.write("now\n")
        each.stdin.flush()

    said = [each.communicate() for each in both]

    assert [each.returncode for each in both] == [0, 0], said
    created, unchanged = zip(*(map(int, out.split()[:2]) for out, _error in said), strict=True)
    assert (sum(created), sum(unchanged)) == (ROWS, ROWS)
    with app.app_context():
        check_whole()
        assert starts_and_ends()["import_finished"] == 2
