"""Erasing from the command line, and erasing again after a restored backup."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from register import storage
from register.config import Settings
from register.search import SearchIndex
from register.services.audit import audit_notes
from register.storage import publications
from tests.desk import make_desk

Run = Callable[..., Result]


def no_room(_index: SearchIndex) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


BASIS = ("--basis", "A court's order of 3 March 2026.")


def test_an_answer_is_erased_once_its_reference_was_typed(
    run: Run, context: Flask, tmp_path: Path
) -> None:
    reference = make_desk().publish()
    storage.close()
    listed = tmp_path / "erasures.ndjson"

    unasked = run("erase", reference, "purpose")
    unsure = run("erase", reference, "purpose", *BASIS, typed="AIR-1\n")
    before = publications.get_publication(reference).content.answers
    storage.close()
    done = run("erase", reference, "purpose", *BASIS, typed=f"{reference}\n")
    twice = run("erase", reference, "purpose", *BASIS, "--yes")
    written = run("erasures", "--out", listed)
    again = run("erase", "--from", listed)
    damaged = tmp_path / "damaged"
    damaged.write_text(listed.read_text("utf-8") + "{}\n", "utf-8")
    wrong = run("erase", "--from", damaged)

    assert unasked.exit_code == 2
    assert (unsure.exit_code, "purpose" in before) == (1, True)
    assert done.exit_code == 0, done.output
    assert f"Erased purpose from version 1 of {reference}." in done.output
    assert twice.exit_code == 1
    assert "Perhaps it was erased before" in twice.output
    assert written.output == "Listed 1 erasure.\n"
    assert again.output.endswith("Erased 0 answers; 1 was gone.\n")
    assert (wrong.exit_code, "Line 2 is no erasure" in wrong.output) == (1, True)
    assert "purpose" not in publications.get_publication(reference).content.answers


def test_an_erasure_that_cannot_be_finished_says_so_until_it_is(
    run: Run, context: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = make_desk().publish()
    storage.close()
    kept = settings.bundle_folder / "register-20260301T090000Z.zip"
    kept.parent.mkdir()
    kept.write_bytes(b"a bundle from before")

    with monkeypatch.context() as full_disk:
        full_disk.setattr(SearchIndex, "forget", no_room)
        done = run("erase", reference, "purpose", *BASIS, "--yes")
        looked = run("doctor")
    finished = run("erase", "--purge")
    later = run("doctor")

    assert (done.exit_code, "No space left" in done.stderr) == (1, True)
    assert not kept.exists()
    assert "An erasure was interrupted" in looked.output
    assert finished.exit_code == 0, finished.output
    assert "An erasure was interrupted" not in later.output


def test_notes_of_auditors_that_stay_are_named_and_erased_when_somebody_names_them(
    run: Run, context: Flask
) -> None:
    desk = make_desk()
    reference = desk.publish()
    about = {"reference": reference}
    first = audit_notes.write(desk["auditor"], "They say it in other words.", **about).id
    second = audit_notes.write(desk["auditor"], "It is late.", **about).id
    storage.close()

    unknown = run("erase", reference, "purpose", *BASIS, "--yes", "--note", "99")
    done = run("erase", reference, "purpose", *BASIS, "--yes")
    later = run("erase", reference, "purpose", *BASIS, "--yes", "--note", first)

    assert (unknown.exit_code, "number 99" in unknown.output) == (1, True)
    assert f"Auditors' notes {first}, {second} about it will stay." in done.output
    assert f"Erased the text of note {first} of auditors of {reference}." in later.output
    texts = [each.text for each in audit_notes.iterate_notes()]
    assert texts == ["", "It is late."]
