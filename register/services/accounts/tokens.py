"""Tokens: how a program acts for an account, how far, and until when."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from register import clock
from register.errors import Invalid, Message, NotAllowed, NotFound
from register.services.accounts.people import actor_of
from register.services.actor import SYSTEM, Actor
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import accounts, events, tokens, transaction
from register.storage.models import Account, Token

#: What every secret begins with, so that programs that look for leaked secrets know it.
PREFIX = "air_"
USUAL_DAYS = 90
MOST_DAYS = 365
MOST_TOKENS = 20  # that work, of one account
LONGEST_LABEL = 100


class Scope(StrEnum):
    """How far a token goes: reading what is public, reading the rest of it too, or filing."""

    READ = "read"
    READ_AUDIT = "read:audit"
    FILE = "file"


#: Whose tokens may have which scope; none goes further than its account.
ROLES: Mapping[Scope, frozenset[Role]] = {
    Scope.READ: frozenset(Role),
    Scope.READ_AUDIT: frozenset({Role.AUDITOR}),
    Scope.FILE: frozenset({Role.OFFICER, Role.APPROVER}),
}


class TokenState(StrEnum):
    """Whether a token still opens anything."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A token as those who keep it see it; its secret is known to nobody here."""

    id: int
    email: str
    scope: str
    label: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    state: TokenState


@dataclass(frozen=True, kw_only=True)
class Bearer:
    """Who came in by a token, and how far it goes."""

    token: int
    scope: Scope
    actor: Actor


def scopes_of(role: Role) -> list[Scope]:
    """Name the scopes that a token of this role may have."""
    return [scope for scope in Scope if role in ROLES[scope]]


def make(
    by: Actor, email: str, scope: str, *, days: int = USUAL_DAYS, label: str = ""
) -> tuple[int, str]:
    """Make a token for an account; give its number, and its secret, which is told only now.

    People make their own, the command line everybody's. Raise :exc:`Invalid` by field if the
    account may not have such a token.
    """
    account = _get_account(by, email)
    errors = _errors(account, scope, days, label.strip())
    if errors:
        raise Invalid(_("The token cannot be made."), errors)
    secret = PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    with transaction():
        token = tokens.add_token(
            Token(
                account_id=account.id,
                scope=scope,
                label=label.strip(),
                made_by_id=by.account_id,
                made_at=now,
                expires_at=now + timedelta(days=days),
            ),
            secret,
        )
        _tell("token_made", by, token, account)
        return token.id, secret


def revoke(by: Actor, number: int) -> None:
    """Let a token open nothing any more; once more does no harm.

    Raise :exc:`NotFound` if there is none of this number, or if it is somebody else's.
    """
    with transaction():
        token = tokens.find_token(number)
        if token is None or by.account_id not in {token.account_id, SYSTEM.account_id}:
            raise NotFound(_("There is no token of this number."))
        if token.revoked_at is None:
            token.revoked_at = clock.now()
            _tell("token_revoked", by, token, token.account)


def list_own(by: Actor) -> list[Facts]:
    """Give the actor's own tokens, the newest first."""
    return [_facts(each) for each in tokens.list_tokens(accounts.get_account(by.email))]


def list_every() -> list[Facts]:
    """Give the tokens of everybody, the newest first."""
    return [_facts(each) for each in tokens.list_tokens()]


def find_bearer(secret: str) -> Bearer | None:
    """Give who comes in with this secret; ``None`` if nobody does, or not any more.

    A disabled account's tokens are dead at once, and so is one that goes further than its account
    does by now.
    """
    if not secret.startswith(PREFIX):
        return None
    token = tokens.find_by_secret(secret)
    if token is None or _state(token) is not TokenState.ACTIVE:
        return None
    scope = Scope(token.scope)
    if Role(token.account.role) not in ROLES[scope]:
        return None
    actor = replace(actor_of(token.account), token=token.id)
    found = Bearer(token=token.id, scope=scope, actor=actor)
    tokens.note_use(token)
    return found


def _get_account(by: Actor, email: str) -> Account:
    account = accounts.get_account(email)
    if by.account_id not in {account.id, SYSTEM.account_id}:
        raise NotAllowed(_("You make tokens for your own account only."))
    return account


def _errors(account: Account, scope: str, days: int, label: str) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if account.is_disabled:
        errors["email"] = [_("The account of this address is disabled. Enable it first.")]
    if scope not in set(Scope):
        errors["scope"] = [_("Choose one of the answers that are offered.")]
    elif Role(account.role) not in ROLES[Scope(scope)]:
        errors["scope"] = [_("A token may not go further than its account.")]
    if not 1 <= days <= MOST_DAYS:
        text = _("Choose a number of days from 1 to %(most)s.")
        errors["days"] = [Message(text, most=MOST_DAYS)]
    if len(label) > LONGEST_LABEL:
        errors["label"] = [_("Use at most 100 characters.")]
    working = [t for t in tokens.list_tokens(account) if _state(t) is TokenState.ACTIVE]
    if len(working) >= MOST_TOKENS:
        text = _("This account has %(most)s tokens that work. Revoke one of them first.")
        errors["label"] = [Message(text, most=MOST_TOKENS)]
    return errors


def _state(token: Token) -> TokenState:
    if token.revoked_at is not None or token.account.is_disabled:
        return TokenState.REVOKED
    return TokenState.EXPIRED if token.expires_at <= clock.now() else TokenState.ACTIVE


def _tell(action: str, by: Actor, token: Token, account: Account) -> None:
    details = {
        "token": token.id,
        "email": account.email,
        "scope": token.scope,
        "expires": clock.stamp(token.expires_at),
    }
    events.add_event(action, by=by.account_id, details=details)


def _facts(token: Token) -> Facts:
    return Facts(
        id=token.id,
        email=token.account.email,
        scope=token.scope,
        label=token.label,
        made_at=token.made_at,
        expires_at=token.expires_at,
        used_at=token.used_at,
        state=_state(token),
    )
