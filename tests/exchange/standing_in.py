"""A format of another register that exists in tests alone, so that they depend on no real one."""

from dataclasses import replace

import pytest

from register.exchange.canada_2025 import CANADA_2025
from register.exchange.formats import FORMATS
from register.exchange.mapping import Link, Loss, Writing

NAME = "elsewhere-1.0"
COLUMNS = ("id", "title", "why", "stage", "unanswered")
FOREIGN = replace(
    CANADA_2025,
    name=NAME,
    title="Elsewhere, register of systems",
    languages=("en",),
    links=(
        Link(column="id", path="external_ids.0.id", transform="line"),
        Link(column="title", path="name", transform="title"),
        Link(column="why", path="purpose"),
        Link(column="stage", path="contact_point", transform="contact"),
    ),
    constants=(),
    losses=(Loss("stage", "contact_point", "One way of reaching somebody has room."),),
    required=(),
    identifier="id",
    source="https://standards.elsewhere.example/1.0",
    writing=Writing(
        columns=COLUMNS,
        files=("csv", "xlsx", "json"),
        shape=lambda row: {"system": dict(row)},
    ),
)


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> str:
    """The format, known to the register for one test; its name."""
    monkeypatch.setitem(FORMATS, NAME, FOREIGN)
    return NAME
