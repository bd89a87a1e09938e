"""When a system is to be disclosed."""

import pytest

from register.standard.obligations import DutyKind, DutyState, Rules, StandingKind, standing_on
from register.standard.obligations.days import add_months, last_day_of
from tests.standard.duty_facts import (
    EXEMPT,
    IN_SCOPE,
    LEFT,
    agency,
    by_key,
    day,
    duty_of,
    exempted,
    said,
    stance,
    system,
    version,
    withdrawal,
)

CONFIRMATION = DutyKind.CONFIRMATION
DUE, FILED, LATE, OVERDUE = DutyState.DUE, DutyState.FILED, DutyState.LATE, DutyState.OVERDUE


@pytest.mark.parametrize(
    ("since", "tier", "due"),
    [
        ("2026-03-10", "limited", "2026-04-09"),
        ("2026-03", "limited", "2026-04-30"),
        ("2026", "limited", "2027-01-30"),
        ("2026-03-10", "high", "2026-03-09"),
        ("2026-03", "high", "2026-03-30"),
        ("2024-01-01", "limited", "2024-06-29"),
        ("2019", "high", "2024-06-29"),
        ("2024-01-02", "limited", "2024-02-01"),
    ],
)
def test_the_due_day_follows_from_the_day_of_use_and_the_tier(
    since: str, tier: str, due: str
) -> None:
    facts = agency(system(said("2026-03-11", since, tier=tier)))

    found = duty_of(facts, "2026-03-11")

    assert found is not None
    assert found[1] == due


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2024-02", "2024-02-29"),
        ("2023-02", "2023-02-28"),
        ("2023", "2023-12-31"),
        ("2023-05-17", "2023-05-17"),
        ("9999", "9999-12-31"),
    ],
)
def test_a_date_that_is_known_in_part_counts_by_its_last_day(text: str, last: str) -> None:
    assert last_day_of(text) == day(last)


@pytest.mark.parametrize("text", ["", "2023-13", "2023-02-29", "0000", "yes", "2023-5", "٢٠٢٣"])
def test_what_is_no_date_counts_as_none(text: str) -> None:
    assert last_day_of(text) is None


@pytest.mark.parametrize("since", ["0001-01-01", "0001", "9999", "9999-12-31"])
def test_the_ends_of_the_calendar_break_nothing(since: str) -> None:
    for tier in ("high", "limited"):
        for phase in ("in_use", "planned"):
            facts = agency(
                system(said("2026-01-05", since, tier=tier, phase=phase)), since="0001-01-01"
            )

            by_key(facts, "2026-01-05")


def test_months_are_counted_to_the_last_day_of_a_shorter_one() -> None:
    assert add_months(day("2024-02-29"), 12) == day("2025-02-28")
    assert add_months(day("2026-08-31"), 6) == day("2027-02-28")
    assert add_months(day("2026-01-31"), 13) == day("2027-02-28")


def test_the_numbers_are_those_of_the_rules() -> None:
    rules = Rules(disclose_within_days=0, existing_within_days=10, confirm_every_months=1)
    new = agency(system(said("2026-03-10", "2026-03-10"), version("2026-03-10")))
    old = agency(system(said("2026-03-10", "2020")))

    assert duty_of(new, "2026-03-11", rules=rules) == (FILED, "2026-03-10", "2026-03-10")
    assert duty_of(old, "2026-03-11", rules=rules) == (OVERDUE, "2024-01-11", "")
    assert duty_of(new, "2026-03-11", CONFIRMATION, rules) == (DUE, "2026-04-10", "")


def test_what_is_only_planned_is_not_owed_yet_unless_its_tier_is_high() -> None:
    planned = agency(system(said("2026-01-10", "2026-06-01", phase="planned", tier="limited")))
    high = agency(system(said("2026-01-10", "2026-06-01", phase="planned", tier="high")))
    undated = agency(system(said("2026-01-10", phase="planned", tier="high")))
    belied = agency(system(said("2026-01-10", "2025-06-01", phase="planned", tier="high")))

    assert duty_of(planned, "2026-05-31") is None
    assert duty_of(planned, "2026-06-01") == (DUE, "2026-07-01", "")
    assert duty_of(high, "2026-01-10") == (DUE, "2026-05-31", "")
    assert duty_of(high, "2026-06-01") == (OVERDUE, "2026-05-31", "")
    assert duty_of(undated, "2026-12-31") is None
    assert duty_of(belied, "2026-12-31") is None


def test_a_record_published_before_use_counts_as_filed_on_that_day() -> None:
    for phase in ("planned", "in_development", "cancelled", "retired", "in_use"):
        facts = agency(system(said("2026-01-10", phase=phase, tier="high"), version("2026-01-10")))

        assert duty_of(facts, "2029-01-01") == (FILED, "2026-01-10", "2026-01-10"), phase


def test_what_runs_since_nobody_says_when_is_due_some_days_after_that_was_first_said() -> None:
    facts = agency(system(said("2026-01-10"), said("2026-02-08", phase="pilot")))

    assert duty_of(facts, "2026-02-09") == (DUE, "2026-02-09", "")
    assert duty_of(facts, "2026-02-10") == (OVERDUE, "2026-02-09", "")


def test_a_later_day_counts_only_if_it_is_stated_before_the_duty_is_overdue() -> None:
    first = said("2026-03-01", "2026-02-20")
    in_time = agency(system(first, said("2026-03-22", "2026-03-20")))
    too_late = agency(system(first, said("2026-03-23", "2026-03-20")))

    assert duty_of(in_time, "2026-04-01") == (DUE, "2026-04-19", "")
    assert duty_of(too_late, "2026-03-23") == (OVERDUE, "2026-03-22", "")


def test_it_need_no_longer_be_disclosed_only_if_that_is_said_before_it_is_overdue() -> None:
    first = said("2026-03-01", "2026-02-20")
    in_time = agency(system(first, said("2026-03-22", must=False)))
    too_late = agency(system(first, said("2026-03-23", must=False)))
    voluntary = agency(system(first, said("2026-03-22", must=False), version("2026-05-01")))

    assert duty_of(in_time, "2026-05-01") is None
    assert duty_of(too_late, "2026-05-01") == (OVERDUE, "2026-03-22", "")
    assert duty_of(voluntary, "2026-05-01") is None


def test_neither_an_amendment_nor_a_withdrawal_changes_how_a_disclosure_was_settled() -> None:
    first = said("2026-03-01", "2026-02-20")
    filed = system(first, version("2026-03-05"), said("2026-06-01", "2019"), version("2026-06-01"))
    late = system(
        first, version("2026-04-05"), said("2026-06-01", "2026-04"), withdrawal("2026-07-01")
    )

    assert duty_of(agency(filed), "2027-01-01") == (FILED, "2026-03-22", "2026-03-05")
    assert duty_of(agency(late), "2027-01-01") == (LATE, "2026-03-22", "2026-04-05")


def test_an_agency_that_comes_back_owes_what_it_used_meanwhile_some_time_later() -> None:
    away = (stance(LEFT, "2026-03-01"), system(said("2026-02-20", "2026-02-15")))
    gone, back = agency(*away), agency(*away, stance(IN_SCOPE, "2026-09-01"))

    assert duty_of(gone, "2026-02-28") == (DUE, "2026-03-17", "")
    assert duty_of(gone, "2026-08-31") is None
    assert duty_of(back, "2026-09-01") == (DUE, "2027-02-28", "")


def test_an_exemption_covers_what_falls_due_in_it_and_nothing_else() -> None:
    window = stance(EXEMPT, "2026-03-01", "2026-03-31", ground="law_enforcement")
    before = system(said("2026-01-10", "2026-01-05"))
    within = system(said("2026-02-20", "2026-02-15"))
    after = system(said("2026-03-20", "2026-03-10"))

    assert duty_of(agency(before, window), "2026-03-15") == (OVERDUE, "2026-02-04", "")
    assert duty_of(agency(within, window), "2026-03-31") == (DutyState.EXEMPT, "2026-03-17", "")
    assert duty_of(agency(within, window), "2026-04-01") == (DUE, "2026-09-28", "")
    assert duty_of(agency(after, window), "2026-03-31") == (DUE, "2026-04-09", "")


def test_no_exemption_and_no_leaving_reaches_back() -> None:
    owed = system(said("2026-01-10", "2026-01-05"))
    for kind in (EXEMPT, LEFT):
        facts = agency(owed, stance(kind, "2026-01-01", noted="2026-02-05"))

        assert duty_of(facts, "2026-02-05") == (OVERDUE, "2026-02-04", "")


def test_one_duty_alone_can_be_exempt_from_the_day_on_which_that_is_noted() -> None:
    owed = (system(said("2026-01-10", "2026-01-05"), version("2026-06-01")),)
    facts = agency(*owed, exempted("system:7", "2026-03-01", "entered_in_error"))

    assert by_key(facts, "2026-02-28")["system:7"] is OVERDUE
    assert by_key(facts, "2026-03-01")["system:7"] is DutyState.EXEMPT
    assert by_key(facts, "2026-06-02")["system:7"] is DutyState.EXEMPT
    assert by_key(agency(*owed), "2026-06-02")["system:7"] is LATE


def test_what_was_filed_in_time_is_filed_whoever_is_exempt() -> None:
    filed = system(said("2026-01-10", "2026-01-05"), version("2026-01-20"))
    facts = agency(filed, stance(EXEMPT, "2026-01-21"), exempted("system:7", "2026-01-21"))

    assert by_key(facts, "2026-06-01")["system:7"] is FILED


def test_the_reference_is_not_told_before_it_is_public() -> None:
    facts = agency(system(said("2026-01-10", "2026-01-05"), version("2026-02-01")))

    assert duty_of(facts, "2026-01-31") == (DUE, "2026-02-04", "")
    assert [key for key in by_key(facts, "2026-01-31") if "AIR-1" in key] == []


def test_how_an_agency_stands_is_what_was_noted_last_for_the_day() -> None:
    facts = agency(
        stance(EXEMPT, "2026-02-01", "2026-02-28", noted="2026-01-15"),
        stance(LEFT, "2026-06-01", noted="2026-05-01"),
        stance(IN_SCOPE, "2026-09-01", noted="2026-08-01"),
    )

    stood = {
        text: standing_on(facts, day(text))
        for text in (
            "2023-12-31",
            "2024-01-01",
            "2026-02-01",
            "2026-02-28",
            "2026-03-01",
            "2026-06-01",
            "2026-08-31",
            "2026-09-01",
        )
    }

    assert list(stood.values()) == [
        None,
        IN_SCOPE,
        EXEMPT,
        EXEMPT,
        IN_SCOPE,
        LEFT,
        LEFT,
        StandingKind.IN_SCOPE,
    ]
