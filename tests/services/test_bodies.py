"""The directory kept by hand: only by the secretariat, and never into a knot."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from register import clock
from register.errors import Invalid, NotAllowed, NotFound
from register.services.actor import Actor
from register.services.directory import bodies, directory, standings
from register.services.directory.bodies import Described
from register.services.duties.obligations import list_duties
from register.standard.obligations import DutyState, Rules
from register.standard.publication import Body
from register.storage.database import db, forget
from register.storage.models import AuditEvent
from tests.desk import Desk, everything

WATER = Described(
    slug="water",
    names={"en": "Water Board", "ur": " "},
    abbreviation="WB",
    level="local",
    sector="environment",
    approval="both",
)


def add(by: Actor, described: Described) -> Body:
    return bodies.add_body(by, described, rules=Rules())


def told(action: str) -> list[dict[str, Any]]:
    forget()
    return list(db.session.scalars(select(AuditEvent.details).where(AuditEvent.action == action)))


@pytest.mark.parametrize("by", ["officer@taxes", "approver@taxes", "auditor", "administrator"])
def test_nobody_else_keeps_the_directory(desk: Desk, by: str) -> None:
    before = everything()

    for deed in (add, bodies.change_body):
        with pytest.raises(NotAllowed):
            deed(desk[by], replace(WATER, slug="taxes"))

    assert everything() == before


def test_a_new_body_is_in_the_directory_and_in_scope_from_its_day(desk: Desk) -> None:
    since = clock.today() - timedelta(days=20)
    add(desk["secretariat"], replace(WATER, parent="taxes", in_scope_from=since.isoformat()))

    made = directory.get_body("water")
    assert (dict(made.names), made.parent, made.approval) == (
        {"en": "Water Board"},
        "taxes",
        "both",
    )
    assert [each.from_on for each in standings.list_entries("water")] == [since]
    values = {
        "name_en": "Water Board",
        "abbreviation": "WB",
        "level": "local",
        "sector": "environment",
        "parent": "taxes",
        "approval": "both",
        "in_scope_from": since.isoformat(),
    }
    assert told("agency_added")[-1] == {"agency": "water", "values": values}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"slug": "taxes"}, "slug"),
        ({"slug": "Water Board"}, "slug"),
        ({"slug": "../../etc"}, "slug"),
        ({"slug": "x" * 101}, "slug"),
        ({"names": {"en": "  ", "ur": ""}}, "names"),
        ({"level": "galactic"}, "level"),
        ({"approval": "nobody"}, "approval"),
        ({"parent": "nowhere"}, "parent"),
        ({"parent": "water"}, "parent"),
        ({"in_scope_from": "31 June"}, "in_scope_from"),
        ({"abbreviation": "x" * 41}, "abbreviation"),
        ({"sector": "Helth"}, "sector"),
    ],
)
def test_a_body_is_added_only_if_everything_about_it_is_right(
    desk: Desk, wrong: dict[str, Any], field: str
) -> None:
    before = everything()

    with pytest.raises(Invalid) as refused:
        add(desk["secretariat"], replace(WATER, **wrong))

    assert list(refused.value.errors) == [field]
    assert everything() == before


def test_a_slip_in_the_year_is_asked_about_and_the_answer_counts_for_that_day_alone(
    desk: Desk,
) -> None:
    slip = replace(WATER, in_scope_from="2006-07-01")
    before = everything()

    for confirmed in ("", "2026-07-01", "2006-07-02"):
        with pytest.raises(Invalid) as asked:
            add(desk["secretariat"], replace(slip, past_confirmed=confirmed))
        assert list(asked.value.errors) == ["past_confirmed"]
    untouched = everything() == before
    add(desk["secretariat"], replace(slip, past_confirmed="2006-07-01"))

    assert untouched
    overdue = [
        each for each in list_duties(Rules(), agency="water") if each.state is DutyState.OVERDUE
    ]
    said: Any = asked.value.errors["past_confirmed"][0]
    assert said.values["count"] == len(overdue) > 10


def test_no_body_comes_to_stand_below_itself(desk: Desk) -> None:
    add(desk["secretariat"], replace(WATER, parent="taxes"))
    taxes = Described(slug="taxes", names={"en": "Taxes"}, level="federal", approval="agency")

    for parent in ("taxes", "water"):
        with pytest.raises(Invalid) as refused:
            bodies.change_body(desk["secretariat"], replace(taxes, parent=parent))
        assert list(refused.value.errors) == ["parent"]

    assert directory.get_body("taxes").parent is None


def test_a_sector_that_is_there_may_stay_and_no_other_comes_to_be(desk: Desk) -> None:
    directory.import_agencies(
        [{"slug": "water", "names": {"en": "W"}, "level": "local", "sector": "pipes"}]
    )

    bodies.change_body(desk["secretariat"], replace(WATER, sector="pipes", abbreviation="W"))
    with pytest.raises(Invalid) as refused:
        bodies.change_body(desk["secretariat"], replace(WATER, sector="Helth"))

    assert list(refused.value.errors) == ["sector"]
    assert (directory.get_body("water").sector, directory.get_body("water").abbreviation) == (
        "pipes",
        "W",
    )


def test_what_changes_is_told_and_the_slug_stays(desk: Desk) -> None:
    add(desk["secretariat"], replace(WATER, parent="taxes"))

    bodies.change_body(
        desk["secretariat"],
        replace(WATER, names={"en": "Water Works"}, approval="agency", parent="health"),
    )
    bodies.change_body(
        desk["secretariat"],
        replace(WATER, names={"en": "Water Works"}, approval="agency", parent="health"),
    )

    changed = directory.get_body("water")
    assert (changed.names["en"], changed.approval, changed.parent) == (
        "Water Works",
        "agency",
        "health",
    )
    changes = {
        "name_en": {"old": "Water Board", "new": "Water Works"},
        "parent": {"old": "taxes", "new": "health"},
        "approval": {"old": "both", "new": "agency"},
    }
    assert told("agency_changed") == [{"agency": "water", "changes": changes}]
    with pytest.raises(NotFound):
        bodies.change_body(desk["secretariat"], replace(WATER, slug="nowhere"))
