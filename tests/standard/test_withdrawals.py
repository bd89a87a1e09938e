"""What is withdrawn while it is in use is to be disclosed again."""

import pytest

from register.standard.obligations import DutyState
from register.standard.obligations.facts import AgencyFacts
from tests.standard.duty_facts import (
    LEFT,
    agency,
    brief,
    duties_by_key,
    exempted,
    said,
    stance,
    system,
    version,
    withdrawal,
)

DUE, LATE, OVERDUE = DutyState.DUE, DutyState.LATE, DutyState.OVERDUE
BEGUN = (said("2025-03-01", "2025-02-20"), version("2025-03-05", phase="in_use"))


def again(facts: AgencyFacts, today: str, turn: int = 2) -> tuple[DutyState, str, str] | None:
    """State, due day and day of settlement of the duty after a withdrawal."""
    found = duties_by_key(facts, today).get(f"system:7:{turn}")
    return brief(found) if found else None


def test_a_withdrawal_leaves_the_duty_to_disclose_what_is_in_use() -> None:
    facts = agency(system(*BEGUN, withdrawal("2025-06-01")))

    assert again(facts, "2025-05-31") is None
    assert again(facts, "2025-06-01") == (DUE, "2025-07-01", "")
    assert again(facts, "2025-07-02") == (OVERDUE, "2025-07-01", "")
    # How it was disclosed at first stays as it was.
    assert brief(duties_by_key(facts, "2025-07-02")["system:7"])[0] is DutyState.FILED


@pytest.mark.parametrize("phase", ["pilot", "in_use", ""])
def test_a_system_of_high_tier_is_to_be_disclosed_on_the_day_of_the_withdrawal(phase: str) -> None:
    stated = said("2025-03-01", "2025-02-20", tier="high", phase=phase)
    facts = agency(system(stated, version("2025-03-05", phase=phase), withdrawal("2025-06-01")))

    assert again(facts, "2025-06-01") == (DUE, "2025-06-01", "")
    assert again(facts, "2025-06-02") == (OVERDUE, "2025-06-01", "")


@pytest.mark.parametrize(
    "phase", ["planned", "in_development", "suspended", "retired", "cancelled"]
)
def test_what_is_not_in_use_may_be_withdrawn(phase: str) -> None:
    stated = said("2025-06-01", "2025-02-20", phase=phase)
    facts = agency(
        system(BEGUN[0], stated, version("2025-06-01", phase=phase), withdrawal("2025-07-01"))
    )

    assert again(facts, "2027-01-01") is None


def test_the_next_version_settles_it_and_the_next_withdrawal_begins_another() -> None:
    facts = agency(
        system(
            *BEGUN,
            withdrawal("2025-06-01"),
            version("2025-08-01"),
            withdrawal("2025-09-01"),
            version("2025-09-15"),
        )
    )

    assert again(facts, "2025-08-01") == (LATE, "2025-07-01", "2025-08-01")
    assert again(facts, "2027-01-01") == (LATE, "2025-07-01", "2025-08-01")
    assert again(facts, "2025-09-14", 3) == (DUE, "2025-10-01", "")
    # As a confirmation does, one that was fulfilled in time leaves nothing behind.
    assert again(facts, "2025-09-15", 3) is None


@pytest.mark.parametrize(
    "end",
    [
        {"must": False},
        {"phase": "retired", "since": "2025-02-20"},
        {"phase": "suspended"},
    ],
)
def test_it_is_lifted_by_what_is_stated_before_it_is_overdue(end: dict[str, object]) -> None:
    def stated(on: str) -> AgencyFacts:
        return agency(system(*BEGUN, withdrawal("2025-06-01"), said(on, **end)))  # type: ignore[arg-type]

    assert again(stated("2025-07-01"), "2026-01-01") is None
    assert again(stated("2025-07-02"), "2026-01-01") == (OVERDUE, "2025-07-01", "")


def test_what_was_stated_before_the_withdrawal_counts_too() -> None:
    facts = agency(system(*BEGUN, said("2025-05-30", must=False), withdrawal("2025-06-01")))

    assert again(facts, "2026-01-01") is None


def test_what_is_put_to_use_after_the_withdrawal_is_due_from_then() -> None:
    planned = (said("2025-03-01", phase="planned"), version("2025-03-05", phase="planned"))
    facts = agency(system(*planned, withdrawal("2025-06-01"), said("2026-02-10", "2026-02-01")))

    assert again(facts, "2026-02-09") is None
    assert again(facts, "2026-02-10") == (DUE, "2026-03-03", "")


def test_a_tier_that_is_raised_after_the_withdrawal_moves_the_day() -> None:
    raised = said("2025-06-20", "2025-02-20", tier="high")
    facts = agency(system(*BEGUN, withdrawal("2025-06-01"), raised))

    assert again(facts, "2025-06-19") == (DUE, "2025-07-01", "")
    assert again(facts, "2025-06-20") == (OVERDUE, "2025-06-01", "")


def test_neither_leaving_nor_an_exemption_of_the_agency_clears_what_is_overdue() -> None:
    facts = agency(system(*BEGUN, withdrawal("2025-06-01")), stance(LEFT, "2025-07-02"))

    assert again(facts, "2026-01-01") == (OVERDUE, "2025-07-01", "")


def test_it_alone_can_be_exempt() -> None:
    facts = agency(system(*BEGUN, withdrawal("2025-06-01")), exempted("system:7:2", "2025-08-01"))

    assert again(facts, "2025-07-31") == (OVERDUE, "2025-07-01", "")
    assert again(facts, "2025-08-01") == (DutyState.EXEMPT, "2025-07-01", "")


def test_what_was_overdue_before_the_withdrawal_stays() -> None:
    late = (said("2025-03-01", "2025-01-20"), version("2025-03-05"))
    facts = agency(system(*late, withdrawal("2026-06-01")))

    found = duties_by_key(facts, "2026-06-02")

    assert brief(found["system:7"]) == (LATE, "2025-02-19", "2025-03-05")
    assert brief(found["confirmation:AIR-1:1"]) == (LATE, "2026-03-05", "2026-06-01")
    assert brief(found["system:7:2"]) == (DUE, "2026-07-01", "")
