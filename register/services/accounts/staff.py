"""The accounts, for those who keep them: who there is, closing one and opening it again.

The secretariat keeps the officers and approvers of the agencies, an administrator everybody. A
role is fixed when somebody is invited: nothing here changes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from register.errors import NotAllowed, NotFound
from register.services.accounts.people import ROLES_OF_AGENCIES, disable_account
from register.services.actor import Actor
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.standard.publication import Body
from register.storage import accounts, agencies, events, invitations, transaction
from register.storage.models import Account

KEPT_BY: Mapping[Role, frozenset[Role]] = {
    Role.SECRETARIAT: ROLES_OF_AGENCIES,
    Role.ADMINISTRATOR: frozenset(Role),
}


@dataclass(frozen=True, kw_only=True)
class Person:
    """An account, or an invitation to make one: then ``expires_at`` says how long it holds."""

    email: str
    name: str
    role: Role
    body: Body | None
    is_disabled: bool = False
    is_oneself: bool = False
    expires_at: datetime | None = None


def list_people(by: Actor, agency: str = "") -> list[Person]:
    """Give the accounts that this person keeps, of all agencies or of one, by address."""
    kept = roles_kept(by)
    found = [a for a in accounts.list_accounts() if Role(a.role) in kept]
    return [_person(a, by) for a in found if not agency or _slug(a) == agency]


def list_invited(by: Actor, agency: str = "") -> list[Person]:
    """Give who was invited and has not come yet, among those that this person keeps."""
    kept = roles_kept(by)
    return [
        Person(
            email=each.email,
            name="",
            role=Role(each.role),
            body=agencies.body_of(each.agency) if each.agency else None,
            expires_at=each.expires_at,
        )
        for each in invitations.list_open()
        if Role(each.role) in kept
        and (not agency or (each.agency is not None and each.agency.slug == agency))
    ]


def disable(by: Actor, email: str) -> None:
    """Close somebody's account. Raise :exc:`NotAllowed` if it is one's own."""
    with transaction():
        account = get_kept(by, email)
        if account.id == by.account_id:
            raise NotAllowed(_("Nobody can disable their own account. Ask somebody else."))
        disable_account(account.email, by)


def enable(by: Actor, email: str) -> None:
    """Open a closed account again; its password is still the one that it was."""
    with transaction():
        account = get_kept(by, email)
        account.is_disabled = False
        details = {"email": account.email}
        events.add_event("account_enabled", by=by.account_id, details=details)


def roles_kept(by: Actor) -> frozenset[Role]:
    """Give the roles that this person keeps; raise :exc:`NotAllowed` if they keep none."""
    if by.role not in KEPT_BY or by.account_id is None:
        raise NotAllowed(_("Your role may not do this."))
    return KEPT_BY[by.role]


def get_kept(by: Actor, email: str) -> Account:
    """Give an account that this person keeps; any other does not exist for them."""
    account = accounts.find_account(email)
    if account is None or Role(account.role) not in roles_kept(by):
        raise NotFound(_("There is no account of this e-mail address."))
    return account


def _person(account: Account, by: Actor) -> Person:
    return Person(
        email=account.email,
        name=account.name,
        role=Role(account.role),
        body=agencies.body_of(account.agency) if account.agency else None,
        is_disabled=account.is_disabled,
        is_oneself=account.id == by.account_id,
    )


def _slug(account: Account) -> str:
    return account.agency.slug if account.agency else ""
