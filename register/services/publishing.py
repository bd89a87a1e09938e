"""What the second person does: look, publish, give back, withdraw."""

from collections.abc import Mapping
from dataclasses import replace

from register import clock
from register.errors import Conflict, Invalid, NotAllowed, NotFound
from register.schemas import validate
from register.services.actor import Actor
from register.services.filing import Filing, filing_of, state_of
from register.standard import get_standard
from register.standard.content import Content
from register.standard.lifecycle import Action, DraftState, Role, Status, check_move
from register.standard.marking import _
from register.storage import (
    agencies,
    disclosures,
    events,
    imports,
    outbox,
    publications,
    transaction,
)
from register.storage.models import Disclosure, Revision


def list_waiting(by: Actor) -> list[Filing]:
    """Give the filings that wait for this person's decision, the longest waiting first."""
    if by.role is Role.SECRETARIAT:
        found = disclosures.list_waiting(None)
        return [filing_of(d, by) for d in found if d.agency.approval == "secretariat"]
    if by.role is Role.APPROVER and by.agency is not None:
        found = disclosures.list_waiting([agencies.get_agency(by.agency)])
        return [filing_of(d, by) for d in found if d.agency.approval == "agency"]
    return []


def get_for_decision(by: Actor, reference: str) -> Filing:
    """Give a filing to whoever may decide on it; to others it does not exist.

    A draft that was not handed in is the agency's own affair: the secretariat sees what is public.
    """
    found = filing_of(_get_decidable(by, reference), by)
    if by.role is not Role.SECRETARIAT or found.draft_state is DraftState.SUBMITTED:
        return found
    if found.published is None:
        raise NotFound(_("There is no disclosure of this reference."))
    return replace(found, content=found.published, change_note={}, return_reason="")


def publish(by: Actor, reference: str, *, lock_version: int) -> int:
    """Make the submitted draft public, for good, as a new revision; give its version.

    Raise :exc:`Invalid` if it breaks the standard it was filed under, and :exc:`NotAllowed` if
    this person touched it since it was last published: that takes a second person.
    """
    with transaction():
        disclosure = _get_decidable(by, reference)
        check_move(Action.PUBLISH, by.role, *state_of(disclosure))
        _check_lock(disclosure, lock_version)
        _check_second_person(disclosure, by)
        standard = get_standard(disclosure.draft_standard)
        content = validate(standard, Content.from_json(disclosure.draft_content or {}))
        revision = add_revision(
            disclosure,
            content,
            standard=standard.id,
            author_id=disclosure.draft_author_id,
            approver_id=by.account_id,
            change_note=disclosure.draft_change_note,
        )
        imports.add_source_of_draft(disclosure, revision)
        return revision.version


def give_back(by: Actor, reference: str, *, lock_version: int, reason: str) -> None:
    """Return the submitted draft to the officer. Raise :exc:`Invalid` without a reason."""
    if not reason.strip():
        raise Invalid(_("Say what needs to change."), {"reason": [_("Say what needs to change.")]})
    with transaction():
        disclosure = _get_decidable(by, reference)
        check_move(Action.GIVE_BACK, by.role, *state_of(disclosure))
        _check_lock(disclosure, lock_version)
        disclosure.draft_state = DraftState.RETURNED
        disclosure.draft_return_reason = reason.strip()[:4000]
        events.add_event("returned", by=by.account_id, disclosure=disclosure)


def withdraw(by: Actor, reference: str, *, reason: Mapping[str, str]) -> int:
    """Take a disclosure out of the current register; its page stays and gives the reason."""
    given = {lang: text.strip() for lang, text in reason.items() if text.strip()}
    if not given:
        raise Invalid(
            _("Say why the disclosure is withdrawn."),
            {"reason": [_("Say why the disclosure is withdrawn.")]},
        )
    with transaction():
        disclosure = _get_decidable(by, reference)
        check_move(Action.WITHDRAW, by.role, *state_of(disclosure))
        _check_second_person(disclosure, by)
        current = publications.get_publication(reference)
        touched = disclosures.contributors(disclosure)
        add_revision(
            disclosure,
            current.content,
            standard=current.standard,
            author_id=by.account_id,
            approver_id=by.account_id,
            change_note=given,
            is_withdrawal=True,
        )
        # A draft outlives the withdrawal, and so does the memory of who worked on it.
        for account_id in touched:
            disclosures.add_contribution(disclosure, account_id)
        return disclosure.current_version


def add_revision(  # noqa: PLR0913 - a revision is made of just these facts
    disclosure: Disclosure,
    content: Content,
    *,
    standard: str,
    author_id: int | None,
    approver_id: int | None,
    change_note: Mapping[str, str] | None,
    is_withdrawal: bool = False,
) -> Revision:
    """Append a revision with its status, audit event and outbox notice, in one transaction."""
    with transaction() as session:
        now = clock.now()
        action = "amended" if disclosure.current_version else "published"
        disclosure.current_version += 1
        revision = Revision(
            disclosure_id=disclosure.id,
            version=disclosure.current_version,
            action="withdrawn" if is_withdrawal else action,
            standard=standard,
            content=content.to_json(),
            change_note=dict(change_note) if change_note else None,
            author_id=author_id,
            approver_id=approver_id,
            at=now,
        )
        session.add(revision)
        disclosure.status = Status.WITHDRAWN if is_withdrawal else Status.PUBLISHED
        disclosure.published_at = now
        disclosure.first_published_at = disclosure.first_published_at or now
        if not is_withdrawal:
            _clear_draft(disclosure)
        session.flush()
        details = {"version": revision.version}
        events.add_event(revision.action, by=approver_id, disclosure=disclosure, details=details)
        outbox.add_notice(disclosure.reference)
        return revision


def _clear_draft(disclosure: Disclosure) -> None:
    disclosure.draft_state = DraftState.NONE
    disclosure.draft_content = None
    disclosure.draft_change_note = None
    disclosure.draft_return_reason = ""
    disclosure.draft_complete = []
    disclosure.draft_author_id = None


def _get_decidable(by: Actor, reference: str) -> Disclosure:
    disclosure = disclosures.find_disclosure(reference)
    if disclosure is None or not _may_decide(by, disclosure):
        raise NotFound(_("There is no disclosure of this reference."))
    return disclosure


def _may_decide(by: Actor, disclosure: Disclosure) -> bool:
    agency = disclosure.agency
    if agency.approval == "secretariat":
        return by.role is Role.SECRETARIAT
    return by.role is Role.APPROVER and by.agency == agency.slug


def _check_second_person(disclosure: Disclosure, by: Actor) -> None:
    if by.account_id is None or by.account_id in disclosures.contributors(disclosure):
        raise NotAllowed(
            _("You worked on this filing since it was last published. Somebody else must decide.")
        )


def _check_lock(disclosure: Disclosure, lock_version: int) -> None:
    if disclosure.lock_version != lock_version:
        raise Conflict(
            _("The filing changed after you opened it. Look at it again before you decide.")
        )
