"""The auditors' bundle over HTTP: signed files that never change, fetched in pieces if need be."""

from collections.abc import Mapping
from typing import Any

from flask import Response, send_file, url_for

from register.errors import NotFound
from register.schemas.asking import AsOf
from register.services.ledger.bundle_files import BundleFolder, Kept, public_folder
from register.standard.marking import _
from register.web import digests
from register.web.as_of import as_of_asked
from register.web.calls import DIGESTS, WHOLE_FILE, Call, Calls
from register.web.guard import CACHED, EVERYBODY, audience
from register.web.wiring import settings

FOR_EVER = "public, max-age=31536000, immutable"
ZIP = "application/zip"
FILE_HEADERS = ("Content-Disposition", *DIGESTS)

blueprint = Calls(
    "bundles",
    __name__,
    _("Bundles for auditors"),
    _(
        "The register with its proofs as one signed file, to be checked without this register. A "
        "file counts as twenty reads."
    ),
)


@blueprint.on(
    "GET",
    "/bundle.zip",
    Call(
        summary=_("Get the newest bundle"),
        description=_("The newest of all, or the newest that was made of a day or before it."),
        query=AsOf,
        files=(ZIP,),
        told=(*FILE_HEADERS, "Content-Location"),
        refused=(404,),
        in_pieces=True,
        cost=WHOLE_FILE,
    ),
)
@audience(EVERYBODY)
def newest(asked: Mapping[str, Any]) -> Response:
    """The newest bundle, or the newest that was made of a day or of one before it."""
    kept = _folder().latest(as_of_asked().before)
    if kept is None:
        raise NotFound(_("There is no bundle of that day or of one before it."))
    response = send(kept, name=kept.path.name)
    response.headers["Cache-Control"] = CACHED
    response.headers["Content-Location"] = url_for("bundles.one", name=kept.path.name)
    return response


@blueprint.on(
    "GET",
    "/bundles/<name>",
    Call(
        summary=_("Get a bundle by its name"),
        description=_("The same file for good, as long as it is kept."),
        files=(ZIP,),
        told=FILE_HEADERS,
        in_pieces=True,
        cost=WHOLE_FILE,
    ),
)
@audience(EVERYBODY)
def one(name: str) -> Response:
    """A bundle under its own name, which stays."""
    kept = _folder().find(name)
    if kept is None:
        raise NotFound(_("There is no bundle of this name."))
    response = send(kept, name=kept.path.name)
    response.headers["Cache-Control"] = FOR_EVER
    return response


def list_kept() -> list[Kept]:
    """Give the bundles that anybody may fetch, the newest first."""
    return _folder().list_kept()


def link(kept: Kept) -> str:
    """Give the address under which a bundle stays."""
    return url_for("bundles.one", name=kept.path.name)


def send(kept: Kept, *, name: str) -> Response:
    """Send a bundle under a name, or pieces of it, with the digest of the whole (RFC 9530)."""
    response = send_file(
        kept.path,
        mimetype=ZIP,
        as_attachment=True,
        download_name=name,
        etag=kept.sha256.hex(),
        conditional=True,
    )
    digests.tell(response, kept.sha256, is_whole=response.status_code == 200)
    return response


def _folder() -> BundleFolder:
    return public_folder(settings())
