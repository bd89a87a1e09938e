"""The first and the last second of what people call a day."""

from datetime import UTC, datetime

import pytest

from register.search import Query, SearchIndex
from register.search.periods import NEVER, first_second, last_second
from tests.search.register_in_memory import RegisterInMemory


def moment(said: str) -> int:
    return int(datetime.fromisoformat(said).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026", "2026-01-01 00:00:00", "2026-12-31 23:59:59"),
        ("2024", "2024-01-01 00:00:00", "2024-12-31 23:59:59"),
        ("2026-02", "2026-02-01 00:00:00", "2026-02-28 23:59:59"),
        ("2024-02", "2024-02-01 00:00:00", "2024-02-29 23:59:59"),
        ("2000-12", "2000-12-01 00:00:00", "2000-12-31 23:59:59"),
        ("2024-02-29", "2024-02-29 00:00:00", "2024-02-29 23:59:59"),
        ("1969-12-31", "1969-12-31 00:00:00", "1969-12-31 23:59:59"),
    ],
)
def test_a_year_a_month_and_a_day_begin_and_end_to_the_second(
    day: str, first: str, last: str
) -> None:
    assert (first_second(day), last_second(day)) == (moment(first), moment(last))


@pytest.mark.parametrize("day", ["2026-02-29", "2026-13", "2026-00", "0000", "2026-01-32"])
def test_a_day_that_does_not_exist_has_no_second(day: str) -> None:
    assert (first_second(day), last_second(day)) == (NEVER, -NEVER)


def test_no_day_is_no_bound_and_the_last_year_of_all_has_an_end() -> None:
    assert (first_second(""), last_second("")) == (-NEVER, NEVER)
    assert first_second("9999") < moment("9999-12-31 23:59:59")
    assert last_second("9999") >= moment("9999-12-31 23:59:59")


def test_a_range_has_its_first_and_its_last_second(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", at="2025-12-31T23:59:59Z")
    register.publish("AIR-2026-00002", at="2026-01-01T00:00:00Z")
    register.publish("AIR-2026-00003", at="2026-03-31T23:59:59Z")
    register.publish("AIR-2026-00004", at="2026-04-01T00:00:00Z")
    index.drain()

    def found(text: str) -> list[str]:
        return [reference[-1] for reference in sorted(index.search(Query(text)).ids)]

    assert found("updated:2026-01..2026-03") == ["2", "3"]
    assert found("updated:2025") == ["1"]
    assert found("updated:>2026-03") == ["4"]
    assert found("updated:>=2026-03-31") == ["3", "4"]
    assert found("updated:<2026") == ["1"]
    assert found("updated:<=2026-01-01") == ["1", "2"]
    assert found("-updated:2026") == ["1"]
    assert found("updated:2026..2025") == []
    assert found("updated:>2026-02-30") == found("updated:<2026-02-30") == []
    assert found("updated:2026..9999") == ["2", "3", "4"]
