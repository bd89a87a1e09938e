"""Exports that are kept as files, so that a download goes on where it was broken off.

A file bears the mark of all that it shows; one that shows the same is the same. Of several that
show one register before and after an erasure, only those of after it are given out.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from register.services.kept_files import write_through

MOST_FILES = 20
MOST_BYTES = 2 * 1024**3
_PART = ".part"


@dataclass(frozen=True)
class Kept:
    """A file that is kept, and the SHA-256 of all its bytes."""

    path: Path
    sha256: bytes


class ExportFolder:
    """Files by the mark of what they show; those that are asked for least make room for others.

    ``erased`` counts what was erased: files from before the last time are removed.
    """

    def __init__(self, path: Path, *, erased: int) -> None:
        """Use ``path``; it is made with the first file."""
        self._path = path
        self._before = f"{erased}-"

    def find(self, mark: str) -> Kept | None:
        """Give the file of this mark, if there is one."""
        for path in self._list():
            if path.name.startswith(f"{self._before}{mark}."):
                os.utime(path)
                return Kept(path, bytes.fromhex(path.suffix[1:]))
        return None

    def keep(self, mark: str, write: Callable[[BinaryIO], object]) -> Kept:
        """Write the file of a mark, whole or not at all.

        Raise :exc:`OSError` if there is no room for it.
        """
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self._path / f"{mark}-{os.getpid()}-{threading.get_ident()}{_PART}"
        try:
            digest = write_through(beside, write, mode=0o600)
            path = self._path / f"{self._before}{mark}.{digest.hex()}"
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        self._make_room(path)
        return Kept(path, digest)

    def empty(self) -> None:
        """Remove every file, also those that are being written."""
        for path in self._path.glob("*"):
            path.unlink(missing_ok=True)

    def _list(self) -> list[Path]:
        """Give the files that may be given out; those from before an erasure are removed."""
        found = []
        for path in self._path.glob(f"*.{'?' * 64}"):
            if path.name.startswith(self._before):
                found.append(path)
            else:
                path.unlink(missing_ok=True)
        return found

    def _make_room(self, newest: Path) -> None:
        """Remove what nobody has asked for longest, but never the newest, however long it is."""
        stats = [(path.stat(), path) for path in self._list() if path != newest]
        files, size = 1, newest.stat().st_size
        for stat, path in sorted(stats, key=lambda each: -each[0].st_mtime_ns):
            files, size = files + 1, size + stat.st_size
            if files > MOST_FILES or size > MOST_BYTES:
                path.unlink(missing_ok=True)
