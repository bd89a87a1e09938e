"""Whether the register is alive, and whether it is ready."""

from flask import Blueprint, Response

from register.storage import outbox
from register.web.answering import as_response
from register.web.guard import EVERYBODY, audience
from register.web.wiring import search_index

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@audience(EVERYBODY)
def alive() -> Response:
    """The process answers."""
    return as_response({"status": "alive"})


@blueprint.get("/readyz")
@audience(EVERYBODY)
def ready() -> Response:
    """The database answers, and the index can be searched; how far behind it is."""
    oldest = outbox.oldest_at()
    is_ready = search_index().is_ready
    response = as_response(
        {
            "status": "ready" if is_ready else "index is being built",
            "database": True,
            "index": is_ready,
            "outbox_since": oldest.isoformat() if oldest else None,
        }
    )
    response.status_code = 200 if is_ready else 503
    return response
