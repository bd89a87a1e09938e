"""The register of two days, where part of it came from another register."""

from datetime import UTC, datetime, timedelta

from register import clock
from register.services.actor import Actor
from register.services.audit.register_changes import Change, list_changed
from register.standard.lifecycle import Role
from tests.desk import Desk
from tests.services.histories import exported, taken_in

FILED = datetime(2026, 5, 4, 9, tzinfo=UTC)
CAME = FILED + timedelta(days=30)


def test_what_came_from_another_register_is_added_on_the_day_on_which_it_came(desk: Desk) -> None:
    with clock.at(FILED):
        desk.publish()
        elsewhere = exported().replace("AIR-", "OLD-").replace("Choose tax", "Choose other tax")
    with clock.at(CAME):
        assert taken_in(elsewhere).created == 1
        auditor = Actor(account_id=None, role=Role.AUDITOR)

        before = list_changed(auditor, FILED.date() - timedelta(days=1), FILED.date())
        then = list_changed(auditor, CAME.date() - timedelta(days=1), CAME.date())

    assert [each.reference[:3] for each in before] == ["AIR"]
    assert [(each.reference[:3], each.change) for each in then] == [("OLD", Change.ADDED)]
