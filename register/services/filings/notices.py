"""Letters about filings: each is put into the outbox in the transaction of its cause.

A letter names a filing to those whose desk names it: the agency's own people, and the secretariat
once the filing waits for it. It says nothing else of what was filed.
"""

from collections.abc import Iterable
from typing import Any

from register.services.accounts import letters
from register.services.actor import Actor
from register.services.filings import deciders
from register.standard.content import Content
from register.standard.lifecycle import DraftState, Role, awaited_role
from register.storage import accounts, disclosures
from register.storage.models import Account, Disclosure

SUBMITTED = {"renewal": "renewal_submitted", "withdrawal": "withdrawal_submitted"}


def note_submitted(disclosure: Disclosure, by: Actor) -> None:
    """Tell those who decide that a filing waits for them; if there is nobody, who can mend that.

    The secretariat invites an agency's people, and the administrators the secretariat's.
    """
    kind = SUBMITTED.get(disclosure.draft_purpose, "submitted")
    free = deciders.list_free(disclosure)
    _tell(free, disclosure, kind, f"/review/{disclosure.reference}")
    if free:
        return
    is_ours = awaited_role(disclosure.agency.approval, DraftState.SUBMITTED) is Role.SECRETARIAT
    keepers = accounts.list_active(Role.ADMINISTRATOR if is_ours else Role.SECRETARIAT)
    path = "/admin/accounts" if is_ours else f"/review/agencies/{disclosure.agency.slug}"
    _tell(keepers, disclosure, "nobody_decides", path)


def note_endorsed(disclosure: Disclosure, by: Actor) -> None:
    """Tell the secretariat that an agency approved a filing."""
    free = deciders.list_free(disclosure, DraftState.ENDORSED)
    _tell(free, disclosure, "endorsed", f"/review/{disclosure.reference}")


def note_returned(disclosure: Disclosure, by: Actor) -> None:
    """Tell those who worked on a filing that it came back."""
    _tell(_workers(disclosure, by), disclosure, "returned", f"/filing/{disclosure.reference}")


def note_published(disclosure: Disclosure, by: Actor) -> None:
    """Tell those who worked on a filing that it is public, or withdrawn.

    Call it before the draft is cleared.
    """
    path = f"/disclosures/{disclosure.reference}"
    kind = "withdrawn" if disclosure.draft_purpose == "withdrawal" else "published"
    _tell(_workers(disclosure, by), disclosure, kind, path)


def _workers(disclosure: Disclosure, by: Actor) -> list[Account]:
    """Give who worked on the next version, but for whoever acts now and who left the agency."""
    touched = disclosures.contributors(disclosure) - {by.account_id}
    found = accounts.list_by_ids(touched)
    return [account for account in found if account.agency_id == disclosure.agency_id]


def _tell(to: Iterable[Account], disclosure: Disclosure, kind: str, path: str) -> None:
    details = {
        "reference": disclosure.reference,
        "name_texts": _names(disclosure),
        "agency_texts": dict(disclosure.agency.names),
        "path": path,
    }
    # Between two causes of the same kind the filing was saved, so its lock has moved on.
    key = f"{kind}:{disclosure.reference}:{disclosure.lock_version}"
    for account in to:
        letters.put(account, kind=kind, key=key, details=details)


def _names(disclosure: Disclosure) -> dict[str, Any]:
    names = Content.from_json(disclosure.draft_content or {}).answers.get("name")
    texts = names.items() if isinstance(names, dict) else ()
    return {code: text for code, text in texts if isinstance(text, str) and text.strip()}
