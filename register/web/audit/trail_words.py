"""The events of the audit trail in a reader's words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import url_for

from register import clock
from register.services.audit.trail import Event
from register.standard import CURRENT
from register.standard.lifecycle import ROLE_LABELS, Role
from register.standard.marking import _
from register.web.languages import language_name, say

LONGEST_DETAIL = 300

EVENTS = {
    "account_added": _("Account added"),
    "account_disabled": _("Account disabled"),
    "account_enabled": _("Account enabled again"),
    "agency_added": _("Public body added"),
    "agency_changed": _("Public body changed in the directory"),
    "agency_exempted": _("Public body exempted"),
    "agency_in_scope": _("Public body brought into scope"),
    "agency_left": _("Public body left"),
    "amended": _("Amended"),
    "amendment_started": _("New version begun"),
    "audit_note_written": _("Note of an auditor written"),
    "audit_notes_exported": _("Notes of the auditors exported"),
    "auditors_bundle_taken": _("Bundle for auditors taken"),
    "confirmation_made_amendment": _("Yearly confirmation made an ordinary new version"),
    "confirmation_started": _("Yearly confirmation begun"),
    "determinations_read": _("Ledger of determinations read"),
    "determined": _("Determined whether a system must be disclosed"),
    "draft_discarded": _("Draft discarded"),
    "draft_resumed": _("Discarded draft taken up again"),
    "draft_saved": _("Draft saved"),
    "draft_sent": _("Draft sent by a program"),
    "draft_started": _("Filing begun"),
    "draft_uploaded": _("Draft written from a spreadsheet"),
    "duty_exempted": _("One duty exempted"),
    "duty_owed_again": _("One duty owed again"),
    "endorsed": _("Approved by the agency"),
    "erased": _("Erased by order of a court or a law"),
    "everything_exported": _("Everything exported"),
    "import_applied": _("Import ordered as drafts"),
    "import_brought": _("File of another register brought"),
    "import_cancelled": _("Import called off"),
    "import_completed": _("Ordered import completed"),
    "import_decided": _("Publication of an import decided"),
    "import_failed": _("Ordered import failed"),
    "import_finished": _("Import finished"),
    "import_proposed": _("Publication of an import proposed"),
    "import_returned": _("Proposed import not published"),
    "import_started": _("Import begun"),
    "import_tried": _("Dry run of an import ordered"),
    "imported": _("Imported"),
    "invitation_taken_back": _("Invitation taken back"),
    "invited": _("Invited to an account"),
    "non_public_listed": _("Records read with what is not public"),
    "non_public_read": _("Record read with what is not public"),
    "password_set": _("Password chosen"),
    "published": _("Published"),
    "quality_judged": _("Quality of all records judged again"),
    "records_exported": _("Records exported with what is not public"),
    "records_searched": _("Records searched with what is not public"),
    "returned": _("Returned for changes"),
    "sample_drawn": _("Random sample drawn"),
    "sample_loaded": _("Sample loaded"),
    "sections_confirmed": _("Sections confirmed"),
    "signed_in": _("Signed in"),
    "spreadsheet_taken_in": _("Spreadsheet taken in"),
    "submitted": _("Submitted"),
    "taken_back": _("Taken back before a decision"),
    "template_kept": _("Template kept"),
    "template_removed": _("Template removed"),
    "token_made": _("Token of a program made"),
    "token_revoked": _("Token of a program revoked"),
    "trail_exported": _("Audit trail exported"),
    "withdrawal_proposed": _("Withdrawal proposed"),
    "withdrawn": _("Withdrawn"),
}

#: What an event tells beside that: the names of its values. A question's name is its label.
DETAILS = {
    "abbreviation": _("Abbreviation"),
    "action": _("Event"),
    "actor": _("Who"),
    "agencies": _("Public bodies"),
    "agency": _("Public body"),
    "agency_rows": _("Rows of each public body"),
    "approval": _("Who publishes"),
    "basis": _("Legal basis"),
    "columns": _("Columns"),
    "content_sha256": _("SHA-256 of the content"),
    "corrects": _("Puts right note"),
    "created": _("Created"),
    "despite": _("Despite"),
    "determination": _("Determination"),
    "disclosures": _("Disclosures"),
    "duty": _("Duty"),
    "email": _("E-mail address"),
    "entry": _("Entry of the public log"),
    "error": _("Error"),
    "every_version": _("All versions"),
    "field": _("Question"),
    "file": _("File"),
    "first": _("From"),
    "format": _("Format"),
    "found": _("Records found"),
    "from": _("From"),
    "given_sha256": _("SHA-256 of what was given"),
    "handed_over": _("Handed over in person"),
    "in_scope_from": _("In scope from"),
    "is_published": _("To be published"),
    "is_shared": _("Shared with other agencies"),
    "is_smaller": _("Accepted though it is smaller"),
    "last": _("Until"),
    "level": _("Level"),
    "moment": _("Moment"),
    "must": _("Must be disclosed"),
    "note": _("Note"),
    "notes": _("Notes of the auditors"),
    "own_reference": _("Reference of their own"),
    "parent": _("Parent body"),
    "period": _("Period"),
    "population": _("Drawn from"),
    "population_sha256": _("SHA-256 of their list"),
    "reason": _("Reason"),
    "reference": _("Reference"),
    "rejected": _("Rejected"),
    "role": _("Role"),
    "row": _("Row"),
    "rows": _("Rows"),
    "rows_sha256": _("SHA-256 of the rows"),
    "run": _("Number of the import"),
    "section": _("Section"),
    "sections": _("Sections"),
    "sector": _("Sector"),
    "seed": _("Seed"),
    "sha256": _("SHA-256 of the file"),
    "size": _("Size"),
    "source_id": _("Number at the source"),
    "template": _("Template"),
    "unchanged": _("Unchanged"),
    "until": _("Until"),
    "updated": _("Updated"),
    "version": _("Version"),
    "versions": _("Versions"),
    "words": _("Words"),
}
_QUESTIONS = {field.name: field.label for field in CURRENT}
_SECTIONS = {section.name: section.title for section in CURRENT.sections}
_VALUES: Mapping[str, Mapping[Any, str]] = {
    "section": _SECTIONS,
    "field": _QUESTIONS,
    "role": {role.value: ROLE_LABELS[role] for role in Role},
    "action": EVENTS,
}


def event_words(name: str) -> str:
    """Name an event; one without words keeps its own name."""
    return say(EVENTS[name]) if name in EVENTS else name


def event_view(event: Event) -> dict[str, Any]:
    """Give an event as a row of a table, with what it tells in short; a file has all of it."""
    reference = event.reference
    return {
        "id": event.id,
        "at": clock.stamp(event.at),
        "action": event_words(event.action),
        "actor": event.actor,
        "reference": reference,
        "href": url_for("audit_trail.page", reference=reference) if reference else None,
        "details": list(_told(event.details)),
    }


def _told(details: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Spell what an event tells, in short."""
    for name, value in details.items():
        if isinstance(value, Mapping) and value.keys() != {"old", "new"}:
            yield from _told(value) if name != "raw" else ()
        elif value not in (None, [], ""):
            yield {"name": _name(name), "text": _value(name, value)}


def _name(name: str) -> str:
    words = DETAILS.get(name) or _QUESTIONS.get(name)
    if words is None and name.startswith("name_"):
        return f"{say(_('Name'))} ({language_name(name.removeprefix('name_'))})"
    return say(words) if words else name


def _value(name: str, told: Any) -> str:
    """Spell a value, and one that changed as it was and is."""
    if isinstance(told, Mapping):
        return f"{_value(name, told['old']) or '–'} → {_value(name, told['new']) or '–'}"
    if isinstance(told, bool):
        return say(_("Yes")) if told else say(_("No"))
    if isinstance(told, Iterable) and not isinstance(told, str):
        return _shortened(", ".join(_said(name.removesuffix("s"), each) for each in told))
    return _shortened(_said(name, told))


def _said(name: str, told: Any) -> str:
    words = _VALUES.get(name, {})
    return say(words[told]) if isinstance(told, str) and told in words else str(told)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_DETAIL else f"{text[:LONGEST_DETAIL]}…"
