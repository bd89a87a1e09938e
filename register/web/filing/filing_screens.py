"""The pages on which an officer writes and checks, with what is wrong beside each place."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from register import clock
from register.forms.asking import Asking
from register.forms.sections import SectionForm, first_control
from register.schemas import find_errors
from register.services.directory import directory
from register.services.filings import deciders
from register.services.filings.filing import Filing, fingerprint, merged
from register.standard import get_standard
from register.standard.content import Content
from register.standard.lifecycle import OPEN
from register.web.guard import actor
from register.web.languages import say, text_view
from register.web.showing import comparing, filing_pages, marks
from register.web.wiring import settings


@dataclass(frozen=True)
class Conflicting:
    """Two people saved the same section: what to say, and what this one wrote.

    ``unasked`` is what was written for questions that do not arise any more.
    """

    sentence: str
    written: Content
    unasked: list[dict[str, Any]]


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
    for question in questions:
        question["comment"] = found.comments.get(question["path"], "")
    return render_template(
        "filing/section.html",
        filing=filing_pages.heading(found),
        section={"title": say(form.section.title), "intro": say(form.section.intro)},
        questions=questions,
        lock_version=found.lock_version,
        section_seen=fingerprint(found.content, form.section),
        conflict=conflict.sentence if conflict else "",
        unasked=conflict.unasked if conflict else [],
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
    all_errors = {**find_errors(standard, found.content, filed_on=clock.today()), **errors}
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
                "rows": filing_pages.answer_rows(
                    standard, each, found.content, all_errors, comments=found.comments
                ),
            }
            for each in filing_pages.arising_sections(standard, found.content)
        ],
        errors=links,
        gaps=len(all_errors),
        marks=marks.draft_marks(found),
        similar=marks.similar_views(actor(), found),
        comments=filing_pages.count_comments(found),
        note=note or found.change_note,
        note_errors=[say(text) for text in errors.get("change_note", [])],
        needs_note=found.version > 0,
        note_languages=filing_pages.language_views(),
        lock_version=found.lock_version,
        is_open=found.draft_state in OPEN,
        has_decider=deciders.has_decider(actor(), found.reference),
        nobody=filing_pages.nobody_words(),
        tasks_href=url_for("filing.tasks", reference=found.reference),
    )


def discard_screen(found: Filing) -> str:
    """Say what becomes of a draft that is discarded, and ask for certain."""
    return render_template(
        "filing/discard.html",
        filing=filing_pages.heading(found),
        lock_version=found.lock_version,
        is_new=not found.version,
        action=url_for("filing.discard_draft", reference=found.reference),
        back_href=url_for("filing.tasks", reference=found.reference),
    )
