"""What is stored comes back as it was, or is refused."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from register import clock
from register.errors import Invalid
from register.storage import accounts, disclosures, forget, transaction
from register.storage.database import db
from register.storage.models import Attempt, SignIn
from tests.databases import on_sqlite
from tests.desk import Desk


@pytest.mark.parametrize("offset", ["+05:00", "-11:30", "+00:00"])
def test_a_moment_comes_back_in_utc(context: Flask, offset: str) -> None:
    moment = datetime.fromisoformat(f"2026-03-01T02:30:00.123456{offset}")

    with transaction() as session:
        session.add(Attempt(subject="somebody", at=moment))
    forget()
    kept = db.session.scalars(select(Attempt)).one().at

    assert kept == moment
    assert kept.tzinfo is UTC
    assert accounts.count_attempts("anybody", moment) == 0


def test_a_moment_without_a_zone_is_refused(context: Flask) -> None:
    naive = datetime(2026, 3, 1, 2, 30)  # noqa: DTZ001

    with pytest.raises(Exception, match="a moment needs a time zone"), transaction() as session:
        session.add(Attempt(subject="somebody", at=naive))


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "تا" * 3000], ids=["nul", "surrogate", "long"])
def test_what_cannot_be_stored_is_invalid_or_stored_whole(
    context: Flask, desk: Desk, text: str
) -> None:
    def keep() -> None:
        with transaction():
            accounts.get_account("auditor").name = text

    try:
        keep()
    except Invalid:
        forget()
        assert accounts.get_account("auditor").name == ""
    else:
        assert on_sqlite()
        forget()
        assert accounts.get_account("auditor").name == text


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 100_000])
@pytest.mark.parametrize(
    "find",
    [
        disclosures.find_disclosure,
        accounts.find_account,
        accounts.find_sign_in,
        lambda text: accounts.count_attempts(text, clock.now()),
    ],
)
def test_asking_for_what_cannot_be_stored_finds_nothing(
    context: Flask, find: Callable[[str], Any], text: str
) -> None:
    try:
        found = find(text)
    except Invalid:
        found = None
        forget()

    assert not found
    assert db.session.scalars(select(SignIn)).all() == []


def test_what_the_database_complains_of_names_no_value(context: Flask) -> None:
    with pytest.raises(Exception, match="parameters hidden") as complaint:
        db.session.execute(text("SELECT 1 FROM nowhere WHERE a = :secret"), {"secret": "qzxkwj"})

    assert "qzxkwj" not in repr(complaint.value)
    assert "qzxkwj" not in str(complaint.value)
