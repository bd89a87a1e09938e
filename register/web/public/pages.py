"""The longer public pages, put together for their templates."""

from typing import Any

from flask import g, render_template, url_for

from register import clock
from register.exchange.own import schema_org
from register.services.past import AsOf
from register.standard.lifecycle import Role, Status
from register.standard.publication import Publication
from register.storage import publications
from register.web.answering import presented
from register.web.languages import gettext as _
from register.web.languages import language, say, text_view
from register.web.public import ledger
from register.web.search.results import phase_tag, similar_systems, tier_tag
from register.web.showing import duties, marks
from register.web.showing.showing import Record, date_view, moment_text, note_view
from register.web.templating import STATIC
from register.web.wiring import settings

LICENCE = "CC BY 4.0"
WRITERS = frozenset({Role.OFFICER, Role.APPROVER})
TECHNICAL = (
    "techniques",
    "models",
    "how_it_works",
    "performance",
    "source_code_url",
    "authorisations",
    "record_kind",
    "languages",
    "tags",
    "external_ids",
)
ABOVE = frozenset({"name", "summary", "agency", "unit", "contact_point", *TECHNICAL})
GROUPS = {
    "what": ("identity", "classification", "dates"),
    "does": ("purpose",),
    "decides": ("decision",),
    "rights": ("rights", "accountability"),
    "data": ("data",),
    "makers": ("supply",),
    "checks": ("assurance",),
}
FACTS = ("decision_role", "personal_data", "appeal_status", "users")


def disclosure_page(publication: Publication, as_of: AsOf | None = None) -> str:
    """Show one version of a disclosure, perhaps as it was; then nothing that is so now."""
    is_past = as_of is not None and as_of.before is not None
    is_now = publication.is_current and not is_past
    is_there = publication.status is Status.PUBLISHED
    shown = presented(publication)
    record = Record.of(shown)
    return render_template(
        "public/disclosure.html",
        record={
            **_heading(record, publication),
            **_versions(publication, is_now=is_now),
            "tags": [tag for tag in (phase_tag(record), tier_tag(record)) if tag],
            "facts": _period(publication) + _facts(record),
            "groups": _groups(record),
            "contact": _contact(record),
            "citation": _citation(record, publication),
            "source": shown.get("import_provenance"),
            "duties": duties.of_record(publication.reference) if is_now else [],
            "as_of": _as_of(as_of) if as_of and is_past else None,
            "marks": marks.public_marks(publication),
            "similar": similar_systems(publication.reference) if is_now and is_there else [],
            "question_href": None,
            "log": _place(publication),
            "may_copy": is_now and is_there and _may_copy(publication),
            "linked_data": schema_org.record_page(shown, language(), settings().base_url),
        },
    )


def _place(publication: Publication) -> dict[str, Any] | None:
    logged_as = publication.logged_as
    if logged_as is None:
        return None
    return ledger.place_view(logged_as.index, publication.reference, publication.version)


def _heading(record: Record, publication: Publication) -> dict[str, Any]:
    reference, slug = publication.reference, publication.body.slug
    return {
        "reference": reference,
        "name": record.name(reference),
        "summary": record.text("summary"),
        "agency": {
            **(text_view(publication.body.names) or {}),
            "href": url_for("public.agency", slug=slug),
        },
        "unit": record.text("unit"),
    }


def _versions(publication: Publication, *, is_now: bool) -> dict[str, Any]:
    """Give what a page says of the version it shows, and of the others."""
    listed = publications.list_versions(publication.reference)
    href = url_for("public.disclosure", reference=publication.reference)
    version_href = _version_href(publication.reference, publication.version)
    as_data = (href if is_now else version_href) + ".json"
    return {
        "href": href,
        "version_href": version_href,
        "version": _version(publication),
        "is_current": is_now,
        "current_href": href,
        "withdrawn": _withdrawn(listed[0]),
        "versions": [
            {**_version(each), "is_shown": each.version == publication.version} for each in listed
        ],
        "history_href": url_for("history.versions", reference=publication.reference),
        "compare_href": url_for("history.compare", reference=publication.reference)
        if len(listed) > 1
        else None,
        "formats": [{"label": "JSON", "href": as_data, "type": "application/json"}],
    }


def licences_page() -> str:
    """Say on what terms content and parts are used."""
    fonts = STATIC / "fonts" / "OFL.txt"
    return render_template(
        "public/licences.html",
        content_licence={
            "name": LICENCE,
            "text": _("You may use and share the data if you name the source."),
            "href": None,
        },
        components=[
            _component(
                "Noto Nastaliq Urdu, Noto Naskh Arabic, Source Sans 3", "OFL-1.1", _("Fonts")
            )
            | {"text": fonts.read_text("utf-8") if fonts.exists() else None},
            _component("govuk-frontend-jinja", "MIT", _("Markup of page parts")),
            _component("Flask, Jinja, WTForms, marshmallow, SQLAlchemy", "BSD-3-Clause, MIT", ""),
            _component("Whoosh", "BSD-2-Clause", _("Search index")),
        ],
    )


def _component(name: str, licence: str, use: str) -> dict[str, Any]:
    return {"name": name, "licence": licence, "use": use, "href": None, "text": None}


def _version_href(reference: str, version: int) -> str:
    return url_for("public.disclosure_version", reference=reference, version=version)


def _version(publication: Publication) -> dict[str, Any]:
    return {
        "number": publication.version,
        "href": _version_href(publication.reference, publication.version),
        "published": date_view(clock.stamp(publication.published_at)[:10]),
        "note": note_view(publication),
    }


def _withdrawn(current: Publication) -> dict[str, Any] | None:
    if current.status is not Status.WITHDRAWN:
        return None
    return {
        "on": date_view(clock.stamp(current.published_at)[:10]),
        "reason": note_view(current),
    }


def _period(publication: Publication) -> list[dict[str, str]]:
    """Give the period of a nil return, which says little else."""
    return [{"label": _("Period"), "text": publication.period}] if publication.period else []


def _as_of(as_of: AsOf) -> dict[str, str]:
    if as_of.moment is not None:
        return {"iso": as_of.text, "text": moment_text(as_of.moment)}
    return date_view(as_of.day.isoformat())


def _may_copy(publication: Publication) -> bool:
    """Tell whether the reader may begin a filing from a record that counts now."""
    actor = g.get("actor")
    is_system = publication.content.answers.get("record_kind") != "nil_return"
    return is_system and actor is not None and actor.role in WRITERS


def _facts(record: Record) -> list[dict[str, str]]:
    facts = [
        {"label": say(record.standard.field(name).label), "text": record.label(name) or ""}
        for name in FACTS
    ]
    since = record.content.answers.get("in_use_since")
    if since:
        label = say(record.standard.field("in_use_since").label)
        facts.append({"label": label, "text": date_view(since)["text"]})
    return [fact for fact in facts if fact["text"]]


def _groups(record: Record) -> dict[str, list[dict[str, Any]]]:
    groups = {}
    for group, sections in GROUPS.items():
        names = tuple(
            field.name
            for name in sections
            for field in record.standard.section(name).asked_fields
            if field.name not in ABOVE
        )
        groups[group] = record.answers(names)
    groups["technical"] = record.answers(TECHNICAL)
    return groups


def _contact(record: Record) -> list[dict[str, Any]]:
    point = record.content.answers.get("contact_point", {})
    parts = record.standard.field("contact_point")
    ways = []
    for name, before in (("email", "mailto:"), ("form_url", ""), ("phone", "tel:")):
        if name in point:
            link = before + point[name].replace(" ", "") if before else point[name]
            ways.append({"label": say(parts.part(name).label), "text": point[name], "href": link})
    postal = text_view(point.get("postal"), record.content)
    if postal:
        ways.append({"label": say(parts.part("postal").label), "text": postal["text"]})
    return ways


def _citation(record: Record, publication: Publication) -> str:
    name = record.name(publication.reference)["text"]
    body = (text_view(publication.body.names) or {}).get("text", "")
    day = clock.stamp(publication.published_at)[:10]
    address = settings().base_url + _version_href(publication.reference, publication.version)
    version = _("version %(number)s", number=publication.version)
    return f"{body}: {name}. {publication.reference}, {version}, {day}. {address}"
