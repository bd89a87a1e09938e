"""Sending letters and reminding, as an operator or a timer does it."""

import os
import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest

from register import clock, config, create_app, storage
from register.config import Settings
from register.services.accounts import letters
from tests.cli.conftest import Run
from tests.cli.test_serve import COMMAND, PATIENCE, address_in, children_of
from tests.mail.server import MailServer, free_port, mail_server
from tests.mail.test_letters import DETAILS

SENDER = "AI Register <letters@register.example>"


def put(settings: Settings, key: str = "key") -> None:
    app = create_app({"instance": settings.instance, "database_url": settings.database_url})
    with app.app_context():
        letters.put_to_address("a@b.example", "ur", kind="submitted", key=key, details=DETAILS)
        storage.close()


def set_server(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("REGISTER_MAIL_URL", url)
    monkeypatch.setenv("REGISTER_MAIL_FROM", SENDER)


def wait_for_letters(server: MailServer, count: int) -> None:
    for _try in range(PATIENCE * 10):
        if len(server.letters) >= count:
            return
        time.sleep(0.1)
    raise AssertionError(f"{len(server.letters)} letters instead of {count}")


def test_without_a_mail_server_nothing_is_sent_and_it_is_said(run: Run) -> None:
    for words in (("drain-mail",), ("remind",)):
        result = run(*words)

        assert result.exit_code == 1
        assert result.stderr.startswith("No mail server is set.")
    assert "note     No letters are sent." in run("doctor").stdout


@pytest.mark.parametrize(
    ("url", "sender"), [("http://u:secret@h", SENDER), ("smtp://u:secret@h", "nobody")]
)
def test_settings_that_cannot_be_used_are_told_in_a_sentence_without_the_password(
    run: Run, monkeypatch: pytest.MonkeyPatch, url: str, sender: str
) -> None:
    monkeypatch.setenv("REGISTER_MAIL_URL", url)
    monkeypatch.setenv("REGISTER_MAIL_FROM", sender)

    result, doctor = run("drain-mail"), run("doctor")

    assert (result.exit_code, doctor.exit_code) == (1, 1)
    assert "REGISTER_MAIL_" in result.stderr
    assert "Letters cannot be sent" in doctor.stderr
    assert "secret" not in result.output + doctor.output


def test_what_waits_is_sent_once(
    run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(settings)

    with mail_server() as server:
        set_server(monkeypatch, server.url)
        first, second = run("drain-mail"), run("drain-mail")

    assert (first.exit_code, first.stdout) == (0, "Sent 1 letter.\n")
    assert second.stdout == "Sent 0 letters.\n"
    assert len(server.letters) == 1
    assert "http://127.0.0.1:8000/ur/review/AIR-2026-00001" in server.text()


def test_a_server_that_is_down_is_told_and_the_letter_stays(
    run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(settings)
    set_server(monkeypatch, f"smtp://user:secret@127.0.0.1:{free_port()}")

    result = run("drain-mail")

    assert result.exit_code == 1
    assert "The mail server cannot be reached" in result.stderr
    assert "secret" not in result.output


def test_the_doctor_lists_what_was_given_up_and_how_to_try_it_again(
    run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(settings)
    with mail_server() as server:
        set_server(monkeypatch, server.url)
        with clock.at(clock.now() + timedelta(hours=2)):
            waiting = run("doctor")
        with clock.at(clock.now() + timedelta(days=20)):
            late = run("drain-mail")
            doctor = run("doctor")
            again = run("drain-mail", "--again")

    assert "Letters have been waiting since" in waiting.stderr
    assert "refused 1 letter" in late.stderr
    assert "A letter (submitted) to a@b.example was given up" in doctor.stderr
    assert "Run: ai-register drain-mail --again" in doctor.stderr.replace("run:", "Run:")
    assert again.stdout == "1 letter will be tried again.\nSent 1 letter.\n"


def test_reminding_says_how_many_letters_it_wrote(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_server(monkeypatch, "smtp://127.0.0.1:9")

    result = run("remind")

    assert (result.exit_code, result.stdout) == (0, "Put 0 letters into the outbox.\n")


def test_a_drainer_that_watches_ends_when_it_is_told_to(
    run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(settings)
    with mail_server() as server:
        set_server(monkeypatch, server.url)
        process = subprocess.Popen([*COMMAND, "drain-mail", "--watch"], cwd=config.ROOT)
        wait_for_letters(server, 1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def test_a_drainer_that_is_killed_while_it_sends_leaves_the_letter_to_the_next(
    run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(settings)
    with mail_server() as server:
        set_server(monkeypatch, server.url)
        server.pause = PATIENCE
        process = subprocess.Popen([*COMMAND, "drain-mail", "--watch"], cwd=config.ROOT)
        assert server.has_begun.wait(PATIENCE)
        process.kill()
        process.wait()
        server.pause = 0

        at_once = run("drain-mail")
        with clock.at(clock.now() + letters.CLAIM):
            later = run("drain-mail")

    assert (at_once.stdout, later.stdout) == ("Sent 0 letters.\n", "Sent 1 letter.\n")
    assert len(server.letters) == 1


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_serving_sends_letters_where_a_mail_server_is_set(
    run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(settings)
    output = tmp_path / "output"
    with mail_server() as server, output.open("wb") as file:
        set_server(monkeypatch, server.url)
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0"],
            cwd=config.ROOT,
            env={**os.environ, "REGISTER_WORKERS": "1"},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            address = address_in(output)
            wait_for_letters(server, 1)
            children = children_of(process)
            process.send_signal(signal.SIGTERM)
            code = process.wait(PATIENCE)
        finally:
            process.kill()
            process.wait()

    assert code == 0
    assert len(children) == 5
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)
    assert f"{address}/ur/review/AIR-2026-00001" in server.text()
    assert "Traceback" not in output.read_text("utf-8")
