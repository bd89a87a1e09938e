"""What makes an index outlive a power cut, and what tells when its files are not what was written.

Whoosh never waits for the disk and keeps no checksums. Here a table of contents gets its name only
when all that it names is on the disk; so after a power cut there is the old index or the new one.
Each file's size and checksum are kept beside it: a damaged index is never searched.
"""

import json
import os
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

_SUMS = ".sums"
_SUM_BYTES = 4
_BLOCK = 1 << 20

#: What a file looks like from outside: which one it is, when it was written to, and its size.
_Look = tuple[int, int, int]


class Damaged(Exception):
    """A file of the index is not as it was written."""


class DurableStorage(FileStorage):
    """A folder of Whoosh's in which a rename is a promise: what was written before is safe."""

    def __init__(self, path: str) -> None:
        """Use the folder at ``path``."""
        super().__init__(path)
        self._created: set[str] = set()

    def create_file(self, name: str, **how: Any) -> Any:
        """Give a new file, which the next rename makes durable."""
        self._created.add(name)
        return super().create_file(name, **how)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a table of contents, when it and the files of its new segment are on the disk."""
        folder = Path(self.folder)
        written = {name for name in self._created if (folder / name).exists()} - {oldname}
        sums = _write_sums(folder, written)
        _seal(folder / oldname)
        sync(folder / name for name in (*written, *sums, oldname))
        sync([folder])
        super().rename_file(oldname, newname, safe=safe)
        sync([folder])
        self._created.clear()


class Seals:
    """Tells whether the files of an index are as they were written.

    A file is read through once, and again only if it looks otherwise from outside.
    """

    def __init__(self) -> None:
        """Know no file yet."""
        self._known: dict[Path, _Look] = {}

    def verify_contents(self, path: Path) -> None:
        """Check a table of contents; raise :exc:`Damaged`, or the error in reading it."""
        look = _look(path)
        if self._known.get(path) != look:
            written = path.read_bytes()
            kept, sum_kept = written[:-_SUM_BYTES], written[-_SUM_BYTES:]
            if _packed(zlib.crc32(kept)) != sum_kept:
                raise Damaged(path.name)
            self._known[path] = look

    def verify_segments(self, folder: Path, contents: Path, segments: Iterable[str]) -> None:
        """Check every file of these segments, and remember no others; raise the same."""
        known = {contents: self._known[contents]}
        for segment in segments:
            sums = folder / f"{segment}{_SUMS}"
            self.verify_contents(sums)
            known[sums] = self._known[sums]
            for name, (size, checksum) in json.loads(sums.read_bytes()[:-_SUM_BYTES]).items():
                path = folder / name
                look = _look(path)
                is_known = self._known.get(path) == look
                if not is_known and (look[-1] != size or _checksum(path) != checksum):
                    raise Damaged(name)
                known[path] = look
        self._known = known

    def are_untouched(self) -> bool:
        """Tell whether all files that were checked last still look as they did then."""
        try:
            return all(_look(path) == look for path, look in self._known.items())
        except OSError:
            return False


def sync(paths: Iterable[Path]) -> None:
    """Wait until these files or folders are on the disk; one that is gone needs no waiting."""
    for path in paths:
        with suppress(FileNotFoundError):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _write_sums(folder: Path, names: Iterable[str]) -> list[str]:
    """Write beside the files of each segment what they hold; Whoosh removes that with them."""
    segments: dict[str, dict[str, tuple[int, int]]] = {}
    for name in sorted(names):
        path = folder / name
        segments.setdefault(name.partition(".")[0], {})[name] = (_look(path)[-1], _checksum(path))
    for segment, sums in segments.items():
        path = folder / f"{segment}{_SUMS}"
        path.write_text(json.dumps(sums), "ascii")
        _seal(path)
    return [f"{segment}{_SUMS}" for segment in segments]


def _seal(path: Path) -> None:
    """Append a file's own checksum; Whoosh does not read beyond the end of what it wrote."""
    checksum = _checksum(path)
    with path.open("ab") as file:
        file.write(_packed(checksum))


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            checksum = zlib.crc32(block, checksum)
    return checksum


def _packed(checksum: int) -> bytes:
    return checksum.to_bytes(_SUM_BYTES, "big")


def _look(path: Path) -> _Look:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size
