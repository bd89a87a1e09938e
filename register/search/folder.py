"""Where the index lies: ``index/current``, a symbolic link to one ``gen-…`` folder.

A rebuild makes another folder beside it and moves the link in one step, which readers notice at
their next search. Whatever goes wrong on opening means that the index is missing.
"""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from register.errors import Unavailable
from register.search.durable import Seals, sync
from register.search.index import OpenIndex, create
from register.search.layout import Layout
from register.standard.marking import _

_PREFIX = "gen-"
_PAUSE = 0.02
_GRACE = 60.0
_MISSING = _("The search index is not ready.")


class IndexFolder:
    """The folder of all generations of the index; it holds no open files."""

    def __init__(self, path: Path, layout: Layout) -> None:
        """Use ``path``, which need not exist yet, for an index laid out as ``layout``."""
        self.path = path
        self.layout = layout
        self._link = path / "current"
        self._broken = path / "broken"
        self._seals = Seals()

    def current(self) -> Path:
        """Give the generation folder in use; raise :exc:`Unavailable` if there is none."""
        try:
            return self.path / os.readlink(self._link)
        except OSError as error:
            raise Unavailable(_MISSING) from error

    def open(self) -> OpenIndex:
        """Open the index in use; raise :exc:`Unavailable` if that does not work, for any reason."""
        path = self.current()
        try:
            return OpenIndex(path, self.layout, self._seals)
        except Exception as error:
            raise Unavailable(_MISSING) from error

    def open_sound(self) -> OpenIndex | None:
        """Open the index for writing; give ``None`` if it must be rebuilt first."""
        if self._broken.exists():
            return None
        try:
            index = self.open()
            state = index.state()
        except Exception:  # whatever is wrong with it: a rebuild mends it
            return None
        return index if state and state.schema_hash == self.layout.schema_hash else None

    def is_current(self, index: OpenIndex) -> bool:
        """Tell whether ``index`` is in use as it was, and nobody touched it or found it broken."""
        is_linked = self._link.is_symlink() and self.current() == index.path
        return is_linked and index.is_untouched() and not self._broken.exists()

    def mark_broken(self) -> None:
        """Ask the next drainer to rebuild, since a search failed on what is there."""
        self._broken.touch(mode=0o600)

    def writing(self, patience: float = 0.0) -> AbstractContextManager[bool]:
        """Be the only one who changes the index in use; give whether that succeeded.

        It is tried at once, and again for ``patience`` seconds. Whoosh's own lock guards one
        generation only.
        """
        return self._locking("lock", patience)

    def rebuilding(self) -> AbstractContextManager[bool]:
        """Be the only one who makes another generation; give whether that succeeded, at once."""
        return self._locking("rebuild.lock", 0.0)

    @contextmanager
    def _locking(self, name: str, patience: float) -> Iterator[bool]:
        """Hold a lock, which ends with the process."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        handle = os.open(self.path / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            deadline = time.monotonic() + patience
            while not (is_ours := _is_locked_by_us(handle)) and time.monotonic() < deadline:
                time.sleep(_PAUSE)
            yield is_ours
        finally:
            os.close(handle)

    def create(self) -> OpenIndex:
        """Make an empty index beside the one in use; only who is :meth:`rebuilding` may."""
        # What killed rebuilds left behind could fill the disk.
        self._sweep({self._target()})
        path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self.path))
        return create(path, self.layout, Seals())

    def switch(self, index: OpenIndex) -> None:
        """Put ``index`` in use; keep the one before it for its readers, and remove older ones."""
        previous = self._target()
        sync([self.path])
        fresh = self.path / "current.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(index.path.name)
        fresh.replace(self._link)
        sync([self.path])
        self._broken.unlink(missing_ok=True)
        self._sweep({index.path.name, previous})

    def forget_previous(self, grace: float = _GRACE) -> None:
        """Remove the generation before the one in use, once its readers have had time to leave."""
        with self.rebuilding() as is_ours:
            if is_ours and time.time() - self._link.lstat().st_mtime >= grace:
                self._sweep({self._target()})

    def _target(self) -> str:
        return os.readlink(self._link) if self._link.is_symlink() else ""

    def _sweep(self, kept: set[str]) -> None:
        for path in self.path.glob(_PREFIX + "*"):
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)


def _is_locked_by_us(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
