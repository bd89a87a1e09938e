"""The pages of the secretariat's imports, put together for their templates."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, request, url_for

from register import clock
from register.exchange.formats import FORMATS
from register.services.actor import Actor
from register.services.imports import import_runs
from register.services.imports.import_call import sentence_from
from register.services.imports.import_runs import Made, Run, RunState
from register.standard.lifecycle import Role
from register.web.languages import gettext as _
from register.web.languages import say, text_view
from register.web.paging import MOST_ROWS, links, number_asked
from register.web.secretariat import account_screens
from register.web.secretariat.import_columns import reading_view
from register.web.secretariat.import_words import (
    STATES,
    kind_words,
    question_words,
    reason_words,
)
from register.web.secretariat.secretariat_screens import way_back
from register.web.showing.showing import date_view
from register.web.wiring import settings

Errors = Mapping[str, Sequence[str]]
TEMPLATES = {
    RunState.READ: "imports/read.html",
    RunState.CHECKING: "imports/working.html",
    RunState.CHECKED: "imports/report.html",
    RunState.PROPOSED: "imports/report.html",
    RunState.APPLYING: "imports/working.html",
    RunState.DONE: "imports/done.html",
    RunState.FAILED: "imports/failed.html",
    RunState.CANCELLED: "imports/failed.html",
}


def list_screen(by: Actor, errors: Errors, *, is_again: bool = False) -> str:
    """Show what was brought, and ask for another file."""
    chosen = {name: request.form.get(name, "") for name in ("format", "agency")}
    formats = [
        {"value": each.name, "label": say(each.title), "checked": each.name == chosen["format"]}
        for each in import_runs.readable_formats()
    ]
    return render_template(
        "imports/list.html",
        runs=[_listed(each) for each in import_runs.list_runs(by)],
        formats=[{"value": "", "label": _("Choose"), "checked": False}, *formats],
        agencies=_agencies(chosen["agency"]),
        most=settings().max_upload_bytes // 1024 // 1024,
        days=import_runs.KEPT_FOR.days,
        is_again=is_again,
        field_errors=_said(errors),
        errors=_links(errors),
        back=way_back(by),
    )


def run_screen(by: Actor, run: Run, errors: Errors | None = None, *, is_still: bool = False) -> str:
    """Show one file where it stands."""
    found = errors or {}
    return render_template(
        TEMPLATES[run.state],
        **_frame(run),
        **_view(by, run),
        is_still=is_still,
        ways=_ways(run),
        chosen=request.form.get("as", ""),
        field_errors=_said(found),
        errors=_links(found),
    )


def columns_screen(by: Actor, run: Run) -> str:
    """Show how the columns of a file are read."""
    return render_template(
        "imports/columns.html",
        **_frame(run),
        reading=reading_view(import_runs.get_preview(by, run.number)),
    )


def _view(by: Actor, run: Run) -> dict[str, Any]:
    """Give what only the page of a state needs."""
    if run.state is RunState.READ:
        return {"reading": reading_view(import_runs.get_preview(by, run.number))}
    if run.state in {RunState.CHECKED, RunState.PROPOSED}:
        second = run.state is RunState.PROPOSED and by.email not in {run.brought_by, run.asked_by}
        found = _summary(by, import_runs.get_summary(by, run.number))
        return {"found": found, "may_decide": second}
    if run.state is RunState.DONE:
        return {"found": _summary(by, import_runs.get_outcome(by, run.number)), **_made(by, run)}
    is_over = run.state in {RunState.FAILED, RunState.CANCELLED}
    return _made(by, run) if is_over else {}


def _frame(run: Run) -> dict[str, Any]:
    """Give what every page of a file says of it, and where its buttons lead."""
    label, tone = STATES[run.state]
    steps = ("try_out", "apply", "decide", "cancel", "report", "columns")
    return {
        "run": {
            "number": run.number,
            "file_name": run.file_name,
            "format": _title(run.format),
            "agency": text_view(run.agency.names) if run.agency else None,
            "state": {"label": say(label), "tone": tone},
            "brought_by": run.brought_by,
            "at": date_view(clock.stamp(run.at)[:10]),
            "asked_by": run.asked_by,
            "decided_by": run.decided_by,
            "is_published": run.is_published,
            "has_file": run.has_file,
            "is_checking": run.state is RunState.CHECKING,
            "is_proposed": run.state is RunState.PROPOSED,
            "is_cancelled": run.state is RunState.CANCELLED,
            "is_claimed": run.is_claimed,
            "is_stopping": run.is_stopping,
            "is_idle": run.is_idle,
            "before": run.before,
            "done": run.done,
            "total": run.total,
            "accepts_smaller": run.accepts_smaller,
            "error": reason_words(run.error),
        },
        "days": import_runs.KEPT_FOR.days,
        "here": url_for("imports.run", number=run.number),
        "hrefs": {step: url_for(f"imports.{step}", number=run.number) for step in steps},
    }


def _listed(run: Run) -> dict[str, Any]:
    label, tone = STATES[run.state]
    return {
        "href": url_for("imports.run", number=run.number),
        "file_name": run.file_name,
        "format": _title(run.format),
        "agency": text_view(run.agency.names) if run.agency else None,
        "state": {"label": say(label), "tone": tone},
        "at": date_view(clock.stamp(run.at)[:10]),
        "brought_by": run.brought_by,
    }


def _summary(by: Actor, summary: Mapping[str, Any]) -> dict[str, Any]:
    tones = {"created": "green", "updated": "blue", "unchanged": "grey", "rejected": "red"}
    words = {
        "created": _("New"),
        "updated": _("Changed"),
        "unchanged": _("Nothing new"),
        "rejected": _("Refused"),
    }
    absent = import_runs.list_filings(by, summary["absent"])
    return {
        **summary,
        "absent": [_filing(by, each) for each in absent],
        "counts": [
            {"label": words[name], "tone": tone, "number": summary[name]}
            for name, tone in tones.items()
            if summary[name]
        ],
        "writes": summary["created"] + summary["updated"],
        "remarks": sum(each["number"] for each in summary["kinds"]),
        "kinds": [{**each, "kind": kind_words(each["kind"])} for each in summary["kinds"]],
        "rejections": [
            {
                **each,
                "question": question_words(each["field"]) if each["field"] else "",
                "text": say(sentence_from(each["sentence"])),
            }
            for each in summary["rejections"]
        ],
    }


def _made(by: Actor, run: Run) -> dict[str, Any]:
    """Give a page of what was made; whether there is a next one is known by one row more."""
    page = number_asked()
    found = import_runs.list_made(by, run.number, page=page, size=MOST_ROWS)
    last = page + (len(found) == MOST_ROWS)
    return {
        "made": [_filing(by, each) for each in found],
        "pagination": links(
            page,
            last,
            lambda wanted: url_for(
                "imports.run", number=run.number, page=wanted if wanted > 1 else None
            ),
        ),
    }


def _filing(by: Actor, made: Made) -> dict[str, Any]:
    is_linked = by.role is Role.SECRETARIAT
    public = url_for("public.disclosure", reference=made.reference) if made.version else None
    return {
        "reference": made.reference,
        "name": text_view(made.name),
        "href": public,
        "agency": text_view(made.body.names),
        "agency_href": url_for("secretariat.agency", slug=made.body.slug) if is_linked else None,
        "label": _("Draft") if made.is_draft or not made.version else _("Published"),
    }


def _ways(run: Run) -> list[dict[str, Any]]:
    return [
        {
            "value": "drafts",
            "label": _("Drafts, which the public bodies complete and hand in"),
            "checked": not run.is_published,
        },
        {
            "value": "published",
            "label": _("Published records, as they are; a second person must decide"),
            "checked": run.is_published,
        },
    ]


def _agencies(chosen: str) -> list[dict[str, Any]]:
    first, *others = account_screens.agency_options(chosen)
    return [{**first, "label": _("Each row names its own")}, *others]


def _said(errors: Errors) -> dict[str, list[str]]:
    return {name: [reason_words(text) for text in texts] for name, texts in errors.items()}


def _links(errors: Errors) -> list[dict[str, str]]:
    return [
        {"text": text, "href": f"#{name}"}
        for name, texts in _said(errors).items()
        for text in texts
    ]


def _title(name: str) -> str:
    return say(FORMATS[name].title) if name in FORMATS else name
