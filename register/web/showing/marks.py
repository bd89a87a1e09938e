"""What the rules of quality say of a record or an agency, made ready for the templates."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import url_for

from register.errors import Message
from register.schemas.quality import Finding, Marks
from register.services import quality
from register.services.actor import Actor
from register.services.filings import similar
from register.services.filings.filing import Filing
from register.standard import get_standard
from register.standard.field import Section, Standard
from register.standard.publication import Publication
from register.standard.quality import BY_ID
from register.storage.quality import STEPS, Average
from register.web.languages import gettext as _
from register.web.languages import ngettext, number_text, say, text_view
from register.web.showing.showing import date_view

Href = Callable[[str], str | None]
#: Shown above the answers, where no question can be linked to.
WITHOUT_ANCHOR = frozenset({"name", "summary", "agency", "unit", "contact_point"})


def public_marks(publication: Publication) -> dict[str, Any] | None:
    """Give the marks of a published record, or ``None`` for a version that counts no more."""
    marks = quality.marks_of(publication)
    if marks is None:
        return None
    standard = get_standard(publication.standard)
    return _view(marks, standard, lambda name: None if name in WITHOUT_ANCHOR else f"#{name}")


def draft_marks(found: Filing) -> dict[str, Any]:
    """Give the marks that a draft would have now, each finding with the way to its question."""
    standard = get_standard(found.standard)
    marks = quality.judge(found.content, found.body, reference=found.reference, standard=standard)

    def href(name: str) -> str | None:
        return url_for(
            "filing.section",
            reference=found.reference,
            section_name=_section_of(standard, name).name,
            check=1,
            _anchor=f"{name}-question",
        )

    return _view(marks, standard, href)


def agency_marks(slug: str) -> dict[str, Any] | None:
    """Give what the records of an agency have on average, and how many stand on each step."""
    average = quality.average_of(slug)
    return average_view(average) if average else None


def average_view(average: Average) -> dict[str, Any]:
    """Give an average with its steps, the longest bar as wide as there is room."""
    most = max(average.steps)
    ends = [low - 1 for low in STEPS[1:]] + [100]
    mean = round(average.mean)
    return {
        "score": mean,
        "words": _points(mean),
        "count": number_text(average.count),
        "records": ngettext("%(num)s record", "%(num)s records", average.count),
        "rules_href": url_for("quality.rules"),
        "steps": [
            {
                "label": _("%(low)s to %(high)s", low=number_text(low), high=number_text(high)),
                "count": number_text(count),
                "width": round(100 * count / most),
            }
            for low, high, count in zip(STEPS, ends, average.steps, strict=True)
        ],
    }


def sentence(finding: Finding, standard: Standard) -> str:
    """Say a finding in the reader's language."""
    values = {name: _value(name, value, standard) for name, value in finding.values.items()}
    if finding.language:
        values["language"] = finding.language
    text = BY_ID[finding.rule].finding
    return say(Message(text, **values)) if values else say(text)


def similar_views(by: Actor, found: Filing) -> list[dict[str, Any]]:
    """Give what may be about the same system as a filing, with the way there."""
    views = []
    for each in similar.find_similar(by, found):
        is_own = by.agency == found.body.slug
        endpoint = "filing.tasks" if is_own else "review.decide"
        views.append(
            {
                "reference": each.reference,
                "name": text_view(each.names) or each.reference,
                "href": url_for(
                    "public.disclosure" if each.is_public else endpoint, reference=each.reference
                ),
            }
        )
    return views


def _view(marks: Marks, standard: Standard, href: Href) -> dict[str, Any]:
    silent = [each for each in marks.findings if each.rule == "answered"]
    others = [each for each in marks.findings if each.rule != "answered"]
    return {
        "score": marks.score,
        "words": _points(marks.score),
        "rules_href": url_for("quality.rules"),
        "count": len(marks.findings),
        "unanswered": [
            {"text": say(standard.field(each.field).label), "href": href(each.field)}
            for each in silent
        ],
        "findings": [
            {
                "question": say(standard.field(each.field).label),
                "href": href(each.field),
                "text": sentence(each, standard),
                "way_out": say(BY_ID[each.rule].way_out),
            }
            for each in others
        ],
    }


def _points(score: int) -> str:
    return _("%(score)s of 100 points", score=number_text(score))


def _value(name: str, value: Any, standard: Standard) -> str:
    """Put a value into words; what came from a text keeps its own direction of writing."""
    if name == "question":
        return say(standard.field(str(value)).label)
    if name == "day":
        return str(date_view(str(value))["text"])
    if isinstance(value, str):
        return f"\u2068{value}\u2069"
    return number_text(value)


def _section_of(standard: Standard, name: str) -> Section:
    return next(
        section for section in standard.sections if any(f.name == name for f in section.fields)
    )


def limits_in_words(limits: Mapping[str, float]) -> dict[str, str]:
    """Write the numbers of a rule as the reader's language does."""
    return {name: number_text(int(number)) for name, number in limits.items() if number >= 1}
