"""A draft that is wanted back, or no more; and one that is taken up again after that.

No duty goes with it. What was determined of the system stays in the ledger, and the trail tells who
discarded the draft; whoever did had a hand in the filing.
"""

from typing import Any

from register.errors import Conflict, Message
from register.services.actor import Actor
from register.services.filings.filing import (
    WITHDRAWAL,
    check_lock,
    forget_decision,
    get_own,
    move,
    state_of,
    touch,
)
from register.services.filings.filing_facts import Filing, filing_of
from register.services.filings.revisions import clear_draft
from register.standard.lifecycle import Action, DraftState, check_move
from register.standard.marking import _
from register.storage import agencies, disclosures, transaction
from register.storage.models import Disclosure


def take_back(by: Actor, reference: str, *, lock_version: int) -> Filing:
    """Have back what waits for a decision, to go on with it; a proposed withdrawal is given up.

    Raise :exc:`Conflict` if somebody moved it on since ``lock_version`` was read.
    """
    with transaction():
        disclosure = get_own(by, reference)
        check_move(Action.TAKE_BACK, by.role, *state_of(disclosure))
        check_lock(disclosure, lock_version)
        if disclosure.draft_purpose == WITHDRAWAL:
            clear_draft(disclosure)
        else:
            forget_decision(disclosure)
            disclosure.draft_submitted_at = None
            move(disclosure, DraftState.DRAFT, by)
        touch(disclosure, by, "taken_back")
        return filing_of(disclosure, by)


def discard(by: Actor, reference: str, *, lock_version: int) -> Filing:
    """Prepare a draft no more.

    Of what is published the new text is forgotten, and the published version stays as it is. What
    never was published keeps its reference and its text. Raise :exc:`Conflict` if somebody saved
    since ``lock_version`` was read, or if the draft was handed in.
    """
    with transaction():
        disclosure = get_own(by, reference)
        check_move(Action.DISCARD, by.role, *state_of(disclosure))
        check_lock(disclosure, lock_version)
        put_away(disclosure, by)
        return filing_of(disclosure, by)


def put_away(disclosure: Disclosure, by: Actor, details: dict[str, Any] | None = None) -> None:
    """Discard a draft that this person may discard as it stands; ``details`` go into the trail."""
    if disclosure.current_version:
        clear_draft(disclosure)
    else:
        move(disclosure, DraftState.DISCARDED, by)
    touch(disclosure, by, "draft_discarded", details)


def resume(by: Actor, reference: str) -> Filing:
    """Take a discarded draft up again, with its text.

    Raise :exc:`Conflict` if it is not discarded, or if it is a nil return for a period that has
    another one by now.
    """
    with transaction():
        # Of two nil returns for a period that are begun and taken up at once, one waits.
        agencies.hold_agency(get_own(by, reference).agency.slug)
        disclosure = get_own(by, reference)
        check_move(Action.RESUME, by.role, *state_of(disclosure))
        other = disclosures.map_nil_returns(disclosure.agency).get(disclosure.period or "")
        if other:
            begun = _("For this period there is a nil return already: %(reference)s.")
            raise Conflict(Message(begun, reference=other))
        move(disclosure, DraftState.DRAFT, by)
        touch(disclosure, by, "draft_resumed")
        return filing_of(disclosure, by)
