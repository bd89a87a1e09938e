"""What the directory said of a public body before a change is not lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from register import clock
from register.errors import Invalid
from register.services.directory import bodies, directory
from register.services.directory.bodies import Described
from register.standard.obligations import Rules
from register.standard.publication import Body
from register.storage import directory_history, forget
from register.storage.database import db
from register.storage.models import Agency, AgencyVersion
from tests.desk import Desk, make_desk
from tests.services.histories import exported, taken_in
from tests.services.inventories import imported, omb

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
COLUMNS = [column for column in AgencyVersion.__table__.c if column.name not in {"id", "at"}]


def kept() -> dict[int, tuple[Any, ...]]:
    """What was noted last of every body, by the id that the version has it under."""
    forget()
    query = select(AgencyVersion.agency_id, *COLUMNS[1:]).order_by(AgencyVersion.id)
    return {row[0]: tuple(row[1:]) for row in db.session.execute(query)}


def there() -> dict[int, tuple[Any, ...]]:
    """What the directory says of every body now."""
    forget()
    query = select(Agency.id, *(getattr(Agency, column.name) for column in COLUMNS[1:]))
    return {row[0]: tuple(row[1:]) for row in db.session.execute(query)}


def described(slug: str, **changes: Any) -> Described:
    body = directory.get_body(slug)
    return Described(**{**vars(body), "parent": body.parent or "", **changes})


def test_a_change_that_is_refused_or_only_tried_leaves_no_version(desk: Desk) -> None:
    before = kept()
    row = {"slug": "health", "names": {"en": "Other"}, "level": "local"}

    directory.take_in([row], directory.Order(is_dry_run=True))
    with pytest.raises(Invalid):
        directory.import_agencies([row, {**row, "level": "of the moon"}])
    with pytest.raises(Invalid):
        bodies.change_body(desk["secretariat"], described("health", parent="health"))
    bodies.change_body(desk["secretariat"], described("health"))

    assert kept() == before == there()
    assert directory_history.count_versions()[0] == len(before)


def test_every_way_of_changing_the_directory_keeps_what_it_says(
    desk: Desk, other: tuple[Path, str]
) -> None:
    by = desk["secretariat"]
    new = Described(slug="ports", names={"en": "Ports"}, level="federal", parent="taxes")
    rows = [
        {"slug": "docks", "names": {"en": "Docks"}, "level": "local", "parent": "harbours"},
        {"slug": "harbours", "names": {"en": "Harbours"}, "level": "local", "parent": "ports"},
        {"slug": "courts", "names": {"ur": "عدالتیں"}, "level": "provincial"},
    ]
    elsewhere = exported().replace('"slug":"taxes"', '"slug":"mines"')
    deeds: tuple[Callable[[], object], ...] = (
        lambda: bodies.add_body(by, new, rules=Rules()),
        lambda: bodies.change_body(by, described("ports", names={"en": "Sea ports"})),
        lambda: bodies.change_body(by, described("health", parent="ports", level="local")),
        lambda: directory.import_agencies(rows),
        lambda: imported(omb({})),
        lambda: taken_in(elsewhere),
    )

    for number, deed in enumerate(deeds):
        said, counted = there(), directory_history.count_versions()[0]
        deed()
        assert kept() == there() != said, number
        changed = sum(said.get(agency_id) != now for agency_id, now in there().items())
        assert directory_history.count_versions()[0] == counted + changed, number


def test_a_body_is_as_it_was_at_any_moment_and_before_all_as_it_was_at_first(
    context: Flask,
) -> None:
    def name(body: Body) -> str:
        return body.names["en"]

    with clock.at(START):
        desk = make_desk()
        first = directory.get_body("health")
    for days, said in ((1, "Care"), (2, "Cure")):
        with clock.at(START + timedelta(days=days)):
            changed = described("health", names={"en": said}, parent="taxes")
            bodies.change_body(desk["secretariat"], changed)
    (number,) = db.session.scalars(select(Agency.id).where(Agency.slug == "health"))

    past = directory_history.load({number})

    days = (-9, 0, 1, 2, 9)
    moments = [START + timedelta(days=each) for each in days]
    assert [name(past.before(number, each)) for each in moments] == [
        *("Health", "Health", "Health", "Care", "Cure")
    ]
    assert [name(past.at(number, each)) for each in moments] == [
        *("Health", "Health", "Care", "Cure", "Cure")
    ]
    assert past.before(number, START) == first
    assert past.at(number, moments[-1]) == directory.get_body("health")
    assert [past.known_before(each) for each in moments[:3]] == [set(), set(), {number}]
