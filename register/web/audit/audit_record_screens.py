"""Whole records put together for auditors: found, read, and two versions side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, request, url_for

from register import clock
from register.services.actor import Actor
from register.services.audit import non_public
from register.standard import get_standard
from register.standard.content import Content
from register.standard.lifecycle import Status
from register.standard.publication import Publication
from register.storage import publications
from register.web.answering import presented
from register.web.audit.audit_notes import beside_record
from register.web.audit.trail_words import event_words
from register.web.languages import say, text_view
from register.web.paging import page_of
from register.web.secretariat.account_screens import agency_options, error_links
from register.web.secretariat.secretariat_screens import record_view as whole_view
from register.web.showing import comparing, duties
from register.web.showing.showing import Record, date_view
from register.web.wiring import settings

PAGE = 50
Errors = Mapping[str, Sequence[str]]


def list_screen(references: Sequence[str], errors: Errors) -> str:
    """Show a page of the records that were found, as the public sees them, and the search."""
    page = page_of(references, PAGE, "audit_records.listed")
    current = publications.map_current(page.items)
    words, agency = request.args.get("q", ""), request.args.get("agency", "")
    every = request.args.get("versions") or None
    return render_template(
        "audit/records.html",
        rows=[_row(current[each]) for each in page.items],
        total=page.total,
        pagination=page.links,
        asked={"q": words, "is_every_version": every == "all"},
        agencies=agency_options(agency),
        errors=error_links(errors),
        field_errors={name: [say(text) for text in texts] for name, texts in errors.items()},
        files=[
            {"is_every_version": False, "href": _file(words, agency, None)},
            {"is_every_version": True, "href": _file(words, agency, "all")},
        ],
    )


def record_view(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Give a version with everything in it and what is around it, ready for its template."""
    reference = shown["reference"]
    listed = publications.list_versions(reference)
    befores = [*listed[1:], None]
    return {
        **whole_view(shown),
        "versions": [_version(*pair) for pair in zip(listed, befores, strict=True)],
        "duties": duties.of_record(reference),
        **beside_record(reference, shown["version"], [each.version for each in listed]),
        "trail_href": url_for("audit_trail.page", reference=reference),
        "json_href": url_for("audit_records.record_json", reference=reference),
    }


def compare_screen(by: Actor, reference: str, earlier: int | None, later: int | None) -> str:
    """Show what differs between two versions, in every language of the register."""
    numbers = [each.version for each in reversed(publications.list_versions(reference))]
    newest = later or max(numbers, default=1)
    oldest = earlier or max(1, newest - 1)
    looked = {
        each["version"]: each
        for each in non_public.read_versions(by, reference, sorted({oldest, newest}))
    }
    before, after = looked[oldest], looked[newest]
    standard, content = get_standard(after["standard"]), Content.from_json(after)
    return render_template(
        "audit/compare.html",
        record={
            "reference": reference,
            "name": Record(standard, content).name(reference),
            "agency": text_view(after["agency"]["name"]),
            "href": url_for("audit_records.record", reference=reference),
        },
        earlier=_side(before),
        later=_side(after),
        changes=comparing.changes(
            standard, Content.from_json(before), content, settings().languages
        ),
        numbers=numbers,
        action=url_for("audit_records.compare", reference=reference),
    )


def _row(publication: Publication) -> dict[str, Any]:
    reference = publication.reference
    return {
        "reference": reference,
        "href": url_for("audit_records.record", reference=reference),
        "name": Record.of(presented(publication)).name(reference),
        "agency": text_view(publication.body.names),
        "is_withdrawn": publication.status is Status.WITHDRAWN,
        "version": publication.version,
        "published": date_view(clock.stamp(publication.published_at)[:10]),
    }


def _file(words: str, agency: str, versions: str | None) -> str:
    asked: dict[str, Any] = {"q": words or None, "agency": agency or None, "versions": versions}
    return url_for("audit_records.lines", **asked)


def _version(now: Publication, before: Publication | None) -> dict[str, Any]:
    number, reference = now.version, now.reference
    action = "amended" if before else "published"
    view: dict[str, Any] = {
        "number": number,
        "href": url_for("audit_records.record", reference=reference, version=number),
        "action": event_words("withdrawn" if now.status is Status.WITHDRAWN else action),
        "at": clock.stamp(now.published_at),
        "author": now.audit["author"],
        "approver": now.audit["approver"],
        "source": (now.provenance or {}).get("file"),
        "changed": [],
        "compare_href": None,
    }
    if before is not None:
        sides: dict[str, Any] = {"from": before.version, "to": number}
        standard = get_standard(now.standard)
        names = comparing.changed_fields(standard, before.content, now.content)
        view["changed"] = [say(standard.field(name).label) for name in names]
        view["compare_href"] = url_for("audit_records.compare", reference=reference, **sides)
    return view


def _side(shown: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": shown["version"],
        "href": url_for(
            "audit_records.record", reference=shown["reference"], version=shown["version"]
        ),
        "published": date_view(shown["published_at"][:10]),
        "note": text_view(shown["change_note"]),
    }
