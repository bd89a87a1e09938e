"""The register for machines: ``/api/v1``, read without a key."""

import base64
import re
from typing import Any

from flask import Blueprint, Response, request, url_for

from register.errors import Message, NotFound
from register.search import Query
from register.standard import get_standard
from register.standard.marking import _
from register.storage import listing, publications
from register.web import coverage_data, finding, standard_page
from register.web.answering import as_response, presented
from register.web.guard import EVERYBODY, audience
from register.web.history import version_asked
from register.web.parameters import check_names, no_such_value
from register.web.public import body_list
from register.web.wiring import search_index, settings

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
MOST = 1000
USUAL = 100


@blueprint.get("/disclosures")
@audience(EVERYBODY)
def disclosures() -> Response:
    """The disclosures that a search finds, page by page, by reference."""
    check_names({"q", "limit", "cursor", *search_index().facets})
    limit = _number("limit", USUAL, 1, MOST)
    references = sorted(search_index().list_references(_query()))
    start = _cursor()
    page = [reference for reference in references if reference > start][:limit]
    items = [presented(each) for each in listing.list_published(page)]
    has_more = bool(page) and page[-1] < references[-1]
    follows = _next_url(page[-1]) if has_more else None
    response = as_response({"items": items, "total": len(references), "next": follows})
    if follows:
        response.headers["Link"] = f'<{follows}>; rel="next"'
    return response


@blueprint.get("/disclosures/<reference>")
@audience(EVERYBODY)
def disclosure(reference: str) -> Response:
    """One disclosure, one version of it, or as it stood on a day."""
    check_names({"version", "as_of"})
    asked = version_asked(reference)
    if asked:
        return as_response(presented(asked[0]))
    version = _number("version", 0, 1, 10**6) if "version" in request.args else None
    publication = publications.get_publication(reference, version)
    return as_response(presented(publication))


@blueprint.get("/agencies")
@audience(EVERYBODY)
def agencies() -> Response:
    """The directory of public bodies."""
    check_names(set())
    items = body_list()
    return as_response({"items": items, "total": len(items), "next": None})


@blueprint.get("/obligations")
@audience(EVERYBODY)
def obligations() -> Response:
    """Every duty as it stands, or as it stood on a day."""
    items = coverage_data.find_duties()
    return as_response({"items": items, "total": len(items)})


@blueprint.get("/facets")
@audience(EVERYBODY)
def facets() -> Response:
    """The filters of a search with their counts."""
    check_names({"q", *search_index().facets})
    return as_response(finding.as_data(finding.find(_query()))["facets"])


@blueprint.get("/standards/<version>")
@audience(EVERYBODY)
def standard(version: str) -> Response:
    """A version of the standard as JSON Schema."""
    check_names(set())
    return as_response(standard_page.standard_schema(get_standard(version)))


@blueprint.get("/<path:unknown>")
@audience(EVERYBODY)
def unknown(unknown: str) -> Response:
    """Say that there is no such call."""
    raise NotFound(_("The API has no such call."))


def _query() -> Query:
    return Query(text=request.args.get("q", ""), filters=finding.filters_asked())


def _number(name: str, usual: int, least: int, most: int) -> int:
    text = request.args.get(name, str(usual))
    if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
        range_of = Message(_("Use a number from %(least)s to %(most)s."), least=least, most=most)
        raise no_such_value(name, [range_of])
    return int(text)


def _cursor() -> str:
    text = request.args.get("cursor", "")
    try:
        return base64.urlsafe_b64decode(text.encode("ascii")).decode("ascii")
    except ValueError:
        raise no_such_value("cursor") from None


def _next_url(reference: str) -> str:
    cursor = base64.urlsafe_b64encode(reference.encode("ascii")).decode("ascii")
    kept: dict[str, Any] = {
        name: values for name, values in request.args.lists() if name != "cursor"
    }
    return settings().base_url + url_for("api.disclosures", **kept, cursor=cursor)
