"""An officer's file becomes drafts: only looked at first, then all or none."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from register import clock
from register.errors import Conflict, Invalid, NotAllowed, NotFound
from register.services.filings import filing, publishing
from register.services.uploads import upload_writing, uploading
from register.services.uploads.upload_planning import Fate
from register.storage import forget, uploads
from register.storage.database import db
from register.storage.models import Upload
from tests.desk import Desk, everything
from tests.events import list_events
from tests.exchange.sheets import as_csv, filled
from tests.services.sending import (
    NAMES,
    OFFICER,
    WORDS,
    drafts,
    fates,
    publish,
    report,
    save,
    send,
    take_in,
    whole,
)


def test_a_look_at_a_file_changes_nothing_but_that_the_file_is_kept(desk: Desk) -> None:
    before = everything()

    found = report(desk, as_csv([("A-1", NAMES)]))

    after = everything()
    assert fates(found) == ["created"]
    assert {name for name in after if after[name] != before[name]} == {"upload"}


def test_a_complete_row_becomes_a_draft_that_can_be_handed_in(desk: Desk) -> None:
    book = filled([("A-1", whole())], WORDS, "ur")

    found = take_in(desk, book, file="ours.xlsx")

    (row,) = found.rows
    draft = filing.get_filing(desk[OFFICER], row.reference)
    assert (row.fate, row.gaps) == (Fate.CREATED, 0)
    assert draft.content.answers == {**whole(), "agency": "taxes"}
    assert not draft.is_imported
    publish(desk, row.reference)


def test_a_row_with_gaps_becomes_a_draft_and_says_how_many(desk: Desk) -> None:
    found = take_in(desk, as_csv([("A-1", NAMES)]))

    (draft,) = drafts(desk)
    assert found.rows[0].gaps > 5
    assert draft.content.languages == ("en", "ur")
    with pytest.raises(Invalid):
        filing.submit(desk[OFFICER], draft.reference, lock_version=draft.lock_version)


def test_bad_rows_are_left_out_with_their_places_and_the_others_are_made(desk: Desk) -> None:
    rows = [
        ("A-1", {**NAMES, "phase": "flying"}),
        ("A-2", {**NAMES, "contact_point.email": "nobody"}),
        ("A-3", {**NAMES, "next_review_due": "2027-02-30"}),
        ("A-4", {**NAMES, "name.en": "x" * 101}),
        ("A-5", NAMES),
    ]

    found = report(desk, as_csv(rows))
    done = take_in(desk, as_csv(rows))

    places = [(p.place.row, p.place.path) for row in found.rows for p in row.problems]
    assert places == [
        (2, "phase"),
        (3, "contact_point.email"),
        (4, "next_review_due"),
        (5, "name.en"),
    ]
    assert fates(done) == ["refused"] * 4 + ["created"]
    assert len(drafts(desk)) == 1


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("in_use_since", "32/13/2025"),
        ("phase", "flying"),
        ("scale.count", "very many"),
        ("contact_point.email", "nobody"),
        ("purpose.en", "x" * 20_000),
    ],
)
@pytest.mark.parametrize("kind", ["", "system"])
def test_a_filled_cell_is_judged_whether_or_not_its_question_arises(
    desk: Desk, path: str, typed: str, kind: str
) -> None:
    found = report(desk, as_csv([("A-1", {**NAMES, "record_kind": kind, path: typed})]))

    assert fates(found) == ["refused"]
    assert [each.place.path for each in found.rows[0].problems] == [path]


def test_a_good_answer_to_a_question_that_does_not_arise_is_no_error_and_no_gap(desk: Desk) -> None:
    nothing = report(desk, as_csv([("A-1", {**NAMES, "record_kind": ""})]))
    early = report(desk, as_csv([("A-1", {**NAMES, "record_kind": "", "in_use_since": "2025"})]))

    assert fates(early) == ["created"]
    assert early.rows[0].gaps == nothing.rows[0].gaps


def test_whoever_sent_the_file_may_not_publish_what_came_of_it(desk: Desk) -> None:
    sent = take_in(desk, filled([("A-1", whole())], WORDS), by="approver@taxes", file="a.xlsx")
    reference = sent.rows[0].reference
    lock = filing.get_filing(desk[OFFICER], reference).lock_version
    waiting = filing.submit(desk[OFFICER], reference, lock_version=lock)

    with pytest.raises(NotAllowed):
        publishing.publish(desk["approver@taxes"], reference, lock_version=waiting.lock_version)


def test_two_agencies_may_use_the_same_reference(desk: Desk) -> None:
    data = as_csv([("A-1", NAMES)])

    first, second = take_in(desk, data), take_in(desk, data, by="officer@health")

    assert first.rows[0].reference != second.rows[0].reference
    assert [draft.body.slug for draft in drafts(desk, "officer@health")] == ["health"]


@pytest.mark.parametrize("by", ["second-officer@taxes", "officer@health"])
def test_a_file_is_its_sender_s_alone(desk: Desk, by: str) -> None:
    token = send(desk, as_csv([("A-1", NAMES)]))

    for deed in (
        lambda: uploading.report(desk[by], token, WORDS),
        lambda: uploading.take_in(desk[by], token, WORDS, "AIR"),
        lambda: uploading.marked(desk[by], token, WORDS, "en"),
    ):
        with pytest.raises(NotFound):
            deed()


@pytest.mark.parametrize("by", ["secretariat", "auditor", "administrator"])
def test_only_those_who_file_may_send_a_file(desk: Desk, by: str) -> None:
    with pytest.raises(NotAllowed):
        send(desk, as_csv([("A-1", NAMES)]), by)


def test_drafts_are_made_once_however_often_the_button_is_pressed(desk: Desk) -> None:
    token = send(desk, as_csv([("A-1", NAMES)]))

    first = uploading.take_in(desk[OFFICER], token, WORDS, "AIR")
    second = uploading.take_in(desk[OFFICER], token, WORDS, "AIR")

    assert first.rows == second.rows == uploading.report(desk[OFFICER], token, WORDS).rows
    assert len(drafts(desk)) == 1


def test_if_one_row_cannot_be_written_none_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    token = send(desk, as_csv([("A-1", NAMES), ("A-2", NAMES), ("A-3", NAMES)]))
    before = everything()
    monkeypatch.setattr(upload_writing, "hash_of", _failing_at(3))

    with pytest.raises(RuntimeError):
        uploading.take_in(desk[OFFICER], token, WORDS, "AIR")

    assert everything() == before


def test_what_somebody_saves_during_the_preparation_is_not_overwritten(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(desk, as_csv([("A-1", NAMES)]))
    token = send(desk, as_csv([("A-1", {**NAMES, "phase": "in_use"})]))
    plan = uploading.plan

    def slow(*given: Any) -> Any:
        planned = plan(*given)
        save(desk, drafts(desk)[0], name={"en": "By hand"})
        return planned

    monkeypatch.setattr(uploading, "plan", slow)

    with pytest.raises(Conflict):
        uploading.take_in(desk[OFFICER], token, WORDS, "AIR")

    assert drafts(desk)[0].content.answers["name"] == {"en": "By hand"}


def test_a_file_is_forgotten_after_a_day_and_once_its_drafts_are_made(desk: Desk) -> None:
    data = as_csv([("A-1", NAMES)])
    token = send(desk, data)
    uploading.take_in(desk[OFFICER], token, WORDS, "AIR")
    waiting = send(desk, data)

    bodies = {each.token: each.body for each in db.session.query(Upload)}
    with clock.at(clock.now() + timedelta(hours=25)):
        with pytest.raises(NotFound):
            uploading.report(desk[OFFICER], waiting, WORDS)
        removed = uploading.purge()

    assert bodies == {token: b"", waiting: data}
    assert removed == 2
    with pytest.raises(NotFound):
        uploading.marked(desk[OFFICER], token, WORDS, "en")


def test_one_account_keeps_a_few_files_waiting_and_no_more(desk: Desk) -> None:
    tokens = [send(desk, as_csv([(f"A-{n}", NAMES)])) for n in range(uploads.MOST_WAITING + 1)]

    forget()
    kept = {each.token for each in db.session.query(Upload)}

    assert kept == set(tokens[1:])


def test_a_file_that_is_none_is_not_kept(desk: Desk) -> None:
    before = everything()

    with pytest.raises(Invalid):
        send(desk, b"nothing,here\n1,2\n")

    assert everything() == before


def test_the_trail_says_what_was_taken_in_and_which_row_a_draft_came_from(desk: Desk) -> None:
    take_in(desk, as_csv([("A-1", NAMES), ("A-2", {**NAMES, "phase": "flying"})]))

    whole_file, row = list_events(2)

    assert whole_file.action == "spreadsheet_taken_in"
    assert whole_file.details["counts"] == {"created": 1, "refused": 1}
    assert (row.action, row.details["row"], row.details["own_reference"]) == (
        "draft_uploaded",
        2,
        "A-1",
    )


def _failing_at(turn: int) -> Callable[[Any], str]:
    calls: list[Any] = []

    def hash_of(content: Any) -> str:
        calls.append(content)
        if len(calls) == turn:
            raise RuntimeError
        return "0" * 64

    return hash_of
