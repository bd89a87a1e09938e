"""Who had filed at a moment of the past, with the directory as it was at that moment."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from register import clock
from register.services.directory import directory
from tests.journeys.conftest import Town
from tests.journeys.test_coverage import bodies, data, read

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with clock.at(NOW):
        yield


def test_a_moment_of_a_day_is_shown_with_the_directory_of_that_moment(town: Town) -> None:
    morning, noon = NOW.replace(hour=9), NOW.replace(hour=10)
    with clock.at(morning), town.app.app_context():
        row = {"slug": "moved", "names": {"en": "Moved"}, "level": "local", "sector": "old"}
        directory.import_agencies([row])
    with clock.at(noon), town.app.app_context():
        directory.import_agencies([{**row, "level": "federal", "sector": "new"}])
    between = clock.stamp(noon - timedelta(seconds=1))

    def level_at(query: str) -> str:
        return str(bodies(town.app, query)["moved"]["level"])

    assert level_at(f"?as_of={between}") == level_at(f"?as_of={between}&sector=old") == "local"
    assert level_at(f"?as_of={clock.stamp(noon)}") == level_at("") == "federal"
    assert "moved" not in bodies(town.app, "?as_of=2026-11-22")
    assert data(town.app, f"/coverage.json?as_of={between}")["as_of"] == between
    page = read(town.app, f"/coverage?as_of={between}")
    assert "This is what the register knew at 23 November 2026, 09:59 UTC." in page.text
    assert f"/coverage.json?as_of={between}" in page.html
