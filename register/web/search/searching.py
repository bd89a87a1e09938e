"""The doors to searching: the page of results, the same as data, and what helps to ask."""

from flask import (
    Blueprint,
    Response,
    make_response,
    render_template,
    request,
    stream_with_context,
    url_for,
)

from register.errors import Unavailable
from register.search import Query
from register.web.answering import as_response
from register.web.freshness import unless_unchanged
from register.web.guard import EVERYBODY, audience
from register.web.parameters import check_names
from register.web.search import finding, results, search_files, search_help
from register.web.search.turns import in_turn
from register.web.wiring import search_index

blueprint = Blueprint("search", __name__)
MOST_SUGGESTIONS = 8


@blueprint.get("/search")
@audience(EVERYBODY)
def page() -> Response:
    """Find systems by words and filters."""
    return unless_unchanged(_page)


@blueprint.get("/search.json")
@audience(EVERYBODY)
def page_json() -> Response:
    """The same, as data."""
    return unless_unchanged(_page_json)


def _page() -> Response:
    asked = finding.read_query(finding.WHOLE)
    with in_turn(asked):
        found = finding.find(asked)
        shown = render_template("public/search.html", **results.search_page(asked, found))
    return _kept_as(found, make_response(shown))


def _page_json() -> Response:
    asked = finding.read_query()
    with in_turn(asked):
        found = finding.find(asked)
        return _kept_as(found, as_response(finding.as_data(found)))


def _rows() -> Response:
    asked = finding.read_query()
    with in_turn(asked):
        found = search_files.csv_of(asked)
    pieces = (piece.encode() for piece in found)
    response = Response(stream_with_context(pieces), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = "attachment; filename=search.csv"
    return response


def _feed() -> Response:
    asked = finding.read_query()
    with in_turn(asked):
        shown = render_template("public/feed.xml", **search_files.feed_of(asked))
    return Response(shown, content_type="application/atom+xml; charset=utf-8")


def _kept_as(found: finding.Found, response: Response) -> Response:
    """Let nobody keep what was found without the index: it is only for the time being."""
    if found.is_plain:
        response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/search.csv")
@audience(EVERYBODY)
def page_csv() -> Response:
    """All that a search finds, in its order, as rows of the flat table."""
    return unless_unchanged(_rows)


@blueprint.get("/search.atom")
@audience(EVERYBODY)
def page_atom() -> Response:
    """The newest of what a search finds, for feed readers."""
    return unless_unchanged(_feed)


@blueprint.get("/search/suggest")
@audience(EVERYBODY)
def suggestions() -> Response:
    """How what was typed could go on, as links."""
    return unless_unchanged(_suggestions)


@blueprint.get("/search/suggest.json")
@audience(EVERYBODY)
def suggestions_json() -> Response:
    """The same, as data: for the list that opens below the box."""
    return unless_unchanged(_suggestions_json)


@blueprint.get("/search/help")
@audience(EVERYBODY)
def help_page() -> str:
    """How to search, with examples to try."""
    check_names(set())
    return render_template(
        "public/search_help.html",
        box={**results.search_box(), "help_href": None},
        examples=search_help.examples(),
        most_characters=Query.most_characters,
        most_words=Query.most_words,
    )


def _suggestions() -> str:
    text = _typed()
    return render_template(
        "public/suggestions.html",
        action=url_for("search.suggestions"),
        text=text,
        links=[{"text": each, "href": _search_href(each)} for each in _completions(text)],
        search_href=_search_href(text) if text.strip() else None,
        help_href=url_for("search.help_page"),
    )


def _suggestions_json() -> Response:
    text = _typed()
    return as_response({"query": text, "suggestions": _completions(text)})


def _typed() -> str:
    check_names({"q"})
    return request.args.get("q", "")[: Query.most_characters]


def _completions(text: str) -> list[str]:
    """Ask the index how a query could go on; while it cannot say, it goes on in no way."""
    if not text.strip():
        return []
    try:
        return search_index().suggest(text, limit=MOST_SUGGESTIONS)
    except Unavailable:
        return []


def _search_href(text: str) -> str:
    return url_for("search.page", q=text)
