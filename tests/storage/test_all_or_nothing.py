"""A deed that fails at any statement leaves the database as it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from register.services.accounts import people
from register.services.directory import directory
from register.services.filings import filing, publishing, withdrawing
from register.standard import CURRENT
from tests.databases import hearing
from tests.desk import NOTE, Desk, everything

Deed = Callable[[Desk], Callable[[], object]]


class PowerCutError(Exception):
    """The machine stops."""


@contextmanager
def counting(fatal: int | None = None) -> Iterator[list[str]]:
    """Count the statements that write; stop just before number ``fatal`` reaches the database."""
    written: list[str] = []

    def before(statement: str) -> None:
        if statement.split(maxsplit=1)[0] in {"INSERT", "UPDATE", "DELETE"}:
            if len(written) == fatal:
                raise PowerCutError
            written.append(statement)

    with hearing(before):
        yield written


def start(desk: Desk) -> Callable[[], object]:
    return desk.start


def save(desk: Desk) -> Callable[[], object]:
    begun = desk.start()
    section = CURRENT.section("purpose")
    officer = desk["second-officer@taxes"]
    return lambda: filing.save_section(
        officer, begun.reference, section, begun.content, lock_version=begun.lock_version
    )


def submit(desk: Desk) -> Callable[[], object]:
    begun = desk.start()
    officer = desk["second-officer@taxes"]
    return lambda: filing.submit(officer, begun.reference, lock_version=begun.lock_version)


def give_back(desk: Desk) -> Callable[[], object]:
    waiting = desk.submit()
    return lambda: publishing.give_back(
        desk["approver@taxes"],
        waiting.reference,
        lock_version=waiting.lock_version,
        reason="The cost is missing.",
    )


def publish(desk: Desk) -> Callable[[], object]:
    waiting = desk.submit()
    return lambda: publishing.publish(
        desk["approver@taxes"], waiting.reference, lock_version=waiting.lock_version
    )


def amend(desk: Desk) -> Callable[[], object]:
    reference = desk.publish()
    return lambda: filing.amend(desk["officer@taxes"], reference)


def publish_again(desk: Desk) -> Callable[[], object]:
    officer = desk["officer@taxes"]
    draft = filing.amend(officer, desk.publish())
    waiting = filing.submit(
        officer, draft.reference, lock_version=draft.lock_version, change_note=NOTE
    )
    return lambda: publishing.publish(
        desk["approver@taxes"], waiting.reference, lock_version=waiting.lock_version
    )


def withdraw(desk: Desk) -> Callable[[], object]:
    reference = desk.publish()
    waiting = withdrawing.propose(desk["officer@taxes"], reference, reason=NOTE)
    return lambda: publishing.publish(
        desk["approver@taxes"], reference, lock_version=waiting.lock_version
    )


def add_account(_desk: Desk) -> Callable[[], object]:
    return lambda: people.add_account("new@taxes", "officer", "a long password", agency="taxes")


def disable_account(_desk: Desk) -> Callable[[], object]:
    return lambda: people.disable_account("officer@taxes")


def import_agencies(_desk: Desk) -> Callable[[], object]:
    rows = [
        {"slug": slug, "names": {"en": slug}, "level": "local", "parent": "taxes"}
        for slug in ("north", "south", "taxes-east")
    ]
    return lambda: directory.import_agencies(rows)


DEEDS: list[Deed] = [
    start,
    save,
    submit,
    give_back,
    publish,
    amend,
    publish_again,
    withdraw,
    add_account,
    disable_account,
    import_agencies,
]
LEAST = {"start": 4, "publish": 4, "publish_again": 4, "withdraw": 4}


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_a_deed_is_done_whole_or_not_at_all(context: Flask, desk: Desk, deed: Deed) -> None:
    do = deed(desk)
    before = everything()
    reached = 0

    for position in range(50):
        try:
            with counting(fatal=position) as written:
                do()
        except PowerCutError:
            reached += 1
            assert everything() == before, f"half of it is there: {written}"
        else:
            break

    assert reached == len(written) >= LEAST.get(deed.__name__, 2)
    assert everything() != before
