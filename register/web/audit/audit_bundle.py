"""The bundle for auditors over HTTP: in pieces if need be, and to auditors alone."""

from flask import Blueprint, Response, request

from register.services.ledger import auditors_bundle, bundle_files
from register.services.ledger.bundle_files import Kept
from register.standard.lifecycle import Role
from register.web.guard import actor, audience
from register.web.parameters import check_names
from register.web.public.bundles import send
from register.web.wiring import settings

blueprint = Blueprint("audit_bundle", __name__, url_prefix="/audit")


@blueprint.get("/bundle.zip")
@audience(Role.AUDITOR)
def newest() -> Response:
    """The newest bundle for auditors; that it was taken, or a piece of it, is recorded."""
    check_names(set())
    kept = auditors_bundle.get(actor(), bundle_files.auditors_folder(settings()))
    response = send(kept, name=kept.path.name.replace("register-", "register-for-auditors-"))
    if request.method == "GET" and response.status_code in {200, 206}:
        auditors_bundle.note_taken(actor(), kept)
    return response


def find() -> Kept | None:
    """Give the bundle that an auditor can take, if there is one."""
    return auditors_bundle.find(actor(), bundle_files.auditors_folder(settings()))
