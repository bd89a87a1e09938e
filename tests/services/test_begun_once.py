"""Of several people who begin the same at once, exactly one does; the others are told."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from register.errors import Conflict, Invalid
from register.services.actor import Actor
from register.services.duties import nil_returns
from register.services.filings import determinations, starting
from register.standard.obligations import Rules
from register.storage import forget
from tests.desk import Desk
from tests.services.test_determinations import YES
from tests.services.test_nil_returns import TEXTS

PEOPLE = ("officer@taxes", "second-officer@taxes", "approver@taxes", "second-approver@taxes")


def at_once(app: Flask, desk: Desk, begin: Callable[[Actor], object]) -> list[str]:
    together = threading.Barrier(len(PEOPLE))

    def attempt(name: str) -> str:
        with app.app_context():
            together.wait()
            try:
                begin(desk[name])
            except (Conflict, Invalid) as error:
                return type(error).__name__
            return "begun"

    forget()
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        return sorted(pool.map(attempt, PEOPLE))


def test_a_filing_is_begun_once_from_its_check(app: Flask, desk: Desk) -> None:
    check = determinations.check(desk["officer@taxes"], YES)

    told = at_once(app, desk, lambda by: starting.begin(by, "AIR", {}, check=check.id))

    assert told == [*["Conflict"] * (len(PEOPLE) - 1), "begun"]


def test_a_period_has_one_nil_return(app: Flask, desk: Desk) -> None:
    period = nil_returns.list_periods(desk["officer@taxes"], Rules())[0].name

    told = at_once(
        app,
        desk,
        lambda by: nil_returns.declare(by, "AIR", Rules(), period, texts=TEXTS),
    )

    assert told == [*["Invalid"] * (len(PEOPLE) - 1), "begun"]
