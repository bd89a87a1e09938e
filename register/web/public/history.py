"""What became of a disclosure: its versions, two of them side by side, and as it was on a day."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from register import clock
from register.errors import NotFound
from register.schemas import present
from register.services.filings import determinations
from register.services.past import AsOf
from register.standard import CURRENT, get_standard
from register.standard.content import Content
from register.standard.lifecycle import Status
from register.standard.publication import Publication
from register.storage import past, publications
from register.web import as_of
from register.web.answering import as_response, presented
from register.web.guard import EVERYBODY, audience
from register.web.languages import gettext as _
from register.web.languages import language, say, text_view
from register.web.parameters import no_such_value
from register.web.showing import comparing
from register.web.showing.showing import Record, date_view, note_view

blueprint = Blueprint("history", __name__)


@blueprint.get("/disclosures/<reference>/history")
@audience(EVERYBODY)
def versions(reference: str) -> str:
    """Every version, with what changed in it."""
    listed = _listed(reference)
    return render_template(
        "public/history.html",
        record=_heading(listed[0]),
        versions=[
            _version(now, before) for now, before in zip(listed, [*listed[1:], None], strict=True)
        ],
        tiers=[_tier(each) for each in determinations.list_tiers(reference)],
        json_href=url_for("history.versions_json", reference=reference),
    )


@blueprint.get("/disclosures/<reference>/history.json")
@audience(EVERYBODY)
def versions_json(reference: str) -> Response:
    """Every version whole, the newest first, and when the tier was set or changed."""
    items = [presented(each) for each in _listed(reference)]
    tiers = [
        {
            "version": each.version,
            "at": clock.stamp(each.at),
            "tier": each.tier,
            "tier_before": each.tier_before or None,
            "reason": dict(each.reason) or None,
        }
        for each in determinations.list_tiers(reference)
    ]
    return as_response({"items": items, "determinations": tiers})


@blueprint.get("/disclosures/<reference>/compare")
@audience(EVERYBODY)
def compare(reference: str) -> str:
    """Two versions, field by field; without being asked for others, the last two."""
    listed = _listed(reference)
    newest = listed[0].version
    later = _number("to", newest)
    earlier = _number("from", max(1, later - 1))
    old = publications.get_publication(reference, earlier)
    new = publications.get_publication(reference, later)
    return render_template(
        "public/compare.html",
        record=_heading(listed[0]),
        earlier=_version(old, None),
        later=_version(new, None),
        changes=comparing.changes(
            get_standard(new.standard), _public(old), _public(new), [language()]
        ),
        numbers=[each.version for each in reversed(listed)],
        action=url_for("history.compare", reference=reference),
    )


def version_asked(reference: str) -> tuple[Publication, AsOf] | None:
    """Give the version that ``?as_of=`` asks for, with what it says; or ``None`` without that.

    Raise :exc:`Invalid` if it is no day and no moment of the past, and :exc:`NotFound` if nothing
    was public yet.
    """
    if as_of.NAME not in request.args:
        return None
    asked = as_of.as_of_asked()
    if asked.before is None:
        return publications.get_publication(reference), asked
    return past.get_as_of(reference, asked.before), asked


def _listed(reference: str) -> list[Publication]:
    listed = publications.list_versions(reference)
    if not listed:
        raise NotFound(_("There is no disclosure of this reference."))
    return listed


def _public(publication: Publication) -> Content:
    return Content.from_json(present(publication))


def _heading(publication: Publication) -> dict[str, Any]:
    record = Record(get_standard(publication.standard), _public(publication))
    return {
        "reference": publication.reference,
        "name": record.name(publication.reference),
        "agency": text_view(publication.body.names),
        "href": url_for("public.disclosure", reference=publication.reference),
    }


def _version(publication: Publication, before: Publication | None) -> dict[str, Any]:
    reference = publication.reference
    view: dict[str, Any] = {
        "number": publication.version,
        "href": url_for(
            "public.disclosure_version", reference=reference, version=publication.version
        ),
        "published": date_view(clock.stamp(publication.published_at)[:10]),
        "note": note_view(publication),
        "is_withdrawal": publication.status is Status.WITHDRAWN,
        "changed": [],
        "compare_href": None,
    }
    if before is not None:
        numbers: dict[str, Any] = {"from": before.version, "to": publication.version}
        view["compare_href"] = url_for("history.compare", reference=reference, **numbers)
        standard = get_standard(publication.standard)
        names = comparing.changed_fields(standard, _public(before), _public(publication))
        view["changed"] = [say(standard.field(name).label) for name in names]
    return view


def _tier(entry: determinations.Entry) -> dict[str, Any]:
    """Give in words how the tier was set or changed, with the reason that the public may read."""
    field = CURRENT.field("impact_tier")
    now = say(field.option(entry.tier).label)
    words = _("Impact tier set: %(tier)s", tier=now)
    if entry.tier_before:
        before = say(field.option(entry.tier_before).label)
        words = _("Impact tier changed from %(before)s to %(now)s", before=before, now=now)
    return {
        "text": words,
        "on": date_view(clock.stamp(entry.at)[:10]),
        "version": entry.version,
        "href": url_for(
            "public.disclosure_version", reference=entry.reference, version=entry.version
        ),
        "reason": text_view(entry.reason),
    }


def _number(name: str, usual: int) -> int:
    text = request.args.get(name, str(usual))
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise no_such_value(name)
    return int(text)
