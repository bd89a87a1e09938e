"""The page of the yearly confirmation, and what the register itself says of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from register.services.filings import renewing
from register.services.filings.filing import Filing
from register.services.filings.renewing import Words
from register.standard import get_standard
from register.standard.field import Section
from register.standard.lifecycle import DraftState, Status
from register.web.languages import gettext as _
from register.web.languages import language, say, speaking
from register.web.showing import comparing, filing_pages
from register.web.showing.showing import date_view
from register.web.wiring import settings

Errors = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Said:
    """What was sent: of sections, by name, whether each is correct; and the officer's note."""

    correct: Mapping[str, bool]
    note: Mapping[str, str]

    @classmethod
    def read(cls, form: Mapping[str, str]) -> "Said":
        """Read the form; what is neither of the two answers says nothing."""
        answers = {"yes": True, "change": False}
        correct = {
            name.removeprefix("confirm-"): answers[value]
            for name, value in form.items()
            if name.startswith("confirm-") and value in answers
        }
        codes = settings().languages
        return cls(correct, {code: form.get(f"change_note-{code}", "") for code in codes})


def words_of(found: Filing) -> Words:
    """Give what the register says of this confirmation, in each of its languages."""
    opening, unchanged, confirmed = {}, {}, {}
    changed = renewing.changed_sections(found)
    sections = get_standard(found.standard).arising_sections(found.content.answers)
    same = [section.title for section in sections if section.name not in changed]
    for code in settings().languages:
        with speaking(code):
            opening[code] = _("Yearly confirmation:")
            unchanged[code] = f"{opening[code]} {_('nothing changed.')}"
            titles = _(", ").join(say(title) for title in same)
            still = _("still correct are the sections %(titles)s.", titles=titles)
            confirmed[code] = f"{opening[code]} {still if same else _('every section changed.')}"
    return Words(opening=opening, unchanged=unchanged, confirmed=confirmed)


def begin_href(found: Filing) -> str | None:
    """Give where to begin a confirmation of what is published; ``None`` where there is none."""
    is_free = found.status is Status.PUBLISHED and found.draft_state is DraftState.NONE
    is_nil = found.content.answers.get("record_kind") == renewing.NIL_RETURN
    if not is_free or is_nil:
        return None
    return url_for("renewal.page", reference=found.reference)


def review_due(found: Filing) -> dict[str, Any] | None:
    """Give the day by which the published version promises to be confirmed."""
    answer = found.published.answers.get(renewing.REVIEW_DUE) if found.published else None
    return date_view(answer) if isinstance(answer, str) else None


def confirm_screen(
    found: Filing, *, errors: Errors | None = None, said: Said | None = None, conflict: str = ""
) -> str:
    """Show every section with its answers, and ask of each whether it is still correct."""
    standard, errors = get_standard(found.standard), errors or {}
    sections = standard.arising_sections(found.content.answers)
    changed, words = renewing.changed_sections(found), words_of(found)
    note = said.note if said else words.without(found.change_note)
    return render_template(
        "renewal/confirm.html",
        filing=filing_pages.heading(found),
        sections=[_section(found, each, errors, said) for each in sections],
        confirmed=sum(each.name in found.complete for each in sections),
        changes=comparing.changes(
            standard, found.published or found.content, found.content, settings().languages
        ),
        has_changes=bool(changed),
        sentence=(words.confirmed if changed else words.unchanged).get(_language(), ""),
        note=note,
        note_errors=[say(text) for text in errors.get("change_note", [])],
        note_languages=filing_pages.language_views(),
        errors=_links(found, errors),
        conflict=conflict,
        comments=filing_pages.count_comments(found),
        lock_version=found.lock_version,
    )


def _section(found: Filing, section: Section, errors: Errors, said: Said | None) -> dict[str, Any]:
    standard = get_standard(found.standard)
    own = filing_pages.section_errors(standard, section, errors)
    has_changed = section.name in renewing.changed_sections(found)
    return {
        "name": section.name,
        "title": say(section.title),
        "rows": filing_pages.answer_rows(
            standard, section, found.content, own, comments=found.comments
        ),
        "href": url_for("filing.section", reference=found.reference, section_name=section.name),
        "answer": _answer(found, section.name, said),
        "needs_change": section.name in found.to_change and section.name not in found.complete,
        "has_changed": has_changed,
        "is_commented": filing_pages.count_comments(found, section) > 0,
        "state": _state(found, section.name, has_changed=has_changed),
        "errors": [say(text) for text in errors.get(f"confirm.{section.name}", [])],
    }


def _answer(found: Filing, name: str, said: Said | None) -> str:
    if said is not None and name in said.correct:
        return "yes" if said.correct[name] else "change"
    if name in found.complete:
        return "yes"
    return "change" if name in found.to_change else ""


def _state(found: Filing, name: str, *, has_changed: bool) -> dict[str, Any]:
    if name in found.complete:
        label = _("Changed and confirmed") if has_changed else _("Confirmed")
        return {"label": label, "tone": "green"}
    if has_changed:
        return {"label": _("Changed, not yet confirmed"), "tone": "yellow"}
    if name in found.to_change:
        return {"label": _("Needs a change"), "tone": "yellow"}
    return {"label": _("Not yet confirmed"), "tone": "grey"}


def _links(found: Filing, errors: Errors) -> list[dict[str, str]]:
    """Give a link to each place where something is missing, in the order of the page."""
    links = filing_pages.error_links(found, errors)
    for section in get_standard(found.standard).sections:
        for text in errors.get(f"confirm.{section.name}", []):
            words = f"{say(section.title)}: {say(text)}"
            links.append({"text": words, "href": f"#confirm-{section.name}"})
    for text in errors.get("change_note", []):
        links.append({"text": say(text), "href": f"#change_note-{settings().languages[0]}"})
    return links


def _language() -> str:
    """Give the reader's language if the register speaks it, else the register's first."""
    codes = settings().languages
    return language() if language() in codes else codes[0]
