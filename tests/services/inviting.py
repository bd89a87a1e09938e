"""Inviting somebody, and what they choose."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from register.services.accounts import invitations
from register.services.accounts.invitations import Chosen, Wanted
from register.storage.database import db, forget
from register.storage.models import AuditEvent
from tests.desk import Desk

NEW = "new.person@taxes.example"
PASSWORD = "four words that nobody guesses"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADDRESS = "192.0.2.1"


def link(token: str, language: str) -> str:
    return f"https://register.example/{language}/{token}"


def invited(desk: Desk, by: str = "secretariat", **wanted: str) -> str:
    """Invite an officer; give the secret."""
    given = {"email": NEW, "role": "officer", "agency": "taxes", **wanted}
    return token_of(invitations.invite(desk[by], Wanted(**given), link, by_mail=False))


def token_of(address: str) -> str:
    return address.rsplit("/", 1)[1]


def chosen(**other: str) -> Chosen:
    given = {"name": "A. Person", "password": PASSWORD, "password_again": PASSWORD}
    return Chosen(**{**given, "language": "ur", **other})


def events(action: str) -> list[dict[str, Any]]:
    forget()
    return list(db.session.scalars(select(AuditEvent.details).where(AuditEvent.action == action)))
