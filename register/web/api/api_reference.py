"""How the API is used: described for programs, and shown to people by the same description."""

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from register.standard.marking import _
from register.web.answering import as_response
from register.web.api import api_views
from register.web.api.api_document import document
from register.web.calls import Call, Calls
from register.web.guard import EVERYBODY, audience
from register.web.parameters import check_names

pages = Blueprint("api_pages", __name__)
blueprint = Calls(
    "api_reference", __name__, _("This description"), _("What this page says, for programs.")
)


@blueprint.on(
    "GET",
    "/openapi.json",
    Call(
        summary=_("Read this description"),
        description=_("All calls with what they take and answer, in OpenAPI 3.1."),
        answer="Document",
    ),
)
@audience(EVERYBODY)
def openapi() -> Response:
    """Every call with what it takes and answers."""
    return as_response(document())


@pages.get("/data/api")
@audience(EVERYBODY)
def page() -> str:
    """The same for people."""
    check_names(set())
    return render_template("data/api.html", **api_views.page_view(document()))


@pages.get("/data/api.json")
@audience(EVERYBODY)
def page_json() -> Response:
    """The same as data: what programs read."""
    check_names(set())
    return as_response(document())


@pages.get("/api")
@audience(EVERYBODY)
def way() -> AnyResponse:
    """Lead to the page."""
    return redirect(url_for("api_pages.page"), 302)
