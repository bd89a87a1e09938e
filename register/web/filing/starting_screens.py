"""The pages on which a disclosure begins, put together for their templates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for

from register.forms.asking import Asking, questions_of
from register.forms.fields import AnswersForm
from register.forms.sections import first_control
from register.services.directory import directory
from register.services.duties import agenda, nil_returns
from register.services.duties.obligations import rules_of
from register.services.filings import determinations, filing, templates
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.determination import DETERMINATION, REASONS
from register.standard.field import Kind
from register.web.guard import actor
from register.web.languages import gettext as _
from register.web.languages import say, speaking, text_view
from register.web.paging import MOST_ROWS, page_of
from register.web.showing import filing_pages
from register.web.showing.duties import denied_note
from register.web.showing.showing import Record, date_view
from register.web.wiring import settings

Carried = Mapping[str, Any]
Errors = Mapping[str, Sequence[str]]
FIRST_QUESTIONS = ("record_kind", "name")
KINDS = tuple(each for each in CURRENT.field("record_kind").options if each.value != "nil_return")


def check_screen(
    form: AnswersForm,
    source: Content,
    carried: Carried,
    errors: Errors,
    *,
    follows: int | None = None,
) -> str:
    """Ask the four questions, and what else a determination rests on."""
    questions, links = _asked(form, errors)
    for question in questions:
        # Their hints say when those are needed that are not always.
        question["is_required"] = True
    return render_template(
        "starting/check.html",
        questions=questions,
        errors=links,
        carried={**carried, "follows": follows} if follows else carried,
        source=_source_view(source, carried),
        is_again=follows is not None,
    )


def determination_screen(entry: determinations.Entry, source: Content, carried: Carried) -> str:
    """Say whether the system must be disclosed, and what comes next."""
    denied = agenda.list_own_denied(actor(), rules_of(settings()))
    return render_template(
        "starting/determination.html",
        entry=_entry(entry, denied),
        rows=_rows(entry),
        reason=text_view(entry.reason),
        source=_source_view(source, carried),
        begin_href=url_for("starting.new", check=entry.id, **carried),
        again_href=url_for("starting.check", follows=entry.id, **carried),
    )


def determinations_screen(found: Sequence[determinations.Entry]) -> str:
    """Show what the agency determined."""
    agency = directory.get_body(str(actor().agency))
    denied = agenda.list_own_denied(actor(), rules_of(settings()))
    shown = page_of(found, MOST_ROWS, "starting.determinations")
    return render_template(
        "starting/determinations.html",
        agency=text_view(agency.names),
        entries=[_entry(each, denied) for each in shown.items],
        pagination=shown.links,
    )


def first_form(typed: Any, kept: Mapping[str, Any] | None = None) -> AnswersForm:
    """Ask what a filing begins with: its kind, but for a nil return, and its name."""
    questions = [
        replace(field, options=KINDS) if field.name == "record_kind" else field
        for field in (CURRENT.field(name) for name in FIRST_QUESTIONS)
    ]
    return AnswersForm(questions, settings().languages, typed, kept)


def new_screen(
    form: AnswersForm,
    entry: determinations.Entry,
    source: Content,
    *,
    carried: Carried,
    errors: Errors,
) -> str:
    """Ask for the kind and the name of what is to be disclosed."""
    questions, links = _asked(form, errors)
    return render_template(
        "starting/new.html",
        questions=questions,
        errors=links,
        check=entry.id,
        carried=carried,
        source=_source_view(source, carried),
        back_href=url_for("starting.determination", number=entry.id, **carried),
    )


def nil_screen(periods: Sequence[nil_returns.Period], errors: Errors, chosen: str = "") -> str:
    """Ask for which period there is nothing to report."""
    texts = {name: [say(text) for text in listed] for name, listed in errors.items()}
    systems = next((each.systems for each in periods if each.name == chosen), ())
    return render_template(
        "starting/nil.html",
        periods=[_period(each, chosen) for each in periods if not each.nil_return],
        made=[_period(each, chosen) for each in periods if each.nil_return],
        systems=[
            {
                "name": Record(CURRENT, each.content).name(each.reference),
                "href": url_for("public.disclosure", reference=each.reference),
            }
            for each in systems
        ],
        field_errors=texts,
        errors=[
            {"text": text, "href": f"#{name}"} for name, listed in texts.items() for text in listed
        ],
    )


def nil_texts(agency: str, period: str) -> dict[str, dict[str, str]]:
    """Give name and summary of a nil return in each language of the register."""
    names, summaries = {}, {}
    body = directory.get_body(agency)
    for code in settings().languages:
        with speaking(code):
            called = (text_view(body.names) or {}).get("text", agency)
            names[code] = _("Nothing to report for %(period)s", period=period)
            summaries[code] = _(
                "%(agency)s declares that it used no AI system in the period %(period)s.",
                agency=called,
                period=period,
            )
    return {"name": names, "summary": summaries}


def templates_screen(reference: str, errors: Errors) -> str:
    """Show the templates, and ask for the name of a new one where a filing is named."""
    person = actor()
    found = filing.get_filing(person, reference) if reference else None
    texts = {name: [say(text) for text in listed] for name, listed in errors.items()}
    listed = templates.list_templates(person)
    first = settings().languages[0]
    targets = {"names": f"#names-{first}", "is_shared": "#is_shared"}
    return render_template(
        "starting/templates.html",
        own=_templates([each for each in listed if each.is_own], "own"),
        shared=_templates([each for each in listed if not each.is_own], "shared"),
        filing=filing_pages.heading(found) if found else None,
        names=_names_typed(found),
        languages_asked=filing_pages.language_views(),
        is_shared=request.form.get("is_shared") == "yes",
        field_errors=texts,
        errors=[{"text": t, "href": targets[name]} for name in texts for t in texts[name]],
    )


def _asked(form: AnswersForm, errors: Errors) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Give the questions of a form that no filing surrounds yet, and links to what is wrong."""
    asking = Asking(translate=say, content=Content(answers=form.answers), errors=errors)
    questions = questions_of(form, "", asking)
    for question in questions:
        for each in question.get("inputs", []):
            each.pop("status_name", None)
    links = [
        {"text": f"{question['label']}: {text}", "href": f"#{first_control(question)}"}
        for question in questions
        for text in asking.errors_within(question["path"])
    ]
    return questions, links


def _entry(entry: determinations.Entry, denied: Collection[int]) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": entry.name,
        "must": entry.must,
        "why": say(REASONS[entry.reason_key]),
        "note": denied_note() if entry.matter in denied and not entry.must else None,
        "tier": _tier(entry.tier),
        "on": date_view(entry.at.date().isoformat()),
        "by": entry.by,
        "href": url_for("starting.determination", number=entry.id),
        "filing_href": url_for("filing.tasks", reference=entry.reference)
        if entry.reference
        else None,
        "reference": entry.reference,
        "begin_href": url_for("starting.new", check=entry.id),
        "again_href": url_for("starting.check", follows=entry.id),
    }


def _tier(value: str) -> str:
    return say(CURRENT.field("impact_tier").option(value).label) if value else ""


def _rows(entry: determinations.Entry) -> list[dict[str, Any]]:
    """Give what was answered, but for the reason, which is shown by itself."""
    return [
        {"label": say(field.label), "text": _answer(field.kind, field.name, entry.answers)}
        for field in DETERMINATION.asked_fields
        if field.name in entry.answers and not field.localized
    ]


def _answer(kind: Kind, name: str, answers: Mapping[str, Any]) -> str:
    value = str(answers[name])
    if kind is Kind.CHOICE:
        return say(DETERMINATION.field(name).option(value).label)
    return str(date_view(value)["text"]) if kind is Kind.PARTIAL_DATE else value


def _source_view(source: Content, carried: Carried) -> dict[str, Any] | None:
    """Give what the filing is to take over, as a name; a template goes by its own."""
    if "copy" in carried:
        return {"reference": carried["copy"], "name": None}
    if "template" in carried:
        listed = templates.list_templates(actor())
        name = next((e.names for e in listed if str(e.id) == str(carried["template"])), {})
        return {"reference": None, "name": text_view(name)}
    return None


def _period(period: nil_returns.Period, chosen: str) -> dict[str, Any]:
    return {
        "name": period.name,
        "starts": date_view(period.starts_on.isoformat()),
        "ends": date_view(period.ends_on.isoformat()),
        "systems": len(period.systems),
        "is_chosen": period.name == chosen,
        "reference": period.nil_return,
        "href": url_for("filing.tasks", reference=period.nil_return) if period.nil_return else None,
    }


def _templates(kept: Sequence[templates.Kept], name: str) -> dict[str, Any]:
    found = page_of(kept, MOST_ROWS, "starting.templates", name=name, place=name)
    return {"rows": [_template(each) for each in found.items], "links": found.links}


def _template(kept: templates.Kept) -> dict[str, Any]:
    return {
        "name": text_view(kept.names),
        "agency": text_view(kept.body.names),
        "is_shared": kept.is_shared,
        "on": date_view(kept.at.date().isoformat()),
        "begin_href": url_for("starting.check", template=kept.id),
        "remove_href": url_for("starting.remove_template", number=kept.id),
    }


def _names_typed(found: Any) -> dict[str, str]:
    """Give the names as typed, or at first those of the filing."""
    codes = settings().languages
    if request.method == "POST":
        return {code: request.form.get(f"names-{code}", "") for code in codes}
    names = found.content.answers.get("name", {}) if found else {}
    return {code: str(names.get(code, ""))[: templates.LONGEST_NAME] for code in codes}
