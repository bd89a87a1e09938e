"""A file opened as a table, whatever kind of file it is."""

from collections.abc import Callable
from typing import BinaryIO

from register.exchange.reading import Table, read_csv


def open_table(
    source: BinaryIO, *, file: str = "The file", is_heading: Callable[[str], bool] = lambda _: False
) -> Table:
    """Read a seekable binary file from its beginning; it may be read again by another call.

    ``is_heading`` tells the header from title rows above it. Raise :exc:`Invalid`, naming
    ``file``, row and column, if a limit is passed or the file cannot be a table.
    """
    source.seek(0)
    return read_csv(source.read(), file=file, is_heading=is_heading)
