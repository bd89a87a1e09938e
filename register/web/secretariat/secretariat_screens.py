"""The secretariat's pages put together: what waits, what is withheld, and whole records."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import render_template, request, url_for

from register import clock
from register.services.actor import Actor
from register.services.duties import oversight, overview
from register.services.duties.oversight import Position
from register.services.duties.overview import Trait
from register.services.filings import determinations, withholding
from register.services.filings.determinations import Entry
from register.services.filings.withholding import Withholding
from register.standard import CURRENT, get_standard
from register.standard.content import Content
from register.standard.determination import REASONS
from register.standard.lifecycle import DRAFT_LABELS, DraftState, Role, Status
from register.web.guard import actor
from register.web.languages import gettext as _
from register.web.languages import ngettext, say, text_view
from register.web.paging import MOST_ROWS, page_of
from register.web.secretariat.account_screens import agency_options
from register.web.showing import duties, filing_pages
from register.web.showing.showing import Record, date_view
from register.web.templating import DESKS

TONES = {**filing_pages.STATE_TONES, DraftState.ENDORSED: "yellow"}


def dashboard_screen(by: Actor) -> str:
    """Show what waits for the secretariat, at agencies, and for corrections."""
    queue = oversight.get_queue(by)
    return render_template(
        "secretariat/dashboard.html",
        ours=_queued(queue.ours, "ours"),
        at_agencies=_queued(queue.at_agencies, "at_agencies"),
        returned=_queued(queue.returned, "returned"),
        behind=overview.count_overdue(by, duties.rules()),
        behind_href=url_for("secretariat.agencies", only=Trait.OVERDUE.value),
        desks=desks(by),
    )


def _queued(positions: Sequence[Position], name: str) -> dict[str, Any]:
    """Give a part of the queue: some of its rows, how many there are, and the way to the rest."""
    found = page_of(positions, MOST_ROWS, "review.dashboard", name=name, place=name)
    return {"rows": position_views(found.items), "total": found.total, "links": found.links}


def desks(by: Actor) -> list[dict[str, str]]:
    """Give the pages from which somebody watches over the register."""
    of_all = [
        {
            "text": _("Determinations"),
            "href": url_for("secretariat.determined"),
            "hint": _("Whether a system must be disclosed, who said so, and why"),
        },
        {
            "text": _("Withheld answers to be reviewed"),
            "href": url_for("secretariat.withholding"),
            "hint": _("Withheld answers whose review day has come or is near"),
        },
    ]
    if by.role is not Role.SECRETARIAT:
        return of_all
    return [
        {
            "text": _("Public bodies and their duties"),
            "href": url_for("secretariat.agencies"),
            "hint": _("Who has to file what by when; who is exempt, and why"),
        },
        {
            "text": _("Accounts"),
            "href": url_for("accounts.listed"),
            "hint": _("Officers and approvers of the public bodies"),
        },
        {
            "text": _("Inventories of other registers"),
            "href": url_for("imports.listed"),
            "hint": _("Bring a file, look at what it would do, and take it in"),
        },
        *of_all,
        {
            "text": _("Records with what is not public"),
            "href": url_for("secretariat.records"),
            "hint": _("One published record with all its answers; every look is recorded"),
        },
    ]


def way_back(by: Actor) -> dict[str, str]:
    """Give the way back to somebody's desk."""
    return {"href": url_for(DESKS[by.role]), "text": _("My desk")}


def determinations_screen(found: Sequence[Entry], *, is_full: bool) -> str:
    """Show entries of the ledger; ``is_full`` says that there may be older ones."""
    chosen = {name: request.args.get(name, "") for name in ("agency", "must")}
    return render_template(
        "secretariat/determinations.html",
        entries=[_entry(each) for each in found],
        agencies=agency_options(chosen["agency"]),
        must=chosen["must"],
        older_href=_older(found[-1].id, chosen) if is_full else None,
        back=way_back(actor()),
    )


def position_views(positions: Iterable[Position]) -> list[dict[str, Any]]:
    """Give filings as rows of a table, each with how long it has stood where it stands."""
    return [
        {
            "reference": each.reference,
            "name": text_view(each.name),
            "href": _href(each),
            "agency": text_view(each.body.names),
            "agency_href": url_for("secretariat.agency", slug=each.body.slug),
            "state": _state(each),
            "is_stuck": each.is_stuck,
            "since": date_view(clock.stamp(each.since)[:10]) if each.since else None,
            "waited": waited(each.days),
        }
        for each in positions
    ]


def waited(days: int) -> str:
    """Say how long something has waited."""
    return ngettext("%(num)s day", "%(num)s days", days) if days else _("since today")


def withholding_screen(by: Actor, endpoint: str, record: str) -> str:
    """Show withheld answers that are to be looked at again; ``record`` is where theirs lead."""
    found = page_of(withholding.list_due(by), MOST_ROWS, endpoint)
    return render_template(
        "secretariat/withholding.html",
        rows=_withholding_rows(found.items, record),
        pagination=found.links,
        has_agencies=by.agency is None,
        back=way_back(by),
    )


def _withholding_rows(found: Iterable[Withholding], endpoint: str) -> list[dict[str, Any]]:
    rows = []
    for each in found:
        standard = get_standard(each.standard)
        grounds = {o.value: o.label for o in standard.field("withheld").part("ground").options}
        labels = {field.name: field.label for field in standard}
        rows.append(
            {
                "reference": each.reference,
                "href": url_for(endpoint, reference=each.reference),
                "name": text_view(each.name),
                "agency": text_view(each.body.names),
                "question": say(labels.get(each.field, each.field)),
                "ground": say(grounds.get(each.ground, each.ground)),
                "citation": each.citation,
                "review_on": date_view(each.review_on.isoformat()) if each.review_on else None,
                "is_past": each.is_past,
            }
        )
    return rows


def record_screen(shown: Mapping[str, Any]) -> str:
    """Show a published version with everything in it."""
    return render_template("secretariat/record.html", **record_view(shown))


def record_view(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Give a published version with everything in it, ready for its template."""
    standard, content = get_standard(shown["standard"]), Content.from_json(shown)
    audit = shown["audit"]
    return {
        "reference": shown["reference"],
        "version": shown["version"],
        "name": Record(standard, content).name(shown["reference"]),
        "agency": text_view(shown["agency"]["name"]),
        "published": date_view(shown["published_at"][:10]),
        "is_current": shown["is_current"],
        "author": audit["author"],
        "approver": audit["approver"],
        "source_columns": list((audit["raw"] or {}).items()),
        "decided": [
            {
                "question": say(standard.field(str(entry["field"])).label),
                "by": entry.get("decided_by"),
                "on": date_view(str(entry["decided_on"])) if entry.get("decided_on") else None,
            }
            for entry in content.withheld
        ],
        "sections": [
            {
                "title": say(section.title),
                "rows": filing_pages.answer_rows(standard, section, content, {}),
            }
            for section in filing_pages.arising_sections(standard, content)
        ],
        "public_href": url_for(
            "public.disclosure_version", reference=shown["reference"], version=shown["version"]
        ),
    }


def _older(before: int, chosen: Mapping[str, str]) -> str:
    agency, must = chosen["agency"] or None, chosen["must"] or None
    return url_for("secretariat.determined", agency=agency, must=must, before=before)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "at": date_view(clock.stamp(entry.at)[:10]),
        "kind": _kind(entry.kind),
        "name": entry.name,
        "agency": text_view(entry.body.names),
        "must": entry.must,
        "rule": say(REASONS[entry.reason_key]) if entry.reason_key else None,
        "tier": _option("impact_tier", entry.tier),
        "tier_before": _option("impact_tier", entry.tier_before),
        "phase": _option("phase", entry.phase),
        "in_use_since": date_view(entry.in_use_since) if entry.in_use_since else None,
        "reason": text_view(entry.reason),
        "reference": entry.reference,
        "version": entry.version,
        "by": entry.by,
    }


def _kind(name: str) -> str:
    words = {
        determinations.CHECK: _("Questions answered"),
        determinations.SUBMITTED: _("Stated in a filing"),
        determinations.PUBLISHED: _("Published"),
    }
    return words.get(name, name)


def _option(name: str, value: str) -> str | None:
    if not value:
        return None
    labels = {option.value: option.label for option in CURRENT.field(name).options}
    return say(labels.get(value, value))


def _state(position: Position) -> dict[str, Any]:
    state = position.draft_state
    if state is not DraftState.NONE:
        return {"label": say(DRAFT_LABELS[state]), "tone": TONES.get(state)}
    if position.status is Status.WITHDRAWN:
        return {"label": _("Withdrawn"), "tone": "grey"}
    return {"label": _("Published"), "tone": "green"}


def _href(position: Position) -> str | None:
    if position.is_ours:
        return url_for("review.decide", reference=position.reference)
    if position.version:
        return url_for("public.disclosure", reference=position.reference)
    return None
