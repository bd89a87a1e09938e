"""What has to be done next, and where it was begun already."""

from datetime import timedelta
from typing import Any

from register import clock
from register.services.directory import standings
from register.services.duties import agenda, nil_returns
from register.services.duties.agenda import Work
from register.services.filings import determinations, discarding, filing
from register.services.filings.filing_facts import Filing
from register.standard.obligations import DutyKind
from register.storage import forget
from tests.desk import Desk
from tests.journeys.answering import sample
from tests.services.duty_desk import RULES, WHY
from tests.services.test_determinations import YES
from tests.services.test_renewing import begin

TEXTS = {"name": {"en": "Nothing"}, "summary": {"en": "Nothing was used."}}


def in_hand(desk: Desk, kind: DutyKind) -> list[Work | None]:
    """What was begun for each of the duties of a kind, the most urgent first."""
    forget()
    listed = agenda.list_next(desk["officer@taxes"], RULES)
    return [each.work for each in listed if each.duty.kind is kind]


def overdue_returns(desk: Desk) -> list[str]:
    since = clock.today() - timedelta(days=800)
    standings.bring_into_scope(
        desk["secretariat"], "taxes", WHY, from_on=since, rules=RULES, is_past_confirmed=True
    )
    listed = agenda.list_next(desk["officer@taxes"], RULES)
    return [each.duty.period for each in listed if each.duty.kind is DutyKind.PERIOD]


def declared(desk: Desk, period: str, by: str = "officer@taxes") -> Filing:
    return nil_returns.declare(desk[by], "AIR", RULES, period, texts=TEXTS)


def test_the_draft_of_another_agency_is_not_ours(desk: Desk) -> None:
    first, *_rest = overdue_returns(desk)
    since = clock.today() - timedelta(days=800)
    standings.bring_into_scope(
        desk["secretariat"], "health", WHY, from_on=since, rules=RULES, is_past_confirmed=True
    )

    declared(desk, first, "officer@health")

    assert set(in_hand(desk, DutyKind.PERIOD)) == {None}


def test_a_nil_return_in_preparation_is_where_its_duty_leads(desk: Desk) -> None:
    first, *others = overdue_returns(desk)

    draft = declared(desk, first)

    work = Work(reference=draft.reference, is_waiting=False)
    assert in_hand(desk, DutyKind.PERIOD) == [work, *(None for _each in others)]


def test_what_was_handed_in_waits_and_what_was_discarded_is_not_in_hand(desk: Desk) -> None:
    first, second, *_others = overdue_returns(desk)
    waiting = filing.start(
        desk["officer@taxes"],
        "taxes",
        "AIR",
        _complete("national-archive-nil-return"),
        basis=filing.Basis(period=first),
    )
    filing.submit(desk["officer@taxes"], waiting.reference, lock_version=waiting.lock_version)
    dropped = declared(desk, second)
    discarding.discard(desk["officer@taxes"], dropped.reference, lock_version=dropped.lock_version)

    assert in_hand(desk, DutyKind.PERIOD)[:2] == [
        Work(reference=waiting.reference, is_waiting=True),
        None,
    ]


def test_a_record_whose_next_version_is_in_preparation_leads_there(desk: Desk) -> None:
    soon = (clock.today() + timedelta(days=20)).isoformat()
    amended = desk.publish(next_review_due=soon)
    confirmed = desk.publish(next_review_due=soon)
    untouched = desk.publish(next_review_due=soon)

    filing.amend(desk["officer@taxes"], amended)
    begin(desk, confirmed)

    found = [work.reference if work else "" for work in in_hand(desk, DutyKind.CONFIRMATION)]
    assert sorted(found) == sorted(["", amended, confirmed])
    assert untouched not in found


def test_a_system_whose_disclosure_was_begun_leads_there(desk: Desk) -> None:
    officer, today = desk["officer@taxes"], clock.today()
    overdue_returns(desk)
    number, _other = (
        determinations.check(officer, {**YES, "name": name, "since": today.isoformat()}).id
        for name in ("One system", "Another system")
    )
    basis = filing.Basis(matter=determinations.claim(officer, number))

    draft = filing.start(officer, "taxes", "AIR", {"name": {"en": "Begun"}}, basis=basis)

    found = in_hand(desk, DutyKind.SYSTEM)
    assert [each.reference for each in found if each] == [draft.reference]
    assert len(found) == 2


def _complete(name: str) -> dict[str, Any]:
    return dict(sample(name).answers)
