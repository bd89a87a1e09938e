"""The rules by which records are found complete and plain, for everybody to read."""

from typing import Any

from flask import Blueprint, Response, render_template, url_for

from register.errors import Message
from register.services import quality
from register.services.directory import directory
from register.standard import CURRENT
from register.standard.quality import COMMON, RULES, SILENCE_SAYS_NONE, VERSION, Rule
from register.web.answering import as_response
from register.web.guard import EVERYBODY, audience
from register.web.languages import ngettext, say, text_view
from register.web.showing.marks import average_view, limits_in_words

blueprint = Blueprint("quality", __name__)


@blueprint.get("/quality")
@audience(EVERYBODY)
def rules() -> str:
    """The rules with their weights and limits, and what each agency's records have."""
    averages = quality.average_of_agencies()
    return render_template(
        "quality/rules.html",
        version=VERSION,
        counted=[_rule(rule) for rule in RULES if rule.weight],
        shown=[_rule(rule) for rule in RULES if not rule.weight],
        silent=[say(f.label) for f in CURRENT.asked_fields if f.name in SILENCE_SAYS_NONE],
        common=sorted(COMMON),
        agencies=[
            {
                "name": text_view(body.names),
                "href": url_for("public.agency", slug=body.slug),
                **average_view(averages[body.slug]),
            }
            for body in directory.list_bodies()
            if body.slug in averages
        ],
        formats=[
            {"label": "JSON", "href": url_for("quality.rules_json"), "type": "application/json"}
        ],
    )


@blueprint.get("/quality.json")
@audience(EVERYBODY)
def rules_json() -> Response:
    """The same, as data."""
    return as_response(
        {
            "version": VERSION,
            "rules": [_rule_data(rule) for rule in RULES],
            "silence_says_none": sorted(SILENCE_SAYS_NONE),
            "common_abbreviations": sorted(COMMON),
            "agencies": {
                slug: {
                    "mean": round(average.mean, 1),
                    "records": average.count,
                    "steps": list(average.steps),
                }
                for slug, average in quality.average_of_agencies().items()
            },
        }
    )


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "label": say(rule.label),
        "why": _why(rule),
        "way_out": say(rule.way_out),
        "points": ngettext("%(num)s point", "%(num)s points", rule.weight) if rule.weight else "",
    }


def _rule_data(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "label": say(rule.label),
        "why": _why(rule),
        "way_out": say(rule.way_out),
        "weight": rule.weight,
        "limits": dict(rule.limits),
    }


def _why(rule: Rule) -> str:
    values = limits_in_words(rule.limits)
    return say(Message(rule.why, **values)) if values else say(rule.why)
