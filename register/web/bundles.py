"""The auditors' bundle over HTTP: signed files that never change, fetched in pieces if need be."""

import base64

from flask import Blueprint, Response, send_file, url_for

from register.errors import NotFound
from register.services.bundle_files import BundleFolder, Kept
from register.standard.marking import _
from register.web.as_of import as_of_asked
from register.web.guard import EVERYBODY, audience
from register.web.parameters import check_names
from register.web.wiring import settings

blueprint = Blueprint("bundles", __name__, url_prefix="/api/v1")
FOR_EVER = "public, max-age=31536000, immutable"


@blueprint.get("/bundle.zip")
@audience(EVERYBODY)
def newest() -> Response:
    """The newest bundle, or the newest that was made of a day or of one before it."""
    check_names({"as_of"})
    kept = _folder().latest(as_of_asked().before)
    if kept is None:
        raise NotFound(_("There is no bundle of that day or of one before it."))
    response = _answer(kept)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Content-Location"] = url_for("bundles.one", name=kept.path.name)
    return response


@blueprint.get("/bundles/<name>")
@audience(EVERYBODY)
def one(name: str) -> Response:
    """A bundle under its own name, which stays."""
    check_names(set())
    kept = _folder().find(name)
    if kept is None:
        raise NotFound(_("There is no bundle of this name."))
    response = _answer(kept)
    response.headers["Cache-Control"] = FOR_EVER
    return response


def list_kept() -> list[Kept]:
    """Give the bundles that anybody may fetch, the newest first."""
    return _folder().list_kept()


def link(kept: Kept) -> str:
    """Give the address under which a bundle stays."""
    return url_for("bundles.one", name=kept.path.name)


def _answer(kept: Kept) -> Response:
    """Send a file, or pieces of it, with the digest of the whole (RFC 9530)."""
    response = send_file(
        kept.path,
        mimetype="application/zip",
        as_attachment=True,
        download_name=kept.path.name,
        etag=kept.sha256.hex(),
        conditional=True,
    )
    digest = base64.b64encode(kept.sha256).decode("ascii")
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    if response.status_code == 200:
        response.headers["Content-Digest"] = f"sha-256=:{digest}:"
    return response


def _folder() -> BundleFolder:
    return BundleFolder(settings().bundle_folder)
