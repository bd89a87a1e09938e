"""Withdrawing what is public: one person proposes it and says why, another one decides.

A proposal goes the way of any new version. It says what is public already, waits for whoever
decides on the agency's filings, and may be returned, taken back or discarded.
"""

from collections.abc import Mapping

from register import clock
from register.errors import Conflict, Invalid, NotFound
from register.services.actor import Actor
from register.services.filings import filing, notices
from register.services.filings.filing import LONGEST_NOTE, WITHDRAWAL
from register.services.filings.filing_facts import Filing, filing_of
from register.standard.lifecycle import DECISIONS, Action, DraftState, Role, Status, check_move
from register.standard.marking import _
from register.storage import disclosures, publications, transaction
from register.storage.models import Disclosure


def propose(
    by: Actor, reference: str, *, reason: Mapping[str, str], lock_version: int | None = None
) -> Filing:
    """Propose to withdraw a published disclosure, or propose it anew when that was returned.

    The ``reason`` is what the public will read. Raise :exc:`Invalid` without one, and
    :exc:`Conflict` while a new version is being prepared, or if somebody changed something since
    ``lock_version`` was read.
    """
    said = {lang: text.strip() for lang, text in reason.items() if text.strip()}
    with transaction():
        disclosure = _get_withdrawable(by, reference)
        _check_free(disclosure)
        check_move(Action.WITHDRAW, by.role, *filing.state_of(disclosure))
        if lock_version is not None:
            filing.check_lock(disclosure, lock_version)
        _check_reason(said)
        current = publications.get_publication(reference)
        disclosure.draft_content = current.content.to_json()
        disclosure.draft_standard = current.standard
        disclosure.draft_complete = []
        disclosure.draft_purpose = WITHDRAWAL
        disclosure.draft_change_note = said
        filing.forget_decision(disclosure)
        disclosure.draft_submitted_at = clock.now()
        filing.move(disclosure, DraftState.SUBMITTED, by)
        filing.touch(disclosure, by, "withdrawal_proposed")
        notices.note_submitted(disclosure, by)
        return filing_of(disclosure, by)


def get_withdrawable(by: Actor, reference: str) -> Filing:
    """Give a filing to whoever may propose to withdraw it; to others it does not exist."""
    return filing_of(_get_withdrawable(by, reference), by)


def may_propose(by: Actor, found: Filing) -> bool:
    """Tell whether this person may propose to withdraw a filing as it stands."""
    is_free = found.draft_state is DraftState.NONE or (
        found.draft_state is DraftState.RETURNED and found.purpose == WITHDRAWAL
    )
    is_theirs = by.agency == found.body.slug or _decides_alone(by, found.body.approval)
    return found.status is Status.PUBLISHED and is_free and is_theirs


def _get_withdrawable(by: Actor, reference: str) -> Disclosure:
    """Give a disclosure of the actor's agency, or any that the secretariat alone decides on."""
    disclosure = disclosures.find_disclosure(reference)
    if disclosure is not None and _decides_alone(by, disclosure.agency.approval):
        if not disclosure.current_version:
            raise NotFound(_("There is no disclosure of this reference."))
        return disclosure
    return filing.get_own(by, reference)


def _decides_alone(by: Actor, approval: str) -> bool:
    return by.role is Role.SECRETARIAT and set(DECISIONS[approval]) == {Role.SECRETARIAT}


def _check_free(disclosure: Disclosure) -> None:
    if disclosure.draft_state != DraftState.NONE and disclosure.draft_purpose != WITHDRAWAL:
        raise Conflict(
            _("A new version is being prepared. Publish or discard it first, then withdraw.")
        )


def _check_reason(said: Mapping[str, str]) -> None:
    sentence = _("Say why the disclosure is withdrawn.")
    if not said:
        raise Invalid(sentence, {"reason": [sentence]})
    if any(len(text) > LONGEST_NOTE for text in said.values()):
        raise Invalid(sentence, {"reason": [_("Use at most 2000 characters.")]})
