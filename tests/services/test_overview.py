"""The bodies at a glance: the most overdue first, and those without people are noticed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from register import clock
from register.errors import NotAllowed
from register.services.accounts import people
from register.services.directory import directory, standings
from register.services.duties import overview
from register.services.duties.obligations import list_duties
from register.services.duties.overview import Trait
from register.standard.obligations import Rules
from register.storage import forget
from tests.desk import Desk
from tests.services.duty_desk import RULES, WHY

ENTERED = replace(WHY, ground="entered_in_error")


def traits() -> dict[str, frozenset[Trait]]:
    forget()
    by = people.get_actor("secretariat")
    found = overview.list_overviews(by, RULES)
    return {each.covered.body.slug: each.traits for each in found}


def behind(desk: Desk, slug: str, days: int) -> None:
    """Bring a body into scope so long ago that returns are overdue."""
    since = clock.today() - timedelta(days=days)
    standings.bring_into_scope(
        desk["secretariat"], slug, WHY, from_on=since, rules=RULES, is_past_confirmed=True
    )


@pytest.mark.parametrize("by", ["officer@taxes", "approver@taxes", "auditor", "administrator"])
def test_only_the_secretariat_has_this_view(desk: Desk, by: str) -> None:
    for ask in (overview.list_overviews, overview.count_overdue):
        with pytest.raises(NotAllowed):
            ask(desk[by], Rules())


def test_the_most_overdue_comes_first(desk: Desk) -> None:
    behind(desk, "taxes", 900)
    behind(desk, "health", 1700)

    assert list(traits())[:2] == ["health", "taxes"]
    assert {slug for slug, of in traits().items() if Trait.OVERDUE in of} == {"health", "taxes"}
    assert overview.count_overdue(desk["secretariat"], RULES) == 2


def test_how_much_is_overdue_counts_before_since_when(desk: Desk) -> None:
    behind(desk, "taxes", 900)
    behind(desk, "health", 1700)
    listed = [each for each in list_duties(RULES, agency="health") if each.period]
    later = [duty.key for duty in sorted(listed, key=lambda each: each.due_on)[1:]]
    standings.exempt_duties(desk["secretariat"], "health", ENTERED, duties=later, rules=RULES)

    assert list(traits())[:2] == ["taxes", "health"]


def test_a_body_without_accounts_is_noticed_and_an_approver_only_where_one_is_needed(
    desk: Desk,
) -> None:
    directory.import_agencies(
        {"slug": f"new-{approval}", "names": {"en": "N"}, "level": "local", "approval": approval}
        for approval in ("agency", "both", "secretariat")
    )
    for name in ("approver", "second-approver"):
        people.disable_account(f"{name}@taxes")

    found = traits()
    assert found["new-agency"] == found["new-both"] == {Trait.NO_OFFICER, Trait.NO_APPROVER}
    assert found["new-secretariat"] == {Trait.NO_OFFICER}
    assert found["taxes"] == {Trait.NO_APPROVER}
    assert found["health"] == frozenset()


def test_in_a_body_that_left_with_nothing_to_do_nobody_is_missing(desk: Desk) -> None:
    row = {"slug": "gone", "names": {"en": "Gone"}, "level": "local"}
    directory.import_agencies([{**row, "in_scope_from": "2999-01-01"}])
    today = clock.today()
    standings.note_left(desk["secretariat"], "gone", WHY, from_on=today)
    standings.exempt_agency(desk["secretariat"], "health", WHY, from_on=today)

    assert traits()["gone"] == {Trait.LEFT}
    assert traits()["health"] == {Trait.EXEMPT}
