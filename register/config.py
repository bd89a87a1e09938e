"""Every setting of the register, read once at the start.

Environment variables ``REGISTER_*`` come first, then ``config.py`` in the instance folder (the
same names without the prefix), then the defaults below. ``docs/operations.md`` lists them all and
a test compares it with :class:`Settings`.
"""

import contextlib
import json
import os
import runpy
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE_NAMES = {
    "en": "English",
    "ur": "اردو",
    "fr": "Français",
    "nl": "Nederlands",
    "ar": "العربية",
    "ps": "پښتو",
    "sd": "سنڌي",
    "pa": "پنجابی",
    "de": "Deutsch",
    "es": "Español",
}
RIGHT_TO_LEFT = frozenset({"ur", "ar", "ps", "sd", "pa", "fa", "he"})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings, with their defaults; each comment says what it decides."""

    instance: Path = ROOT / "instance"  # the folder of everything that is not code
    database_url: str = ""  # empty: SQLite in the instance folder
    search: str = "whoosh"  # the search engine
    languages: tuple[str, ...] = ("en", "ur")  # of the pages; the first has no URL prefix
    reference_prefix: str = "AIR"  # references look like AIR-2026-00042
    base_url: str = "http://127.0.0.1:8000"  # how the public reaches the register
    trusted_hosts: tuple[str, ...] = ()  # host names it answers to; empty: any
    proxies: int = 0  # how many proxies in front add X-Forwarded-* headers
    service_name: Mapping[str, str] = field(
        default_factory=lambda: {"en": "AI Register", "ur": "مصنوعی ذہانت کا رجسٹر"}
    )  # by language, as JSON in the environment
    government_name: Mapping[str, str] = field(default_factory=dict)  # by language, over the name
    max_form_bytes: int = 786_432  # a larger POST is refused with 413
    workers: int = 2  # web processes
    threads: int = 4  # threads of each

    @property
    def migrations(self) -> Path:
        """The folder of the database migrations."""
        return Path(__file__).resolve().parent / "storage" / "migrations"

    @property
    def index_folder(self) -> Path:
        """Where the search index lives; private to the service."""
        return self.instance / "index"

    @property
    def is_https(self) -> bool:
        """Tell whether the public reaches the register over TLS, so that cookies may insist."""
        return self.base_url.startswith("https://")


def load(overrides: Mapping[str, Any] | None = None) -> Settings:
    """Read the settings; ``overrides`` win (tests use them). Raise :exc:`ValueError` by name."""
    given = dict(overrides or {})
    instance = Path(
        given.get("instance") or os.environ.get("REGISTER_INSTANCE") or ROOT / "instance"
    )
    values: dict[str, Any] = {**_from_file(instance), **_from_environment(), **given}
    values["instance"] = instance.resolve()
    if not values.get("database_url"):
        values["database_url"] = f"sqlite:///{values['instance'] / 'register.sqlite'}"
    unknown = set(values) - {each.name for each in fields(Settings)}
    if unknown:
        raise ValueError(f"unknown setting: {', '.join(sorted(unknown))}")
    return Settings(**values)


def secret_key(settings: Settings) -> str:
    """Give the key that signs cookies: made once, and readable by the service alone."""
    path = settings.instance / "keys" / "cookie.key"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        # Written beside and linked, so that of two processes one wins and none reads half a key.
        beside = path.with_name(f"cookie.key.{os.getpid()}")
        beside.touch(mode=0o600)
        beside.write_text(secrets.token_urlsafe(48), "ascii")
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
        beside.unlink()
    return path.read_text("ascii").strip()


def _from_file(instance: Path) -> dict[str, Any]:
    path = instance / "config.py"
    if not path.exists():
        return {}
    names = {each.name for each in fields(Settings)}
    return {k.lower(): v for k, v in runpy.run_path(str(path)).items() if k.lower() in names}


def _from_environment() -> dict[str, Any]:
    found = {}
    for each in fields(Settings):
        text = os.environ.get("REGISTER_" + each.name.upper())
        if text is not None and each.name != "instance":
            found[each.name] = _parsed(each.name, text)
    return found


def _parsed(name: str, text: str) -> Any:
    try:
        if name in {"languages", "trusted_hosts"}:
            return tuple(part.strip() for part in text.split(",") if part.strip())
        if name in {"service_name", "government_name"}:
            return dict(json.loads(text))
        if name in {"proxies", "max_form_bytes", "workers", "threads"}:
            return int(text)
    except ValueError as error:
        raise ValueError(f"REGISTER_{name.upper()} cannot be read: {text!r}") from error
    return text
