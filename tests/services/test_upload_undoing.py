"""A file that was taken in by mistake: its drafts go together, if nobody has worked on them."""

import pytest

from register.errors import NotFound, Unavailable
from register.services.filings import discarding, filing
from register.services.uploads import upload_undoing, uploading
from register.services.uploads.upload_undoing import BEFORE, HANDED_IN, PUBLISHED, WORKED_ON
from register.standard.lifecycle import DraftState
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


def sent(desk: Desk, data: bytes, file: str = "ours.csv") -> str:
    """Make the drafts of a file and give its token."""
    token = send(desk, data, file=file)
    uploading.take_in(desk[OFFICER], token, WORDS, "AIR")
    return token


def reasons(found: upload_undoing.Undoing) -> dict[str, str]:
    return {each.own: each.reason for each in found.remaining}


@pytest.mark.parametrize("by", ["second-officer@taxes", "officer@health"])
def test_only_the_sender_discards_what_a_file_made(desk: Desk, by: str) -> None:
    token = sent(desk, as_csv([("A-1", NAMES)]))
    before = everything()

    for deed in (upload_undoing.look, upload_undoing.discard_all):
        with pytest.raises(NotFound):
            deed(desk[by], token)

    assert everything() == before


def test_before_the_drafts_are_made_there_is_nothing_to_discard(desk: Desk) -> None:
    token = send(desk, as_csv([("A-1", NAMES)]))
    before = everything()

    assert upload_undoing.discard_all(desk[OFFICER], token) == 0
    assert everything() == before


def test_whatever_somebody_worked_on_is_left_alone_and_the_rest_goes(desk: Desk) -> None:
    take_in(desk, as_csv([("B-1", NAMES)]))
    whole_rows = [(own, whole()) for own in ("P-1", "S-1", "R-1", "N-1", "N-2", "E-1", "C-1")]
    token = sent(desk, filled([*whole_rows, ("B-1", whole())], WORDS), "a.xlsx")
    by_own = {row.own: row.reference for row in uploading.report(desk[OFFICER], token, WORDS).rows}
    publish(desk, by_own["P-1"])
    for own in ("S-1", "R-1"):
        filing.submit(desk[OFFICER], by_own[own], lock_version=1)
    save(desk, filing.get_filing(desk[OFFICER], by_own["E-1"]), name={"en": "By hand"})
    take_in(desk, as_csv([("C-1", {"phase": "planned"})]))

    before = upload_undoing.look(desk[OFFICER], token)
    number = upload_undoing.discard_all(desk[OFFICER], token)
    after = upload_undoing.look(desk[OFFICER], token)

    assert before.open == (by_own["N-1"], by_own["N-2"])
    assert (number, after.open, after.discarded) == (2, (), 2)
    assert reasons(before) == reasons(after)
    assert reasons(after) == {
        "P-1": PUBLISHED,
        "S-1": HANDED_IN,
        "R-1": HANDED_IN,
        "E-1": WORKED_ON,
        "C-1": WORKED_ON,
        "B-1": BEFORE,
    }
    gone = {each.reference for each in drafts(desk) if each.draft_state is DraftState.DISCARDED}
    assert gone == set(before.open)


def test_of_what_was_published_no_new_version_is_discarded(desk: Desk) -> None:
    take_in(desk, filled([("A-1", whole())], WORDS), file="a.xlsx")
    publish(desk, drafts(desk)[0].reference)
    token = sent(desk, as_csv([("A-1", {"unit.en": "Another unit"})]))

    number = upload_undoing.discard_all(desk[OFFICER], token)

    assert (number, reasons(upload_undoing.look(desk[OFFICER], token))) == (0, {"A-1": PUBLISHED})
    assert drafts(desk)[0].draft_state is DraftState.DRAFT


def test_what_was_discarded_keeps_its_text_and_is_taken_up_again(desk: Desk) -> None:
    token = sent(desk, as_csv([("A-1", NAMES), ("A-2", NAMES)]))
    texts = [each.content for each in drafts(desk)]

    upload_undoing.discard_all(desk[OFFICER], token)
    again = upload_undoing.discard_all(desk[OFFICER], token)
    back = discarding.resume(desk["second-officer@taxes"], drafts(desk)[0].reference)

    assert again == 0
    assert [each.content for each in drafts(desk)] == texts
    assert upload_undoing.look(desk[OFFICER], token).discarded == 1
    assert reasons(upload_undoing.look(desk[OFFICER], token)) == {
        row.own: WORKED_ON
        for row in uploading.report(desk[OFFICER], token, WORDS).rows
        if row.reference == back.reference
    }


def test_the_trail_says_of_each_draft_with_which_file_it_was_discarded(desk: Desk) -> None:
    token = sent(desk, as_csv([("A-1", NAMES), ("A-2", NAMES)]))

    upload_undoing.discard_all(desk[OFFICER], token)

    told = list_events(2)
    assert [(each.action, each.details["file"]) for each in told] == [
        ("draft_discarded", "ours.csv")
    ] * 2


def test_the_same_file_does_not_bring_back_what_was_discarded(desk: Desk) -> None:
    token = sent(desk, as_csv([("A-1", NAMES)]))
    upload_undoing.discard_all(desk[OFFICER], token)

    assert fates(report(desk, as_csv([("A-1", {**NAMES, "phase": "in_use"})]))) == ["refused"]


def test_while_a_file_is_worked_on_nothing_is_discarded(desk: Desk) -> None:
    token = sent(desk, as_csv([("A-1", NAMES)]))
    before = everything()

    with uploading.WORK.turn(desk[OFFICER].account_id), pytest.raises(Unavailable):
        upload_undoing.discard_all(desk[OFFICER], token)

    assert everything() == before
