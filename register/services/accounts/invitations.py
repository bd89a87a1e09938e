"""Inviting somebody by a link: to make their account, or to choose a new password.

The link holds a secret of 256 bits that is kept only as a hash. It works once, for seven days, and
until another one is sent to the same address.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from register import clock
from register.errors import Invalid, NotAllowed, NotFound
from register.services.accounts import letters
from register.services.accounts.people import (
    LONGEST_PASSWORD,
    ROLES_OF_AGENCIES,
    SHORTEST_PASSWORD,
    count_attempt,
)
from register.services.accounts.staff import get_kept, roles_kept
from register.services.actor import Actor
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.standard.publication import Body
from register.storage import accounts, agencies, events, invitations, passwords, transaction
from register.storage.models import Account, Invitation

HOLDS_FOR = timedelta(days=7)
LONGEST_NAME = 200
ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"\0-\x1f]{1,64}@[^\s@<>()\[\],;:\\\"\0-\x1f]{1,189}")
Errors = dict[str, list[str]]
Link = Callable[[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Who is to be invited: the address, the role, its agency, and the language of the letter."""

    email: str
    role: str
    agency: str = ""
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class Invited:
    """What somebody who holds a link may know: who they are to be."""

    email: str
    role: Role
    body: Body | None
    language: str
    name: str
    has_account: bool


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What somebody who holds a link chose."""

    name: str
    password: str
    password_again: str
    language: str


def invite(by: Actor, wanted: Wanted, link: Link, *, by_mail: bool) -> str:
    """Send a link to an address, or give it to be handed over where no mail is sent.

    ``link`` makes an address from the secret and a language. Raise :exc:`NotAllowed` for a role
    that this person does not keep, and :exc:`Invalid` by field for anything else.
    """
    email = wanted.email.strip().lower()
    with transaction():
        role = _checked_role(by, wanted.role)
        errors = _find_errors(email, role, wanted.agency)
        if errors:
            raise Invalid(_("The invitation cannot be sent."), errors)
        details = {"email": email, "role": str(role), "agency": wanted.agency}
        handed_over = {} if by_mail else {"handed_over": "yes"}
        events.add_event("invited", by=by.account_id, details={**details, **handed_over})
        token = secrets.token_urlsafe(32)
        number = _keep(by, wanted, token).id
        if not by_mail:
            return link(token, wanted.language)
        letters.put_to_address(
            email,
            wanted.language,
            kind="invited",
            key=f"invited:{number}",
            details={"link": link(token, wanted.language)},
        )
        return ""


def invite_again(by: Actor, email: str, link: Link, *, by_mail: bool) -> str:
    """Send a new link to somebody who has an account or was invited, as what they are."""
    with transaction():
        known = invitations.find_open_of(email.strip().lower())
        if known is None or Role(known.role) not in roles_kept(by):
            known = None
        who: Account | Invitation = known or get_kept(by, email)
        wanted = Wanted(
            email=who.email,
            role=who.role,
            agency=who.agency.slug if who.agency else "",
            language=who.language,
        )
        return invite(by, wanted, link, by_mail=by_mail)


def take_back(by: Actor, email: str) -> None:
    """Let the link of an address work no longer. Raise :exc:`NotFound` if it has none."""
    with transaction():
        found = invitations.find_open_of(email.strip().lower())
        if found is None or Role(found.role) not in roles_kept(by):
            raise NotFound(_("There is no open invitation of this address."))
        invitations.end_invitations(found.email)
        details = {"email": found.email}
        events.add_event("invitation_taken_back", by=by.account_id, details=details)


def get_invited(token: str, *, address: str) -> Invited:
    """Give who holds this secret. Raise :exc:`NotFound` in one and the same way if nobody may.

    Tries are counted by network address, as those to sign in are.
    """
    invitation = _get_usable(token, address=address)
    account = accounts.find_account(invitation.email)
    return Invited(
        email=invitation.email,
        role=Role(invitation.role),
        body=agencies.body_of(invitation.agency) if invitation.agency else None,
        language=account.language if account else invitation.language,
        name=account.name if account else "",
        has_account=account is not None,
    )


def accept(token: str, chosen: Chosen, *, address: str) -> None:
    """Make the account, or change its password and end its sessions; the link is used up.

    Raise :exc:`NotFound` as :func:`get_invited` does, and :exc:`Invalid` by field for a name or
    a password that will not do; the link still works then.
    """
    email = _get_usable(token, address=address).email
    errors = _find_wrong_choices(chosen, email)
    if errors:
        raise Invalid(_("Some answers are missing or need to be corrected."), errors)
    password_hash = passwords.hashed(chosen.password)
    with transaction():
        invitation = invitations.find_open(token, for_use=True)
        if invitation is None or not _is_usable(invitation):
            raise _closed()
        invitation.used_at = clock.now()
        account = accounts.find_account(email) or _made_account(invitation)
        account.name = chosen.name.strip()
        account.language = chosen.language
        account.password_hash = password_hash
        accounts.end_sign_ins(account=account)
        accounts.forget_attempts(f"account:{email}")
        events.add_event("password_set", by=account.id, details={"email": email})


def _keep(by: Actor, wanted: Wanted, token: str) -> Invitation:
    now = clock.now()
    agency = agencies.get_agency(wanted.agency) if wanted.agency else None
    return invitations.add_invitation(
        Invitation(
            email=wanted.email.strip().lower(),
            role=Role(wanted.role),
            agency_id=agency.id if agency else None,
            language=wanted.language,
            invited_by_id=by.account_id,
            at=now,
            expires_at=now + HOLDS_FOR,
        ),
        token,
    )


def _checked_role(by: Actor, role: str) -> Role:
    kept = roles_kept(by)
    if role not in set(Role):
        sentence = _("Choose one of the answers that are offered.")
        raise Invalid(_("The invitation cannot be sent."), {"role": [sentence]})
    if Role(role) not in kept:
        raise NotAllowed(_("Your role may not invite somebody to this role."))
    return Role(role)


def _find_errors(email: str, role: Role, agency: str) -> Errors:
    errors: Errors = {}
    if not ADDRESS.fullmatch(email):
        errors["email"] = [_("Enter an e-mail address such as office@agency.example.")]
    if (role in ROLES_OF_AGENCIES) != bool(agency):
        errors["agency"] = [_("Officers and approvers belong to an agency; nobody else does.")]
    elif agency and agencies.find_agency(agency) is None:
        errors["agency"] = [_("Choose an agency from the directory.")]
    if errors:
        return errors
    account, invited = accounts.find_account(email), invitations.find_open_of(email)
    if account is not None and not _is_same(account, role, agency):
        errors["email"] = [
            _(
                "This address has an account with another role or agency, which stays. Disable that"
                " account, and invite another address of this person."
            )
        ]
    elif account is not None and account.is_disabled:
        errors["email"] = [_("The account of this address is disabled. Enable it first.")]
    elif invited is not None and not _is_same(invited, role, agency):
        errors["email"] = [
            _("This address is invited with another role. Take that invitation back first.")
        ]
    return errors


def _is_same(who: Account | Invitation, role: str, agency: str) -> bool:
    return who.role == role and (who.agency.slug if who.agency else "") == agency


def _get_usable(token: str, *, address: str) -> Invitation:
    if not token:  # Whoever has no link tries nothing: a crawler's visit must not write.
        raise _closed()
    subject = f"invitation:{address}"
    count_attempt(subject)
    invitation = invitations.find_open(token)
    if invitation is None or not _is_usable(invitation):
        raise _closed()
    accounts.forget_attempts(subject, most=1)
    return invitation


def _is_usable(invitation: Invitation) -> bool:
    """Tell whether the account, if there is one already, is still what the invitation says."""
    account = accounts.find_account(invitation.email)
    if account is None:
        return True
    is_same = account.role == invitation.role and account.agency_id == invitation.agency_id
    return is_same and not account.is_disabled


def _closed() -> NotFound:
    return NotFound(
        _("This link does not work: it was used, it is older than seven days, or it is not whole.")
    )


def _find_wrong_choices(chosen: Chosen, email: str) -> Errors:
    errors: Errors = {}
    if not chosen.name.strip():
        errors["name"] = [_("Enter your name.")]
    elif len(chosen.name.strip()) > LONGEST_NAME:
        errors["name"] = [_("Use at most 200 characters.")]
    if not SHORTEST_PASSWORD <= len(chosen.password) <= LONGEST_PASSWORD:
        errors["password"] = [_("Use a password of 12 to 128 characters.")]
    elif chosen.password.strip().casefold() == email.casefold():
        errors["password"] = [_("Use a password that is not your e-mail address.")]
    elif chosen.password != chosen.password_again:
        errors["password_again"] = [_("The two passwords are not the same. Type both again.")]
    return errors


def _made_account(invitation: Invitation) -> Account:
    account = accounts.add_account(
        Account(
            email=invitation.email,
            role=invitation.role,
            agency_id=invitation.agency_id,
            password_hash="",
            language=invitation.language,
            created_at=clock.now(),
        )
    )
    details = {"email": account.email, "role": account.role}
    events.add_event("account_added", by=account.id, details=details)
    return account
