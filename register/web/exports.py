"""The public register as files: every format, streamed, and not sent again to who has it."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Blueprint, Response, request, stream_with_context

from register import clock
from register.errors import Message
from register.exchange import flat_table
from register.services import export_files
from register.services.export_files import FileKind, Wanted
from register.standard.marking import _
from register.web.as_of import as_of_asked
from register.web.guard import EVERYBODY, audience
from register.web.parameters import check_names, no_such_value
from register.web.wiring import settings

blueprint = Blueprint("exports", __name__, url_prefix="/api/v1")
BLOCK = 65_536  # bytes that are sent at once
TYPES = {
    FileKind.NDJSON: "application/x-ndjson",
    FileKind.JSON: "application/json; charset=utf-8",
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.LOSSES: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ENDINGS = {FileKind.LOSSES: "losses.csv"}
QUICK = 4  # of zlib's levels: nearly as small, in half the time


@blueprint.get("/export.ndjson")
@audience(EVERYBODY)
def ndjson() -> Response:
    """Everything public, one JSON object a line."""
    check_names({"as_of"})
    return _answer("ndjson", FileKind.NDJSON)


@blueprint.get("/export.json")
@audience(EVERYBODY)
def json_array() -> Response:
    """Everything public, as one JSON array."""
    check_names({"as_of"})
    return _answer(export_files.OURS, FileKind.JSON)


@blueprint.get("/export.csv")
@audience(EVERYBODY)
def table() -> Response:
    """Every published disclosure as a row of one flat table."""
    check_names({"as_of"})
    return _answer(flat_table.NAME, FileKind.CSV)


@blueprint.get("/export")
@audience(EVERYBODY)
def export() -> Response:
    """The register in a format and a kind of file, or what is lost in it."""
    check_names({"format", "file", "as_of"})
    name = request.args.get("format", "ndjson")
    if name not in export_files.export_names():
        known = ", ".join(export_files.export_names())
        raise no_such_value("format", [Message(_("There are: %(known)s."), known=known)])
    kinds = export_files.file_kinds(name)
    asked = request.args.get("file", kinds[0].value)
    if asked not in {kind.value for kind in kinds}:
        known = ", ".join(kinds)
        raise no_such_value("file", [Message(_("This format has: %(known)s."), known=known)])
    return _answer(name, FileKind(asked))


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
    mark = wanted.mark + ("-gzip" if is_squeezed else "")
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
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.update(["Accept-Encoding", "Cookie"])
    return response


def _with_body(wanted: Wanted, *, is_squeezed: bool) -> Response:
    """Answer with the file, or with its headers alone if no more is asked for."""
    response = Response(content_type=TYPES[wanted.file])
    if request.method == "HEAD":
        response.response = iter(())
    elif wanted.file is FileKind.XLSX:
        made = export_files.make_workbook(wanted)
        response.response = iter(lambda: made.read(BLOCK), b"")
        response.call_on_close(made.close)
    else:
        blocks = _blocks(export_files.file_pieces(wanted))
        blocks = _squeezed(blocks) if is_squeezed else blocks
        response.response = stream_with_context(blocks)
    if is_squeezed:
        response.headers["Content-Encoding"] = "gzip"
    return response


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
