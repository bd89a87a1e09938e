"""What the secretariat watches over: what waits and for how long, and nothing beside."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from register import clock
from register.errors import NotAllowed, NotFound
from register.services.audit import non_public, trail
from register.services.duties import oversight
from register.services.filings import determinations, filing, publishing, withholding
from register.standard.content import Content
from register.standard.lifecycle import DraftState
from register.storage.database import db, forget
from register.storage.models import AuditEvent
from tests.desk import Desk, sample_content
from tests.given import a_draft

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ALL_BUT_SECRETARIAT = ["officer@taxes", "approver@taxes", "auditor", "administrator"]


@contextmanager
def queries() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def withholding_until(day: date, *fields: str) -> Content:
    """A filing that withholds these answers until a day."""
    entries = [
        {
            "field": name,
            "ground": "other",
            "citation": "Act, section 7",
            "public_reason": {"en": "It would do harm.", "ur": "نقصان۔"},
            "decided_by": "A. Director",
            "decided_on": "2026-01-05",
            "review_on": day.isoformat(),
        }
        for name in fields
    ]
    return replace(sample_content(), withheld=tuple(entries))


def published(desk: Desk, content: Content, agency: str = "taxes") -> str:
    """Make it public; give the reference."""
    officer = desk[f"officer@{agency}"]
    draft = a_draft(officer, content)
    sent = filing.submit(officer, draft.reference, lock_version=draft.lock_version)
    decider = desk["secretariat" if agency == "schools" else f"approver@{agency}"]
    publishing.publish(decider, sent.reference, lock_version=sent.lock_version)
    return sent.reference


@pytest.mark.parametrize("by", ALL_BUT_SECRETARIAT)
def test_nobody_else_watches(desk: Desk, by: str) -> None:
    for deed in (
        lambda: oversight.get_queue(desk[by]),
        lambda: oversight.list_of_agency(desk[by], "taxes"),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_each_filing_waits_where_it_stands_and_the_longest_waiting_comes_first(
    desk: Desk,
) -> None:
    with clock.at(NOON):
        first = desk.submit("officer@schools").reference
    with clock.at(NOON + timedelta(days=3)):
        second = desk.submit("officer@schools").reference
        elsewhere = desk.submit("officer@taxes").reference
        desk.start("officer@health")
    with clock.at(NOON + timedelta(days=5)):
        back = desk.submit("officer@health")
        publishing.give_back(
            desk["approver@health"], back.reference, lock_version=back.lock_version, reason="No."
        )

    with clock.at(NOON + timedelta(days=10, hours=1)):
        queue = oversight.get_queue(desk["secretariat"])
        waited = {each.reference: each.days for each in queue.ours}

    assert [each.reference for each in queue.ours] == [first, second]
    assert waited == {first: 10, second: 7}
    assert [each.reference for each in queue.at_agencies] == [elsewhere]
    assert [(each.reference, each.draft_state) for each in queue.returned] == [
        (back.reference, DraftState.RETURNED)
    ]


def test_of_what_was_not_handed_in_to_it_the_secretariat_reads_no_word(desk: Desk) -> None:
    secret = {"name": {"en": "Xyzzyplugh", "ur": "Xyzzyplugh"}}
    desk.submit("officer@taxes", **secret)
    desk.start("officer@schools", **secret)
    public = desk.publish("officer@health")
    begun = filing.amend(desk["officer@health"], public)
    section = filing.get_standard(begun.standard).section("identity")
    filing.save_section(
        desk["officer@health"],
        public,
        section,
        begun.content.with_answers(**secret),
        lock_version=begun.lock_version,
    )

    queue = oversight.get_queue(desk["secretariat"])
    listed = [
        each
        for slug in ("taxes", "schools", "health")
        for each in oversight.list_of_agency(desk["secretariat"], slug)
    ]

    assert "Xyzzyplugh" not in repr((queue, listed))
    assert {each.name is None for each in listed if each.version == 0} == {True}
    named = next(each for each in listed if each.reference == public)
    assert named.name == sample_content().answers["name"]


def test_what_an_agency_endorsed_waits_for_the_secretariat(desk: Desk) -> None:
    assert oversight.waits_for_secretariat("both", DraftState.ENDORSED)
    assert not oversight.waits_for_secretariat("both", DraftState.SUBMITTED)
    assert oversight.waits_for_secretariat("secretariat", DraftState.SUBMITTED)
    assert not oversight.waits_for_secretariat("agency", DraftState.SUBMITTED)


def test_the_queue_takes_as_many_queries_for_many_filings_as_for_one(desk: Desk) -> None:
    def count() -> int:
        forget()
        with queries() as sent:
            oversight.get_queue(desk["secretariat"])
            withholding.list_due(desk["secretariat"])
        return len(sent)

    soon = clock.today() + timedelta(days=9)
    desk.submit("officer@schools")
    published(desk, withholding_until(soon, "benefits"))
    one = count()
    for agency in ("schools", "taxes", "health"):
        desk.submit(f"officer@{agency}")
        published(desk, withholding_until(soon, "benefits"), agency)

    assert count() == one


def test_what_is_to_be_reviewed_is_listed_from_sixty_days_before_and_never_dropped(
    desk: Desk,
) -> None:
    today = clock.today()
    with clock.at(clock.now() - timedelta(days=800)):
        past = published(desk, withholding_until(today - timedelta(days=400), "benefits"))
    edge = published(desk, withholding_until(today + timedelta(days=60), "process", "outputs"))
    published(desk, withholding_until(today + timedelta(days=61), "benefits"))
    published(desk, sample_content())

    found = withholding.list_due(desk["auditor"])

    assert [(each.reference, each.field, each.is_past) for each in found] == [
        (past, "benefits", True),
        (edge, "outputs", False),
        (edge, "process", False),
    ]


def test_a_withdrawn_record_and_an_unpublished_draft_have_nothing_to_review(desk: Desk) -> None:
    soon = clock.today() + timedelta(days=5)
    withdrawn = published(desk, withholding_until(soon, "benefits"))
    desk.withdraw(withdrawn, reason={"en": "Filed twice."})
    a_draft(desk["officer@taxes"], withholding_until(soon, "benefits"))

    assert withholding.list_due(desk["secretariat"]) == []


def test_each_agency_sees_its_own_withholdings_and_no_others(desk: Desk) -> None:
    soon = clock.today() + timedelta(days=5)
    own = published(desk, withholding_until(soon, "benefits"))
    published(desk, withholding_until(soon, "benefits"), "health")

    for name in ("officer@taxes", "approver@taxes"):
        assert [each.reference for each in withholding.list_due(desk[name])] == [own]
    with pytest.raises(NotAllowed):
        withholding.list_due(desk["administrator"])


@pytest.mark.parametrize("by", ["officer@taxes", "approver@taxes", "administrator"])
def test_only_secretariat_and_auditors_read_what_is_not_public(desk: Desk, by: str) -> None:
    reference = published(desk, withholding_until(clock.today() + timedelta(days=1), "benefits"))

    with pytest.raises(NotAllowed):
        non_public.read_record(desk[by], reference)

    assert looks() == []


@pytest.mark.parametrize("by", ["secretariat", "auditor"])
def test_every_look_at_what_is_not_public_is_recorded(desk: Desk, by: str) -> None:
    reference = published(desk, withholding_until(clock.today() + timedelta(days=1), "benefits"))

    shown = non_public.read_record(desk[by], reference)
    non_public.read_record(desk[by], reference, 1)
    for wrong in ((reference, 2), ("AIR-1999-00001", None)):
        with pytest.raises(NotFound):
            non_public.read_record(desk[by], *wrong)

    assert "benefits" in shown["answers"]
    assert shown["withheld"][0]["decided_by"] == "A. Director"
    assert looks() == [(desk[by].account_id, reference, {"version": 1})] * 2


def test_a_look_that_cannot_be_recorded_shows_nothing(
    desk: Desk, context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = published(desk, withholding_until(clock.today() + timedelta(days=1), "benefits"))

    def failing(*_given: Any, **_more: Any) -> None:
        raise OSError("no room")

    monkeypatch.setattr(non_public.events, "add_event", failing)

    with pytest.raises(OSError, match="no room"):
        non_public.read_record(desk["auditor"], reference)


def looks() -> list[tuple[int | None, str, dict[str, Any]]]:
    forget()
    found = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "non_public_read"))
    return [
        (each.actor_id, each.disclosure.reference if each.disclosure else "", each.details)
        for each in found
    ]


def test_where_nothing_is_to_be_decided_the_secretariat_sees_what_the_public_sees(
    desk: Desk,
) -> None:
    later = clock.today() + timedelta(days=30)
    reference = published(desk, withholding_until(later, "benefits"), "schools")

    found = publishing.get_for_decision(desk["secretariat"], reference)

    assert "benefits" not in found.content.answers
    assert "filed_by" not in found.content.answers
    assert found.published == found.content
    assert looks() == []


@pytest.mark.parametrize("by", ["secretariat", "auditor"])
def test_every_look_into_the_ledger_of_determinations_is_recorded(desk: Desk, by: str) -> None:
    desk.submit()

    determinations.list_determinations(desk[by])
    determinations.list_determinations(desk["officer@taxes"], "taxes")

    told = [event for event in trail.list_trail(5) if event.action == "determinations_read"]
    assert [event.actor for event in told] == [by]
