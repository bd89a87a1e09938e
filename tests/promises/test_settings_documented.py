"""Every setting stands in docs/operations.md, with its default."""

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from register.config import ROOT, Settings

OPERATIONS = ROOT / "docs" / "operations.md"
ROW = re.compile(r"\| `(REGISTER_[A-Z_]+)` \| (.*?) \| .+ \|")


def documented() -> dict[str, str]:
    """The names in the table of settings, with what it says of their defaults."""
    text = OPERATIONS.read_text(encoding="utf-8")
    return dict(ROW.findall(text))


def written(name: str, value: Any) -> str:
    """A default as one writes it into an environment variable."""
    if name == "instance":
        return f"`{value.relative_to(ROOT)}`"
    if isinstance(value, Mapping):
        value = json.dumps(dict(value), ensure_ascii=False) if value else ""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, tuple):
        value = ",".join(value)
    return f"`{value}`" if str(value) else "empty"


def test_the_table_names_every_setting_and_no_other() -> None:
    names = {f"REGISTER_{each.name.upper()}" for each in fields(Settings)}

    assert set(documented()) == names


def test_the_table_states_the_defaults_as_they_are() -> None:
    settings = Settings()
    defaults = {
        f"REGISTER_{each.name.upper()}": written(each.name, getattr(settings, each.name))
        for each in fields(Settings)
    }

    assert documented() == defaults
