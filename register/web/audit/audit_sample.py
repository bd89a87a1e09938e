"""Random samples for auditors: drawn by a published seed, to be drawn again by anybody."""

import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from register import clock
from register.errors import Invalid
from register.services.audit import audit_sample, trail
from register.services.audit.audit_sample import MOST, Sample
from register.services.audit.trail import Asked
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import publications
from register.web.answering import as_response, presented
from register.web.audit.audit_files import csv_file
from register.web.guard import actor, audience
from register.web.languages import say, text_view
from register.web.parameters import WrongParameter, blaming_parameters, check_names
from register.web.secretariat.account_screens import error_links
from register.web.showing.showing import Record
from register.web.wiring import settings

blueprint = Blueprint("audit_sample", __name__, url_prefix="/audit")
FILTERS = ("seed", "size", "at")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z?")
USUAL_SIZE = 25
LATEST = 20  # samples that are listed beside the form
METHOD = "SHA-256 of seed, line feed and reference, in UTF-8; ascending in hexadecimal"
NO_MOMENT = _("Enter a day and a time, such as 2026-11-23T06:17.")
Errors = Mapping[str, Sequence[str]]


@blueprint.get("/sample")
@audience(Role.AUDITOR)
def page() -> AnyResponse | tuple[str, int]:
    """Draw a sample, or ask by which seed. Without a moment it is that of now."""
    check_names(set(FILTERS))
    if "seed" not in request.args:
        return _screen(None, {}), 200
    if not request.args.get("at"):
        asked: dict[str, Any] = {name: request.args.get(name) or None for name in FILTERS}
        return redirect(url_for(".page", **{**asked, "at": clock.stamp(clock.now())}), 303)
    try:
        return _screen(_drawn(), {}), 200
    except WrongParameter:
        raise
    except Invalid as error:
        return _screen(None, error.errors), 400


@blueprint.get("/sample.csv")
@audience(Role.AUDITOR)
def table() -> Response:
    """The sample as a table."""
    sample = _for_file()
    head = ("rank", "reference", "sha256", "seed", "at", "population", "population_sha256")
    facts = (sample.seed, clock.stamp(sample.moment), sample.population, sample.population_sha256)
    rows = ((rank, d.reference, d.sha256, *facts) for rank, d in enumerate(sample.drawn, 1))
    return csv_file("sample", head, rows)


@blueprint.get("/sample.json")
@audience(Role.AUDITOR)
def data() -> Response:
    """The sample with all that is needed to draw it again."""
    sample = _for_file()
    base = f"{settings().base_url}/disclosures/"
    return as_response(
        {
            "seed": sample.seed,
            "size": sample.size,
            "at": clock.stamp(sample.moment),
            "method": METHOD,
            "population": {"count": sample.population, "sha256": sample.population_sha256},
            "items": [
                {
                    "rank": rank,
                    "reference": each.reference,
                    "sha256": each.sha256,
                    "url": base + each.reference,
                }
                for rank, each in enumerate(sample.drawn, 1)
            ],
        }
    )


@blueprint.get("/sample/population.txt")
@audience(Role.AUDITOR)
def population() -> Response:
    """The references from which a sample is drawn, one a line."""
    check_names({"at"})
    with blaming_parameters():
        text = audit_sample.get_population(actor(), _moment())
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = "attachment; filename=population.txt"
    return response


def _for_file() -> Sample:
    check_names(set(FILTERS))
    with blaming_parameters():
        return _drawn()


def _drawn() -> Sample:
    size = request.args.get("size") or str(USUAL_SIZE)
    number = int(size) if size.isascii() and size.isdecimal() and len(size) < 6 else 0
    return audit_sample.draw(actor(), request.args.get("seed", ""), number, _moment())


def _moment() -> datetime:
    """Read a moment in UTC; raise :exc:`Invalid` if it is none."""
    text = request.args.get("at", "")
    try:
        if MOMENT.fullmatch(text):
            return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError:
        pass
    raise Invalid(NO_MOMENT, {"at": [NO_MOMENT]})


def _screen(sample: Sample | None, errors: Errors) -> str:
    asked = request.args
    return render_template(
        "audit/sample.html",
        asked={
            "seed": asked.get("seed", ""),
            "size": asked.get("size") or str(USUAL_SIZE),
            "at": (asked.get("at") or clock.stamp(clock.now())).removesuffix("Z"),
        },
        most=MOST,
        errors=error_links(errors),
        field_errors={name: [say(text) for text in texts] for name, texts in errors.items()},
        sample=_sample_view(sample) if sample else None,
        earlier=_earlier(),
    )


def _sample_view(sample: Sample) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "seed": sample.seed,
        "size": sample.size,
        "at": clock.stamp(sample.moment),
    }
    return {
        **asked,
        "population": sample.population,
        "population_sha256": sample.population_sha256,
        "population_href": url_for(".population", at=asked["at"]),
        "command": _command(sample),
        "rows": _rows(sample),
        "formats": [
            {"label": "CSV", "href": url_for(".table", **asked), "type": "text/csv"},
            {"label": "JSON", "href": url_for(".data", **asked), "type": "application/json"},
        ],
    }


def _command(sample: Sample) -> str:
    """Give a line for a shell that draws the sample from the file of the population."""
    hashed = f"printf '%s\\n%s' {shlex.quote(sample.seed)} \"$r\" | sha256sum | cut -c-64"
    line = f'printf \'%s %s\\n\' "$({hashed})" "$r"'
    ordered = f"LC_ALL=C sort | head -n {sample.size}"
    return f"while read -r r; do {line}; done < population.txt | {ordered}"


def _rows(sample: Sample) -> list[dict[str, Any]]:
    current = publications.map_current([each.reference for each in sample.drawn])
    return [
        {
            "rank": rank,
            "reference": each.reference,
            "href": url_for("audit_records.record", reference=each.reference),
            "name": Record.of(presented(current[each.reference])).name(each.reference),
            "agency": text_view(current[each.reference].body.names),
            "sha256": each.sha256,
        }
        for rank, each in enumerate(sample.drawn, 1)
    ]


def _earlier() -> list[dict[str, Any]]:
    """Give the samples drawn last, by whomever, each with the way to draw it again."""
    listed = []
    for event in trail.list_trail(LATEST, asked=Asked(action="sample_drawn")):
        told = event.details
        asked: dict[str, Any] = {"seed": told["seed"], "size": told["size"], "at": told["moment"]}
        drawn_at, href = clock.stamp(event.at), url_for(".page", **asked)
        listed.append({**asked, "drawn_at": drawn_at, "by": event.actor, "href": href})
    return listed
