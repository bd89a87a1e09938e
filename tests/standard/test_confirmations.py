"""When a published record is to be confirmed."""

from register.standard.obligations import DutyKind, DutyState
from tests.standard.duty_facts import (
    LEFT,
    agency,
    by_key,
    duty_of,
    exempted,
    stance,
    system,
    version,
    withdrawal,
)

CONFIRMATION = DutyKind.CONFIRMATION
DUE, LATE, OVERDUE = DutyState.DUE, DutyState.LATE, DutyState.OVERDUE


def test_a_record_is_to_be_confirmed_within_a_year_or_by_the_day_it_states() -> None:
    for review, due in (
        ("", "2027-02-28"),
        ("2026-09-01", "2026-09-01"),
        ("2030-01-01", "2027-02-28"),
    ):
        facts = agency(system(version("2026-02-28", review)))

        assert duty_of(facts, "2026-03-01", CONFIRMATION) == (DUE, due, "")


def test_a_cycle_that_ended_late_stays_beside_the_next_one() -> None:
    facts = agency(system(version("2024-01-10"), version("2024-12-01"), version("2026-01-05")))

    assert {
        key: state for key, state in by_key(facts, "2026-02-01").items() if "confirm" in key
    } == {"confirmation:AIR-1:2": LATE, "confirmation:AIR-1:3": DUE}
    assert by_key(facts, "2026-01-04")["confirmation:AIR-1:2"] is OVERDUE
    assert by_key(facts, "2027-01-06")["confirmation:AIR-1:3"] is OVERDUE


def test_the_confirmation_after_an_exempt_one_is_due_a_year_later() -> None:
    facts = agency(
        system(version("2024-01-10"), version("2026-06-01")),
        exempted("confirmation:AIR-1:1", "2025-03-01"),
        exempted("confirmation:AIR-1:1:2", "2026-02-01"),
    )

    def cycles(today: str) -> dict[str, DutyState]:
        found = by_key(facts, today)
        return {key.partition(":")[2]: found[key] for key in found if "confirmation" in key}

    assert cycles("2025-02-28") == {"AIR-1:1": OVERDUE}
    assert cycles("2025-03-01") == {"AIR-1:1": DutyState.EXEMPT, "AIR-1:1:2": DUE}
    assert cycles("2026-01-11")["AIR-1:1:2"] is OVERDUE
    over = {"AIR-1:1": DutyState.EXEMPT, "AIR-1:1:2": DutyState.EXEMPT}
    assert cycles("2026-02-01") == {**over, "AIR-1:1:3": DUE}
    assert cycles("2026-06-01") == {**over, "AIR-1:2": DUE}


def test_an_exemption_ahead_of_the_due_day_leaves_the_cycle_as_it_is_until_then() -> None:
    facts = agency(system(version("2024-01-10")), exempted("confirmation:AIR-1:1", "2024-03-01"))

    assert "confirmation:AIR-1:1:2" not in by_key(facts, "2025-01-09")
    assert by_key(facts, "2025-01-10")["confirmation:AIR-1:1:2"] is DUE
    assert by_key(facts, "2026-01-11")["confirmation:AIR-1:1:2"] is OVERDUE


def test_an_exemption_of_what_was_late_begins_no_other_cycle() -> None:
    facts = agency(
        system(version("2024-01-10"), version("2026-02-01")),
        exempted("confirmation:AIR-1:1", "2026-03-01"),
    )

    found = [key for key in by_key(facts, "2026-03-01") if "confirmation" in key]

    assert found == ["confirmation:AIR-1:1", "confirmation:AIR-1:2"]


def test_what_was_withdrawn_or_is_retired_is_not_to_be_confirmed() -> None:
    for end in (withdrawal("2024-06-01"), version("2024-06-01", phase="retired")):
        facts = agency(system(version("2024-01-10"), end))

        assert duty_of(facts, "2024-05-31", CONFIRMATION) == (DUE, "2025-01-10", "")
        assert duty_of(facts, "2026-06-01", CONFIRMATION) is None
    late = agency(system(version("2024-01-10"), withdrawal("2025-06-01")))
    assert duty_of(late, "2026-06-01", CONFIRMATION) == (LATE, "2025-01-10", "2025-06-01")


def test_who_left_has_nothing_more_to_confirm_but_what_was_overdue() -> None:
    facts = agency(
        system(version("2025-06-01"), key="1", reference="A"),
        system(version("2025-02-01"), key="2", reference="B"),
        stance(LEFT, "2026-03-01"),
    )

    found = by_key(facts, "2026-12-01")

    assert "confirmation:A:1" not in found
    assert found["confirmation:B:1"] is OVERDUE
