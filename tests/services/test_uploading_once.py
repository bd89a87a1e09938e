"""A file is looked at once: what was found is kept, and made true again before drafts are made."""

import threading

import pytest

from register.errors import Conflict, Unavailable
from register.exchange.sheet.sheet_reading import read_systems
from register.services.turns import Turns
from register.services.uploads import uploading
from register.services.uploads.upload_findings import Findings, packed, row_as_data, unpacked
from register.services.uploads.upload_planning import plan
from register.storage import forget
from register.storage.database import db
from register.storage.models import Upload
from tests.desk import Desk, everything
from tests.exchange.sheets import as_csv
from tests.services.sending import NAMES, OFFICER, WORDS, drafts, fates, save, send, take_in

BAD = {
    **NAMES,
    "phase": "flying",
    "name.en": "x" * 101,
    "scale.count": "very many",
    "no such column": "x",
}


def test_what_is_kept_says_the_same_as_what_was_found() -> None:
    read = read_systems(as_csv([("A-1", BAD), ("A-2", NAMES), ("", NAMES)]), "a.csv", WORDS)
    planned = tuple(plan(read, {}, "taxes", ("en", "ur")))

    kept = unpacked(packed(Findings(rows=planned, unknown=read.unknown, unread=("Notes",))))

    assert list(map(row_as_data, kept.rows)) == list(map(row_as_data, planned))
    assert [row.problems for row in kept.rows] == [row.problems for row in planned]
    assert [WORDS.say(each.sentence, "en") for each in kept.rows[0].problems] == [
        "“flying” is not one of the answers offered here.",
        "Use at most 100 characters; this has 101.",
        "Enter a whole number, such as 1200.",
    ]
    assert (kept.unknown, kept.unread) == ((("", "no such column"),), ("Notes",))


def test_a_report_is_what_was_found_until_the_drafts_are_asked_for(desk: Desk) -> None:
    take_in(desk, as_csv([("A-1", NAMES)]))
    token = send(desk, as_csv([("A-1", {**NAMES, "phase": "in_use"}), ("A-2", NAMES)]))
    save(desk, drafts(desk)[0], name={"en": "By hand"})

    before = uploading.report(desk[OFFICER], token, WORDS)
    with pytest.raises(Conflict, match="Look at the report again"):
        uploading.take_in(desk[OFFICER], token, WORDS, "AIR")
    after = uploading.report(desk[OFFICER], token, WORDS)
    made = len(drafts(desk))
    done = uploading.take_in(desk[OFFICER], token, WORDS, "AIR")

    assert fates(before) == ["changed", "created"]
    assert fates(after) == fates(done) == ["refused", "created"]
    assert (made, len(drafts(desk))) == (1, 2)


def test_a_report_is_not_written_again_once_it_is_kept(desk: Desk) -> None:
    token = send(desk, as_csv([("A-1", BAD)]))
    before = everything()

    for _turn in range(2):
        uploading.report(desk[OFFICER], token, WORDS)
        uploading.marked(desk[OFFICER], token, WORDS, "ur")

    assert everything() == before


def test_what_was_found_is_forgotten_with_the_file(desk: Desk) -> None:
    take_in(desk, as_csv([("A-1", NAMES)]))

    forget()

    assert [(each.body, each.found) for each in db.session.query(Upload)] == [(b"", None)]


def test_one_account_has_one_file_worked_on_and_loses_nothing_by_trying(desk: Desk) -> None:
    data = as_csv([("A-1", BAD), ("A-2", NAMES)])
    token = send(desk, data)
    before = everything()
    by = desk[OFFICER]

    with uploading.WORK.turn(by.account_id):
        for deed in (
            lambda: send(desk, data),
            lambda: uploading.marked(by, token, WORDS, "en"),
            lambda: uploading.take_in(by, token, WORDS, "AIR"),
        ):
            with pytest.raises(Unavailable, match="nothing of yours is lost"):
                deed()
        during = uploading.report(by, token, WORDS)

    assert everything() == before
    assert fates(during) == fates(uploading.take_in(by, token, WORDS, "AIR"))


def test_after_work_that_failed_the_next_piece_begins() -> None:
    turns = Turns(patience=0)

    with pytest.raises(ZeroDivisionError), turns.turn(1):
        raise ZeroDivisionError

    with turns.turn(1), pytest.raises(Unavailable), turns.turn(2):
        pass
    with turns.turn(2):
        pass


def test_others_wait_for_a_moment_and_then_have_their_turn() -> None:
    turns = Turns(patience=60)
    done: list[int] = []

    def work() -> None:
        with turns.turn(2):
            done.append(2)

    waiting = threading.Thread(target=work)
    with turns.turn(1):
        waiting.start()
        done.append(1)
    waiting.join()

    assert done == [1, 2]
