"""Accounts: who may come in, and coming in and going out."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from register import clock
from register.errors import Invalid, NotAllowed, TooMany
from register.services.actor import SYSTEM, Actor
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import (
    accounts,
    agencies,
    events,
    invitations,
    passwords,
    tokens,
    transaction,
)
from register.storage.models import Account

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 128
ATTEMPTS = 10
ATTEMPTS_WITHIN = timedelta(minutes=5)
IDLE = timedelta(minutes=30)
LONGEST_SESSION = timedelta(hours=12)
# A session that has ended opens nothing, but what is still sent from it can be kept for its owner.
REMEMBERED = timedelta(days=7)
ROLES_OF_AGENCIES = frozenset({Role.OFFICER, Role.APPROVER})


def add_account(
    email: str, role: str, password: str, *, agency: str | None = None, name: str = ""
) -> None:
    """Make an account. Raise :exc:`Invalid` by field if anything about it is wrong."""
    errors: dict[str, list[str]] = {}
    if "@" not in email:
        errors["email"] = [_("Enter an e-mail address such as office@agency.example.")]
    if role not in set(Role):
        errors["role"] = [_("Choose one of the answers that are offered.")]
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        errors["password"] = [_("Use a password of 12 to 128 characters.")]
    if (role in ROLES_OF_AGENCIES) != (agency is not None):
        errors["agency"] = [_("Officers and approvers belong to an agency; nobody else does.")]
    if accounts.find_account(email) is not None:
        errors["email"] = [_("There is an account of this address already.")]
    if errors:
        raise Invalid(_("The account cannot be made."), errors)
    password_hash = passwords.hashed(password)
    with transaction():
        agency_id = agencies.get_agency(agency).id if agency else None
        accounts.add_account(
            Account(
                email=email,
                name=name,
                role=role,
                agency_id=agency_id,
                password_hash=password_hash,
                language="en",
                created_at=clock.now(),
            )
        )
        events.add_event("account_added", by=None, details={"email": email, "role": role})


def disable_account(email: str, by: Actor = SYSTEM) -> None:
    """Close an account; end its sessions, its tokens, its links and those that it sent to others.

    Raise :exc:`NotFound` if there is none.
    """
    with transaction():
        account = accounts.get_account(email)
        account.is_disabled = True
        accounts.end_sign_ins(account=account)
        tokens.end_tokens(account)
        invitations.end_invitations(account.email)
        invitations.end_sent_by(account.id)
        details = {"email": account.email}
        events.add_event("account_disabled", by=by.account_id, details=details)


def list_accounts() -> list[tuple[str, str, str | None, bool]]:
    """Give address, role, agency and whether it is disabled, of every account."""
    return [
        (a.email, a.role, a.agency.slug if a.agency else None, a.is_disabled)
        for a in accounts.list_accounts()
    ]


def sign_in(email: str, password: str, *, address: str) -> str:
    """Open a session and give its secret.

    Raise :exc:`TooMany` after ten failed tries in five minutes, by account or by network address,
    and :exc:`NotAllowed` with one and the same sentence whatever was wrong.
    """
    count_attempt(f"account:{email.strip().lower()}", f"address:{address}")
    account = accounts.find_account(email)
    is_right = passwords.is_right(account.password_hash if account else None, password)
    if account is None or not is_right or account.is_disabled:
        raise NotAllowed(_("The e-mail address or the password is not right."))
    token = secrets.token_urlsafe(32)
    renewed = passwords.hashed(password) if passwords.is_outdated(account.password_hash) else None
    with transaction():
        if renewed:
            account.password_hash = renewed
        accounts.add_sign_in(account, token, keep_since=clock.now() - REMEMBERED)
        accounts.forget_attempts(f"account:{account.email}")
        accounts.forget_attempts(f"address:{address}", most=1)
        events.add_event("signed_in", by=account.id)
    return token


def sign_out(token: str) -> None:
    """End the session of this secret, if there is one."""
    accounts.end_sign_ins(token=token)


def find_actor(token: str) -> Actor | None:
    """Give who is signed in with this secret; ``None`` if nobody, or not any more.

    A session ends after 30 minutes without use and after 12 hours in any case; a change of role
    or a disabled account counts from the next request on.
    """
    sign_in_row = accounts.find_sign_in(token)
    if sign_in_row is None or sign_in_row.account.is_disabled:
        return None
    now = clock.now()
    if now - sign_in_row.seen_at > IDLE or now - sign_in_row.started_at > LONGEST_SESSION:
        return None
    actor = actor_of(sign_in_row.account)
    if now - sign_in_row.seen_at > timedelta(minutes=1):
        accounts.touch_sign_in(sign_in_row)
    return actor


def get_actor(email: str) -> Actor:
    """Give the actor of this account; raise :exc:`NotFound` if there is none."""
    return actor_of(accounts.get_account(email))


def set_language(by: Actor, language: str, offered: Sequence[str]) -> None:
    """Note in which of the ``offered`` languages somebody wants to be written to."""
    if language not in offered:
        text = _("Choose one of the answers that are offered.")
        raise Invalid(text, {"language": [text]})
    with transaction():
        accounts.get_account(by.email).language = language


def actor_of(account: Account) -> Actor:
    """Give who acts by this account, free of the database."""
    return Actor(
        account_id=account.id,
        role=Role(account.role),
        agency=account.agency.slug if account.agency else None,
        email=account.email,
        name=account.name,
        language=account.language,
    )


def count_attempt(*subjects: str) -> None:
    """Note a try under each subject; raise :exc:`TooMany` after ten of one in five minutes.

    It is noted first and counted then: many at once must not all see an empty count.
    """
    _check_attempts(subjects, ATTEMPTS - 1)
    accounts.add_attempts(subjects)
    _check_attempts(subjects, ATTEMPTS)


def _check_attempts(subjects: Sequence[str], most: int) -> None:
    since = clock.now() - ATTEMPTS_WITHIN
    for subject in subjects:
        if accounts.count_attempts(subject, since) > most:
            raise TooMany(
                _("Too many tries to sign in. Wait five minutes and try again."),
                retry_after=int(ATTEMPTS_WITHIN.total_seconds()),
            )
