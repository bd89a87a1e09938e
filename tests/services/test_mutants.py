"""The machine is no ornament: it passes on the code as it is, and fails on each way to break it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from register import clock
from register.errors import NotAllowed
from register.services.actor import Actor
from register.services.filings import filing, publishing
from register.services.filings.filing import WITHDRAWAL
from register.services.filings.revisions import NewRevision
from register.standard import lifecycle
from register.standard.lifecycle import Action, DraftState, Role, Status
from register.storage import disclosures, events, outbox, publications
from register.storage.models import Disclosure, Revision
from tests.desk import Desk
from tests.services.filing_machine import LEAST, run

Change = Callable[[pytest.MonkeyPatch], None]
add_revision = publishing.add_revision


def nothing(*_given: Any, **_more: Any) -> None:
    """Do nothing at all."""


def without_four_eyes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(publishing, "_check_second_person", nothing)


def with_an_eye_on_the_last_author_only(patch: pytest.MonkeyPatch) -> None:
    def check(disclosure: Disclosure, by: Actor) -> None:
        if disclosure.draft_author_id == by.account_id:
            raise NotAllowed("")

    patch.setattr(publishing, "_check_second_person", check)


def without_memory_of_who_worked_on_it(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(disclosures, "add_contribution", nothing)


def without_the_writers_agency(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(filing, "get_own", lambda _by, reference: disclosures.get_disclosure(reference))


def without_the_deciders_agency(patch: pytest.MonkeyPatch) -> None:
    roles = lifecycle.MOVES[Action.PUBLISH].roles
    patch.setattr(publishing, "_may_decide", lambda by, _disclosure: by.role in roles)


def without_the_writers_lock(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(filing, "check_lock", nothing)


def without_the_deciders_lock(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(publishing, "_check_lock", nothing)


def publishing_drafts(patch: pytest.MonkeyPatch) -> None:
    move = lifecycle.MOVES[Action.PUBLISH]
    drafts = frozenset({DraftState.SUBMITTED, DraftState.DRAFT})
    patch.setitem(lifecycle.MOVES, Action.PUBLISH, replace(move, from_drafts=drafts))


def saving_what_waits(patch: pytest.MonkeyPatch) -> None:
    move = lifecycle.MOVES[Action.SAVE]
    drafts = move.from_drafts | {DraftState.SUBMITTED}
    patch.setitem(lifecycle.MOVES, Action.SAVE, replace(move, from_drafts=drafts))


def without_a_revision(patch: pytest.MonkeyPatch) -> None:
    def forgetful(new: NewRevision) -> object:
        disclosure = new.disclosure
        disclosure.current_version += 1
        disclosure.status = Status.PUBLISHED
        disclosure.draft_state = DraftState.NONE
        disclosure.published_at = clock.now()
        events.add_event("published", by=new.approver_id, disclosure=disclosure)
        outbox.add_notice(disclosure.reference)
        return Revision(version=disclosure.current_version + 1)

    patch.setattr(publishing, "add_revision", forgetful)


def publishing_the_text_of_the_version_before(patch: pytest.MonkeyPatch) -> None:
    def belated(new: NewRevision) -> object:
        before = publications.find_publication(new.disclosure.reference)
        return add_revision(replace(new, content=before.content if before else new.content))

    patch.setattr(publishing, "add_revision", belated)


def without_the_outbox(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(outbox, "add_notice", nothing)


def without_the_audit_trail(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(events, "add_event", nothing)


def merging_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(filing, "merged", lambda kept, _written, _section: kept)


def withdrawing_at_once(patch: pytest.MonkeyPatch) -> None:
    """Let who proposes a withdrawal also decide on it."""
    check = publishing._check_second_person

    def lenient(disclosure: Disclosure, by: Actor) -> None:
        if disclosure.draft_purpose != WITHDRAWAL:
            check(disclosure, by)

    patch.setattr(publishing, "_check_second_person", lenient)


def writing_on_a_withdrawal(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(filing, "check_written", nothing)


def without_the_endorsement(patch: pytest.MonkeyPatch) -> None:
    """Publish what the agency did not approve."""
    waiting = frozenset({DraftState.SUBMITTED, DraftState.ENDORSED})
    patch.setitem(lifecycle.DECISIONS["both"][Role.SECRETARIAT], Action.PUBLISH, waiting)


def letting_the_agency_publish_itself(patch: pytest.MonkeyPatch) -> None:
    endorsed = frozenset(DraftState)
    patch.setitem(lifecycle.DECISIONS["both"][Role.APPROVER], Action.PUBLISH, endorsed)


def forgetting_who_endorsed(patch: pytest.MonkeyPatch) -> None:
    def check(disclosure: Disclosure, by: Actor) -> None:
        if by.account_id in disclosures.contributors(disclosure):
            raise NotAllowed("")

    patch.setattr(publishing, "_check_second_person", check)


def endorsing_own_work(patch: pytest.MonkeyPatch) -> None:
    endorse, check = publishing.endorse, publishing._check_second_person

    def carelessly(by: Actor, reference: str, *, lock_version: int) -> None:
        patch.setattr(publishing, "_check_second_person", nothing)
        try:
            endorse(by, reference, lock_version=lock_version)
        finally:
            patch.setattr(publishing, "_check_second_person", check)

    patch.setattr(publishing, "endorse", carelessly)


def endorsing_whatever_it_has_become(patch: pytest.MonkeyPatch) -> None:
    endorse = publishing.endorse

    def unseen(by: Actor, reference: str, *, lock_version: int) -> None:
        now = disclosures.find_disclosure(reference)
        endorse(by, reference, lock_version=now.lock_version if now else lock_version)

    patch.setattr(publishing, "endorse", unseen)


def keeping_comments_and_endorsement_when_it_is_submitted_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(filing, "forget_decision", nothing)


def taking_comments_on_anything(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(publishing, "_check_words", nothing)


MUTANTS: list[Change] = [
    without_four_eyes,
    with_an_eye_on_the_last_author_only,
    without_memory_of_who_worked_on_it,
    without_the_writers_agency,
    without_the_deciders_agency,
    without_the_writers_lock,
    without_the_deciders_lock,
    publishing_drafts,
    saving_what_waits,
    without_a_revision,
    publishing_the_text_of_the_version_before,
    without_the_outbox,
    without_the_audit_trail,
    merging_nothing,
    withdrawing_at_once,
    writing_on_a_withdrawal,
    without_the_endorsement,
    letting_the_agency_publish_itself,
    forgetting_who_endorsed,
    endorsing_own_work,
    endorsing_whatever_it_has_become,
    keeping_comments_and_endorsement_when_it_is_submitted_again,
    taking_comments_on_anything,
]


def test_the_people_at_work_keep_every_rule(context: Flask, desk: Desk) -> None:
    counts = run(desk, examples=32)

    assert {deed: counts[deed] for deed in LEAST if counts[deed] < LEAST[deed]} == {}, counts


@pytest.mark.parametrize("change", MUTANTS, ids=lambda change: change.__name__)
def test_the_machine_notices_a_service(
    context: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    change(monkeypatch)

    with pytest.raises(AssertionError):
        run(desk, examples=24)
