"""What the second person does: look, approve, publish, give back."""

from collections.abc import Mapping
from dataclasses import replace

from register import clock
from register.errors import Conflict, Invalid, NotAllowed, NotFound
from register.schemas import public_content, validate
from register.services.actor import Actor
from register.services.filings import notices
from register.services.filings.filing import WITHDRAWAL, Filing, filing_of, state_of
from register.services.filings.filing_facts import filings_of
from register.services.filings.revisions import NewRevision, add_revision
from register.standard import get_standard
from register.standard.content import Content
from register.standard.lifecycle import (
    DECISIONS,
    Action,
    DraftState,
    Role,
    awaited_role,
    check_decision,
    open_decisions,
)
from register.standard.marking import _
from register.storage import (
    agencies,
    disclosures,
    events,
    imports,
    transaction,
)
from register.storage.models import Disclosure

LONGEST_REASON = 4000
LONGEST_COMMENT = 2000


def list_waiting(by: Actor) -> list[Filing]:
    """Give the filings that wait for this person's decision, the longest waiting first."""
    if by.role is Role.SECRETARIAT:
        found = disclosures.list_waiting(None)
    elif by.role is Role.APPROVER and by.agency is not None:
        found = disclosures.list_waiting([agencies.get_agency(by.agency)])
    else:
        return []
    own = [
        each
        for each in found
        if awaited_role(each.agency.approval, DraftState(each.draft_state)) is by.role
    ]
    return filings_of(own, by)


def list_decisions(by: Actor, found: Filing) -> frozenset[Action]:
    """Name what this person may decide on a filing as it stands; nobody decides on own work."""
    if found.has_touched:
        return frozenset()
    decisions = open_decisions(found.body.approval, by.role, found.draft_state)
    return decisions - {Action.PUBLISH} if found.has_endorsed else decisions


def get_for_decision(by: Actor, reference: str) -> Filing:
    """Give a filing to whoever may decide on it; to others it does not exist.

    A draft that was not handed in, or that its agency has yet to approve, is the agency's own
    affair: the secretariat sees what is public. The rest of a published record is read where each
    look is recorded (:mod:`register.services.audit.non_public`).
    """
    found = filing_of(_get_decidable(by, reference), by)
    decisions = open_decisions(found.body.approval, by.role, found.draft_state)
    if by.role is not Role.SECRETARIAT or Action.GIVE_BACK in decisions:
        return found
    if found.published is None:
        raise NotFound(_("There is no disclosure of this reference."))
    shown = public_content(get_standard(found.standard), found.published)
    return replace(
        found,
        content=shown,
        published=shown,
        change_note={},
        return_reason="",
        comments={},
        endorser="",
    )


def endorse(by: Actor, reference: str, *, lock_version: int) -> None:
    """Approve a submitted draft for the agency, and send it to the secretariat.

    Raise as :func:`publish` does: this, too, takes a second person.
    """
    with transaction():
        disclosure = _get_decidable(by, reference)
        _check_decision(Action.ENDORSE, disclosure, by)
        _check_lock(disclosure, lock_version)
        _check_second_person(disclosure, by)
        _judged(disclosure)
        disclosure.draft_state = DraftState.ENDORSED
        disclosure.draft_endorsed_at = clock.now()
        disclosure.draft_endorser_id = by.account_id
        events.add_event("endorsed", by=by.account_id, disclosure=disclosure)
        notices.note_endorsed(disclosure, by)


def publish(by: Actor, reference: str, *, lock_version: int) -> int:
    """Make the submitted draft public, for good, as a new revision; give its version.

    A withdrawal that was proposed takes effect: its page stays and gives the reason. Raise
    :exc:`Invalid` if it breaks the standard it was filed under, and :exc:`NotAllowed` if this
    person touched or approved it since it was last published: that takes another one.
    """
    with transaction():
        disclosure = _get_decidable(by, reference)
        _check_decision(Action.PUBLISH, disclosure, by)
        _check_lock(disclosure, lock_version)
        _check_second_person(disclosure, by)
        content = _judged(disclosure)
        notices.note_published(disclosure, by)
        revision = add_revision(
            NewRevision(
                disclosure=disclosure,
                content=content,
                standard=disclosure.draft_standard,
                author_id=disclosure.draft_author_id,
                approver_id=by.account_id,
                change_note=disclosure.draft_change_note,
                is_withdrawal=disclosure.draft_purpose == WITHDRAWAL,
            )
        )
        imports.add_source_of_draft(disclosure, revision)
        return revision.version


def give_back(
    by: Actor,
    reference: str,
    *,
    lock_version: int,
    reason: str = "",
    comments: Mapping[str, str] | None = None,
) -> None:
    """Return the draft to the officer, with a reason, with comments on single questions, or both.

    Raise :exc:`Invalid` if nothing was said, or of a question that there is not.
    """
    said = {name: text.strip() for name, text in (comments or {}).items() if text.strip()}
    with transaction():
        disclosure = _get_decidable(by, reference)
        _check_decision(Action.GIVE_BACK, disclosure, by)
        _check_lock(disclosure, lock_version)
        _check_words(disclosure, reason.strip(), said)
        disclosure.draft_state = DraftState.RETURNED
        disclosure.draft_return_reason = reason.strip()
        disclosure.draft_comments = said or None
        disclosure.draft_returned_at = clock.now()
        disclosure.draft_endorsed_at = None
        disclosure.draft_endorser_id = None
        # When it is handed in again the draft forgets; the trail does not.
        details = {"reason": reason.strip(), "comments": said}
        events.add_event("returned", by=by.account_id, disclosure=disclosure, details=details)
        notices.note_returned(disclosure, by)


def _judged(disclosure: Disclosure) -> Content:
    """Give the draft's content if it meets its standard; what is withdrawn met it before."""
    content = Content.from_json(disclosure.draft_content or {})
    if disclosure.draft_purpose == WITHDRAWAL:
        return content
    return validate(get_standard(disclosure.draft_standard), content)


def _get_decidable(by: Actor, reference: str) -> Disclosure:
    disclosure = disclosures.find_disclosure(reference)
    if disclosure is None or not _may_decide(by, disclosure):
        raise NotFound(_("There is no disclosure of this reference."))
    return disclosure


def _may_decide(by: Actor, disclosure: Disclosure) -> bool:
    agency = disclosure.agency
    is_theirs = by.role is Role.SECRETARIAT or by.agency == agency.slug
    return is_theirs and by.role in DECISIONS[agency.approval]


def _check_decision(action: Action, disclosure: Disclosure, by: Actor) -> None:
    check_decision(action, disclosure.agency.approval, by.role, state_of(disclosure))


def _check_second_person(disclosure: Disclosure, by: Actor) -> None:
    if by.account_id is None or by.account_id in disclosures.contributors(disclosure):
        raise NotAllowed(
            _("You worked on this filing since it was last published. Somebody else must decide.")
        )
    if by.account_id == disclosure.draft_endorser_id:
        raise NotAllowed(_("You approved this filing for the agency. Somebody else must decide."))


def _check_words(disclosure: Disclosure, reason: str, comments: Mapping[str, str]) -> None:
    """Look at what is said to the officer: something, of questions that there are, not too long."""
    asked = {field.name for field in get_standard(disclosure.draft_standard).asked_fields}
    errors = {}
    if not reason and not comments:
        errors["reason"] = [_("Say what needs to change, here or at single answers.")]
    if len(reason) > LONGEST_REASON:
        errors["reason"] = [_("Use at most 4000 characters.")]
    for name, text in comments.items():
        if name not in asked - {"agency"}:
            errors[f"comments.{name}"] = [_("There is no such question to comment on.")]
        elif len(text) > LONGEST_COMMENT:
            errors[f"comments.{name}"] = [_("Use at most 2000 characters.")]
    if errors:
        raise Invalid(_("The filing was not returned."), errors)


def _check_lock(disclosure: Disclosure, lock_version: int) -> None:
    if disclosure.lock_version != lock_version:
        raise Conflict(
            _("The filing changed after you opened it. Look at it again before you decide.")
        )
