"""A file of our own format meets a register that holds something: nothing is overwritten."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, event

from register.errors import Invalid, NotAllowed
from register.services.actor import SYSTEM, Actor
from register.services.filings import discarding, filing
from register.services.imports.import_order import Order
from register.services.imports.importing import import_file
from register.standard.lifecycle import Role
from register.storage import accounts, disclosures, outbox, past, transaction
from register.storage.database import db
from tests.desk import Desk, add_person, everything, make_desk
from tests.services.histories import exported, instance, reasons, rows, taken_in, written
from tests.services.inventories import counts, imported, omb

Other = tuple[Path, str]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.AUDITOR])
def test_only_the_secretariat_and_administrators_take_a_register_in(desk: Desk, role: Role) -> None:
    text = exported()
    before = everything()

    with pytest.raises(NotAllowed):
        taken_in(text, by=Actor(account_id=None, role=role, agency="taxes"))

    assert everything() == before


@pytest.mark.parametrize("order", [{"is_published": False}, {"agency": "taxes"}])
def test_what_this_format_cannot_do_is_said_and_nothing_is_done(
    desk: Desk, order: dict[str, Any]
) -> None:
    text = exported()
    before = everything()

    with pytest.raises(Invalid, match=r"--publish|names its agency"):
        taken_in(text, **order)

    assert everything() == before


def test_it_comes_in_by_the_same_service_as_every_other_format(desk: Desk, other: Other) -> None:
    desk.publish()
    text = exported()

    with instance(*other):
        report = import_file(
            io.BytesIO(text.encode()),
            Order(
                file_name="a.ndjson",
                format_name="register-1",
                by=replace(SYSTEM, role=Role.SECRETARIAT),
                reference_prefix="AIR",
                is_published=True,
            ),
        )

    assert counts(report) == (1, 0, 0, 0)


def test_a_version_that_differs_is_refused_and_said_which(desk: Desk, other: Other) -> None:
    reference = desk.publish()
    desk.withdraw(reference)
    text = exported()
    objects = rows(text)
    objects[-1]["versions"][1]["change_note"] = {"en": "Another reason."}

    with instance(*other):
        taken_in(text)
        before = everything()
        report = taken_in(written(objects))
        after = everything()

    assert counts(report) == (0, 0, 0, 1)
    assert report.rejections[0].row == len(objects)
    assert report.rejections[0].field == "versions.1.change_note.en"
    assert reasons(report)[0].startswith(f"Version 2 of {reference} differs here")
    assert after == before


def test_another_registers_disclosure_of_the_same_reference_is_refused(
    desk: Desk, other: Other
) -> None:
    reference = desk.publish()
    text = exported()

    with instance(*other):
        theirs = make_desk()
        same = theirs.publish(name={"en": "Something else"})
        before = everything()
        report = taken_in(text)
        after = everything()

    assert same == reference
    assert counts(report) == (0, 0, 0, 1)
    assert "Another register gave out the same reference" in reasons(report)[0]
    assert after == before


def test_a_reference_of_another_agency_or_of_a_draft_is_refused(desk: Desk, other: Other) -> None:
    published, began = desk.publish(), desk.publish()
    text = exported()

    with instance(*other):
        theirs = make_desk()
        theirs.publish("officer@health")
        theirs.start()
        before = everything()
        report = taken_in(text)
        after = everything()

    said = reasons(report)
    assert said[0] == f"Here {published} is of another agency: health."
    assert said[1].startswith(f"Here {began} is a draft that was never published.")
    assert after == before


def test_a_version_that_people_begin_here_is_not_passed_over(desk: Desk, other: Other) -> None:
    reference = desk.publish()
    first = exported()
    desk.withdraw(reference)
    second = exported()

    with instance(*other):
        taken_in(first)
        theirs = people_of("taxes")
        begun = filing.amend(theirs, reference)
        while_begun = taken_in(second)
        discarding.discard(theirs, reference, lock_version=begun.lock_version)
        once_discarded = taken_in(second)

    for report in (while_begun, once_discarded):
        assert counts(report) == (0, 0, 0, 1)
        assert reasons(report)[0].startswith(f"Version 2 of {reference} was begun here.")


def people_of(agency: str) -> Actor:
    add_person("somebody", Role.OFFICER, agency)
    number = accounts.get_account("somebody").id
    return Actor(account_id=number, role=Role.OFFICER, agency=agency)


def test_what_came_in_can_be_amended_by_its_agency(desk: Desk, other: Other) -> None:
    reference = desk.publish()
    text = exported()

    with instance(*other):
        taken_in(text)
        begun = filing.amend(people_of("taxes"), reference)

    assert begun.version == 1
    assert "filed_by" not in begun.content.answers
    assert begun.content.answers["name"] == rows(text)[-1]["versions"][0]["answers"]["name"]


def test_no_reference_that_came_in_is_given_out_again(desk: Desk, other: Other) -> None:
    references = [desk.publish(), desk.publish()]
    text = exported()

    with instance(*other):
        taken_in(text)
        with transaction():
            following = disclosures.next_reference("AIR")

    assert references == sorted(references)
    assert following == f"{references[0][:-5]}00003"


def test_the_directory_here_keeps_what_it_says(desk: Desk, other: Other) -> None:
    text = exported()
    objects = rows(text)
    objects[1]["name"] = {"en": "Renamed"}

    with instance(*other):
        taken_in(text)
        before = everything()
        report = taken_in(written(objects))
        after = everything()

    assert [(each.row, each.kind) for each in report.warnings] == [(2, "agency_differs")]
    assert "(name.en)" in report.warnings[0].message
    assert after == before


class PowerCutError(Exception):
    """The machine stops."""


@contextmanager
def power_cut_at(count: int) -> Iterator[None]:
    """Stop at so many-th version that is written."""
    seen = []

    def before(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO revision"):
            seen.append(statement)
            if len(seen) == count:
                raise PowerCutError

    event.listen(db.engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", before)


def test_an_import_that_was_cut_off_is_taken_up_again_without_doubles(
    desk: Desk, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("register.services.imports.register_import.BATCH", 2)
    for _number in range(5):
        desk.publish()
    text = exported()

    with instance(*other):
        with power_cut_at(4), pytest.raises(PowerCutError):
            taken_in(text)
        here = past.list_histories()
        report = taken_in(text)
        again = exported()
        notices = [each.reference for each in outbox.list_waiting(99)]

    assert len(here) == 2
    assert counts(report) == (3, 0, 2, 0)
    assert again == text
    assert len(notices) == len(set(notices)) == 5


def test_a_later_file_of_the_source_finds_again_what_came_in(context: Flask, other: Other) -> None:
    first = {"id": "DOW-1"}, {"id": "", "use_case_name": "Tide tables"}
    imported(omb(*first))
    text = exported()

    with instance(*other):
        taken_in(text)
        same = imported(omb(*first))
        changed = imported(omb(first[0], {**first[1], "problem_solved": "Tides came late."}))

    assert counts(same) == (0, 0, 2, 0)
    assert counts(changed) == (0, 1, 1, 0)


def test_progress_is_told(desk: Desk, context: Flask) -> None:
    desk.publish()
    told: list[tuple[int, int]] = []

    taken_in(exported(), progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 1)]
