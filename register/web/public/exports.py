"""The public register as files: every format, and not sent again to who has it.

What shows a moment that is settled is kept as a file once it was asked for, and can be had piece by
piece; the rest is streamed.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, BinaryIO

from flask import Response, request, stream_with_context
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import parse_range_header, quote_etag

from register import clock
from register.errors import Message
from register.exchange.own import flat_table
from register.schemas.asking import AsOf, Exported
from register.services.exports import export_files, export_sending
from register.services.exports.export_files import FileKind, Wanted
from register.services.exports.export_folder import Kept
from register.standard.marking import _
from register.web import digests
from register.web.as_of import as_of_asked
from register.web.calls import DIGESTS, WHOLE_FILE, Call, Calls
from register.web.cross_origin import varies
from register.web.guard import CACHED, EVERYBODY, audience
from register.web.parameters import no_such_value
from register.web.wiring import settings

TYPES = {
    FileKind.NDJSON: "application/x-ndjson",
    FileKind.JSON: "application/json; charset=utf-8",
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.LOSSES: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ENDINGS = {FileKind.LOSSES: "losses.csv"}
FILE_HEADERS = ("Content-Disposition", "Register-As-Of", "Register-As-Of-Is-Settled", *DIGESTS)
File = partial(Call, told=FILE_HEADERS, in_pieces=True, cost=WHOLE_FILE)
Asked = Mapping[str, Any]

blueprint = Calls(
    "exports",
    __name__,
    _("Files"),
    _(
        "The whole public register: two files of one state are the same, byte for byte. A "
        "file counts as twenty reads."
    ),
)


@blueprint.on(
    "GET",
    "/export.ndjson",
    File(
        summary=_("Get everything as NDJSON"),
        description=_("The current version of each disclosure, one JSON object a line."),
        query=AsOf,
        files=(TYPES[FileKind.NDJSON],),
    ),
)
@audience(EVERYBODY)
def ndjson(asked: Asked) -> Response:
    """Everything public, one JSON object a line."""
    return _answer("ndjson", FileKind.NDJSON)


@blueprint.on(
    "GET",
    "/export.json",
    File(
        summary=_("Get everything as JSON"),
        description=_("The same as one JSON array."),
        query=AsOf,
        answer="Disclosures",
    ),
)
@audience(EVERYBODY)
def json_array(asked: Asked) -> Response:
    """Everything public, as one JSON array."""
    return _answer(export_files.OURS, FileKind.JSON)


@blueprint.on(
    "GET",
    "/export.csv",
    File(
        summary=_("Get everything as a table"),
        description=_("Each published disclosure as a row, each answer and language as a column."),
        query=AsOf,
        files=(TYPES[FileKind.CSV],),
    ),
)
@audience(EVERYBODY)
def table(asked: Asked) -> Response:
    """Every published disclosure as a row of one flat table."""
    return _answer(flat_table.NAME, FileKind.CSV)


@blueprint.on(
    "GET",
    "/export",
    File(
        summary=_("Get the register in a format"),
        description=_(
            "In the form of another register, too; the file losses says what it leaves out."
        ),
        query=Exported,
        files=tuple(dict.fromkeys(TYPES.values())),
    ),
)
@audience(EVERYBODY)
def export(asked: Asked) -> Response:
    """The register in a format and a kind of file, or what is lost in it."""
    name = asked["format"]
    if name not in export_files.export_names():
        known = ", ".join(export_files.export_names())
        raise no_such_value("format", [Message(_("There are: %(known)s."), known=known)])
    kinds = export_files.file_kinds(name)
    file = asked.get("file", kinds[0].value)
    if file not in {kind.value for kind in kinds}:
        known = ", ".join(kinds)
        raise no_such_value("file", [Message(_("This format has: %(known)s."), known=known)])
    return _answer(name, FileKind(file))


def _answer(name: str, file: FileKind) -> Response:
    """Send the file, unless the one that is asked for is the one that the reader has."""
    wanted = Wanted(
        format=name,
        file=file,
        base_url=settings().base_url,
        languages=settings().languages,
        before=as_of_asked().before,
    )
    is_squeezed = file is not FileKind.XLSX and request.accept_encodings.quality("gzip") > 0
    mark = export_sending.mark_of(wanted, is_squeezed=is_squeezed)
    if request.if_none_match.contains_weak(mark):
        response = Response(status=304)
    else:
        response = _with_body(wanted, is_squeezed=is_squeezed)
        ending = ENDINGS.get(file, file.value)
        called = f"attachment; filename={wanted.file_stem}.{ending}"
        response.headers["Content-Disposition"] = called
    response.set_etag(mark)
    response.headers["Register-As-Of"] = clock.stamp(wanted.before or clock.now())
    response.headers["Register-As-Of-Is-Settled"] = "yes" if wanted.is_settled else "no"
    response.headers["Cache-Control"] = CACHED
    response.vary.update(["Accept-Encoding", varies()])
    return response


def _with_body(wanted: Wanted, *, is_squeezed: bool) -> Response:
    """Answer with the file, or with its headers alone if no more is asked for."""
    is_head = request.method == "HEAD"
    kept = export_sending.find_kept(
        wanted, settings().exports_folder, is_squeezed=is_squeezed, is_made=not is_head
    )
    if kept is not None:
        response = _from_file(kept, export_sending.mark_of(wanted, is_squeezed=is_squeezed))
    elif is_head:
        response = Response(iter(()))
    elif wanted.file is FileKind.XLSX:
        response = _workbook(wanted)
    else:
        blocks = export_sending.blocks_of(wanted, is_squeezed=is_squeezed)
        response = Response(stream_with_context(blocks))
    response.content_type = TYPES[wanted.file]
    if is_squeezed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _from_file(kept: Kept, mark: str) -> Response:
    """Send a file that is kept, or the piece of it that is asked for."""
    length = kept.path.stat().st_size
    piece = _piece_asked(length, mark)
    start, end = piece or (0, length)
    if request.method == "HEAD":
        response = Response(iter(()))
    else:
        file = kept.path.open("rb")
        file.seek(start)
        response = Response(_read(file, end - start))
        response.call_on_close(file.close)
    if piece is not None:
        response.status_code = 206
        response.content_range.set(start, end, length)
    response.content_length = end - start
    response.accept_ranges = "bytes"
    is_whole = piece is None and request.method != "HEAD"
    digests.tell(response, kept.sha256, is_whole=is_whole)
    return response


def _piece_asked(length: int, mark: str) -> tuple[int, int] | None:
    """Read where the piece that is asked for begins and ends; ``None`` if it is the whole.

    A range that means nothing is overlooked, and so are several, and one of another file.
    """
    asked = parse_range_header(request.headers.get("Range") if request.method == "GET" else None)
    is_of_this = request.headers.get("If-Range", quote_etag(mark)) == quote_etag(mark)
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or not is_of_this:
        return None
    piece = asked.range_for_length(length)
    if piece is None:
        raise RequestedRangeNotSatisfiable(length)
    return piece


def _read(file: BinaryIO, length: int) -> Iterator[bytes]:
    while block := file.read(min(export_sending.BLOCK, length)):
        length -= len(block)
        yield block


def _workbook(wanted: Wanted) -> Response:
    made = export_files.make_workbook(wanted)
    digest = hashlib.file_digest(made, "sha256").digest()
    made.seek(0)
    response = Response(iter(lambda: made.read(export_sending.BLOCK), b""))
    response.call_on_close(made.close)
    digests.tell(response, digest, is_whole=True)
    return response
