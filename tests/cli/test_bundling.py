"""Bundles are kept once a day."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from register import clock, storage
from register.cli.bundling import keep_daily
from register.config import Settings
from tests.desk import Desk, make_desk
from tests.services.tampering import signer


@pytest.fixture
def desk(context: Flask) -> Iterator[Desk]:
    yield make_desk()
    storage.close()


def keep(settings: Settings) -> None:
    keys = signer(settings.instance / "signer")
    keys.sign()
    keep_daily(settings, keys)


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
