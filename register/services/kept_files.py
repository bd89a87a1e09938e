"""Writing a file that is kept and given out: it is on the disk, and its SHA-256 is known."""

import hashlib
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO


def write_through(path: Path, write: Callable[[BinaryIO], object], *, mode: int) -> bytes:
    """Write a file down to the disk, with this mode from the first byte on; give its SHA-256.

    Whoever calls this gives it a name of its own, and another one when it is whole.
    """
    with open(path, "w+b", opener=partial(os.open, mode=mode)) as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
        file.seek(0)
        return hashlib.file_digest(file, "sha256").digest()
