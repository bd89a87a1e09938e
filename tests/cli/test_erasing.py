"""Erasing from the command line, and erasing again after a restored backup."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from register import storage
from register.config import Settings
from register.services import audit_notes
from register.storage import publications
from tests.databases import on_sqlite
from tests.desk import make_desk

Run = Callable[..., Result]
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


def test_what_a_restored_backup_brings_back_is_erased_again_from_the_list(
    run: Run, context: Flask, settings: Settings, tmp_path: Path
) -> None:
    if not on_sqlite():
        pytest.skip("a database on a server is restored by its own programs")
    reference = make_desk().publish()
    storage.close()
    backup, listed = tmp_path / "backup.sqlite", tmp_path / "erasures.ndjson"
    database = settings.instance / "register.sqlite"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"VACUUM INTO '{backup}'")
    run("erase", reference, "purpose", *BASIS, "--yes")
    run("erasures", "--out", listed)
    shutil.copy(backup, database)

    again = run("erase", "--from", listed)

    shown = publications.get_publication(reference).content
    assert again.exit_code == 0, again.output
    assert "Erased 1 answer; 0 were gone." in again.output
    assert "purpose" not in shown.answers
    assert shown.erased[0]["at"] == json.loads(listed.read_text("utf-8"))["at"]


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
