"""The duties of an agency through years of deeds; and proof that the checks can fail."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.standard import obligations
from register.standard.obligations import (
    Duty,
    DutyState,
    Stance,
    StandingKind,
    SystemFacts,
    confirmations,
    duties,
    returns,
    scope,
    systems,
)
from register.standard.obligations.judging import Case, Reckoning
from register.standard.obligations.scope import Scope
from tests.standard.duty_facts import RULES, agency, by_key, day, nil, said, system, version
from tests.standard.duty_machine import run

EXAMPLES = 100
#: How often each thing is met at least, so that what passes was also tried.
LEAST = {
    "system overdue": 1000,
    "system late": 500,
    "system exempt": 10,
    "confirmation overdue": 300,
    "confirmation late": 200,
    "confirmation exempt": 20,
    "period overdue": 1000,
    "period late": 1000,
    "period nil": 300,
    "restate overdue": 10,
    "deny overdue": 10,
    "publish overdue": 10,
    "withdraw once overdue": 10,
    "exempted one that was overdue": 10,
    "exempt while something is overdue": 20,
    "left while something is overdue": 20,
    "in_scope while something is overdue": 40,
    "nil return withdrawn": 5,
    "withhold overdue": 10,
    "cycle after an exempt one": 10,
    "disclosure again": 200,
    "owed again once overdue": 10,
    "once overdue, then overdue": 5000,
    "once overdue, then late": 2000,
    "once overdue, then exempt": 500,
}
Change = Callable[[pytest.MonkeyPatch], None]


def test_whatever_is_done_no_overdue_duty_vanishes() -> None:
    counts = run(examples=EXAMPLES)

    assert {what: counts[what] for what in LEAST if counts[what] < LEAST[what]} == {}, counts


@given(st.dates(date(2019, 1, 1), date(2040, 1, 1)), st.integers(0, 900))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_while_nothing_is_done_what_is_settled_stays_and_what_is_due_becomes_overdue(
    today: date, days: int
) -> None:
    facts = agency(
        system(said("2024-02-01", "2024-01-20"), version("2024-03-01"), key="1", reference="A"),
        system(said("2024-02-01", "2024-06-01", tier="high", phase="planned"), key="2"),
        nil("2025", "2026-02-10"),
        since="2022-05-05",
    )

    before = {each.key: each for each in duties(facts, RULES, today)}
    after = {each.key: each for each in duties(facts, RULES, today + timedelta(days=days))}

    known = {each.on for each in facts.systems[0].versions} | {day("2024-02-01"), day("2026-02-10")}
    if not any(today < each <= today + timedelta(days=days) for each in known):
        for key, duty in before.items():
            is_over = duty.state is DutyState.DUE and duty.due_on < today + timedelta(days=days)
            assert after[key] == (replace(duty, state=DutyState.OVERDUE) if is_over else duty)


def test_what_is_entered_later_is_left_out_of_an_earlier_answer() -> None:
    facts = agency(
        system(said("2026-03-01", "2026-02-20"), version("2026-04-05")),
        Stance(
            kind=StandingKind.EXEMPT,
            noted_on=day("2026-05-01"),
            from_on=day("2026-05-01"),
            duty="period:2024",
        ),
        nil("2025", "2026-06-01"),
    )

    assert by_key(facts, "2026-02-28") == by_key(agency(), "2026-02-28")
    assert by_key(facts, "2026-04-04")["system:7"] is DutyState.OVERDUE
    assert by_key(facts, "2026-04-30")["period:2024"] is DutyState.LATE


# Ways to break the rules, each of which the deeds must bring to light.


def letting_later_statements_move_an_overdue_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(systems, "_before_each", lambda *_given: ())


def letting_exemptions_and_leavings_reach_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(scope, "_first", lambda stance: stance.from_on)


def letting_an_exempt_agency_off_what_is_overdue(patch: pytest.MonkeyPatch) -> None:
    owed = Case.owed

    def lenient(case: Case, on: date, noted_on: date, today: date) -> Reckoning | None:
        found = owed(case, on, noted_on, today)
        is_exempt = case.scope.on(case.today) is StandingKind.EXEMPT
        return replace(found, is_exempt=True) if found and is_exempt else found

    patch.setattr(Case, "owed", lenient)


def letting_who_leaves_off_what_is_overdue(patch: pytest.MonkeyPatch) -> None:
    owed_on = Scope.owed_on

    def lenient(self: Scope, on: date, rules: obligations.Rules, today: date) -> date | None:
        return None if self.on(today) is StandingKind.LEFT else owed_on(self, on, rules, today)

    patch.setattr(Scope, "owed_on", lenient)


def forgetting_the_periods_of_who_left(patch: pytest.MonkeyPatch) -> None:
    whole = returns.period_duties

    def forgetful(case: Case) -> Iterator[Duty]:
        return iter(()) if case.scope.on(case.today) is StandingKind.LEFT else whole(case)

    patch.setattr(obligations, "period_duties", forgetful)


def forgetting_cycles_that_ended_late(patch: pytest.MonkeyPatch) -> None:
    whole = confirmations.confirmation_duties

    def forgetful(case: Case, facts: SystemFacts) -> Iterator[Duty]:
        return (duty for duty in whole(case, facts) if duty.settled_on is None)

    patch.setattr(obligations, "confirmation_duties", forgetful)


def forgetting_systems_whose_record_was_withdrawn(patch: pytest.MonkeyPatch) -> None:
    whole = systems.system_duty

    def forgetful(case: Case, facts: SystemFacts) -> Duty | None:
        known = [each for each in facts.versions if each.on <= case.today]
        return None if known and known[-1].is_withdrawal else whole(case, facts)

    patch.setattr(obligations, "system_duty", forgetful)


def counting_whatever_was_settled_as_filed(patch: pytest.MonkeyPatch) -> None:
    whole = Case.duty

    def lenient(case: Case, *given: object, **more: object) -> Duty:
        duty = whole(case, *given, **more)  # type: ignore[arg-type]
        return replace(duty, state=DutyState.FILED) if duty.settled_on else duty

    patch.setattr(Case, "duty", lenient)


def numbering_the_present_cycle_only(patch: pytest.MonkeyPatch) -> None:
    whole = confirmations.confirmation_duties

    def unnumbered(case: Case, facts: SystemFacts) -> Iterator[Duty]:
        return (replace(duty, key=f"confirmation:{facts.reference}") for duty in whole(case, facts))

    patch.setattr(obligations, "confirmation_duties", unnumbered)


def knowing_what_is_entered_later(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Case, "scope_known", lambda case, _day: Scope(case.facts.stances))


def letting_a_withheld_day_clear_what_was_overdue(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(systems, "_overdue_when_begun", lambda *_given: None)


def letting_one_exemption_end_all_confirmations(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Case, "was_exempted", lambda *_given: False)


def letting_a_withdrawal_pay_off_what_is_in_use(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(obligations, "again_duties", lambda *_given: ())


def letting_an_exemption_stand_that_was_taken_back(patch: pytest.MonkeyPatch) -> None:
    def ever(case: Case) -> dict[str, Stance]:
        noted = (each for each in case.facts.stances if each.noted_on <= case.today)
        return {each.duty: each for each in noted if each.kind is StandingKind.EXEMPT}

    patch.setattr(Case, "_exemptions", property(ever))


MUTANTS: list[Change] = [
    letting_later_statements_move_an_overdue_day,
    letting_exemptions_and_leavings_reach_back,
    letting_an_exempt_agency_off_what_is_overdue,
    letting_who_leaves_off_what_is_overdue,
    forgetting_the_periods_of_who_left,
    forgetting_cycles_that_ended_late,
    forgetting_systems_whose_record_was_withdrawn,
    counting_whatever_was_settled_as_filed,
    numbering_the_present_cycle_only,
    knowing_what_is_entered_later,
    letting_a_withheld_day_clear_what_was_overdue,
    letting_one_exemption_end_all_confirmations,
    letting_a_withdrawal_pay_off_what_is_in_use,
    letting_an_exemption_stand_that_was_taken_back,
]


@pytest.mark.parametrize("change", MUTANTS, ids=lambda change: change.__name__)
def test_the_deeds_bring_to_light(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    change(monkeypatch)

    with pytest.raises(AssertionError):
        run(examples=EXAMPLES)
