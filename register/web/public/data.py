"""The register as data: a page for people and harvesters, and one for each format."""

from flask import Blueprint, Response, render_template

from register.errors import NotFound
from register.exchange.formats import FORMATS
from register.exchange.mapping import Format
from register.standard.marking import _
from register.web.answering import as_response
from register.web.guard import EVERYBODY, audience
from register.web.parameters import check_names
from register.web.public import data_page, format_page, linked_data

blueprint = Blueprint("data", __name__)


@blueprint.get("/data")
@audience(EVERYBODY)
def page() -> str:
    """Where all of it can be had as data, and in which formats."""
    view = data_page.page_view()
    return render_template("data/page.html", **view, linked_data=linked_data.of_register())


@blueprint.get("/data.json")
@audience(EVERYBODY)
def page_json() -> Response:
    """The same, as data."""
    check_names(set())
    return as_response(data_page.page_data())


@blueprint.get("/data/catalogue.jsonld")
@audience(EVERYBODY)
def catalogue() -> Response:
    """The catalogue for harvesters of open data, in DCAT-AP."""
    check_names(set())
    response = as_response(linked_data.catalogue())
    response.content_type = "application/ld+json"
    return response


@blueprint.get("/data/<name>")
@audience(EVERYBODY)
def mapping(name: str) -> str:
    """Which columns of a format are which of our questions, and what is lost."""
    return render_template("data/format.html", **format_page.page_view(_format(name)))


@blueprint.get("/data/<name>.json")
@audience(EVERYBODY)
def mapping_json(name: str) -> Response:
    """The same, as data."""
    check_names(set())
    return as_response(format_page.page_data(_format(name)))


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise NotFound(_("There is no format of this name."))
    return FORMATS[name]
