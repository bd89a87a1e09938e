"""Three ways to approve, comments on single answers, and what is kept of when it happened."""

from datetime import UTC, datetime, timedelta

import pytest

from register import clock
from register.errors import Conflict, Invalid, NotAllowed, NotFound
from register.services.filings import filing, publishing
from register.services.filings.filing import Filing
from register.standard.lifecycle import Action, DraftState, Role
from register.storage import agencies, transaction
from tests.desk import NOTE, Desk, change_role, everything
from tests.events import list_events
from tests.services.deeds import SECTION

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def give_back(desk: Desk, by: str, found: Filing, **said: object) -> Filing:
    publishing.give_back(desk[by], found.reference, lock_version=found.lock_version, **said)  # type: ignore[arg-type]
    return filing.get_filing(desk[f"officer@{found.body.slug}"], found.reference)


def listed(desk: Desk, name: str) -> list[str]:
    return [each.reference for each in publishing.list_waiting(desk[name])]


def test_where_both_decide_a_filing_waits_for_one_after_the_other(desk: Desk) -> None:
    waiting = desk.submit("officer@courts")
    assert listed(desk, "approver@courts") == [waiting.reference]
    assert listed(desk, "secretariat") == []

    endorsed = desk.endorse(waiting)

    assert endorsed.draft_state is DraftState.ENDORSED
    assert (endorsed.endorser, endorsed.has_endorsed) == ("approver@courts", True)
    assert listed(desk, "approver@courts") == []
    assert listed(desk, "secretariat") == [waiting.reference]
    assert publishing.publish(
        desk["secretariat"], endorsed.reference, lock_version=endorsed.lock_version
    )
    assert listed(desk, "secretariat") == []


def test_the_secretariat_sees_nothing_of_it_until_the_agency_has_approved(desk: Desk) -> None:
    waiting = desk.submit("officer@courts")

    with pytest.raises(NotFound):
        publishing.get_for_decision(desk["secretariat"], waiting.reference)
    desk.endorse(waiting)

    found = publishing.get_for_decision(desk["secretariat"], waiting.reference)
    assert found.content == waiting.content


def test_of_an_amendment_it_sees_what_is_public_until_then(desk: Desk) -> None:
    reference = desk.publish("officer@courts")
    draft = filing.amend(desk["officer@courts"], reference)
    written = draft.content.with_answers(purpose={"en": "Something else."})
    saved = filing.save_section(
        desk["officer@courts"], reference, SECTION, written, lock_version=draft.lock_version
    )
    filing.submit(
        desk["officer@courts"], reference, lock_version=saved.lock_version, change_note=NOTE
    )

    found = publishing.get_for_decision(desk["secretariat"], reference)

    assert found.content == found.published
    assert found.change_note == {}
    assert publishing.list_decisions(desk["secretariat"], found) == frozenset()


def test_who_approved_and_then_joined_the_secretariat_does_not_publish_it(desk: Desk) -> None:
    endorsed = desk.endorse(desk.submit("officer@courts"))
    change_role("approver@courts", Role.SECRETARIAT)
    moved = publishing.get_for_decision(desk["secretariat"], endorsed.reference)
    before = everything()
    from register.services.accounts import people

    by = people.get_actor("approver@courts")

    assert by.role is Role.SECRETARIAT
    assert publishing.list_decisions(by, publishing.get_for_decision(by, moved.reference)) == {
        Action.GIVE_BACK
    }
    with pytest.raises(NotAllowed, match="You approved this filing"):
        publishing.publish(by, endorsed.reference, lock_version=endorsed.lock_version)
    assert everything() == before


@pytest.mark.parametrize("by", ["secretariat", "approver@courts"])
def test_an_approval_is_taken_back_by_a_return(desk: Desk, by: str) -> None:
    endorsed = desk.endorse(desk.submit("officer@courts"))

    returned = give_back(desk, by, endorsed, reason="The cost?")

    assert returned.draft_state is DraftState.RETURNED
    assert (returned.endorser, returned.endorsed_at) == ("", None)
    assert listed(desk, "secretariat") == []


def test_a_way_of_approval_that_changes_meanwhile_leaves_a_way_out(desk: Desk) -> None:
    endorsed = desk.endorse(desk.submit("officer@courts"))
    with transaction():
        agencies.get_agency("courts").approval = "agency"
    approver = desk["second-approver@courts"]

    with pytest.raises(Conflict):
        publishing.publish(approver, endorsed.reference, lock_version=endorsed.lock_version)
    assert listed(desk, "second-approver@courts") == [endorsed.reference]
    returned = give_back(desk, "second-approver@courts", endorsed, reason="Again, please.")
    again = filing.submit(
        desk["officer@courts"], returned.reference, lock_version=returned.lock_version
    )

    assert publishing.publish(approver, again.reference, lock_version=again.lock_version) == 1


def test_each_step_is_dated_until_it_is_published(desk: Desk) -> None:
    with clock.at(START):
        waiting = desk.submit("officer@courts")
    with clock.at(START + timedelta(hours=1)):
        endorsed = desk.endorse(waiting)
    with clock.at(START + timedelta(hours=2)):
        returned = give_back(desk, "secretariat", endorsed, reason="No.")
    assert (waiting.submitted_at, endorsed.endorsed_at) == (START, START + timedelta(hours=1))
    assert returned.submitted_at == START
    assert (returned.endorsed_at, returned.returned_at) == (None, START + timedelta(hours=2))

    with clock.at(START + timedelta(hours=3)):
        again = filing.submit(
            desk["officer@courts"], returned.reference, lock_version=returned.lock_version
        )
    endorsed = desk.endorse(again)
    publishing.publish(desk["secretariat"], again.reference, lock_version=endorsed.lock_version)

    assert (again.submitted_at, again.returned_at) == (START + timedelta(hours=3), None)
    left = filing.get_filing(desk["officer@courts"], again.reference)
    assert {left.submitted_at, left.endorsed_at, left.returned_at} == {None}
    assert left.endorser == ""


def test_comments_alone_are_reason_enough_and_stay_until_it_is_submitted_again(desk: Desk) -> None:
    waiting = desk.submit()

    returned = give_back(
        desk, "approver@taxes", waiting, comments={"purpose": " Whose? \n", "risks": " "}
    )
    saved = filing.save_section(
        desk["officer@taxes"],
        returned.reference,
        SECTION,
        returned.content,
        lock_version=returned.lock_version,
    )

    assert dict(returned.comments) == dict(saved.comments) == {"purpose": "Whose?"}
    assert returned.return_reason == ""
    again = filing.submit(desk["officer@taxes"], saved.reference, lock_version=saved.lock_version)
    assert dict(again.comments) == {}


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ({"reason": " ", "comments": {"purpose": "\n"}}, ["reason"]),
        ({"comments": {"no_such_question": "What?"}}, ["comments.no_such_question"]),
        ({"comments": {"purpose.en": "What?"}}, ["comments.purpose.en"]),
        ({"comments": {"agency": "Not you."}}, ["comments.agency"]),
        ({"comments": {"withheld": "The system keeps this."}}, ["comments.withheld"]),
        ({"reason": "x" * 4001, "comments": {"risks": "x" * 2001}}, ["reason", "comments.risks"]),
    ],
)
def test_what_is_said_of_nothing_or_too_long_is_refused_and_nothing_is_lost(
    desk: Desk, said: dict[str, object], places: list[str]
) -> None:
    waiting = desk.submit()
    before = everything()

    with pytest.raises(Invalid) as refused:
        give_back(desk, "approver@taxes", waiting, **said)

    assert list(refused.value.errors) == places
    assert everything() == before


def test_the_trail_tells_of_an_approval(desk: Desk) -> None:
    desk.endorse(desk.submit("officer@courts"))

    (event,) = list_events(1)

    assert event.action == "endorsed"
    assert event.actor is not None
    assert event.actor.email == "approver@courts"
