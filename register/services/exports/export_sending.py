"""Exports as they are sent: in blocks, squeezed if need be, or from files that are kept."""

import threading
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from register.errors import Unavailable
from register.services.exports.export_files import FileKind, Wanted, file_pieces, write_workbook
from register.services.exports.export_folder import ExportFolder, Kept
from register.services.turns import Turns

BLOCK = 65_536  # bytes that are sent at once
QUICK = 4  # of zlib's levels: nearly as small, in half the time
KEEPING = Turns(patience=0)
_SQUEEZED = "-gzip"


def mark_of(wanted: Wanted, *, is_squeezed: bool) -> str:
    """Give a mark that two files share if they are the same, byte for byte, as they are sent."""
    return wanted.mark + (_SQUEEZED if is_squeezed else "")


def blocks_of(wanted: Wanted, *, is_squeezed: bool) -> Iterator[bytes]:
    """Write an export that is a text in blocks that are worth sending, squeezed if need be."""
    blocks = _blocks(file_pieces(wanted))
    return _squeezed(blocks) if is_squeezed else blocks


def find_kept(wanted: Wanted, folder: Path, *, is_squeezed: bool, is_made: bool) -> Kept | None:
    """Give an export as a file that is kept; make it if it may be, is settled, and there is room.

    One is made at a time: who comes meanwhile is told ``None`` at once.
    """
    kept = ExportFolder(folder, erased=wanted.state.erased)
    mark = mark_of(wanted, is_squeezed=is_squeezed)
    found = kept.find(mark)
    if found is not None or not is_made or not wanted.is_settled:
        return found

    def write(out: BinaryIO) -> None:
        if wanted.file is FileKind.XLSX:
            write_workbook(wanted, out)
        else:
            out.writelines(blocks_of(wanted, is_squeezed=is_squeezed))

    try:
        with KEEPING.turn(threading.get_ident()):
            return kept.keep(mark, write)
    except (OSError, Unavailable):
        return None


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Put pieces together, so that not every line is sent by itself."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _squeezed(blocks: Iterable[bytes]) -> Iterator[bytes]:
    squeeze: Any = zlib.compressobj(QUICK, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for block in blocks:
        yield squeeze.compress(block)
    yield squeeze.flush()
