"""The exceptions for auditors: how many of each kind, each kind one by one, and as files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for

from register.exchange.files.row_files import Cell
from register.services.audit import irregularities
from register.services.audit.irregularities import Found, Kind
from register.services.directory import directory
from register.standard import CURRENT
from register.standard.lifecycle import Role
from register.standard.publication import Body
from register.web.audit.audit_files import csv_file
from register.web.audit.exception_words import WORDS, question, told
from register.web.guard import actor, audience
from register.web.languages import say, text_view
from register.web.paging import page_of
from register.web.parameters import check_names, values_asked
from register.web.secretariat.account_screens import agency_options
from register.web.showing import duties
from register.web.showing.showing import date_view
from register.web.wiring import settings

blueprint = Blueprint("audit_exceptions", __name__, url_prefix="/audit")
PAGE = 50
AT_ONCE = 500  # rows of a file that are named together
HEAD = ("kind", "agency", "reference", "version", "name", "fields", "told", "day", "url")
Names = Mapping[str, Mapping[str, str]]


@blueprint.get("/exceptions")
@audience(Role.AUDITOR)
def overview() -> str:
    """Every kind with how many there are and why it is one, of an agency or of all."""
    check_names({"agency"})
    agency = _agency()
    return render_template(
        "audit/exceptions.html",
        kinds=kinds_view(agency),
        agencies=agency_options(agency),
    )


@blueprint.get("/exceptions/<kind>")
@audience(Role.AUDITOR)
def listed(kind: str) -> str:
    """All of one kind, one by one."""
    check_names({"agency", "question", "page"})
    asked, agency, name = _kind(kind), _agency(), _question()
    found = irregularities.list_found(actor(), asked, duties.rules(), agency)
    chosen = [each for each in found if not name or name in each.fields]
    page = page_of(chosen, PAGE, "audit_exceptions.listed", kind=asked.value)
    return render_template(
        "audit/exception.html",
        **_kind_view(asked, agency),
        day=say(WORDS[asked].day),
        total=page.total,
        rows=list(_rows(asked, page.items)),
        pagination=page.links,
        agencies=agency_options(agency),
        questions=_questions(asked, found, agency),
        question={"name": name, "label": question(name)} if name else None,
        csv_href=url_for(".table", kind=asked.value, agency=agency or None, question=name or None),
    )


@blueprint.get("/exceptions/<kind>.csv")
@audience(Role.AUDITOR)
def table(kind: str) -> Response:
    """The same as a table."""
    check_names({"agency", "question"})
    asked, name = _kind(kind), _question()
    found = irregularities.list_found(actor(), asked, duties.rules(), _agency())
    chosen = (each for each in found if not name or name in each.fields)
    return csv_file(f"exceptions-{asked.value}", HEAD, _cells(asked, chosen))


def kinds_view(agency: str = "") -> list[dict[str, Any]]:
    """Give every kind with how many there are."""
    counts = irregularities.count_found(actor(), duties.rules(), agency)
    return [{**_kind_view(kind, agency), "count": counts[kind]} for kind in Kind]


def _kind_view(kind: Kind, agency: str) -> dict[str, Any]:
    return {
        "title": say(WORDS[kind].title),
        "why": say(WORDS[kind].why),
        "href": url_for("audit_exceptions.listed", kind=kind.value, agency=agency or None),
    }


def _rows(kind: Kind, items: Sequence[Found]) -> Iterator[dict[str, Any]]:
    bodies, names = _bodies(), irregularities.map_names(items)
    for each in items:
        yield {
            "reference": each.reference,
            "href": _href(each, names),
            "name": _what(each, names),
            "agency": text_view(bodies[each.agency].names),
            "told": told(kind, each),
            "on": date_view(each.on.isoformat()) if each.on else None,
        }


def _href(found: Found, names: Names) -> str | None:
    """Lead to the version that it is about; to a draft leads no way."""
    if found.reference not in names:
        return None
    reference, version = found.reference, found.version
    return url_for("audit_records.record", reference=reference, version=version)


def _what(found: Found, names: Names) -> Any:
    name = text_view(names.get(found.reference))
    if name is None and found.duty is not None:
        return duties.what(found.duty)
    return name


def _cells(kind: Kind, found: Iterable[Found]) -> Iterator[Sequence[Cell]]:
    waiting = iter(found)
    while batch := list(islice(waiting, AT_ONCE)):
        names = irregularities.map_names(batch)
        for each in batch:
            name = _what(each, names)
            address = _href(each, names)
            yield (
                kind.value,
                each.agency,
                each.reference,
                each.version,
                name["text"] if isinstance(name, Mapping) else name,
                " ".join(each.fields),
                "; ".join(told(kind, each)),
                each.on.isoformat() if each.on else None,
                settings().base_url + address if address else None,
            )


def _questions(kind: Kind, found: Sequence[Found], agency: str) -> list[dict[str, Any]]:
    """Count by question, where one of them can have several."""
    if kind is not Kind.NOT_STATED:
        return []
    counts = Counter(name for each in found for name in each.fields)
    return [
        {
            "label": question(name),
            "count": count,
            "href": url_for(".listed", kind=kind.value, agency=agency or None, question=name),
        }
        for name, count in counts.most_common()
    ]


def _bodies() -> dict[str, Body]:
    return {body.slug: body for body in directory.list_bodies()}


def _kind(text: str) -> Kind:
    return Kind(text) if text in set(Kind) else abort(404)


def _agency() -> str:
    """Read which agency is asked for; raise :exc:`Invalid` if there is none of this slug."""
    if not request.args.get("agency"):
        return ""
    (slug,) = values_asked("agency", set(_bodies()))[:1]
    return slug


def _question() -> str:
    names = values_asked("question", {asked.name for asked in CURRENT})
    return names[0] if names else ""
