"""Bundles are kept once a day, and none from before an erasure."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from register import clock, storage
from register.cli.bundling import keep_daily
from register.config import Settings
from register.errors import Unavailable
from register.services.audit import audit_notes
from register.services.ledger import bundle_files, bundling
from tests.desk import Desk, make_desk
from tests.services.tampering import signer

Run = Callable[..., Result]
WORD = "Zanzibarquokka"


@pytest.fixture
def desk(context: Flask) -> Iterator[Desk]:
    yield make_desk()
    storage.close()


def keep(settings: Settings) -> None:
    keys = signer(settings.instance / "signer")
    keys.sign()
    keep_daily(settings, keys)


def holding(settings: Settings) -> list[str]:
    """Name the folders of which a bundle has the word."""
    return [
        folder.name
        for folder in (settings.bundle_folder, settings.auditors_bundle_folder)
        if any(WORD.encode() in path.read_bytes() for path in folder.glob("*"))
    ]


def test_what_is_erased_is_in_no_bundle_that_is_kept(
    run: Run, desk: Desk, settings: Settings
) -> None:
    reference = desk.publish(purpose={"en": f"It does what {WORD} does.", "ur": "یہ۔"})
    audit_notes.write(desk["auditor"], f"It does what {WORD} does.", reference=reference)
    keep(settings)
    before = holding(settings)
    storage.close()

    run("erase", reference, "purpose", "--basis", "Order 17 of 2026.", "--yes")
    after = [*settings.bundle_folder.glob("*"), *settings.auditors_bundle_folder.glob("*")]
    keep(settings)

    assert before == ["bundles", "bundles-for-auditors"]
    assert after == []
    assert bundle_files.public_folder(settings).latest()
    assert bundle_files.auditors_folder(settings).latest()
    assert holding(settings) == []


def test_a_bundle_that_was_begun_before_an_erasure_is_not_kept(
    desk: Desk, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish()
    write = bundling.write

    def slowly(*given: object, **more: object) -> object:
        bundle_files.public_folder(settings).empty()
        return write(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(bundling, "write", slowly)

    with pytest.raises(Unavailable, match="was not kept"):
        keep(settings)
    assert bundle_files.public_folder(settings).list_kept() == []


def test_the_publics_bundles_stay_and_of_the_auditors_the_newest(
    desk: Desk, settings: Settings
) -> None:
    begun = clock.now()
    for day in range(3):
        with clock.at(begun + timedelta(days=day, minutes=1)):
            desk.publish()
            keep(settings)
            desk.publish()
            keep(settings)

    def names(folder: Path) -> list[str]:
        return sorted(path.name for path in folder.glob("*.zip"))

    public = names(settings.bundle_folder)
    assert len(public) == 3
    assert names(settings.auditors_bundle_folder) == public[-1:]
    assert len([*settings.auditors_bundle_folder.iterdir()]) == 2
