"""A draft that is wanted no more, and one that is wanted after all."""

from datetime import timedelta

import pytest

from register import clock
from register.errors import Conflict, NotAllowed, NotFound
from register.services.duties import nil_returns, obligations
from register.services.filings import (
    determinations,
    discarding,
    filing,
    publishing,
    renewing,
    similar,
    starting,
)
from register.services.filings.filing import Filing
from register.standard.lifecycle import DraftState, Status
from register.standard.obligations import DutyState, Rules
from register.storage import publications
from tests.desk import NOTE, Desk, everything
from tests.events import list_events
from tests.exchange.sheets import as_csv
from tests.services.sending import NAMES, WORDS, drafts, fates, report, take_in
from tests.services.test_determinations import YES
from tests.services.test_nil_returns import TEXTS
from tests.services.test_renewing import WORDS as SENTENCES

OFFICER, COLLEAGUE = "officer@taxes", "second-officer@taxes"
RULES = Rules()


def discard(desk: Desk, found: Filing, by: str = OFFICER) -> Filing:
    return discarding.discard(desk[by], found.reference, lock_version=found.lock_version)


def test_only_the_own_agency_discards_and_takes_up(desk: Desk) -> None:
    draft = desk.start()
    before = everything()

    for name in ("officer@health", "approver@health"):
        with pytest.raises(NotFound):
            discard(desk, draft, name)
        with pytest.raises(NotFound):
            discarding.resume(desk[name], draft.reference)
    for name in ("secretariat", "auditor", "administrator"):
        with pytest.raises((NotFound, NotAllowed)):
            discard(desk, draft, name)
    assert everything() == before


def test_what_somebody_saved_meanwhile_is_not_discarded(desk: Desk) -> None:
    draft = desk.start()
    before = everything()

    for seen in (draft.lock_version - 1, draft.lock_version + 1):
        with pytest.raises(Conflict):
            discarding.discard(desk[OFFICER], draft.reference, lock_version=seen)

    assert everything() == before


def test_what_waits_for_a_decision_or_is_no_draft_cannot_be_discarded(desk: Desk) -> None:
    waiting = desk.submit()
    endorsed = desk.endorse(desk.submit("officer@courts"))
    published = filing.get_filing(desk[OFFICER], desk.publish())
    before = everything()

    for found, by in ((waiting, OFFICER), (endorsed, "officer@courts"), (published, OFFICER)):
        with pytest.raises(Conflict):
            discard(desk, found, by)
        with pytest.raises(Conflict):
            discarding.resume(desk[by], found.reference)

    assert everything() == before


def test_a_draft_keeps_its_text_and_is_taken_up_by_anybody_of_the_agency(desk: Desk) -> None:
    draft = desk.start()

    gone = discard(desk, draft)
    with pytest.raises(Conflict):
        filing.submit(desk[OFFICER], gone.reference, lock_version=gone.lock_version)
    with pytest.raises(Conflict):
        discard(desk, gone)
    back = discarding.resume(desk[COLLEAGUE], draft.reference)

    assert (gone.draft_state, gone.status) == (DraftState.DISCARDED, Status.UNPUBLISHED)
    assert (back.draft_state, back.content) == (DraftState.DRAFT, draft.content)
    told = [event.action for event in list_events(limit=10)]
    assert {"draft_discarded", "draft_resumed"} <= set(told)
    assert filing.submit(desk[OFFICER], back.reference, lock_version=back.lock_version)


def test_of_what_is_published_only_the_new_text_goes(desk: Desk) -> None:
    reference = desk.publish()
    draft = filing.amend(desk[OFFICER], reference)
    before = publications.get_publication(reference)

    left = discard(desk, draft)

    assert (left.draft_state, left.status) == (DraftState.NONE, Status.PUBLISHED)
    assert publications.get_publication(reference) == before
    assert filing.amend(desk[COLLEAGUE], reference).content == before.content


def test_a_confirmation_begun_by_mistake_is_discarded_as_well(desk: Desk) -> None:
    reference = desk.publish()
    begun = renewing.begin(desk[OFFICER], reference, months=12, words=SENTENCES)

    left = discard(desk, begun)

    assert (left.draft_state, left.purpose) == (DraftState.NONE, "filing")
    assert filing.amend(desk[OFFICER], reference).purpose == "filing"


def test_whoever_discards_or_takes_up_had_a_hand_in_it(desk: Desk) -> None:
    draft = desk.start()
    gone = discard(desk, draft, "approver@taxes")
    back = discarding.resume(desk["second-approver@taxes"], gone.reference)
    waiting = filing.submit(desk[OFFICER], back.reference, lock_version=back.lock_version)

    for name in ("approver@taxes", "second-approver@taxes"):
        with pytest.raises(NotAllowed):
            publishing.publish(desk[name], waiting.reference, lock_version=waiting.lock_version)


def test_no_duty_goes_with_a_draft(desk: Desk) -> None:
    began = clock.now()
    check = determinations.check(desk[OFFICER], YES)
    draft = starting.begin(desk[OFFICER], "AIR", {}, check=check.id)

    discard(desk, draft)

    with clock.at(began + timedelta(days=400)):
        states = {each.key: each.state for each in obligations.list_duties(RULES, agency="taxes")}
    assert states[f"system:{check.matter}"] is DutyState.OVERDUE
    assert determinations.list_checks(desk[OFFICER])[0].reference == draft.reference


def test_a_discarded_nil_return_frees_its_period_and_two_never_stand(desk: Desk) -> None:
    period = str(clock.today().year)
    first = nil_returns.declare(desk[OFFICER], "AIR", RULES, period, texts=TEXTS)
    discard(desk, first)
    second = nil_returns.declare(desk[OFFICER], "AIR", RULES, period, texts=TEXTS)

    with pytest.raises(Conflict):
        discarding.resume(desk[OFFICER], first.reference)
    discard(desk, second)

    assert discarding.resume(desk[OFFICER], first.reference).period == period


def test_a_row_of_a_file_does_not_bring_a_discarded_draft_back_unseen(desk: Desk) -> None:
    take_in(desk, as_csv([("A-1", NAMES)]))
    (draft,) = drafts(desk)
    discard(desk, draft)
    changed = as_csv([("A-1", {**NAMES, "phase": "in_use"})])

    (problem,) = report(desk, changed).rows[0].problems
    done = take_in(desk, changed)

    assert "discarded" in WORDS.say(problem.sentence, "en")
    assert fates(done) == ["refused"]
    assert filing.get_filing(desk[OFFICER], draft.reference).draft_state is DraftState.DISCARDED


def test_nothing_resembles_what_was_discarded(desk: Desk) -> None:
    other, draft = desk.start(), desk.start()
    assert [each.reference for each in similar.find_similar(desk[OFFICER], draft)]

    discard(desk, other)

    assert similar.find_similar(desk[OFFICER], draft) == []


def test_a_second_version_is_still_made_public_with_its_note(desk: Desk) -> None:
    reference = desk.publish()
    discard(desk, filing.amend(desk[OFFICER], reference))
    draft = filing.amend(desk[OFFICER], reference)

    waiting = filing.submit(
        desk[OFFICER], reference, lock_version=draft.lock_version, change_note=NOTE
    )

    assert (
        publishing.publish(desk["approver@taxes"], reference, lock_version=waiting.lock_version)
        == 2
    )
