"""The duties of the agencies of a register, now and as they stood on an earlier day."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from register import clock, config
from register.errors import Invalid, NotFound
from register.services import past
from register.services.directory import directory
from register.services.duties.obligations import coverage, duties_of_record, list_duties, rules_of
from register.services.filings import determinations, filing
from register.standard.obligations import DutyKind, DutyState, Rules, StandingKind
from register.storage import events, forget, transaction
from register.storage.database import db
from tests.desk import AGENCIES, Desk, make_desk, sample_content
from tests.services.duty_desk import (
    RULES,
    checked,
    handed_in,
    nil_return,
    on,
    published_by_rows,
    published_from,
    years_of,
)

IN_SCOPE = date(2025, 3, 10)


@pytest.fixture
def old_desk(context: Flask) -> Desk:
    """Agencies that have been in scope for a while."""
    with on(IN_SCOPE.isoformat()):
        return make_desk()


def states(**asked: Any) -> dict[str, DutyState]:
    """The state of each duty, by agency and key."""
    return {f"{each.agency} {each.key}": each.state for each in list_duties(RULES, **asked)}


def test_a_day_to_come_and_an_unknown_agency_are_refused(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        past.of_day(clock.today() + timedelta(days=1))

    assert list(refused.value.errors) == ["as_of"]
    for ask in (list_duties, coverage):
        with pytest.raises(NotFound):
            ask(RULES, agency="nowhere")
    with pytest.raises(NotFound):
        duties_of_record(RULES, "AIR-2026-99999")


def test_a_system_is_due_from_its_check_and_late_once_published(old_desk: Desk) -> None:
    with on("2025-04-01"):
        check = checked(old_desk, since="2025-03-20")
        due = list_duties(RULES, agency="taxes")[0]
    with on("2025-05-02"):
        late_by_then = states(agency="taxes")
        reference = published_from(old_desk, check)
        late = list_duties(RULES, agency="taxes")[0]

    assert (due.kind, due.state, due.due_on) == (DutyKind.SYSTEM, "due", date(2025, 4, 19))
    assert (due.reference, reference in due.key) == ("", False)
    assert late_by_then[f"taxes {due.key}"] is DutyState.OVERDUE
    assert (late.key, late.state, late.reference) == (due.key, DutyState.LATE, reference)
    assert late.settled_on == date(2025, 5, 2)


def test_a_record_from_before_the_ledger_speaks_for_itself(old_desk: Desk) -> None:
    filed = published_by_rows("health", "2025-05-01", phase="in_use", in_use_since="2025-04-15")
    late = published_by_rows("health", "2025-06-01", phase="in_use", in_use_since="2025-04-15")
    early = published_by_rows("health", "2025-06-01", phase="planned")

    with on("2025-06-02"):
        found = states(agency="health")

    assert found[f"health system:{filed}"] is DutyState.FILED
    assert found[f"health system:{late}"] is DutyState.LATE
    assert found[f"health system:{early}"] is DutyState.FILED


def test_a_key_stays_when_the_ledger_hears_of_an_old_record_later(old_desk: Desk) -> None:
    reference = published_by_rows("taxes", "2025-05-01", **sample_content().answers)
    with on("2025-06-01"):
        before = states(agency="taxes")
        handed_in(old_desk, filing.amend(old_desk["officer@taxes"], reference))
        heard = determinations.list_determinations(old_desk["auditor"], "taxes")

    assert len(heard) > 0
    assert f"taxes system:{reference}" in before.keys() & states(agency="taxes").keys()


def test_the_duties_of_a_record_are_its_own(old_desk: Desk) -> None:
    with on("2025-05-01"):
        check = checked(old_desk, since="2025-04-20")
        officer = old_desk["officer@taxes"]
        basis = filing.Basis(matter=determinations.claim(officer, check))
        draft = filing.start(officer, "taxes", "AIR", sample_content().answers, basis=basis)
        before = duties_of_record(RULES, draft.reference)
        handed_in(old_desk, draft)
        other, nil = old_desk.publish(), nil_return(old_desk, "2025")
        after = duties_of_record(RULES, draft.reference)
        of_nil = duties_of_record(RULES, nil)

    assert [each.kind for each in before] == [DutyKind.SYSTEM]
    assert [each.kind for each in after] == [DutyKind.SYSTEM, DutyKind.CONFIRMATION]
    assert {each.reference for each in after} == {draft.reference} != {other}
    assert [(each.key, each.state) for each in of_nil] == [("period:2025", DutyState.NIL)]


def test_what_is_entered_later_changes_no_earlier_answer(old_desk: Desk) -> None:
    seen = years_of(old_desk)

    met = Counter(duty.state for answer in seen.values() for duty in answer)
    assert set(met) == set(DutyState), met
    assert {day: list_duties(RULES, as_of=past.of_day(day)) for day in seen} == seen
    assert list_duties(RULES, as_of=past.of_day(IN_SCOPE - timedelta(days=1))) == []


def test_no_agency_is_left_out_of_the_counts(old_desk: Desk) -> None:
    years_of(old_desk)
    directory.import_agencies(
        [
            {
                "slug": "later",
                "names": {"en": "Later"},
                "level": "local",
                "in_scope_from": "2999-01-01",
            }
        ]
    )

    now = coverage(RULES)
    then = coverage(RULES, as_of=past.of_day(date(2026, 4, 15)))
    left = coverage(RULES, as_of=past.of_day(date(2026, 5, 2)))

    assert {each.body.slug for each in now.agencies} == {"archive", "later", *AGENCIES}
    empty = next(each for each in now.agencies if each.body.slug == "later")
    assert (empty.standing, empty.counts.total) == (None, 0)
    assert {each.body.slug: each.standing for each in then.agencies} == {
        **dict.fromkeys(AGENCIES, StandingKind.IN_SCOPE),
        "taxes": StandingKind.EXEMPT,
    }
    gone = {each.body.slug for each in left.agencies if each.standing is StandingKind.LEFT}
    assert gone == {"health"}
    for found in (now, then, left):
        for parts in (found.agencies, found.levels, found.sectors):
            assert sum(each.counts.total for each in parts) == found.total.total
        assert sum(each.agencies for each in found.levels) == len(found.agencies)
    listed = list_duties(RULES)
    assert now.total.total == len(listed)
    assert {duty.kind for duty in listed} == set(DutyKind)


def test_a_deed_is_counted_at_once_and_one_that_is_taken_back_never(old_desk: Desk) -> None:
    meanwhile = []

    def publish(*, is_taken_back: bool) -> None:
        with transaction():
            published_by_rows("health", "2025-05-01", phase="in_use")
            events.add_event("published", by=None)
            meanwhile.append(coverage(RULES).total)
            if is_taken_back:
                raise ZeroDivisionError

    before = coverage(RULES).total
    with pytest.raises(ZeroDivisionError):
        publish(is_taken_back=True)
    events.add_event("looked", by=None)  # the number of what was taken back

    assert before == coverage(RULES).total != meanwhile[0]
    publish(is_taken_back=False)
    assert meanwhile[0] == meanwhile[1] == coverage(RULES).total


def test_the_number_of_questions_to_the_database_does_not_grow(old_desk: Desk) -> None:
    asked: list[str] = []

    def count(*given: Any) -> None:
        asked.append(given[2])

    def questions() -> int:
        forget()
        asked.clear()
        coverage(RULES)
        return len(asked)

    published_by_rows("health", "2025-05-01", phase="in_use")
    event.listen(db.engine, "before_cursor_execute", count)
    few = questions()
    rows = [{"slug": f"body-{n}", "names": {"en": f"{n}"}, "level": "local"} for n in range(30)]
    directory.import_agencies([{**row, "parent": "health"} for row in rows])
    for number in range(30):
        published_by_rows(f"body-{number}", "2025-05-01", phase="in_use")

    assert few == questions() <= 8


def test_the_numbers_come_from_the_settings(desk: Desk) -> None:
    settings = config.load({"disclose_within_days": 5, "period_starts": "07-01"})

    rules = rules_of(settings)

    assert rules == Rules(disclose_within_days=5, period_starts="07-01")
    assert {len(duty.period) for duty in list_duties(rules)} == {len("2026-27")}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("period_starts", "02-29"),
        ("period_starts", "13-01"),
        ("period_starts", "W07"),
        ("period_starts", ""),
        ("disclose_within_days", -1),
        ("existing_within_days", "30"),
        ("confirm_every_months", 0),
        ("return_within_days", 3651),
    ],
)
def test_numbers_by_which_nothing_can_be_reckoned_stop_the_register(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"REGISTER_{name.upper()}"):
        config.load({name: value})
