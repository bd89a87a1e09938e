"""Nobody's update is lost, however many write at once."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import update

from register import clock
from register.config import Settings
from register.errors import Conflict
from register.services.filings import filing
from register.storage import accounts, disclosures, forget, transaction
from register.storage.models import Disclosure
from tests.desk import Desk, add_person

THREADS = 8
TIMES = 40
PROCESSES = 3
GIVE_OUT = """
import sys
from flask import Flask
from register import config, storage
from register.storage import disclosures
app = Flask("another")
storage.init_app(app, config.load({"instance": sys.argv[1], "database_url": sys.argv[2]}))
with app.app_context():
    sys.stdin.readline()
    print(*(disclosures.next_reference("AIR") for _number in range(int(sys.argv[3]))))
"""


def test_no_update_is_lost_between_threads(app: Flask) -> None:
    together = threading.Barrier(THREADS)

    def give_out(_thread: int) -> list[str]:
        together.wait()
        given = []
        for _number in range(TIMES):
            with app.app_context():
                given.append(disclosures.next_reference("AIR"))
        return given

    with ThreadPoolExecutor(THREADS) as pool:
        given = [reference for each in pool.map(give_out, range(THREADS)) for reference in each]

    assert sorted(given) == expected(THREADS * TIMES)


def test_processes_never_give_out_the_same_reference(settings: Settings) -> None:
    command = [sys.executable, "-W", "ignore", "-c", GIVE_OUT]
    arguments = [str(settings.instance), settings.database_url, str(TIMES)]
    started = [
        subprocess.Popen([*command, *arguments], stdin=-1, stdout=-1, text=True)
        for _process in range(PROCESSES)
    ]

    said = [each.communicate("now\n")[0] for each in started] if all(started) else []

    assert [each.returncode for each in started] == [0] * PROCESSES
    assert sorted(" ".join(said).split()) == expected(PROCESSES * TIMES)


def expected(count: int) -> list[str]:
    year = clock.today().year
    return [f"AIR-{year}-{number:05d}" for number in range(1, count + 1)]


def test_of_two_who_save_the_same_version_exactly_one_wins(app: Flask, desk: Desk) -> None:
    begun = desk.start()
    section = filing.CURRENT.section("purpose")
    together = threading.Barrier(2)

    def save(by: str) -> str:
        with app.app_context():
            together.wait()
            try:
                filing.save_section(
                    desk[by], begun.reference, section, begun.content, lock_version=1
                )
            except Conflict:
                return "conflict"
            return "saved"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(save, ["officer@taxes", "second-officer@taxes"]))

    assert sorted(outcomes) == ["conflict", "saved"]
    forget()
    assert disclosures.get_disclosure(begun.reference).lock_version == 2


def test_a_second_row_of_a_unique_key_is_a_conflict(context: Flask, desk: Desk) -> None:
    with pytest.raises(Conflict):
        add_person("Auditor ", filing.Role.AUDITOR)

    assert len(accounts.list_accounts()) == len(desk.people)


def test_a_row_that_somebody_else_changed_is_a_conflict(context: Flask, desk: Desk) -> None:
    reference = desk.start().reference

    def write_too_late() -> None:
        with transaction() as session:
            found = disclosures.get_disclosure(reference)
            faster = update(Disclosure).values(lock_version=Disclosure.lock_version + 1)
            session.execute(faster.execution_options(synchronize_session=False))
            found.draft_return_reason = "too late"

    with pytest.raises(Conflict):
        write_too_late()

    assert disclosures.get_disclosure(reference).draft_return_reason == ""
    assert disclosures.get_disclosure(reference).lock_version == 1
