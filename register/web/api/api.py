"""The register for machines: ``/api/v1``, read without a key."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request

from register.errors import Message
from register.schemas import asking
from register.search import SORTS, Query, facets_of
from register.services.actor import Actor
from register.services.audit import non_public
from register.services.directory import directory
from register.services.ledger.changes import Change, list_changes
from register.standard import CURRENT, get_standard
from register.standard.marking import _
from register.standard.publication import Publication
from register.storage import listing, publications
from register.web import bearers
from register.web.answering import as_response, presented
from register.web.api import cursors
from register.web.as_of import as_of_asked
from register.web.calls import Call, Calls
from register.web.freshness import unless_unchanged
from register.web.guard import EVERYBODY, audience
from register.web.languages import language
from register.web.parameters import WrongParameter
from register.web.public import coverage_data, standard_page
from register.web.public.history import version_asked
from register.web.public.public import body_list
from register.web.search import finding
from register.web.search.turns import in_turn
from register.web.wiring import search_index, settings

blueprint = Calls("api", __name__, _("Reading"), _("What is public, without a key."))
Search, Facets = asking.searching(facets_of(CURRENT), SORTS)
Asked = Mapping[str, Any]


@blueprint.on(
    "GET",
    "/disclosures",
    Call(
        summary=_("List what is published"),
        description=_(
            "All of it, or what a search finds, by reference. Follow next until it is null: what "
            "is published all the while comes exactly once, whatever is published meanwhile."
        ),
        query=Search,
        answer="DisclosurePage",
        told=("Link",),
    ),
)
@audience(EVERYBODY)
def disclosures(asked: Asked) -> Response:
    """What is published, or what of it a search finds, page by page."""
    _check_order(asked)
    auditor = bearers.auditor()
    if auditor is not None:
        return _page_for_audit(asked, auditor)
    return unless_unchanged(lambda: _page(asked))


@blueprint.on(
    "GET",
    "/disclosures/<reference>",
    Call(
        summary=_("Read one disclosure"),
        description=_("As it stands, one version of it, or as it stood at a moment."),
        query=asking.Version,
        answer="Disclosure",
    ),
)
@audience(EVERYBODY)
def disclosure(reference: str, asked: Asked) -> Response:
    """One disclosure, one version of it, or as it stood at a moment of the past."""
    if len(asked) > 1:
        text = _("Ask for a version or for a moment, not for both.")
        raise WrongParameter(text, "version")
    auditor = bearers.auditor()
    if auditor is None:
        return unless_unchanged(lambda: as_response(_one(reference, asked)))
    before, base_url = as_of_asked().before, settings().base_url
    return as_response(
        non_public.read_record(auditor, reference, asked.get("version"), base_url, before=before)
    )


@blueprint.on(
    "GET",
    "/changes",
    Call(
        summary=_("Follow what becomes public"),
        description=_(
            "All that the public log tells of records, in its order: what was published, amended, "
            "withdrawn or erased, and determinations. Keep the last seq, and ask again later."
        ),
        query=asking.Changed,
        answer="ChangePage",
        told=("Link",),
    ),
)
@audience(EVERYBODY)
def changes(asked: Asked) -> Response:
    """What the public log tells of records, one after the other."""
    limit = asked["limit"]
    found = list_changes(asked.get("since", -1), limit + 1)
    page = found[:limit]
    onward = {"since": page[-1].seq} if len(found) > limit else None
    return cursors.answer([_change(each) for each in page], None, onward)


@blueprint.on(
    "GET",
    "/agencies",
    Call(
        summary=_("List the public bodies"),
        description=_("Every body in the directory, with the number of its disclosures."),
        query=asking.Listed,
        answer="AgencyPage",
        told=("Link",),
    ),
)
@audience(EVERYBODY)
def agencies(asked: Asked) -> Response:
    """The directory of public bodies."""
    every, start = body_list(), cursors.after(asked.get("cursor", ""), 1)
    page, last = cursors.cut(every, lambda body: (body["slug"],), start, asked["limit"])
    return cursors.answer(page, len(every), cursors.onward(last))


@blueprint.on(
    "GET",
    "/obligations",
    Call(
        summary=_("List the duties"),
        description=_("Who has to file what by when, and whether it was filed."),
        query=asking.Duties,
        answer="DutyPage",
        told=("Link",),
    ),
)
@audience(EVERYBODY)
def obligations(asked: Asked) -> Response:
    """Every duty as it stands, or as it stood at a moment of the past."""
    every, start = coverage_data.find_duties(), cursors.after(asked.get("cursor", ""), 2)
    page, last = cursors.cut(
        every, lambda duty: (duty["agency"], duty["key"]), start, asked["limit"]
    )
    return cursors.answer(page, len(every), cursors.onward(last))


@blueprint.on(
    "GET",
    "/facets",
    Call(
        summary=_("Count by the filters"),
        description=_("The values of each filter of a search with the number of disclosures."),
        query=Facets,
        answer="Facets",
    ),
)
@audience(EVERYBODY)
def facets(asked: Asked) -> Response:
    """The filters of a search with their counts."""
    return unless_unchanged(lambda: as_response(_counts()))


@blueprint.on(
    "GET",
    "/standards/<version>",
    Call(
        summary=_("Read the standard"),
        description=_("The questions, their options, and when each is mandatory, as JSON Schema."),
        answer="Schema",
    ),
)
@audience(EVERYBODY)
def standard(version: str) -> Response:
    """A version of the standard as JSON Schema."""
    return as_response(standard_page.standard_schema(get_standard(version)))


def _check_order(asked: Asked) -> None:
    """Refuse the ways of one kind of paging in the other."""
    for name, other in (("cursor", "sort"), ("page", "cursor")):
        if name in asked and other in asked:
            text = _("“%(name)s” and “%(other)s” do not go together.")
            raise WrongParameter(Message(text, name=name, other=other), name)
    if "page" in asked and "sort" not in asked:
        text = _("Pages are counted only where an order is given; otherwise follow next.")
        raise WrongParameter(text, "page")


def _page(asked: Asked) -> Response:
    if _is_everything(asked):
        found, onward = _everything(asked)
        return cursors.answer([presented(each) for each in found], _count(), onward)
    references, total, onward = _found(asked)
    items = [presented(each) for each in listing.list_published(references)]
    return cursors.answer(items, total, onward)


def _page_for_audit(asked: Asked, auditor: Actor) -> Response:
    if _is_everything(asked):
        found, onward = _everything(asked)
        references: Sequence[str] = [each.reference for each in found]
        total = _count()
    else:
        references, total, onward = _found(asked)
    items = non_public.read_records(auditor, references, settings().base_url)
    return cursors.answer(items, total, onward)


def _is_everything(asked: Asked) -> bool:
    """Tell whether nothing is searched for: then the register answers without the index."""
    return not asked.get("q", "").strip() and not finding.filters_asked() and "sort" not in asked


def _everything(asked: Asked) -> tuple[list[Publication], dict[str, Any] | None]:
    """Give a page of all that is published, and the way onward."""
    limit = asked["limit"]
    (start,) = cursors.after(asked.get("cursor", ""), 1)
    found = listing.list_published_after(start, limit + 1)
    page = found[:limit]
    last = (page[-1].reference,) if len(found) > limit else None
    return page, cursors.onward(last)


def _found(asked: Asked) -> tuple[Sequence[str], int, dict[str, Any] | None]:
    """Give the references of a page of what is found, how many there are, and the way onward."""
    limit, query = asked["limit"], _query(asked)
    with in_turn(query):
        found = search_index().list_references(query)
    if "sort" in asked:
        number = asked.get("page", 1)
        page = found[(number - 1) * limit : number * limit]
        return page, len(found), {"page": number + 1} if number * limit < len(found) else None
    start = cursors.after(asked.get("cursor", ""), 1)
    page, last = cursors.cut(found, lambda reference: (reference,), start, limit)
    return page, len(found), cursors.onward(last)


def _count() -> int:
    return sum(directory.published_counts().values())


def _one(reference: str, asked: Asked) -> dict[str, Any]:
    past = version_asked(reference)
    if past:
        return presented(past[0])
    return presented(publications.get_publication(reference, asked.get("version")))


def _change(change: Change) -> dict[str, Any]:
    """Give a change as JSON values: what the log says, and nothing else."""
    said = change.entry
    version = f"/v/{said['version']}" if "version" in said else ""
    return {
        "seq": change.seq,
        "reference": said["record"],
        "version": said.get("version"),
        "action": said["event"],
        "at": said["at"],
        "logged_at": said["logged_at"],
        "agency": said.get("agency"),
        "url": f"{settings().base_url}/disclosures/{said['record']}{version}",
        "hash": change.leaf_hash.hex(),
    }


def _counts() -> dict[str, Any]:
    query = Query(text=request.args.get("q", ""), filters=finding.filters_asked())
    with in_turn(query):
        found = search_index().search(query)
    return {
        name: [{"value": value, "count": count} for value, count in counts]
        for name, counts in found.facets.items()
    }


def _query(asked: Asked) -> Query:
    return Query(
        text=asked.get("q", ""),
        filters=finding.filters_asked(),
        sort=asked.get("sort", "relevance"),
        language=language(),
    )
