"""The bundles that are kept: for everybody to fetch, each under its own name, and for auditors."""

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from register.config import Settings
from register.services.kept_files import write_through

_FORM = "register-%Y%m%dT%H%M%SZ.zip"
_NAME = re.compile(r"register-\d{8}T\d{6}Z\.zip", re.ASCII)
_DIGEST = ".sha256"


@dataclass(frozen=True)
class Kept:
    """A bundle that is kept: where, of which moment, and the SHA-256 of all its bytes."""

    path: Path
    at: datetime
    sha256: bytes


class BundleFolder:
    """Bundles by the moment of their checkpoint; one that is kept never changes.

    A closed folder is for its owner alone, and keeps the newest only.
    """

    def __init__(self, path: Path, *, is_closed: bool = False) -> None:
        """Use ``path``; it is made with the first bundle."""
        self.path = path
        self._is_closed = is_closed

    def keep(self, at: datetime, write: Callable[[BinaryIO], object]) -> Kept:
        """Write the bundle of a moment, whole or not at all, unless it is there already."""
        path = self.path / at.astimezone(UTC).strftime(_FORM)
        if (known := self.find(path.name)) is not None:
            return known
        self.path.mkdir(mode=0o700 if self._is_closed else 0o755, parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.part")
        try:
            digest = write_through(beside, write, mode=0o600 if self._is_closed else 0o644)
            # A bundle without its digest is not offered, so the digest goes first.
            path.with_suffix(_DIGEST).write_text(digest.hex() + "\n", "ascii")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        if self._is_closed:
            self._remove(each for each in self.path.glob("*") if each.stem != path.stem)
        return Kept(path, at, digest)

    def find(self, name: str) -> Kept | None:
        """Give the bundle of this name, or ``None``."""
        path = self.path / name
        if not _NAME.fullmatch(name) or not path.is_file():
            return None
        try:
            digest = bytes.fromhex(path.with_suffix(_DIGEST).read_text("ascii").strip())
        except FileNotFoundError:  # it has just been removed
            return None
        return Kept(path, datetime.strptime(name, _FORM).replace(tzinfo=UTC), digest)

    def list_kept(self) -> list[Kept]:
        """Give all of them, the newest first."""
        names = sorted((path.name for path in self.path.glob("register-*.zip")), reverse=True)
        return [kept for name in names if (kept := self.find(name)) is not None]

    def latest(self, before: datetime | None = None) -> Kept | None:
        """Give the newest, or the newest of a moment before this one, or ``None``."""
        fitting = (each for each in self.list_kept() if before is None or each.at < before)
        return next(fitting, None)

    def empty(self) -> None:
        """Remove every bundle, also those that are being written."""
        self._remove(self.path.glob("*"))

    def _remove(self, paths: Iterable[Path]) -> None:
        for path in paths:
            path.unlink(missing_ok=True)


def public_folder(settings: Settings) -> BundleFolder:
    """Give the folder of the bundles that anybody may fetch."""
    return BundleFolder(settings.bundle_folder)


def auditors_folder(settings: Settings) -> BundleFolder:
    """Give the folder of the bundle with what is not public. Whoever asks is an auditor's page."""
    return BundleFolder(settings.auditors_bundle_folder, is_closed=True)
