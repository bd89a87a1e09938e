"""The sample register: fictitious, filed as real disclosures are."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from register import clock
from register.config import Settings
from register.errors import Conflict
from register.services.accounts import people
from register.services.actor import Actor
from register.services.directory import standings
from register.services.duties import obligations
from register.services.exports import exports
from register.services.filings import filing, publishing
from register.services.sample import sampling
from register.standard.obligations import DutyState, Rules, StandingKind
from tests.events import list_events
from tests.given import SAMPLE, an_agency

pytestmark = pytest.mark.usefixtures("context")


def load(**options: bool) -> sampling.Loaded | None:
    return sampling.load_sample(
        SAMPLE, password="a sample password", reference_prefix="AIR", **options
    )


def test_every_disclosure_of_the_sample_is_published_on_its_day() -> None:
    loaded = load()

    records = list(exports.export_records())
    assert loaded is not None
    assert len(records) == loaded.disclosures == len(list((SAMPLE / "disclosures").glob("*.json")))
    assert sum(record["version"] for record in records) == loaded.versions + 1
    assert all(record["published_at"].endswith("T09:00:00Z") for record in records)
    assert [r["status"] for r in records].count("withdrawn") == 1
    assert records[0]["reference"] == "AIR-2025-00001"
    days = [r["first_published_at"] for r in records]
    assert days == sorted(days)


def test_each_version_was_written_by_an_officer_and_decided_by_another() -> None:
    load()

    actions = {event.action for event in list_events(10_000)}
    assert {"draft_started", "draft_saved", "submitted", "published", "amended"} <= actions
    for event in list_events(10_000):
        if event.action in {"published", "amended"}:
            assert event.actor is not None
            assert not event.actor.email.startswith("officer@")


def test_the_sample_has_duties_in_every_state_and_every_way_out_of_them() -> None:
    load()

    with clock.at(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        found = obligations.coverage(Rules())
    decided = [entry for entries in standings.map_entries().values() for entry in entries[1:]]
    assert all(getattr(found.total, state) for state in DutyState)
    assert {each.standing for each in found.agencies} == set(StandingKind)
    assert [bool(entry.duty) for entry in decided].count(True) == 1
    assert all(set(entry.decision.reason) == {"en", "ur"} for entry in decided)


def test_loading_the_sample_twice_changes_nothing() -> None:
    load()
    before = list(exports.export_lines())

    again = load(is_forced=True)

    assert again is None
    assert list(exports.export_lines()) == before


def test_the_sample_does_not_mix_with_a_real_register_unless_forced() -> None:
    an_agency("real-ministry")

    with pytest.raises(Conflict):
        load()
    assert sampling.is_empty() is False
    assert list(exports.export_records()) == []
    assert load(is_forced=True) is not None


def test_the_sample_accounts_can_sign_in_and_work(settings: Settings) -> None:
    password = sampling.sample_password(settings.instance)
    sampling.load_sample(SAMPLE, password=password, reference_prefix="AIR")

    for account in sampling.sample_accounts(settings.instance):
        token = people.sign_in(account["email"], account["password"], address="test")
        actor = people.find_actor(token)
        assert isinstance(actor, Actor)
        assert actor.role == account["role"]
    officer = people.get_actor(sampling.officer_of("revenue-service"))
    assert filing.list_filings(officer)
    assert publishing.list_waiting(people.get_actor("secretariat@register.example")) == []


def test_the_sample_password_is_made_once_and_only_the_service_can_read_it(tmp_path: Path) -> None:
    first = sampling.sample_password(tmp_path)

    kept = tmp_path / "keys" / "sample-password"
    assert sampling.sample_password(tmp_path) == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert sampling.is_sample(tmp_path)
    assert len(first) >= 12


def test_a_given_sample_password_is_used_and_kept(tmp_path: Path) -> None:
    sampling.sample_password(tmp_path, "one that was given")

    assert sampling.sample_password(tmp_path) == "one that was given"


def test_a_register_without_the_sample_shows_no_passwords(tmp_path: Path) -> None:
    assert sampling.sample_accounts(tmp_path) == []
