"""The work on brought inventories: one at a time, killed and taken up again, or called off."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from register import clock, config
from register.config import Settings
from register.services.actor import Actor
from register.services.imports import import_runs, import_steps
from register.services.imports.import_runs import RunState, Sent
from register.services.imports.import_work import INTERRUPTED, MOST_ATTEMPTS, SURPRISE, Worker
from register.storage import forget, transaction
from register.storage import import_runs as runs_kept
from register.storage.database import db
from register.storage.models import Disclosure, ImportRun
from tests.desk import Desk
from tests.services.inventories import count_of, many

COMMAND = [sys.executable, "-c", "from register.cli import main; main()", "drain-imports"]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def secretariat(context: Flask, desk: Desk) -> Actor:
    return desk["secretariat"]


@pytest.fixture
def start(settings: Settings) -> Iterator[Start]:
    """A function that starts a process of its own that works on imports."""
    started = []
    environment = {
        **os.environ,
        "REGISTER_INSTANCE": str(settings.instance),
        "REGISTER_DATABASE_URL": settings.database_url,
    }

    def begin(*words: str) -> "subprocess.Popen[str]":
        made = subprocess.Popen(
            [*COMMAND, *words], cwd=config.ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        started.append(made)
        return made

    yield begin
    for each in started:
        each.kill()
        each.wait()
        assert each.stdout is not None
        each.stdout.close()


def ordered(by: Actor, rows: int) -> int:
    """Bring a file, have it tried out, and order its drafts; give its number."""
    sent = Sent(file_name="inventory.csv", data=many(rows), format_name="omb-2025")
    number = import_runs.bring(by, sent)
    import_steps.try_out(by, number, is_published=False)
    worker().work()
    import_steps.go_ahead(by, number)
    return number


def worker(*, is_ending: Callable[[], bool] = lambda: False) -> Worker:
    return Worker("AIR", is_ending)


def row(number: int) -> ImportRun:
    forget()
    found = db.session.get(ImportRun, number)
    assert found is not None
    return found


def let_the_lease_run_out(number: int) -> None:
    with transaction():
        row(number).beat_at = clock.now() - runs_kept.LEASE - timedelta(seconds=1)


def written() -> int:
    forget()
    return count_of(Disclosure)


def test_a_process_that_is_killed_in_the_middle_is_followed_by_one_that_ends_the_work(
    secretariat: Actor, start: Start
) -> None:
    number = ordered(secretariat, 900)
    process = start("--watch")
    while written() < 100:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    half, state = written(), row(number).state
    at_once = worker().work()
    let_the_lease_run_out(number)

    start().communicate()

    assert 100 <= half < 900
    assert state == RunState.APPLYING
    assert not at_once
    found = import_runs.get_run(secretariat, number)
    outcome = import_runs.get_outcome(secretariat, number)
    assert found.state is RunState.DONE
    assert (written(), outcome["created"], outcome["unchanged"]) == (900, 900, 0)
    assert len(import_runs.list_made(secretariat, number, page=2, size=500)) == 400


def test_two_processes_at_once_do_each_piece_of_work_once(secretariat: Actor, start: Start) -> None:
    sent = [Sent(file_name="a.csv", data=many(n), format_name="omb-2025") for n in (250, 300)]
    numbers = [import_runs.bring(secretariat, each) for each in sent]
    for number in numbers:
        import_steps.try_out(secretariat, number, is_published=False)

    processes = [start(), start()]
    said = [process.communicate()[0] for process in processes]

    assert sum(int(text.split()[2]) for text in said) == 2
    assert [(row(n).state, row(n).attempts) for n in numbers] == [(RunState.CHECKED, 1)] * 2
    assert written() == 0


def test_whoever_comes_while_one_is_worked_on_finds_nothing_to_do(secretariat: Actor) -> None:
    first, _second = ordered(secretariat, 1), ordered_only(secretariat)

    claimed = runs_kept.claim("one")
    refused = runs_kept.claim("another")
    let_the_lease_run_out(first)
    taken = runs_kept.claim("another")

    assert claimed is not None
    assert refused is None
    assert taken is not None
    assert (taken.id, taken.attempts) == (first, 2)


def ordered_only(by: Actor) -> int:
    sent = Sent(file_name="other.csv", data=many(2), format_name="omb-2025")
    number = import_runs.bring(by, sent)
    import_steps.try_out(by, number, is_published=False)
    return number


def test_a_process_that_ends_in_an_orderly_way_gives_the_work_back_at_once(
    secretariat: Actor,
) -> None:
    number = ordered(secretariat, 250)

    worker(is_ending=lambda: written() >= 100).work()
    half, attempts = written(), row(number).attempts
    worker().work()

    assert (half, attempts) == (100, 0)
    assert written() == 250
    assert row(number).state == RunState.DONE


def test_who_calls_it_off_stops_the_work_and_keeps_what_is_written(secretariat: Actor) -> None:
    number = ordered(secretariat, 250)

    def call_off() -> bool:
        if written() < 100:
            return False
        if not row(number).is_stopping:
            import_steps.cancel(secretariat, number)
        return True

    worker(is_ending=call_off).work()

    found = import_runs.get_run(secretariat, number)
    assert found.state is RunState.CANCELLED
    assert not found.has_file
    assert written() == 100
    assert len(import_runs.list_made(secretariat, number, page=1, size=500)) == 100


def test_the_sign_of_life_tells_the_work_that_it_was_called_off(secretariat: Actor) -> None:
    number = ordered(secretariat, 1)
    run = runs_kept.claim("one")
    assert run is not None

    with runs_kept.Pulse(run, "one") as pulse:
        pulse.position = (1, 2)
        while not row(number).done:
            time.sleep(0.1)
        import_steps.cancel(secretariat, number)
        heard = pulse.is_over.wait(60)

    assert heard
    assert (row(number).done, row(number).total) == (1, 2)


def test_what_was_called_off_while_its_process_lay_dead_is_not_begun_again(
    secretariat: Actor,
) -> None:
    number = ordered(secretariat, 1)
    assert runs_kept.claim("one") is not None
    import_steps.cancel(secretariat, number)
    let_the_lease_run_out(number)

    worker().work()

    assert row(number).state == RunState.CANCELLED
    assert written() == 0


def test_who_was_overtaken_notes_nothing(secretariat: Actor) -> None:
    number = ordered(secretariat, 1)

    def overtaken() -> bool:
        let_the_lease_run_out(number)
        return runs_kept.claim("another") is None

    worker(is_ending=overtaken).work()

    assert (row(number).state, row(number).worker) == (RunState.APPLYING, "another")


def test_work_that_always_kills_its_process_is_given_up(secretariat: Actor) -> None:
    number = ordered(secretariat, 1)
    for _time in range(MOST_ATTEMPTS):
        assert runs_kept.claim("one") is not None
        let_the_lease_run_out(number)

    worker().work()

    found = import_runs.get_run(secretariat, number)
    assert found.state is RunState.FAILED
    assert found.error == INTERRUPTED
    assert not worker().work()


def test_a_surprise_ends_the_run_and_not_the_process(
    secretariat: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    number = ordered(secretariat, 1)

    def surprise() -> bool:
        raise ZeroDivisionError

    worker(is_ending=surprise).work()

    found = import_runs.get_run(secretariat, number)
    assert (found.state, found.error) == (RunState.FAILED, SURPRISE)
    assert "ZeroDivisionError" in caplog.text
