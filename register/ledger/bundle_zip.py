"""The ZIP of a bundle: the same files always make the same bytes.

Files stand in the order of their names, not compressed, dated 1980, with nothing in between. So
every byte of the ZIP follows from the files, and none can be changed unnoticed.
"""

import hashlib
import re
import struct
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

MAX_BYTES = 2**32 - 1
MAX_FILES = 65_534
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION = 20  # 2.0: folders
_FIRST_DAY = 33  # 1980-01-01, in the calendar of MS-DOS
_HEAD = 30  # bytes before a name
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_PIECE = 1 << 20  # bytes

Content = bytes | Iterable[bytes]


class BadZip(ValueError):
    """This is no ZIP of the form that bundles have, or one cannot be made."""


@dataclass(frozen=True)
class Member:
    """A file in the ZIP: what its headers say, and the hash that the manifest says."""

    name: str
    size: int
    crc: int
    sha256: str = ""

    @property
    def local_header(self) -> bytes:
        """The bytes before the file's own."""
        return _LOCAL + self._described + self.name.encode()

    def directory_entry(self, at: int) -> bytes:
        """Give the bytes that name the file at the end of the ZIP; it stands ``at`` this byte."""
        made_by = struct.pack("<H", _VERSION)
        return (
            _CENTRAL
            + made_by
            + self._described
            + bytes(10)
            + struct.pack("<L", at)
            + self.name.encode()
        )

    @property
    def _described(self) -> bytes:
        sizes = (self.crc, self.size, self.size, len(self.name))
        return struct.pack("<5H4L", _VERSION, 0, 0, 0, _FIRST_DAY, *sizes)


class Spool:
    """Files on their way into a ZIP, kept on disk: their sizes must be known before them."""

    def __init__(self) -> None:
        """Keep files that are added, until the spool is closed."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the spool
        self._starts: dict[str, int] = {}
        self._end = 0
        self.members: dict[str, Member] = {}

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def add(self, name: str, content: Content) -> None:
        """Keep a file; raise :exc:`BadZip` for a name that is taken or of another form."""
        if not _NAME.fullmatch(name) or len(name) > 200 or name in self.members:
            raise BadZip(f"{name} is no name for another file of a bundle.")
        size, crc, hashed = 0, 0, hashlib.sha256()
        for piece in (content,) if isinstance(content, bytes) else content:
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            hashed.update(piece)
            self._file.write(piece)
        self._starts[name] = self._end
        self._end += size
        self.members[name] = Member(name, size, crc, hashed.hexdigest())

    def write_zip(self, out: BinaryIO) -> None:
        """Write the ZIP of all files; raise :exc:`BadZip` if they are too many or too long."""
        members = [self.members[name] for name in sorted(self.members)]
        tail = tail_of(members)
        if len(members) > MAX_FILES or tail is None:
            raise BadZip(f"A bundle has at most {MAX_FILES:,} files and 4 GiB.")
        for member in members:
            out.write(member.local_header)
            for piece in self._pieces(member):
                out.write(piece)
        out.write(tail)

    def _pieces(self, member: Member) -> Iterator[bytes]:
        self._file.seek(self._starts[member.name])
        left = member.size
        while left:
            piece = self._file.read(min(left, _PIECE))
            left -= len(piece)
            yield piece


def read_zip(raw: bytes) -> tuple[dict[str, bytes], list[str]]:
    """Give the files of a ZIP, and sentences about all that is not as :class:`Spool` writes it.

    Raise :exc:`BadZip` where it cannot be taken apart at all.
    """
    files: dict[str, bytes] = {}
    members: list[Member] = []
    wrong, at = [], 0
    while raw[at : at + 4] == _LOCAL:
        start, end, name = _bounds(raw, at)
        data = raw[start:end]
        member = Member(name, len(data), zlib.crc32(data))
        if raw[at:start] != member.local_header:
            wrong.append(f"The ZIP does not describe the file {name} as it is.")
        if members and name <= members[-1].name:
            wrong.append(f"The file {name} is not in its place in the ZIP.")
        files[name] = data
        members.append(member)
        at = end
    if raw[at:] != tail_of(members):
        wrong.append("The list of files at the end of the ZIP was changed.")
    return files, wrong


def _bounds(raw: bytes, at: int) -> tuple[int, int, str]:
    """Give where a file begins and ends whose header is ``at``, and its name."""
    if at + _HEAD > len(raw):
        raise BadZip("The ZIP ends in the middle of a file.")
    size, length = struct.unpack_from("<LH", raw, at + 22)
    start = at + _HEAD + length
    if start + size > len(raw):
        raise BadZip("The ZIP ends in the middle of a file.")
    name = raw[at + _HEAD : start].decode("ascii", "replace")
    return start, start + size, name


def tail_of(members: Sequence[Member]) -> bytes | None:
    """Give the bytes after the last file of a ZIP, which list all of them; none if too many."""
    entries, at = [], 0
    for member in members:
        if member.size > MAX_BYTES or at > MAX_BYTES:
            return None
        entries.append(member.directory_entry(at))
        at += len(member.local_header) + member.size
    listed = b"".join(entries)
    if at + len(listed) > MAX_BYTES or len(members) > MAX_FILES:
        return None
    counts = (0, 0, len(members), len(members), len(listed), at, 0)
    return listed + _END + struct.pack("<4H2LH", *counts)
