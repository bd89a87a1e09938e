"""A workbook's package looked through before anything reads it, and packed anew without the rest.

An XLSX file is a ZIP archive of XML. One cell far down makes a reader reserve memory for the whole
rectangle above it, a few kilobytes can unpack to gigabytes, and two readers may see different
members in one archive. So every part is unpacked here within limits and written anew; these parts
are packed into an archive of our own, and only that is handed on.
"""

import io
import re
import struct
import zipfile
import zlib
from xml.parsers import expat

from register.errors import Invalid, Message
from register.exchange.files.sheet_parts import NOT_A_WORKBOOK, SHARED, TOO_LARGE, Parts
from register.standard.marking import _

MAX_MEMBERS = 200
MAX_INFLATED = 48 * 1024 * 1024
MAX_RATIO = 100

_CHUNK = 256 * 1024
_FREE_OF_RATIO = 1024 * 1024  # below this a member may be as repetitive as it likes
_LISTED = b"PK\x01\x02"  # how each entry of an archive's list of members begins
_READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels|xl/workbook\.xml"
    r"|xl/sharedStrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml"
)

MACROS = _("%(file)s contains macros. Save it as a workbook without macros (XLSX).")
PROTECTED = _("%(file)s is protected with a password. Take the password off and save it again.")


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
    parts = Parts(file)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        _check_members(members, file)
        # The texts that cells share come first: a sheet is measured by them.
        wanted = [each for each in members if _READ.fullmatch(each.filename)]
        wanted.sort(key=lambda each: each.filename != SHARED)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as made:
            left = MAX_INFLATED
            for member in wanted:
                part = _unpacked(archive, member, left, file)
                left -= len(part)
                made.writestr(member.filename, parts.rewritten(member.filename, part))
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
