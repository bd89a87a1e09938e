"""What is given out of a moment of the past stays the same, whatever happens afterwards."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from register import clock
from register.errors import Invalid
from register.services import past
from register.services.ledger import ledgering
from tests.databases import PostgresDatabases
from tests.services.histories import instance
from tests.services.years import PATHS, Years

NOW = datetime(2026, 5, 4, 9, 0, 0, 250_000, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "2026-02-30", "2026-5-4", "20260504", "٢٠٢٦-٠٥-٠٤", "2026-05-04 "),
        *("2026-05-04T08:00:00", "2026-05-04T08:00:00+00:00", "2026-05-04T08:00:00.5Z"),
        *("2026-05-04T24:00:00Z", "2026-05-03T23:59:60Z", "2026-05-04T08:00Z", "0000-01-01"),
        *("2026-05-05", "9999-12-31", "2026-05-04T09:00:01Z", "9999-12-31T23:59:59Z"),
    ],
)
def test_what_is_no_moment_of_the_past_is_refused(text: str) -> None:
    with clock.at(NOW), pytest.raises(Invalid) as refused:
        past.read_as_of(text)

    assert list(refused.value.errors) == ["as_of"]


@pytest.mark.parametrize(
    ("text", "before", "is_settled"),
    [
        ("2026-05-04", None, False),
        ("2026-05-04T09:00:00Z", None, False),  # this second is not over yet
        ("2026-05-04T08:59:59Z", datetime(2026, 5, 4, 9, tzinfo=UTC), False),
        ("2026-05-04T08:49:59Z", datetime(2026, 5, 4, 8, 50, tzinfo=UTC), True),
        ("2026-05-03", datetime(2026, 5, 4, tzinfo=UTC), True),
        ("0001-01-01", datetime(1, 1, 2, tzinfo=UTC), True),
    ],
)
def test_a_day_and_a_second_are_asked_about_to_their_ends(
    text: str, before: datetime | None, is_settled: bool
) -> None:
    with clock.at(NOW):
        asked = past.read_as_of(text)

        assert (asked.before, past.is_settled(asked.before)) == (before, is_settled)
        assert asked.text == text


def test_every_moment_is_given_out_again_byte_for_byte(context: Flask) -> None:
    years = Years(context, seed=1)

    years.pass_by(deeds=9)

    assert list(years.changed()) == []
    seen = list(years.seen.values())
    for path in PATHS:
        assert len({answers[path] for answers in seen}) > 3, path


def seeded_salts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the ledger draw the same salts again, which are in what is given out as hashes."""
    monkeypatch.setattr(ledgering, "new_salt", partial(Random(7).randbytes, 16))


def test_both_kinds_of_database_give_out_the_same_bytes(
    context: Flask, tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded_salts(monkeypatch)
    here = Years(context, seed=3)
    here.pass_by(deeds=7)
    on_server = PostgresDatabases(postgres_url, tmp_path)

    url = on_server.make(tmp_path)
    seeded_salts(monkeypatch)
    with instance(tmp_path / "other", url) as app:
        there = Years(app, seed=3)
        there.pass_by(deeds=7)
        changed = list(there.changed())
    on_server.drop(url)
    on_server.close()

    assert changed == []
    assert there.seen == here.seen
