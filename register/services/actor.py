"""Who is doing something."""

from dataclasses import dataclass

from register.standard.lifecycle import Role


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A signed-in person, or the system itself (no ``account_id``) working for an administrator."""

    account_id: int | None
    role: Role
    agency: str | None = None
    email: str = ""
    name: str = ""
    language: str = "en"


SYSTEM = Actor(account_id=None, role=Role.ADMINISTRATOR)
