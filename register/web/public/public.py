"""What anybody may read: search, disclosures, bodies, the standard, and all of it as JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from register import clock
from register.errors import Unavailable
from register.schemas import present_body
from register.search import PAGE_SIZE, Query
from register.services.directory import directory
from register.standard import get_standard
from register.standard.bodies import LEVELS
from register.standard.lifecycle import Status
from register.standard.printed import csv_text
from register.standard.publication import Body, Publication
from register.storage import listing, publications
from register.web.answering import as_response, presented
from register.web.guard import EVERYBODY, audience
from register.web.languages import gettext as _
from register.web.languages import language, number_text, say, text_view
from register.web.paging import MOST_ROWS, page_of
from register.web.public import pages, standard_page
from register.web.public.history import version_asked
from register.web.search import facets, results
from register.web.showing import duties, marks
from register.web.showing.showing import Record, date_view
from register.web.wiring import search_index, settings

blueprint = Blueprint("public", __name__)
LATEST = 8
LEVEL_LABELS = {option.value: option.label for option in LEVELS}


@blueprint.get("/")
@audience(EVERYBODY)
def home() -> str:
    """What the register is, a box to search it, and what is new."""
    bodies = directory.published_counts()
    try:
        found = search_index().search(Query(language=language()))
        topics = found.facets.get("policy_domains", [])
    except Unavailable:
        topics = []
    topic_names = facets.names_of("policy_domains")
    return render_template(
        "public/home.html",
        box=results.search_box(),
        figures=[
            {
                "value": number_text(sum(directory.system_counts().values())),
                "label": _("systems disclosed"),
                "href": url_for("search.page"),
            },
            {
                "value": number_text(len(bodies)),
                "label": _("public bodies with disclosures"),
                "href": url_for("public.agencies"),
            },
        ],
        changes=[_change(each) for each in publications.list_latest(LATEST)],
        changes_href=None,
        topics=[
            {
                "label": topic_names.get(value, value),
                "count": count,
                "href": url_for("search.page", policy_domains=value),
            }
            for value, count in topics
            if count
        ],
        disclosed_by=None,
    )


@blueprint.get("/disclosures/<reference>")
@audience(EVERYBODY)
def disclosure(reference: str) -> str:
    """One disclosure as it stands now, or as it stood on a day."""
    asked = version_asked(reference)
    if asked:
        return pages.disclosure_page(asked[0], as_of=asked[1])
    return pages.disclosure_page(publications.get_publication(reference))


@blueprint.get("/disclosures/<reference>/v/<int:version>")
@audience(EVERYBODY)
def disclosure_version(reference: str, version: int) -> str:
    """One version, as it was published and will stay."""
    return pages.disclosure_page(publications.get_publication(reference, version))


@blueprint.get("/disclosures/<reference>.json")
@audience(EVERYBODY)
def disclosure_json(reference: str) -> Response:
    """One disclosure as data, as it stands now or as it stood on a day."""
    asked = version_asked(reference)
    return as_response(presented(asked[0] if asked else publications.get_publication(reference)))


@blueprint.get("/disclosures/<reference>/v/<int:version>.json")
@audience(EVERYBODY)
def disclosure_version_json(reference: str, version: int) -> Response:
    """One version as data."""
    return as_response(presented(publications.get_publication(reference, version)))


@blueprint.get("/agencies")
@audience(EVERYBODY)
def agencies() -> str:
    """The directory of public bodies, with what each has disclosed."""
    query = request.args.get("q", "").strip()[:200]
    counts = directory.system_counts()
    latest = publications.map_latest_by_agency()
    listed = [body for body in directory.list_bodies() if _is_called(body, query)]
    bodies = page_of(listed, MOST_ROWS, "public.agencies")
    return render_template(
        "public/agencies.html",
        action=url_for("public.agencies"),
        query=query,
        total=bodies.total,
        agencies=[
            {
                "name": text_view(body.names),
                "href": url_for("public.agency", slug=body.slug),
                "level": say(LEVEL_LABELS.get(body.level, body.level)),
                "count": counts.get(body.slug, 0),
                "updated": _day(latest.get(body.slug)),
            }
            for body in bodies.items
        ],
        pagination=bodies.links,
        formats=[_format("JSON", url_for("public.agencies_json"), "application/json")],
    )


@blueprint.get("/agencies.json")
@audience(EVERYBODY)
def agencies_json() -> Response:
    """The directory as data."""
    return as_response(body_list())


@blueprint.get("/agencies/<slug>")
@audience(EVERYBODY)
def agency(slug: str) -> str:
    """One public body and its disclosures."""
    body = directory.get_body(slug)
    parent = directory.get_body(body.parent) if body.parent else None
    places = listing.list_places(slug)
    cards = page_of(places, PAGE_SIZE, "public.agency", slug=slug)
    shown = listing.list_published([each.reference for each in cards.items])
    children = [each for each in directory.list_bodies() if each.parent == slug]
    formats = [_format("JSON", url_for("public.agency_json", slug=slug), "application/json")]
    return render_template(
        "public/agency.html",
        agency={
            "name": text_view(body.names),
            "level": say(LEVEL_LABELS.get(body.level, body.level)),
            "parent": _link(parent) if parent else None,
            "href": url_for("public.agency", slug=slug),
            "obligations": duties.of_agency(slug),
            "nil_return": _nil_return(places),
        },
        facts=[{"label": _("Short name"), "text": body.abbreviation}] if body.abbreviation else [],
        results=[results.card(presented(each), frozenset()) for each in shown],
        total=sum(each.period is None for each in places),
        pagination=cards.links,
        search_href=url_for("search.page", agency=slug),
        marks=marks.agency_marks(slug),
        children=[_link(child) for child in children],
        agencies_href=url_for("public.agencies"),
        formats=formats,
    )


@blueprint.get("/agencies/<slug>.json")
@audience(EVERYBODY)
def agency_json(slug: str) -> Response:
    """One public body as data."""
    body = directory.get_body(slug)
    items = [presented(each) for each in publications.list_of_agency(slug)]
    return as_response({**_body_data(body), "disclosures": items})


@blueprint.get("/standard")
@audience(EVERYBODY)
def standard() -> AnyResponse:
    """Lead to the version in force."""
    return redirect(url_for("public.standard_version", version="v1"), 302)


@blueprint.get("/standard/<version>")
@audience(EVERYBODY)
def standard_version(version: str) -> str:
    """Every question of a version of the standard, with its rules."""
    return standard_page.standard_page(get_standard(version))


@blueprint.get("/standard/<version>.json")
@audience(EVERYBODY)
def standard_version_json(version: str) -> Response:
    """The version as JSON Schema."""
    return as_response(standard_page.standard_schema(get_standard(version)))


@blueprint.get("/standard/<version>.csv")
@audience(EVERYBODY)
def standard_version_csv(version: str) -> Response:
    """The version as a table: its data dictionary."""
    asked = get_standard(version)
    response = Response(csv_text(asked), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename=standard-{asked.id}.csv"
    return response


@blueprint.get("/licences")
@audience(EVERYBODY)
def licences() -> str:
    """On what terms the content and the parts of the service are used."""
    return pages.licences_page()


@blueprint.get("/accessibility")
@audience(EVERYBODY)
def accessibility() -> str:
    """What was done for accessibility and what is known to fall short."""
    return render_template("public/accessibility.html", contact=None, checked_on=None)


def body_list() -> list[dict[str, Any]]:
    """Give the directory as JSON values."""
    counts = directory.published_counts()
    return [
        {**_body_data(body), "published": counts.get(body.slug, 0)}
        for body in directory.list_bodies()
    ]


def _body_data(body: Body) -> dict[str, Any]:
    return {**present_body(body), "url": f"{settings().base_url}/agencies/{body.slug}"}


def _change(publication: Publication) -> dict[str, Any]:
    words = {
        Status.WITHDRAWN: _("Withdrawn"),
        Status.PUBLISHED: _("Amended") if publication.version > 1 else _("Published"),
    }
    return {
        "href": url_for("public.disclosure", reference=publication.reference),
        "name": Record.of(presented(publication)).name(publication.reference),
        "agency": text_view(publication.body.names),
        "action": words[publication.status],
        "at": date_view(clock.stamp(publication.published_at)[:10]),
    }


def _nil_return(places: Sequence[listing.Place]) -> dict[str, Any] | None:
    """Give the day and the period of the last nil return among what is published."""
    declared = [each for each in places if each.period]
    if not declared:
        return None
    last = max(declared, key=lambda each: each.published_at)
    return {**(_day(last.published_at) or {}), "period": last.period}


def _day(moment: datetime | None) -> dict[str, Any] | None:
    return date_view(clock.stamp(moment)[:10]) if moment else None


def _link(body: Any) -> Mapping[str, Any]:
    return {**(text_view(body.names) or {}), "href": url_for("public.agency", slug=body.slug)}


def _format(label: str, href: str, kind: str) -> dict[str, str]:
    return {"label": label, "href": href, "type": kind}


def _is_called(body: Any, query: str) -> bool:
    wanted = query.casefold()
    names = [*body.names.values(), body.abbreviation]
    return any(wanted in name.casefold() for name in names)
