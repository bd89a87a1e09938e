"""What an officer does: start, save, submit, amend. Everything typed is kept, valid or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from register import clock
from register.errors import Conflict, Invalid, NotAllowed, NotFound
from register.schemas import validate
from register.services.actor import Actor
from register.services.filings import determinations, notices
from register.services.filings.filing_facts import Filing, Save, filing_of, filings_of
from register.services.filings.merging import fingerprint, merged
from register.standard import CURRENT, get_standard
from register.standard.content import Content
from register.standard.field import Section
from register.standard.lifecycle import Action, DraftState, Role, Status, check_move
from register.standard.marking import _
from register.storage import agencies, disclosures, events, publications, transaction
from register.storage.models import Disclosure

__all__ = [
    "LONGEST_NOTE",
    "RENEWAL",
    "WITHDRAWAL",
    "Filing",
    "Save",
    "amend",
    "check_lock",
    "check_written",
    "filing_of",
    "fingerprint",
    "forget_decision",
    "get_filing",
    "get_own",
    "list_filings",
    "list_saves",
    "merged",
    "move",
    "save_section",
    "start",
    "state_of",
    "submit",
    "touch",
]
LONGEST_NOTE = 2000
AUTOSAVES_TOLD_EVERY = timedelta(minutes=10)
RENEWAL = "renewal"
WITHDRAWAL = "withdrawal"
WRITERS = frozenset({Role.OFFICER, Role.APPROVER})


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a filing begins from: content taken over, its determination, a nil return's period."""

    content: Content = field(default_factory=Content)
    matter: int | None = None
    period: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


def start(
    by: Actor,
    agency: str,
    reference_prefix: str,
    answers: Mapping[str, Any],
    *,
    basis: Basis | None = None,
) -> Filing:
    """Begin a new filing for an agency, with these first answers. Give it its reference."""
    if by.role not in WRITERS or by.agency != agency or by.account_id is None:
        raise NotAllowed(_("You file for your own agency only."))
    basis = basis or Basis()
    with transaction() as session:
        disclosure = Disclosure(
            reference=disclosures.next_reference(reference_prefix),
            agency=agencies.get_agency(agency),
            status=Status.UNPUBLISHED,
            draft_state=DraftState.DRAFT,
            draft_content=basis.content.with_answers(**{**answers, "agency": agency}).to_json(),
            draft_standard=CURRENT.id,
            draft_complete=[],
            draft_saved_at=clock.now(),
            draft_author_id=by.account_id,
            matter=basis.matter,
            period=basis.period,
            created_at=clock.now(),
        )
        session.add(disclosure)
        session.flush()
        touch(disclosure, by, "draft_started", basis.details)
        return filing_of(disclosure, by)


def amend(by: Actor, reference: str) -> Filing:
    """Begin the next version of a published or withdrawn disclosure, from its last content."""
    with transaction():
        disclosure = get_own(by, reference)
        check_move(Action.AMEND, by.role, *state_of(disclosure))
        current = publications.get_publication(reference)
        # What was erased is a matter of the version that had it: the new one is asked anew.
        disclosure.draft_content = replace(current.content, erased=()).to_json()
        disclosure.draft_standard = current.standard
        disclosure.draft_complete = []
        disclosure.draft_change_note = None
        forget_decision(disclosure)
        move(disclosure, DraftState.DRAFT, by)
        touch(disclosure, by, "amendment_started")
        return filing_of(disclosure, by)


def get_filing(by: Actor, reference: str) -> Filing:
    """Give a filing to those who work on it; to others it does not exist."""
    return filing_of(get_own(by, reference), by)


def list_filings(by: Actor) -> list[Filing]:
    """Give the filings of the actor's agency, the newest first."""
    if by.agency is None:
        return []
    found = disclosures.list_of_agencies([agencies.get_agency(by.agency)])
    return filings_of(found, by)


def save_section(  # noqa: PLR0913 - what is kept, and what its sender saw
    by: Actor,
    reference: str,
    section: Section,
    written: Content,
    *,
    lock_version: int,
    is_complete: bool = False,
    section_seen: str = "",
    is_autosave: bool = False,
) -> Filing:
    """Keep what was written in one section, whatever it is worth.

    Raise :exc:`Conflict` if somebody saved since ``lock_version`` was read; nothing is stored then,
    and the caller still holds what was written. Whoever can show by ``section_seen``, the
    fingerprint of what they saw, that only other sections changed is no conflict. What a page saves
    by itself is told once in ten minutes, and nothing happens if it says nothing new.
    """
    with transaction():
        disclosure = get_own(by, reference)
        check_move(Action.SAVE, by.role, *state_of(disclosure))
        check_written(disclosure)
        kept = Content.from_json(disclosure.draft_content or {})
        if section_seen != fingerprint(kept, section):
            check_lock(disclosure, lock_version)
        content = merged(kept, written, section)
        if is_autosave and content == kept:
            return filing_of(disclosure, by)
        disclosure.draft_content = content.to_json()
        others = [name for name in disclosure.draft_complete if name != section.name]
        disclosure.draft_complete = [*others, section.name] if is_complete else others
        move(disclosure, DraftState(disclosure.draft_state), by)
        details = {"section": section.name}
        is_told = is_autosave and _was_told(disclosure, by, details)
        touch(disclosure, by, "draft_saved", details, is_told=is_told)
        return filing_of(disclosure, by)


def list_saves(by: Actor, reference: str) -> dict[str, Save]:
    """Tell who saved each section last, and when, since the filing was last published."""
    found = events.list_last_saves(get_own(by, reference))
    return {
        str(event.details["section"]): Save(event.actor.name or event.actor.email, event.at)
        for event in found
        if event.actor is not None
    }


def submit(
    by: Actor, reference: str, *, lock_version: int, change_note: Mapping[str, str] | None = None
) -> Filing:
    """Hand the draft to the approver.

    Raise :exc:`Invalid` if the standard is not met, or if an amendment does not say what changed.
    """
    note = {lang: text.strip() for lang, text in (change_note or {}).items() if text.strip()}
    with transaction():
        disclosure = get_own(by, reference)
        check_move(Action.SUBMIT, by.role, *state_of(disclosure))
        check_written(disclosure)
        check_lock(disclosure, lock_version)
        content = Content.from_json(disclosure.draft_content or {})
        _check_confirmed(disclosure, content)
        _check_note(disclosure, note)
        _check_period(disclosure, content)
        validate(get_standard(disclosure.draft_standard), content, filed_on=clock.today())
        disclosure.draft_change_note = note or None
        forget_decision(disclosure)
        disclosure.draft_submitted_at = clock.now()
        move(disclosure, DraftState.SUBMITTED, by)
        touch(disclosure, by, "submitted")
        determinations.note_submitted(disclosure, content, by)
        notices.note_submitted(disclosure, by)
        return filing_of(disclosure, by)


def get_own(by: Actor, reference: str) -> Disclosure:
    """Give a filing of the actor's own agency; any other does not exist for them."""
    disclosure = disclosures.find_disclosure(reference)
    if disclosure is None or by.agency is None or disclosure.agency.slug != by.agency:
        raise NotFound(_("There is no disclosure of this reference."))
    return disclosure


def state_of(disclosure: Disclosure) -> tuple[Status, DraftState]:
    """Give where a filing stands: before the public, and as a draft."""
    return Status(disclosure.status), DraftState(disclosure.draft_state)


def check_lock(disclosure: Disclosure, lock_version: int) -> None:
    """Raise :exc:`Conflict` if somebody saved the filing since ``lock_version`` was read."""
    if disclosure.lock_version != lock_version:
        raise Conflict(
            _("Somebody else saved this filing after you opened it. Your text is still here.")
        )


def check_written(disclosure: Disclosure) -> None:
    """Raise :exc:`Conflict` if what waits to be written is a withdrawal."""
    if disclosure.draft_purpose == WITHDRAWAL:
        raise Conflict(_("This is a withdrawal. Discard it before you write a new version."))


def _check_confirmed(disclosure: Disclosure, content: Content) -> None:
    arising = get_standard(disclosure.draft_standard).arising_sections(content.answers)
    silent = [each.name for each in arising if each.name not in disclosure.draft_complete]
    if disclosure.draft_purpose == RENEWAL and silent:
        sentence = _("Say whether this section is still correct.")
        raise Invalid(
            _("Some answers are missing or need to be corrected."),
            {f"confirm.{name}": [sentence] for name in silent},
        )


def _check_note(disclosure: Disclosure, note: Mapping[str, str]) -> None:
    if disclosure.current_version and not note:
        raise Invalid(
            _("Some answers are missing or need to be corrected."),
            {"change_note": [_("Say what you changed and why; the public reads it.")]},
        )
    if any(len(text) > LONGEST_NOTE for text in note.values()):
        raise Invalid(
            _("Some answers are missing or need to be corrected."),
            {"change_note": [_("Use at most 2000 characters.")]},
        )


def _check_period(disclosure: Disclosure, content: Content) -> None:
    """Refuse a nil return without a period, and a period of what is none any more."""
    is_nil = content.answers.get("record_kind") == "nil_return"
    if is_nil != (disclosure.period is not None):
        sentence = _("A nil return is begun from your desk, for a period; it stays one.")
        raise Invalid(
            _("Some answers are missing or need to be corrected."), {"record_kind": [sentence]}
        )


def forget_decision(disclosure: Disclosure) -> None:
    """Drop what the second person said of the draft as it was handed in before."""
    disclosure.draft_return_reason = ""
    disclosure.draft_comments = None
    disclosure.draft_endorsed_at = None
    disclosure.draft_endorser_id = None
    disclosure.draft_returned_at = None


def move(disclosure: Disclosure, state: DraftState, by: Actor) -> None:
    """Let a draft stand somewhere else from now on, by this person."""
    disclosure.draft_state = state
    disclosure.draft_saved_at = clock.now()
    disclosure.draft_author_id = by.account_id


def _was_told(disclosure: Disclosure, by: Actor, details: dict[str, Any]) -> bool:
    since = clock.now() - AUTOSAVES_TOLD_EVERY
    told = events.list_of_actor("draft_saved", by.account_id, disclosure, since)
    return any(event.details == details for event in told)


def touch(
    disclosure: Disclosure,
    by: Actor,
    action: str,
    details: dict[str, Any] | None = None,
    *,
    is_told: bool = False,
) -> None:
    """Note that somebody had a hand in the next version, and what they did unless it is told."""
    if by.account_id is not None:
        disclosures.add_contribution(disclosure, by.account_id)
    if not is_told:
        told = {**(details or {}), **by.means}
        events.add_event(action, by=by.account_id, disclosure=disclosure, details=told)
