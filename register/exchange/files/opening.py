"""A file opened as a table, whatever kind of file it is."""

import re
from collections.abc import Callable
from typing import BinaryIO

from register.errors import Invalid, Message
from register.exchange.files.decoding import find_encoding, open_text
from register.exchange.files.json_reading import read_json
from register.exchange.files.reading import Table, read_csv
from register.exchange.files.workbook_reading import read_workbook
from register.standard.marking import _

_OPENING = 64 * 1024  # characters, among which the first that is no space is looked for
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an old or an encrypted workbook begins
_OTHERS = (b"%PDF", b"{\\rtf", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!")
_JSON = re.compile(r'\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[{["\]]|$))')
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|!--|html|table|body|workbook)\b", re.IGNORECASE)

OLD_OR_LOCKED = _(
    "%(file)s is an old workbook (XLS) or is protected with a password. Save it as XLSX or CSV."
)
NO_TABLE_FILE = _("%(file)s is not XLSX, CSV or JSON. Save it as one of these.")


def open_table(
    source: BinaryIO, *, file: str = "The file", is_heading: Callable[[str], bool] = lambda _: False
) -> Table:
    """Read a seekable binary file from its beginning; it may be read again by another call.

    What the file is, its content tells: XLSX, JSON, or else CSV. ``is_heading`` tells the header
    from title rows above it, and the sheet or list that is meant from others. Raise
    :exc:`Invalid`, naming ``file``, row and column, if a limit is passed or the file cannot be a
    table.
    """
    source.seek(0)
    beginning = source.read(16)
    if beginning.startswith(_ARCHIVES):
        return read_workbook(source, file=file, is_heading=is_heading)
    if beginning.startswith(_COMPOUND):
        raise Invalid(Message(OLD_OR_LOCKED, file=file))
    text = open_text(source, find_encoding(source)).read(_OPENING)
    if beginning.startswith(_OTHERS) or _MARKUP.match(text):
        raise Invalid(Message(NO_TABLE_FILE, file=file))
    if _JSON.match(text):
        return read_json(source, file=file, is_heading=is_heading)
    return read_csv(source, file=file, is_heading=is_heading)
