"""Who may decide on a filing: whoever its agency's way asks for, and had no hand in it."""

from register.services.actor import Actor
from register.standard.lifecycle import DraftState, Role, awaited_role
from register.storage import accounts, disclosures
from register.storage.models import Account, Disclosure


def list_free(disclosure: Disclosure, state: DraftState = DraftState.SUBMITTED) -> list[Account]:
    """Give the accounts that may decide on a filing once it stands so; perhaps there are none."""
    role = awaited_role(disclosure.agency.approval, state)
    agency = disclosure.agency if role is Role.APPROVER else None
    barred = disclosures.contributors(disclosure) | {disclosure.draft_endorser_id}
    found = accounts.list_active(role, agency) if role else []
    return [account for account in found if account.id not in barred]


def is_stuck(reference: str) -> bool:
    """Tell whether a filing waits for a decision that nobody may take."""
    return reference in disclosures.list_undecidable()


def has_decider(by: Actor, reference: str) -> bool:
    """Tell whether somebody could decide on a filing that this person hands in."""
    found = list_free(disclosures.get_disclosure(reference))
    return any(account.id != by.account_id for account in found)
