"""A nil return: for a period of the own agency, once, and not against the register's own word."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from register import clock
from register.errors import Invalid, NotAllowed
from register.services.duties import nil_returns
from register.services.filings import filing, publishing
from register.services.filings.filing import Filing
from register.standard import CURRENT
from register.standard.lifecycle import DraftState
from register.standard.obligations import Rules
from register.storage import forget
from tests.desk import Desk, everything, sample_content

TEXTS = {
    "name": {"en": "Nothing to report for 2026", "ur": "2026"},
    "summary": {"en": "No AI was used.", "ur": "کوئی نہیں"},
}
RULES = Rules()
IDENTITY = CURRENT.section("identity")


@pytest.fixture(autouse=True)
def the_day(context: Flask) -> Iterator[None]:
    """Let everything happen on one day, also that on which the agencies come in scope."""
    with clock.at(datetime(2026, 11, 23, 9, tzinfo=UTC)):
        yield


def declare(desk: Desk, period: str = "2026", by: str = "officer@taxes", **given: bool) -> Filing:
    return nil_returns.declare(desk[by], "AIR", RULES, period, texts=TEXTS, **given)


@pytest.mark.parametrize("by", ["secretariat", "auditor", "administrator"])
def test_only_an_agency_declares(desk: Desk, by: str) -> None:
    with pytest.raises(NotAllowed):
        declare(desk, by=by)
    with pytest.raises(NotAllowed):
        nil_returns.list_periods(desk[by], RULES)


@pytest.mark.parametrize("period", ["", "2027", "1999", "26", "2026-27", "x" * 99])
def test_there_is_no_nil_return_for_a_period_that_the_agency_has_not(
    desk: Desk, period: str
) -> None:
    before = everything()

    with pytest.raises(Invalid) as refused:
        declare(desk, period)

    assert set(refused.value.errors) == {"period"}
    assert everything() == before


def test_a_second_one_for_the_period_is_refused_until_the_first_is_withdrawn(desk: Desk) -> None:
    first = publish(desk, declare(desk))
    with pytest.raises(Invalid) as refused:
        declare(desk, by="approver@taxes")
    desk.withdraw(first)

    second = declare(desk)

    assert set(refused.value.errors) == {"period"}
    assert second.period == "2026"


def test_another_agencys_nil_return_is_in_nobodys_way(desk: Desk) -> None:
    declare(desk)

    assert declare(desk, by="officer@health").period == "2026"


def test_what_the_register_holds_of_the_period_must_be_faced(desk: Desk) -> None:
    reference = desk.publish()

    with pytest.raises(Invalid) as refused:
        declare(desk)
    begun = declare(desk, is_confirmed=True)

    assert set(refused.value.errors) == {"confirmed"}
    assert reference in str(everything()["audit_event"][-1])
    assert begun.period == "2026"


def test_what_was_withdrawn_before_the_period_does_not_contradict_it(desk: Desk) -> None:
    reference = desk.publish()
    desk.withdraw(reference)

    with clock.at(datetime(2027, 3, 1, tzinfo=UTC)):
        this, before = nil_returns.list_periods(desk["officer@taxes"], RULES)

    assert (this.name, this.systems) == ("2027", ())
    assert [each.reference for each in before.systems] == [reference]


def test_periods_run_from_when_the_agency_came_in_scope(desk: Desk) -> None:
    fiscal = Rules(period_starts="07-01")

    with clock.at(datetime(2028, 3, 1, tzinfo=UTC)):
        listed = nil_returns.list_periods(desk["officer@taxes"], fiscal)

    assert [each.name for each in listed] == ["2027-28", "2026-27"]
    assert (listed[0].starts_on, listed[0].ends_on) == (date(2027, 7, 1), date(2028, 6, 30))


def test_every_period_that_is_still_owed_is_offered_and_the_recent_ones(desk: Desk) -> None:
    owed = ("2026", "2029", "2030")
    for year in range(2026, 2043):
        with clock.at(datetime(year, 12, 1, tzinfo=UTC)):
            forget()
            if str(year) not in owed:
                publish(desk, declare(desk, str(year)))

    with clock.at(datetime(2043, 3, 1, tzinfo=UTC)):
        forget()
        listed = [each.name for each in nil_returns.list_periods(desk["officer@taxes"], RULES)]
        late = publish(desk, declare(desk, "2026"))
        after = [each.name for each in nil_returns.list_periods(desk["officer@taxes"], RULES)]

    recent = [str(year) for year in range(2043, 2033, -1)]
    assert listed == [*recent, "2030", "2029", "2026"]
    assert late
    assert after == [*recent, "2030", "2029"]


def test_it_goes_the_ordinary_way_and_keeps_its_period(desk: Desk) -> None:
    begun = declare(desk)

    assert begun.draft_state is DraftState.DRAFT
    assert begun.content.answers["name"] == TEXTS["name"]
    assert begun.content.answers["languages"] == ["en", "ur"]
    assert begun.content.answers["next_review_due"] == "2027-11-23"
    assert filing.get_filing(desk["officer@taxes"], publish(desk, begun)).period == "2026"


def test_a_nil_return_stays_one_and_nothing_else_becomes_one(desk: Desk) -> None:
    officer, nil = desk["officer@taxes"], complete(desk, declare(desk))
    system = desk.start()

    for found, kind in ((nil, "system"), (system, "nil_return")):
        changed = found.content.with_answers(record_kind=kind)
        saved = filing.save_section(
            officer, found.reference, IDENTITY, changed, lock_version=found.lock_version
        )
        with pytest.raises(Invalid) as refused:
            filing.submit(officer, found.reference, lock_version=saved.lock_version)
        assert set(refused.value.errors) == {"record_kind"}


def complete(desk: Desk, begun: Filing) -> Filing:
    """Answer what a nil return is asked beside what it begins with."""
    whole = {**sample_content().answers, **begun.content.answers}
    for section in (IDENTITY, CURRENT.section("accountability")):
        begun = filing.save_section(
            desk["officer@taxes"],
            begun.reference,
            section,
            replace(begun.content, answers=whole),
            lock_version=begun.lock_version,
        )
    return begun


def publish(desk: Desk, begun: Filing) -> str:
    officer = desk["officer@taxes"]
    lock = complete(desk, begun).lock_version
    sent = filing.submit(officer, begun.reference, lock_version=lock)
    publishing.publish(desk["approver@taxes"], sent.reference, lock_version=sent.lock_version)
    return sent.reference
