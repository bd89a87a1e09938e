"""The page on which a second person decides, with everything that was typed there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, url_for

from register.errors import Conflict, Invalid
from register.services.actor import Actor
from register.services.filings import publishing, returns, withdrawing
from register.services.filings.filing import RENEWAL, WITHDRAWAL, Filing
from register.standard import get_standard
from register.standard.field import Section
from register.standard.lifecycle import Action, DraftState
from register.web.languages import gettext as _
from register.web.languages import say, text_view
from register.web.showing import comparing, filing_pages, marks
from register.web.showing.showing import moment_text
from register.web.wiring import settings

COMMENT = "comment-"


@dataclass(frozen=True)
class Said:
    """What the second person typed: a reason, and comments on single questions by their names."""

    reason: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, form: Mapping[str, str]) -> "Said":
        """Read the form of a return."""
        comments = {
            name.removeprefix(COMMENT): text
            for name, text in form.items()
            if name.startswith(COMMENT) and text.strip()
        }
        return cls(form.get("reason", ""), comments)


NOTHING = Said()


def decision_page(
    by: Actor, found: Filing, said: Said = NOTHING, error: Invalid | Conflict | None = None
) -> str:
    """Show what changed and all the answers, and ask for a decision where one is open."""
    standard, decisions = get_standard(found.standard), publishing.list_decisions(by, found)
    errors = error.errors if isinstance(error, Invalid) else {}
    changes = []
    if found.published is not None:
        changes = comparing.changes(standard, found.published, found.content, settings().languages)
    return render_template(
        "review/decide.html",
        filing=filing_pages.heading(found),
        change_note=text_view(found.change_note, found.content),
        changes=changes,
        is_amendment=found.version > 0,
        is_renewal=found.purpose == RENEWAL and found.draft_state is not DraftState.NONE,
        is_withdrawal=found.purpose == WITHDRAWAL and found.draft_state is not DraftState.NONE,
        returns=_returns(found) if decisions else [],
        sections=[
            _section(found, section, said, errors)
            for section in standard.arising_sections(found.content.answers)
        ],
        may={action.value: action in decisions for action in Action},
        withdraw_href=url_for("withdrawal.page", reference=found.reference)
        if withdrawing.may_propose(by, found)
        else None,
        warnings=_warnings(found),
        similar=marks.similar_views(by, found),
        endorsed=_endorsed(found),
        conflict=say(error.args[0]) if isinstance(error, Conflict) else "",
        lock_version=found.lock_version,
        reason=said.reason,
        reason_errors=[say(text) for text in errors.get("reason", [])],
        errors=_links(found, errors),
    )


def _section(
    found: Filing, section: Section, said: Said, errors: Mapping[str, list[str]]
) -> dict[str, Any]:
    standard = get_standard(found.standard)
    rows = filing_pages.answer_rows(standard, section, found.content, {}, comments=said.comments)
    for row in rows:
        row["may_comment"] = row["name"] != "agency"
        row["comment_errors"] = [say(text) for text in errors.get(f"comments.{row['name']}", [])]
    return {
        "title": say(section.title),
        "rows": rows,
        "is_commented": any(row["comment"] for row in rows),
    }


def _warnings(found: Filing) -> list[str]:
    """Say why a step is not open that the reader may look for."""
    is_endorsed = found.draft_state is DraftState.ENDORSED
    warnings = []
    if found.has_touched and (is_endorsed or found.draft_state is DraftState.SUBMITTED):
        warnings.append(
            _("You worked on this filing since it was last published. Somebody else must decide.")
        )
    elif found.has_endorsed:
        warnings.append(_("You approved this filing for the agency. Somebody else must decide."))
    if is_endorsed and found.body.approval != "both":
        warnings.append(
            _(
                "How the agency's filings are approved has changed since this one was approved."
                " Return it, so that it is submitted again."
            )
        )
    return warnings


def _returns(found: Filing) -> list[dict[str, Any]]:
    """Give what was asked for when it was given back, to be held against what it says now."""
    labels = {field.name: say(field.label) for field in get_standard(found.standard)}
    return [
        {
            "who": each.by,
            "when": moment_text(each.at),
            "reason": each.reason,
            "comments": [
                {"label": labels.get(name, name), "text": text}
                for name, text in each.comments.items()
            ],
        }
        for each in returns.list_returns(found)
    ]


def _endorsed(found: Filing) -> dict[str, str] | None:
    if found.endorsed_at is None or not found.endorser:
        return None
    return {"who": found.endorser, "when": moment_text(found.endorsed_at)}


def _links(found: Filing, errors: Mapping[str, list[str]]) -> list[dict[str, str]]:
    """Give a link to each place of the page where something is wrong."""
    asked = {each.name: each for each in get_standard(found.standard).asked_fields}
    links = []
    for path, texts in errors.items():
        name = path.removeprefix("comments.")
        label = f"{say(asked[name].label)}: " if name in asked else ""
        href = f"#{COMMENT}{name}" if name in asked else "#reason"
        links += [{"text": f"{label}{say(text)}", "href": href} for text in texts]
    return links
