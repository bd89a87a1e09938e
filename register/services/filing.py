"""What an officer does: start, save, submit, amend. Everything typed is kept, valid or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from register import clock
from register.errors import Conflict, Invalid, NotAllowed, NotFound
from register.schemas import validate
from register.services.actor import Actor
from register.standard import CURRENT, get_standard
from register.standard.content import Content
from register.standard.field import Section
from register.standard.lifecycle import Action, DraftState, Role, Status, check_move
from register.standard.marking import _
from register.standard.publication import Body
from register.storage import agencies, disclosures, events, publications, transaction
from register.storage.models import Disclosure

LONGEST_NOTE = 2000
WRITERS = frozenset({Role.OFFICER, Role.APPROVER})


@dataclass(frozen=True, kw_only=True)
class Filing:
    """A disclosure as those who work on it see it; ``published`` is its last public content."""

    reference: str
    body: Body
    status: Status
    draft_state: DraftState
    standard: str
    content: Content
    published: Content | None
    version: int
    lock_version: int
    change_note: Mapping[str, str]
    return_reason: str
    complete: tuple[str, ...]
    saved_at: datetime | None
    author: str
    has_touched: bool
    is_imported: bool


def start(by: Actor, agency: str, reference_prefix: str, answers: Mapping[str, Any]) -> Filing:
    """Begin a new filing for an agency, with these first answers. Give it its reference."""
    if by.role not in WRITERS or by.agency != agency or by.account_id is None:
        raise NotAllowed(_("You file for your own agency only."))
    with transaction() as session:
        disclosure = Disclosure(
            reference=disclosures.next_reference(reference_prefix),
            agency=agencies.get_agency(agency),
            status=Status.UNPUBLISHED,
            draft_state=DraftState.DRAFT,
            draft_content=Content(answers={**answers, "agency": agency}).to_json(),
            draft_standard=CURRENT.id,
            draft_complete=[],
            draft_saved_at=clock.now(),
            draft_author_id=by.account_id,
            created_at=clock.now(),
        )
        session.add(disclosure)
        session.flush()
        _touch(disclosure, by, "draft_started")
        return filing_of(disclosure, by)


def amend(by: Actor, reference: str) -> Filing:
    """Begin the next version of a published or withdrawn disclosure, from its last content."""
    with transaction():
        disclosure = get_own(by, reference)
        check_move(Action.AMEND, by.role, *state_of(disclosure))
        current = publications.get_publication(reference)
        disclosure.draft_content = current.content.to_json()
        disclosure.draft_standard = current.standard
        disclosure.draft_complete = []
        disclosure.draft_change_note = None
        disclosure.draft_return_reason = ""
        _move(disclosure, DraftState.DRAFT, by)
        _touch(disclosure, by, "amendment_started")
        return filing_of(disclosure, by)


def get_filing(by: Actor, reference: str) -> Filing:
    """Give a filing to those who work on it; to others it does not exist."""
    return filing_of(get_own(by, reference), by)


def list_filings(by: Actor) -> list[Filing]:
    """Give the filings of the actor's agency, the newest first."""
    if by.agency is None:
        return []
    found = disclosures.list_of_agencies([agencies.get_agency(by.agency)])
    return [filing_of(disclosure, by) for disclosure in found]


def save_section(
    by: Actor,
    reference: str,
    section: Section,
    written: Content,
    *,
    lock_version: int,
    is_complete: bool = False,
) -> Filing:
    """Keep what was written in one section, whatever it is worth.

    Raise :exc:`Conflict` if somebody saved since ``lock_version`` was read; nothing is stored then,
    and the caller still holds what was written.
    """
    with transaction():
        disclosure = get_own(by, reference)
        check_move(Action.SAVE, by.role, *state_of(disclosure))
        _check_lock(disclosure, lock_version)
        kept = Content.from_json(disclosure.draft_content or {})
        disclosure.draft_content = merged(kept, written, section).to_json()
        others = [name for name in disclosure.draft_complete if name != section.name]
        disclosure.draft_complete = [*others, section.name] if is_complete else others
        _move(disclosure, DraftState(disclosure.draft_state), by)
        _touch(disclosure, by, "draft_saved", {"section": section.name})
        return filing_of(disclosure, by)


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
        _check_lock(disclosure, lock_version)
        content = Content.from_json(disclosure.draft_content or {})
        _check_note(disclosure, note)
        validate(get_standard(disclosure.draft_standard), content)
        disclosure.draft_change_note = note or None
        disclosure.draft_return_reason = ""
        _move(disclosure, DraftState.SUBMITTED, by)
        _touch(disclosure, by, "submitted")
        return filing_of(disclosure, by)


def get_own(by: Actor, reference: str) -> Disclosure:
    """Give a filing of the actor's own agency; any other does not exist for them."""
    disclosure = disclosures.find_disclosure(reference)
    if disclosure is None or by.agency is None or disclosure.agency.slug != by.agency:
        raise NotFound(_("There is no disclosure of this reference."))
    return disclosure


def filing_of(disclosure: Disclosure, by: Actor) -> Filing:
    """Give the facts of a filing, free of the database."""
    current = publications.find_publication(disclosure.reference)
    content = Content.from_json(disclosure.draft_content or {})
    if disclosure.draft_content is None and current is not None:
        content = current.content
    return Filing(
        reference=disclosure.reference,
        body=agencies.body_of(disclosure.agency),
        status=Status(disclosure.status),
        draft_state=DraftState(disclosure.draft_state),
        standard=disclosure.draft_standard or CURRENT.id,
        content=content,
        published=current.content if current else None,
        version=disclosure.current_version,
        lock_version=disclosure.lock_version,
        change_note=disclosure.draft_change_note or {},
        return_reason=disclosure.draft_return_reason,
        complete=tuple(disclosure.draft_complete or ()),
        saved_at=disclosure.draft_saved_at,
        author=disclosure.draft_author.email if disclosure.draft_author else "",
        has_touched=by.account_id in disclosures.contributors(disclosure),
        is_imported=disclosure.source_format is not None,
    )


def merged(kept: Content, written: Content, section: Section) -> Content:
    """Replace what ``kept`` says of the section's questions by what was ``written``."""
    names = {field.name for field in section.asked_fields} - {"agency"}
    return Content(
        answers={
            **{k: v for k, v in kept.answers.items() if k not in names},
            **{k: v for k, v in written.answers.items() if k in names},
        },
        withheld=tuple(
            [entry for entry in kept.withheld if entry["field"] not in names]
            + [entry for entry in written.withheld if entry["field"] in names]
        ),
        not_stated=tuple(name for name in kept.not_stated if name not in names),
        translations={
            **{k: v for k, v in kept.translations.items() if k not in names},
            **{k: v for k, v in written.translations.items() if k in names},
        },
    )


def state_of(disclosure: Disclosure) -> tuple[Status, DraftState]:
    """Give where a filing stands: before the public, and as a draft."""
    return Status(disclosure.status), DraftState(disclosure.draft_state)


def _check_lock(disclosure: Disclosure, lock_version: int) -> None:
    if disclosure.lock_version != lock_version:
        raise Conflict(
            _("Somebody else saved this filing after you opened it. Your text is still here.")
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


def _move(disclosure: Disclosure, state: DraftState, by: Actor) -> None:
    disclosure.draft_state = state
    disclosure.draft_saved_at = clock.now()
    disclosure.draft_author_id = by.account_id


def _touch(
    disclosure: Disclosure, by: Actor, action: str, details: dict[str, Any] | None = None
) -> None:
    if by.account_id is not None:
        disclosures.add_contribution(disclosure, by.account_id)
    events.add_event(action, by=by.account_id, disclosure=disclosure, details=details)
