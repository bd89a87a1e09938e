"""What each agency owes for each period: a record, or a nil return."""

import pytest

from register.standard.obligations import DutyKind, DutyState, Rules, period_of
from register.standard.obligations.facts import AgencyFacts
from tests.standard.duty_facts import (
    EXEMPT,
    IN_SCOPE,
    LEFT,
    RULES,
    agency,
    by_key,
    day,
    duty_of,
    exempted,
    nil,
    said,
    stance,
    system,
    version,
    withdrawal,
)

DUE, FILED, LATE, OVERDUE = DutyState.DUE, DutyState.FILED, DutyState.LATE, DutyState.OVERDUE
NIL = DutyState.NIL
FISCAL = Rules(period_starts="07-01")


def returns(facts: AgencyFacts, today: str, rules: Rules = RULES) -> dict[str, DutyState]:
    """The state of each period."""
    found = by_key(facts, today, rules)
    return {key.removeprefix("period:"): s for key, s in found.items() if key.startswith("period")}


@pytest.mark.parametrize(
    ("starts", "text", "period"),
    [
        ("01-01", "2026-01-01", "2026"),
        ("01-01", "2026-12-31", "2026"),
        ("07-01", "2026-06-30", "2025-26"),
        ("07-01", "2026-07-01", "2026-27"),
        ("03-01", "2024-02-29", "2023-24"),
        ("07-01", "2099-12-31", "2099-00"),
        ("07-01", "0001-01-01", "0-01"),
        ("07-01", "9999-12-31", "9999-00"),
    ],
)
def test_a_period_is_named_after_the_year_or_the_two_years_it_spans(
    starts: str, text: str, period: str
) -> None:
    assert period_of(day(text), Rules(period_starts=starts)) == period


def test_an_agency_owes_a_return_from_the_period_in_which_it_came_into_scope() -> None:
    facts = agency(since="2024-11-20")

    assert returns(facts, "2024-11-19") == {}
    assert returns(facts, "2024-11-20") == {"2024": DUE}
    assert returns(facts, "2026-01-31") == {"2024": OVERDUE, "2025": OVERDUE, "2026": DUE}
    assert returns(facts, "2025-07-01", FISCAL) == {"2024-25": DUE, "2025-26": DUE}


def test_an_agency_that_is_to_come_into_scope_owes_nothing_yet() -> None:
    facts = agency(stance(IN_SCOPE, "2027-01-01", noted="2026-01-01"), since="")

    assert returns(facts, "2026-12-31") == {}
    assert returns(facts, "2027-01-01") == {"2027": DUE}


def test_the_return_is_due_some_days_after_the_end_of_its_period() -> None:
    facts = agency(since="2025-05-01")

    assert duty_of(facts, "2026-01-30", DutyKind.PERIOD) == (DUE, "2026-01-30", "")
    assert duty_of(facts, "2026-01-31", DutyKind.PERIOD) == (OVERDUE, "2026-01-30", "")
    assert duty_of(facts, "2025-06-30", DutyKind.PERIOD, FISCAL) == (DUE, "2025-07-30", "")


def test_a_record_settles_the_periods_in_which_it_is_public() -> None:
    facts = agency(system(version("2024-03-10"), withdrawal("2026-02-01")))

    assert returns(facts, "2026-12-01") == {"2024": FILED, "2025": FILED, "2026": FILED}
    assert returns(facts, "2027-02-01")["2027"] is DUE
    assert returns(facts, "2028-02-01")["2027"] is OVERDUE


def test_a_record_that_was_public_at_no_end_of_a_day_settles_nothing() -> None:
    facts = agency(system(version("2024-03-10"), withdrawal("2024-03-10")))

    assert returns(facts, "2025-02-01") == {"2024": OVERDUE, "2025": DUE}


def test_a_record_after_the_due_day_settles_the_period_late() -> None:
    facts = agency(system(version("2025-02-01")))

    assert returns(facts, "2025-02-01") == {"2024": LATE, "2025": FILED}


def test_a_nil_return_settles_its_period_and_no_other() -> None:
    facts = agency(nil("2024", "2025-01-30"), nil("2025", "2026-01-31"), nil("", "2026-06-01"))

    assert returns(facts, "2025-01-29")["2024"] is DUE
    assert returns(facts, "2026-06-01") == {"2024": NIL, "2025": LATE, "2026": NIL}


def test_a_nil_return_counts_only_as_long_as_it_stands() -> None:
    facts = agency(nil("2024", "2025-01-10", withdrawn="2025-01-20"))
    after = agency(nil("2024", "2025-01-10", withdrawn="2025-03-01"))
    again = agency(*after.nil_returns, nil("2024", "2025-03-05"))

    assert returns(facts, "2025-01-19")["2024"] is NIL
    assert returns(facts, "2025-01-20")["2024"] is DUE
    assert returns(after, "2025-02-28")["2024"] is NIL
    assert returns(after, "2025-03-01")["2024"] is OVERDUE
    assert returns(again, "2025-03-05")["2024"] is LATE


def test_a_nil_return_is_belied_by_a_record_of_a_system_in_use_in_the_period() -> None:
    declared = nil("2024", "2025-01-10")
    belied = agency(declared, system(said("2025-06-01", "2024-05"), version("2025-06-01")))
    before = agency(declared, system(said("2025-01-05", "2024-05"), version("2025-01-15")))

    assert returns(belied, "2025-05-31")["2024"] is NIL
    assert returns(belied, "2025-06-01")["2024"] is LATE
    assert returns(before, "2025-06-01")["2024"] is FILED


def test_a_nil_return_is_belied_by_a_record_that_was_public_in_the_period() -> None:
    facts = agency(
        nil("2024", "2024-02-10"),
        system(said("2024-08-01", phase="planned"), version("2024-08-01")),
    )

    assert returns(facts, "2024-07-31") == {"2024": NIL}
    assert returns(facts, "2024-08-01") == {"2024": FILED}


@pytest.mark.parametrize(
    ("since", "phase"), [("2025-02", "in_use"), ("2024-05", "retired"), ("2026", "planned")]
)
def test_a_nil_return_is_not_belied_by_what_came_later_or_had_ended(since: str, phase: str) -> None:
    facts = agency(
        nil("2024", "2025-01-10"),
        system(said("2025-06-01", since, phase=phase), version("2025-06-01")),
    )

    assert returns(facts, "2025-06-01") == {"2024": NIL, "2025": FILED}


def test_an_agency_that_leaves_still_owes_the_period_in_which_it_left() -> None:
    facts = agency(stance(LEFT, "2025-03-01"), stance(IN_SCOPE, "2027-05-01"))

    assert returns(facts, "2026-12-31") == {"2024": OVERDUE, "2025": OVERDUE}
    assert returns(facts, "2027-05-01") == {"2024": OVERDUE, "2025": OVERDUE, "2027": DUE}


def test_an_exemption_covers_the_periods_that_fall_due_in_it() -> None:
    facts = agency(
        stance(EXEMPT, "2026-01-15", "2027-01-15"), exempted("period:2026", "2027-06-01")
    )

    assert returns(facts, "2026-12-31") == {"2024": OVERDUE, "2025": DutyState.EXEMPT, "2026": DUE}
    assert returns(facts, "2027-05-31")["2026"] is OVERDUE
    assert returns(facts, "2027-06-01")["2026"] is DutyState.EXEMPT


def test_a_longer_past_in_scope_takes_no_duty_away() -> None:
    early = stance(IN_SCOPE, "2022-06-01", noted="2024-06-01")
    facts = agency(early)

    assert returns(facts, "2024-05-31") == {"2024": DUE}
    assert returns(facts, "2024-06-01") == {"2022": OVERDUE, "2023": OVERDUE, "2024": DUE}
