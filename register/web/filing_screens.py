"""The pages on which an officer writes and checks, with what is wrong beside each place."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from register.forms.asking import Asking, questions_of
from register.forms.fields import AnswersForm
from register.forms.sections import SectionForm, first_control
from register.schemas import find_errors
from register.services import directory
from register.services.filing import Filing, merged
from register.standard import get_standard
from register.standard.content import Content
from register.standard.lifecycle import DraftState
from register.web import comparing, filing_pages
from register.web.languages import say, text_view
from register.web.wiring import settings


@dataclass(frozen=True)
class Conflicting:
    """Two people saved the same section: what to say, and what this one wrote."""

    sentence: str
    written: Content


def section_screen(
    found: Filing,
    form: SectionForm,
    errors: dict[str, Any],
    *,
    blank: str = "",
    conflict: Conflicting | None = None,
) -> str:
    """Show one section's questions."""
    bodies = [
        (body.slug, (text_view(body.names) or {}).get("text", body.slug))
        for body in directory.list_bodies()
    ]
    asking = Asking(translate=say, content=found.content, errors=errors, agencies=bodies)
    questions = form.questions(asking, blank=blank)
    return render_template(
        "filing/section.html",
        filing=filing_pages.heading(found),
        section={"title": say(form.section.title), "intro": say(form.section.intro)},
        questions=questions,
        lock_version=found.lock_version,
        conflict=conflict.sentence if conflict else "",
        differences=_differences(found, form, conflict.written) if conflict else [],
        tasks_href=url_for("filing.tasks", reference=found.reference),
        errors=[
            {"text": f"{question['label']}: {text}", "href": f"#{first_control(question)}"}
            for question in questions
            for text in dict.fromkeys(
                asking.errors_within(question["path"])
                + asking.errors_within(f"withheld.{question['path']}")
            )
        ],
    )


def _differences(found: Filing, form: SectionForm, written: Content) -> list[dict[str, Any]]:
    """Give what is stored beside what was written, where they differ."""
    own = merged(found.content, written, form.section)
    return comparing.changes(get_standard(found.standard), found.content, own, settings().languages)


def check_screen(found: Filing, errors: dict[str, Any], note: dict[str, str] | None = None) -> str:
    """Show all the answers before they are handed in."""
    standard = get_standard(found.standard)
    all_errors = {**find_errors(standard, found.content), **errors}
    links = filing_pages.error_links(found, errors)
    if "change_note" in errors:
        text = say(errors["change_note"][0])
        links.append({"text": text, "href": f"#change_note-{settings().languages[0]}"})
    return render_template(
        "filing/check.html",
        filing=filing_pages.heading(found),
        sections=[
            {
                "name": each.name,
                "title": say(each.title),
                "href": url_for(
                    "filing.section", reference=found.reference, section_name=each.name
                ),
                "rows": filing_pages.answer_rows(standard, each, found.content, all_errors),
            }
            for each in filing_pages.arising_sections(standard, found.content)
        ],
        errors=links,
        gaps=len(all_errors),
        note=note or found.change_note,
        note_errors=[say(text) for text in errors.get("change_note", [])],
        needs_note=found.version > 0,
        note_languages=filing_pages.language_views(),
        lock_version=found.lock_version,
        is_open=found.draft_state in {DraftState.DRAFT, DraftState.RETURNED},
        tasks_href=url_for("filing.tasks", reference=found.reference),
    )


def new_screen(form: AnswersForm, errors: dict[str, Any]) -> str:
    """Ask for the kind and the name of what is to be disclosed."""
    asking = Asking(translate=say, content=Content(answers=form.answers), errors=errors)
    questions = questions_of(form, "", asking)
    for question in questions:
        for each in question.get("inputs", []):
            each.pop("status_name", None)
    return render_template(
        "filing/new.html",
        questions=questions,
        errors=[
            {"text": f"{question['label']}: {text}", "href": f"#{first_control(question)}"}
            for question in questions
            for text in asking.errors_within(question["path"])
        ],
    )
