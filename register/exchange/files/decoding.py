"""The characters of a file, whatever its encoding: it is decided over all bytes, then read along.

Nothing here keeps more of a file than a piece, so that memory does not grow with its rows.
"""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, TextIO

from register.exchange.result import RowWarning

_PIECE = 256 * 1024  # bytes
_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Encoding:
    """How the bytes of a file are read: what people call it, and what Python does.

    ``lost`` counts the places that it cannot read; each becomes U+FFFD.
    """

    name: str
    codec: str
    lost: int = 0

    @property
    def warnings(self) -> list[RowWarning]:
        """The remark on what was lost, if anything was."""
        if not self.lost:
            return []
        shown = f"could not be read as {self.name} and are shown as \ufffd"
        return [RowWarning(1, "", "", f"{self.lost} characters {shown}.", "undecodable")]


def find_encoding(source: BinaryIO) -> Encoding:
    """Find the encoding of a file: UTF-8, UTF-16 if it says so, or Windows-1252.

    Bytes that are not UTF-8 are read as Windows-1252, unless most of the file is UTF-8: then it is
    damaged, and what is damaged is lost.
    """
    beginning = next(_pieces(source), b"")
    if beginning.startswith(_UTF_16_MARKS):
        return Encoding("UTF-16", "utf-16", _measured(source, "utf-16")[1])
    is_marked = beginning.startswith(_UTF_8_MARK)
    name = "UTF-8 with a byte order mark" if is_marked else "UTF-8"
    if _is_readable(source, "utf-8-sig"):
        return Encoding(name, "utf-8-sig")
    foreign, lost = _measured(source, "utf-8-sig")
    if foreign - lost <= lost:
        return Encoding("Windows-1252", "cp1252", _measured(source, "cp1252")[1])
    return Encoding(name, "utf-8-sig", lost)


def open_text(source: BinaryIO, encoding: Encoding) -> TextIO:
    """Open the characters of a file from its beginning, with its own line ends.

    The text keeps its own place in the file, so that there may be several, and leaves it open.
    """
    pieces = io.BufferedReader(_View(source), _PIECE)
    return io.TextIOWrapper(pieces, encoding=encoding.codec, errors="replace", newline="")


class _View(io.RawIOBase):
    """A file seen from a place of one's own."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._source.seek(self._at)
        piece = self._source.read(len(buffer))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    source.seek(0)
    while piece := source.read(_PIECE):
        yield piece


def _is_readable(source: BinaryIO, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for piece in _pieces(source):
            decoder.decode(piece)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _measured(source: BinaryIO, codec: str) -> tuple[int, int]:
    """Count the characters beyond ASCII, and those among them that could not be read."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    foreign = lost = 0
    for piece in chain(_pieces(source), [b""]):
        text = decoder.decode(piece, not piece)
        foreign += len(text) - len(text.encode("ascii", "ignore"))
        lost += text.count("\ufffd")
    return foreign, lost
