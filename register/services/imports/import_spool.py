"""Long lists of remarks that are kept on disk, so that a long file does not fill the memory."""

import json
import tempfile
import weakref
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar, overload

IN_MEMORY = 256 * 1024  # bytes of a list that are kept in memory; the rest goes to a file


class OfRow(Protocol):
    """Something that is said of a row of a file."""

    @property
    def row(self) -> int:
        """The number of the row."""


T = TypeVar("T", bound=OfRow)


class Spool(Sequence[T], Generic[T]):
    """A list in the order of the rows that its entries are about, whatever order they came in.

    ``pack`` makes an entry a JSON value, ``unpack`` an entry of it.
    """

    def __init__(self, pack: Callable[[T], Any], unpack: Callable[[Any], T]) -> None:
        """Begin with an empty list."""
        self._pack = pack
        self._unpack = unpack
        self._rows = array("q")
        self._places = array("q")  # where each entry begins in the file, in the order they came
        self._end = 0
        self._order: Sequence[int] | None = None
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        weakref.finalize(self, self._file.close)

    def append(self, entry: T) -> None:
        """Add one entry, after those of the same row."""
        self._file.seek(self._end)
        self._file.write(json.dumps(self._pack(entry), separators=(",", ":")).encode() + b"\n")
        self._rows.append(entry.row)
        self._places.append(self._end)
        self._end = self._file.tell()
        self._order = None

    def extend(self, entries: Iterable[T]) -> None:
        """Add several entries."""
        for entry in entries:
            self.append(entry)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[T]:
        return map(self._read, self._in_order())

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> list[T]: ...

    def __getitem__(self, index: int | slice) -> T | list[T]:
        wanted = self._in_order()[index]
        return self._read(wanted) if isinstance(wanted, int) else list(map(self._read, wanted))

    def _in_order(self) -> Sequence[int]:
        if self._order is None:
            self._order = array("q", sorted(range(len(self)), key=self._rows.__getitem__))
        return self._order

    def _read(self, number: int) -> T:
        self._file.seek(self._places[number])
        return self._unpack(json.loads(self._file.readline()))
