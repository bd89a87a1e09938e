"""A workbook's package looked through before anything reads it, and packed anew without the rest.

An XLSX file is a ZIP archive of XML. One cell far down makes a reader reserve memory for the whole
rectangle above it, a few kilobytes can unpack to gigabytes, and two readers may see different
members in one archive. So every part is unpacked here within limits and its XML is gone through
once; what may be read is packed into an archive of our own, and only that is handed on.
"""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from register.errors import Invalid, Message
from register.standard.marking import _

MAX_MEMBERS = 200
MAX_INFLATED = 48 * 1024 * 1024
MAX_RATIO = 100
MAX_ROWS = 5_000
MAX_COLUMNS = 400
MAX_CELL = 20_000  # characters
MAX_TEXT = 24_000_000  # characters that all cells together show
HEADER_ROWS = 25  # that may stand above the first row of answers

_CHUNK = 256 * 1024
_FREE_OF_RATIO = 1024 * 1024  # below this a member may be as repetitive as it likes
_LISTED = b"PK\x01\x02"  # how each entry of an archive's list of members begins
_READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels|xl/workbook\.xml"
    r"|xl/sharedStrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml"
)
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_SHARED = "xl/sharedStrings.xml"
_TEXTS = frozenset({"si", "c"})  # a text that cells share, and a cell
_FILLS = frozenset({"v", "t", "is"})  # what makes a cell more than a place

NOT_A_WORKBOOK = _("%(file)s is damaged, or is not a workbook. Save it again as XLSX.")
TOO_LARGE = _("%(file)s is too large when it is unpacked. Divide it into several files.")
MACROS = _("%(file)s contains macros. Save it as a workbook without macros (XLSX).")
PROTECTED = _("%(file)s is protected with a password. Take the password off and save it again.")
FAR_CELL = _(
    "%(file)s: cell %(cell)s is filled, but %(rows)s rows and %(columns)s columns are the most."
    " Delete what is beyond, or divide the file."
)
LONG_TEXT = _("%(file)s: a text has more than %(most)s characters. Shorten it.")


def repacked(data: bytes, file: str) -> io.BytesIO:
    """Give the parts of a workbook that hold its sheets, in an archive that is safe to read.

    Raise :exc:`Invalid` if the file is none, or asks for more than it may.
    """
    if data.count(_LISTED) > MAX_MEMBERS:
        raise Invalid(Message(TOO_LARGE, file=file))
    try:
        return _repacked(data, file)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        expat.ExpatError,
        EOFError,
        IndexError,
        NotImplementedError,
        OSError,
        OverflowError,
        RuntimeError,
        UnicodeError,
        ValueError,
    ) as error:
        raise Invalid(Message(NOT_A_WORKBOOK, file=file)) from error


def _repacked(data: bytes, file: str) -> io.BytesIO:
    packed = io.BytesIO()
    seen = _Seen(file)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        _check_members(members, file)
        # The texts that cells share come first: a sheet is measured by them.
        wanted = [each for each in members if _READ.fullmatch(each.filename)]
        wanted.sort(key=lambda each: each.filename != _SHARED)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as made:
            left = MAX_INFLATED
            for member in wanted:
                part = _unpacked(archive, member, left, file)
                left -= len(part)
                seen.go_through(part, is_shared=member.filename == _SHARED)
                made.writestr(member.filename, part)
    packed.seek(0)
    return packed


def _check_members(members: list[zipfile.ZipInfo], file: str) -> None:
    names = [member.filename for member in members]
    if "xl/vbaProject.bin" in names:
        raise Invalid(Message(MACROS, file=file))
    if any(member.flag_bits & 0x1 for member in members):
        raise Invalid(Message(PROTECTED, file=file))
    if len(set(names)) < len(names) or "xl/workbook.xml" not in names:
        raise Invalid(Message(NOT_A_WORKBOOK, file=file))
    declared = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or declared > MAX_INFLATED:
        raise Invalid(Message(TOO_LARGE, file=file))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, file: str) -> bytes:
    """Unpack a member as far as is allowed, whatever size it declares."""
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Invalid(Message(NOT_A_WORKBOOK, file=file))
    most = min(left, max(_FREE_OF_RATIO, member.compress_size * MAX_RATIO))
    part = bytearray()
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            part += chunk
            if len(part) > most:
                raise Invalid(Message(TOO_LARGE, file=file))
    return bytes(part)


@dataclass
class _Seen:
    """What has been seen of the parts; refuses them at the first thing that is too much.

    Any part may turn out to be a sheet, since another part says which ones are. Each cell counts
    with the whole text that it shows: a short file may show one long text very often.
    """

    file: str
    row: int = 0
    column: int = 0
    text: str = ""
    is_in_text: bool = False
    is_pointer: bool = False
    shown: int = 0
    shared: list[int] = field(default_factory=list)

    def go_through(self, part: bytes, *, is_shared: bool) -> None:
        """Go through a part's XML: well-formed, without entities, and no cell out of bounds."""
        self.row = self.column = 0
        parser = expat.ParserCreate("UTF-8")  # whatever the part itself declares
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.on_document_type
        parser.StartElementHandler = self.on_start
        parser.EndElementHandler = self.on_shared_end if is_shared else self.on_cell_end
        parser.CharacterDataHandler = self.on_text
        parser.Parse(part, True)

    def on_document_type(self, *_declared: object) -> None:
        """Refuse entities, which a workbook never has, before they can multiply."""
        raise Invalid(Message(NOT_A_WORKBOOK, file=self.file))

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        """Follow rows and cells as a reader counts them, with or without their references."""
        element = name.rpartition(":")[2]
        if element in _TEXTS:
            self.text, self.is_in_text = "", True
            self.is_pointer = attributes.get("t") == "s"
        elif element == "v":
            self.text = ""  # a formula stood before it
        if element == "row":
            self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
        elif element == "c":
            self._on_cell(attributes.get("r"))
        elif element in _FILLS and self._is_far():
            self._refuse()

    def on_shared_end(self, name: str) -> None:
        """Measure a text that cells share."""
        if name.rpartition(":")[2] in _TEXTS:
            self.is_in_text = False
            self.shared.append(len(self.text))

    def on_cell_end(self, name: str) -> None:
        """Count what a cell shows; refuse the file once all cells together show too much."""
        element = name.rpartition(":")[2]
        if element == "v":
            self.shown += self.shared[int(self.text)] if self.is_pointer else len(self.text)
        elif element in _TEXTS:
            self.is_in_text = False
            self.shown += len(self.text)
        else:
            return
        self.text = ""
        if self.shown > MAX_TEXT:
            raise Invalid(Message(TOO_LARGE, file=self.file))

    def on_text(self, text: str) -> None:
        """Refuse a text much longer than a cell may be."""
        if not self.is_in_text:
            return
        self.text += text
        if len(self.text) > 2 * MAX_CELL:
            raise Invalid(Message(LONG_TEXT, file=self.file, most=f"{MAX_CELL:,}"))

    def _on_cell(self, reference: str | None) -> None:
        self.column += 1
        if reference is None:
            return
        match = _CELL.fullmatch(reference)
        if match is None:
            raise Invalid(Message(NOT_A_WORKBOOK, file=self.file))
        self.column = 0
        for letter in match[1]:
            self.column = self.column * 26 + ord(letter) - 64
        self.row = int(match[2])

    def _is_far(self) -> bool:
        return self.row > MAX_ROWS + HEADER_ROWS or self.column > MAX_COLUMNS

    def _refuse(self) -> None:
        cell = letters_of(self.column - 1) + str(self.row)
        rows = f"{MAX_ROWS:,}"
        raise Invalid(Message(FAR_CELL, file=self.file, cell=cell, rows=rows, columns=MAX_COLUMNS))


def letters_of(column: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
