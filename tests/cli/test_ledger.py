"""Signing and checking from the command line: sentences, exit codes, and nothing else."""

import threading
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from flask import Flask

from register import clock
from register.cli.signing import signer_of
from register.config import Settings
from register.ledger import Verifier
from register.storage import close, ledger
from tests.cli.conftest import Run
from tests.desk import Desk, make_desk
from tests.services.tampering import lose_entries, tamper

commands = import_module("register.cli.ledger")
FAX = "CAST(replace(CAST(content AS TEXT), 'Tax', 'Fax') AS TEXT)"


@pytest.fixture
def desk(app: Flask) -> Desk:
    with app.app_context():
        made = make_desk()
        close()
    return made


def publish(app: Flask, desk: Desk) -> str:
    with app.app_context():
        reference = desk.publish()
        close()
    return reference


def test_what_was_changed_is_named_and_the_exit_code_says_so(
    run: Run, app: Flask, desk: Desk
) -> None:
    reference = publish(app, desk)
    sound = run("ledger", "verify")
    with app.app_context():
        tamper(f"UPDATE revision SET content = {FAX}")
        close()

    spoilt = run("ledger", "verify")

    assert (sound.exit_code, spoilt.exit_code) == (0, 1)
    assert sound.stdout == "All is as it was logged: 3 entries, 0 of them signed.\n"
    assert (
        f"{reference}, version 1: answers.unit is not what was logged (entry 1).\n" in spoilt.stderr
    )
    assert "places differ from what was logged." in spoilt.stderr
    assert spoilt.stdout == ""


def test_a_log_that_shrank_is_refused_in_a_sentence(
    run: Run, app: Flask, desk: Desk, settings: Settings
) -> None:
    publish(app, desk)
    signed, again = run("ledger", "checkpoint"), run("ledger", "checkpoint")
    kept = (settings.instance / "signer" / "state.json").read_text()
    with app.app_context():
        lose_entries(2)
        close()

    refused, at_init = run("ledger", "checkpoint"), run("init")
    with clock.at(clock.now() + timedelta(minutes=6)):
        doctor = run("doctor")

    assert (signed.stdout, again.stdout) == (
        "Signed 4 entries.\n",
        "There is nothing new to sign.\n",
    )
    assert (refused.exit_code, at_init.exit_code, doctor.exit_code) == (1, 1, 1)
    assert refused.stderr.startswith("The log shrank: 4 entries were signed, and there are 2 now.")
    assert refused.stderr == at_init.stderr
    assert "Entries of the ledger have been waiting for a signature since" in doctor.stderr
    assert "rotate --origin NAME" in refused.stderr
    assert (settings.instance / "signer" / "state.json").read_text() == kept
    with app.app_context():
        assert ledger.find_signed() is None
        close()


def test_keys_are_changed_with_words_that_say_what_to_do(run: Run) -> None:
    closed = run("ledger", "vkeys")
    run("ledger", "checkpoint")
    begun, early, ended = (run("ledger", "rotate", *word) for word in ((), (), ("--now",)))
    named = run("ledger", "vkeys")

    assert closed.exit_code == 1
    assert closed.stderr == "The log is not open. Run: ai-register ledger checkpoint\n"
    assert begun.stdout.count("127.0.0.1/log+") == 2
    assert "In thirty days, run: ai-register ledger rotate" in begun.stdout
    assert (early.exit_code, ended.exit_code) == (1, 0)
    assert Verifier.from_vkey(named.stdout.strip()).name == "127.0.0.1/log"
    assert named.stdout.strip() in begun.stdout
    assert run("ledger", "rotate", "--now", "--lost").exit_code == 2


def test_init_opens_the_log_first_unless_somebody_else_signs(
    run_anew: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTER_LEDGER_ORIGIN", "register.example.gov/log")
    monkeypatch.setenv("REGISTER_SIGNER", "no")
    elsewhere = run_anew("init")
    refused = run_anew("ledger", "checkpoint")
    assert not (tmp_path / "new" / "signer").exists()
    monkeypatch.setenv("REGISTER_SIGNER", str(tmp_path / "key"))

    here = run_anew("init")

    assert (elsewhere.exit_code, refused.exit_code, here.exit_code) == (0, 1, 0)
    assert refused.stderr == "REGISTER_SIGNER says that the ledger is not signed from here.\n"
    assert run_anew("ledger", "vkeys").stdout.startswith("register.example.gov/log+")
    assert run_anew("ledger", "verify").stdout.endswith("1 entry, 1 of them signed.\n")
    assert len(list((tmp_path / "key").glob("*.key"))) == 1


def test_a_watch_says_a_refusal_once_and_signs_again_when_it_is_mended(
    app: Flask,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(commands, "TICK", 0.01)
    monkeypatch.setattr(commands, "REFUSED", 0.01)
    state, stop = settings.instance / "signer" / "state.json", threading.Event()
    with app.app_context():
        signer_of(settings).sign()
        close()
    aside = state.rename(state.with_name("aside"))

    def watch() -> int:
        with app.app_context():
            code: int = commands._watch(signer_of(settings), stop, lambda: None)
            return code

    watching = threading.Thread(target=watch)
    watching.start()
    for _try in range(300):
        if "state.json is missing" in capsys.readouterr().err:
            break
        stop.wait(0.01)
    stop.wait(0.1)
    again = capsys.readouterr().err
    aside.rename(state)
    for _try in range(300):
        if "signed again" in capsys.readouterr().err:
            break
        stop.wait(0.01)
    else:
        pytest.fail("it never signed again")
    stop.set()
    watching.join()

    assert again == ""
