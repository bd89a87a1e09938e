"""A filing put together for the templates of those who work on it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask import url_for

from register import clock
from register.config import LANGUAGE_NAMES
from register.forms.asking import Asking
from register.schemas import find_errors
from register.services.filings.filing import WITHDRAWAL, Filing, Save
from register.standard import get_standard
from register.standard.content import Content
from register.standard.field import Field, Section, Standard
from register.standard.lifecycle import DRAFT_LABELS, DraftState, Status
from register.web.languages import direction, ngettext, say, text_view
from register.web.languages import gettext as _
from register.web.showing.comparing import withholding
from register.web.showing.showing import Record, moment_text
from register.web.showing.side_by_side import views
from register.web.wiring import settings

Errors = Mapping[str, Sequence[str]]
STATE_TONES = {
    DraftState.DRAFT: "blue",
    DraftState.SUBMITTED: "yellow",
    DraftState.ENDORSED: "purple",
    DraftState.RETURNED: "red",
    DraftState.DISCARDED: "grey",
}


def heading(filing: Filing) -> dict[str, Any]:
    """Give what every page of a filing says at its top."""
    name = text_view(filing.content.answers.get("name"), filing.content, "name")
    return {
        "reference": filing.reference,
        "name": name or {"text": _("Without a name yet"), "is_other_language": False},
        "agency": text_view(filing.body.names),
        "period": filing.period,
        "is_nil": filing.content.answers.get("record_kind") == "nil_return",
        "state": state_tag(filing),
        "is_draft": filing.draft_state not in {DraftState.NONE, DraftState.DISCARDED},
        "version": filing.version,
        "return_reason": filing.return_reason,
        "saved_at": moment_text(filing.saved_at) if filing.saved_at else None,
        "author": filing.author,
        "public_href": url_for("public.disclosure", reference=filing.reference)
        if filing.version
        else None,
    }


def state_tag(filing: Filing) -> dict[str, Any]:
    """Give the state of a filing as a tag."""
    if filing.draft_state is not DraftState.NONE:
        label = say(DRAFT_LABELS[filing.draft_state])
        if filing.purpose == WITHDRAWAL and filing.draft_state is not DraftState.RETURNED:
            label = _("Withdrawal proposed")
        return {"label": label, "tone": STATE_TONES.get(filing.draft_state)}
    if filing.status is Status.WITHDRAWN:
        return {"label": _("Withdrawn"), "tone": "grey"}
    return {"label": _("Published"), "tone": "green"}


def waiting_words(filing: Filing) -> str:
    """Say what a filing waits for, or nothing if it waits for nobody."""
    if filing.draft_state is DraftState.ENDORSED:
        return _(
            "The agency has approved the filing. The register's secretariat publishes it or"
            " returns it. It cannot be changed meanwhile."
        )
    if filing.draft_state is not DraftState.SUBMITTED:
        return ""
    if filing.purpose == WITHDRAWAL:
        return _("It is proposed to withdraw this disclosure. A second person decides on it.")
    if filing.body.approval == "both":
        return _(
            "The filing waits for a second person of the agency to approve it or to return it."
            " Then the register's secretariat publishes it. It cannot be changed meanwhile."
        )
    return _(
        "The filing waits for a second person to publish it or to return it."
        " It cannot be changed meanwhile."
    )


def nobody_words() -> str:
    """Say what it means that nobody may decide on a filing, and what the officer can do."""
    return _(
        "Nobody can decide on this filing: everybody who may has worked on it, or there is nobody."
        " The register's secretariat is told, and can invite a second person."
    )


def count_comments(filing: Filing, section: Section | None = None) -> int:
    """Count the comments on questions that arise, in one section or in all."""
    fields = section.asked_fields if section else get_standard(filing.standard).asked_fields
    answers = filing.content.answers
    return sum(field.name in filing.comments and field.is_asked(answers) for field in fields)


def section_errors(standard: Standard, section: Section, errors: Errors) -> dict[str, Any]:
    """Keep only the errors that belong to one section."""
    names = {field.name for field in section.fields}
    return {path: texts for path, texts in errors.items() if field_of_path(path) in names}


def field_of_path(path: str) -> str:
    """Give the field that an error path is about."""
    steps = path.split(".")
    is_beside = steps[0] in {"withheld", "translations"} and len(steps) > 1
    return steps[1] if is_beside else steps[0]


def task_list(filing: Filing, saves: Mapping[str, Save]) -> list[dict[str, Any]]:
    """Give the sections as tasks with their states, those without any question left out.

    ``saves`` tells by name who saved a section last.
    """
    standard = get_standard(filing.standard)
    errors = find_errors(standard, filing.content, filed_on=clock.today())
    return [
        {
            "text": say(section.title),
            "hint": say(section.intro) if section.intro else None,
            "href": url_for(
                "filing.section", reference=filing.reference, section_name=section.name
            ),
            "status": _task_status(filing, section, section_errors(standard, section, errors)),
            "comments": count_comments(filing, section),
            "saved": _save_view(saves.get(section.name)),
        }
        for section in arising_sections(standard, filing.content)
    ]


def _save_view(save: Save | None) -> dict[str, str] | None:
    return {"who": save.who, "when": moment_text(save.at)} if save else None


def arising_sections(standard: Standard, content: Content) -> list[Section]:
    """Give the sections of which at least one question arises."""
    return list(standard.arising_sections(content.answers))


def _task_status(filing: Filing, section: Section, errors: Errors) -> dict[str, Any]:
    if section.name in filing.complete and not errors:
        return {"label": _("Complete"), "tone": None}
    names = {field.name for field in section.asked_fields} - {"agency"}
    if not names & set(filing.content.answers):
        return {"label": _("Not started"), "tone": "grey"}
    if not errors:
        return {"label": _("In progress"), "tone": "blue"}
    return {
        "label": ngettext("%(num)s answer to give", "%(num)s answers to give", len(errors)),
        "tone": "yellow",
    }


def answer_rows(
    standard: Standard,
    section: Section,
    content: Content,
    errors: Errors,
    *,
    comments: Mapping[str, str] = MappingProxyType({}),
) -> list[dict[str, Any]]:
    """Give the answers of one section, texts in every language of the register side by side.

    ``comments`` is what the second person said of single answers.
    """
    record = Record(standard, content)
    asking = Asking(translate=say, errors=errors)
    return [
        {
            "name": field.name,
            "label": say(field.label),
            "is_public": field.public,
            "is_required": field.is_required(content.answers),
            "withheld": withholding(record, field, settings().languages),
            "views": views(record, field, settings().languages),
            "missing_languages": _missing_languages(field, content),
            "errors": asking.errors_within(field.name) + asking.errors_within(_beside(field)),
            "comment": comments.get(field.name, ""),
        }
        for field in section.asked_fields
        if field.is_asked(content.answers)
    ]


def error_links(filing: Filing, errors: Errors) -> list[dict[str, str]]:
    """Give a link to the place of each error, for the summary of a whole filing."""
    standard = get_standard(filing.standard)
    asking = Asking(translate=say, errors=errors)
    links = []
    for section in standard.sections:
        for path in section_errors(standard, section, errors):
            field = standard.field(field_of_path(path))
            href = url_for(
                "filing.section",
                reference=filing.reference,
                section_name=section.name,
                check=1,
                _anchor=f"{field.name}-question",
            )
            label = say(field.label)
            links += [{"text": f"{label}: {t}", "href": href} for t in asking.errors_of(path)]
    return links


def _beside(field: Field) -> str:
    return f"withheld.{field.name}"


def _missing_languages(field: Field, content: Content) -> list[str]:
    answer = content.answers.get(field.name)
    if not field.localized or not isinstance(answer, Mapping):
        return []
    wanted = [code for code in settings().languages if code not in answer]
    return [LANGUAGE_NAMES.get(code, code) for code in wanted]


def language_views() -> list[dict[str, str]]:
    """Give the languages of the register, for inputs that are asked in each."""
    return [
        {"lang": code, "lang_name": LANGUAGE_NAMES.get(code, code), "dir": direction(code)}
        for code in settings().languages
    ]
