"""Agencies with their people, and an auditor."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from register.services.accounts import people
from tests.desk import Desk, make_desk
from tests.services.signing_in import EMAIL, PASSWORD


@pytest.fixture
def desk(context: Flask) -> Desk:
    """Agencies with their people."""
    return make_desk()


@pytest.fixture
def other(tmp_path: Path, new_database: Callable[[Path], str]) -> tuple[Path, str]:
    """The folder and the database of another instance, which is empty."""
    folder = tmp_path / "other"
    folder.mkdir(mode=0o700)
    return folder, new_database(folder)


@pytest.fixture
def auditor(context: Flask) -> str:
    """Somebody who can sign in; gives the address."""
    people.add_account(EMAIL, "auditor", PASSWORD)
    return EMAIL
