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
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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
_YES_OR_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_LONGEST_TERM = 3650  # days, or months
_MOST_A_MINUTE = 1_000_000


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
    mail_url: str = ""  # the mail server; empty: no letters are sent
    mail_from: str = ""  # who letters come from
    max_form_bytes: int = 786_432  # a larger POST is refused with 413
    max_upload_bytes: int = 10_485_760  # a larger spreadsheet is refused
    ratelimit_url: str = ""  # where requests are counted; empty: a file in the instance folder
    reads_per_minute: int = 600  # of the API, by address or token; 0: any number
    filings_per_minute: int = 60  # by the API, by token; 0: any number
    link_checks: bool = False  # whether the links of published records may be tried
    signer: str = ""  # the folder of the key that signs the ledger; "no": another machine signs
    ledger_origin: str = ""  # the name of the ledger; empty: the host of the base URL, and /log
    workers: int = 2  # web processes
    threads: int = 8  # threads of each
    disclose_within_days: int = 30  # from entering use to the day on which a disclosure is due
    existing_within_days: int = 180  # the same for what was in use when its agency came in scope
    confirm_every_months: int = 12  # how often a published record is to be confirmed
    period_starts: str = "01-01"  # month and day on which a period of returns begins
    return_within_days: int = 30  # from the end of a period to the day its return is due

    @property
    def migrations(self) -> Path:
        """The folder of the database migrations."""
        return Path(__file__).resolve().parent / "storage" / "migrations"

    @property
    def index_folder(self) -> Path:
        """Where the search index lives; private to the service."""
        return self.instance / "index"

    @property
    def signer_folder(self) -> Path | None:
        """The folder of the key that signs the ledger; ``None`` if it is not signed from here."""
        if self.signer == "no":
            return None
        return self.instance / (self.signer or "signer")

    @property
    def bundle_folder(self) -> Path:
        """Where the public bundles are kept that anybody may fetch."""
        return self.instance / "bundles"

    @property
    def auditors_bundle_folder(self) -> Path:
        """Where the newest bundle for auditors is kept; private to the service."""
        return self.instance / "bundles-for-auditors"

    @property
    def own_files(self) -> list[Path]:
        """What belongs to the instance beside its database, and cannot be made again."""
        named = [self.instance / name for name in ("config.py", "synonyms.txt")]
        keys = (self.instance / "keys").glob("*")
        return sorted(path for path in (*named, *keys) if path.is_file())

    @property
    def log_name(self) -> str:
        """The name under which the ledger is opened, unless it is open."""
        return self.ledger_origin or f"{urlsplit(self.base_url).hostname}/log"

    @property
    def exports_folder(self) -> Path:
        """Where exports of past moments are kept, for whoever asks for them again."""
        return self.instance / "exports"

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
    if not values.get("ratelimit_url"):
        values["ratelimit_url"] = f"sqlite:///{values['instance'] / 'counting.sqlite'}"
    unknown = set(values) - {each.name for each in fields(Settings)}
    if unknown:
        raise ValueError(f"unknown setting: {', '.join(sorted(unknown))}")
    settings = Settings(**values)
    _check_duties(settings)
    _check_limits(settings)
    return settings


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
        if name in {each.name for each in fields(Settings) if each.type is int}:
            return int(text)
        if name in {each.name for each in fields(Settings) if each.type is bool}:
            return _YES_OR_NO[text.strip().lower()]
    except KeyError:
        raise ValueError(f"REGISTER_{name.upper()} must be yes or no, not {text!r}") from None
    except ValueError as error:
        raise ValueError(f"REGISTER_{name.upper()} cannot be read: {text!r}") from error
    return text


def _check_limits(settings: Settings) -> None:
    """Refuse numbers by which nothing can be counted."""
    for name in ("reads_per_minute", "filings_per_minute"):
        number = getattr(settings, name)
        if type(number) is not int or not 0 <= number <= _MOST_A_MINUTE:
            said = f"a number from 0 to {_MOST_A_MINUTE}"
            raise ValueError(f"REGISTER_{name.upper()} must be {said}: {number!r}")


def _check_duties(settings: Settings) -> None:
    """Refuse numbers by which no duty can be reckoned."""
    least = {
        "disclose_within_days": 0,
        "existing_within_days": 0,
        "confirm_every_months": 1,
        "return_within_days": 0,
    }
    for name, smallest in least.items():
        number = getattr(settings, name)
        if type(number) is not int or not smallest <= number <= _LONGEST_TERM:
            said = f"a number from {smallest} to {_LONGEST_TERM}"
            raise ValueError(f"REGISTER_{name.upper()} must be {said}: {number!r}")
    # Looked for in a year without a 29th of February: a period begins every year.
    if not _is_day(f"2001-{settings.period_starts}"):
        said = "month and day, such as 07-01"
        raise ValueError(f"REGISTER_PERIOD_STARTS must be {said}: {settings.period_starts!r}")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
